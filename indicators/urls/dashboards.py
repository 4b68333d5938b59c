from django.urls import URLPattern, path

from indicators.views import dashboards, dashboards_one

project_patterns: list[URLPattern] = [
    path("", dashboards.DashboardView.as_view(), name="indicators"),
    path("export/", dashboards_one.FamilyExport.as_view(), name="indicators_export"),
    path("suivi/<slug:code>/", dashboards_one.IndicatorView.as_view(), name="indicator_of_project"),
    path("suivi/<slug:code>/export/", dashboards_one.IndicatorExport.as_view(), name="indicator_of_project_export"),
]
