from django.urls import URLPattern, path

from indicators.views import structure

structure_patterns: list[URLPattern] = [
    path("", structure.StructureView.as_view(), name="structure_indicators"),
    path("export/", structure.DashboardExport.as_view(), name="structure_indicators_export"),
    path("suivi/<slug:code>/", structure.OneView.as_view(), name="structure_indicator"),
    path("suivi/<slug:code>/export/", structure.OneExport.as_view(), name="structure_indicator_export"),
]
