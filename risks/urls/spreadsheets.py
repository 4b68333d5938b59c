from django.urls import URLPattern, path

from risks.views import spreadsheets as views

structure_patterns: list[URLPattern] = [
    path("lecture/export/", views.StructureAnswersExport.as_view(), name="esms_risk_export_answers"),
    path("registre/export/", views.StructureRegisterExport.as_view(), name="esms_risk_export_register"),
    path("plan-d-action/export/", views.StructurePlanExport.as_view(), name="esms_risk_export_plan"),
]
project_patterns: list[URLPattern] = [
    path("export/", views.ScoresExport.as_view(), name="project_risk_export_scores"),
    path("lecture/export/", views.ProjectAnswersExport.as_view(), name="project_risk_export_answers"),
    path("registre/export/", views.ProjectRegisterExport.as_view(), name="project_risk_export_register"),
    path("plan-d-action/export/", views.ProjectPlanExport.as_view(), name="project_risk_export_plan"),
]
