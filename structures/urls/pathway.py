from django.urls import URLPattern, path

from structures.views import home

structure_patterns = [
    path("", home.HomeView.as_view(), name="structure"),
]
project_patterns: list[URLPattern] = []
