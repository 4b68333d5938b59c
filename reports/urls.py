from django.urls import path

from reports import views

# Under the address of a structure.
structure_patterns = [
    path("habilitations/pdf/", views.AskMatrixView.as_view(), name="habilitation_pdf"),
    path("risques/pdf/", views.AskAnalysisView.as_view(), name="risk_analysis_pdf"),
    path("indicateurs/pdf/", views.AskFiguresView.as_view(), name="structure_indicators_pdf"),
    path("rapports/", views.StructureReportsView.as_view(), name="structure_reports"),
    path("rapports/<int:number>/", views.StructureReportView.as_view(), name="structure_report"),
    path("rapports/<int:number>/recommencer/", views.StructureRetryView.as_view(), name="structure_report_retry"),
    path("rapports/<int:number>/document/", views.StructureDownloadView.as_view(), name="structure_report_download"),
]
urlpatterns = [
    path("", views.ReportsView.as_view(), name="reports"),
    path("demander/<slug:document>/", views.AskView.as_view(), name="report_ask"),
    path("verifier/", views.VerifyView.as_view(), name="report_verify"),
    path("<int:number>/", views.ReportView.as_view(), name="report"),
    path("<int:number>/recommencer/", views.RetryView.as_view(), name="report_retry"),
    path("<int:number>/document/", views.DownloadView.as_view(), name="report_download"),
]
