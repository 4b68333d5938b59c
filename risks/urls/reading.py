from django.urls import URLPattern, path

from risks.views import reading

structure_patterns: list[URLPattern] = [
    path("lecture/", reading.StructureScores.as_view(), name="esms_risk_scores"),
]
project_patterns: list[URLPattern] = [
    path("lecture/", reading.ProjectScores.as_view(), name="project_risk_scores"),
]
