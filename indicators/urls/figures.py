from django.urls import URLPattern, path

from indicators.views import figures

structure_patterns: list[URLPattern] = [
    path("calcul/<slug:code>/<str:period>/", figures.ComputedView.as_view(), name="indicator_computed"),
    path("calcul/<slug:code>/<str:period>/refaire/", figures.AgainView.as_view(), name="indicator_computed_again"),
]
