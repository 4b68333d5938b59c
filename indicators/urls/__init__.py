"""`structure_patterns` go under the address of a structure, `project_patterns` under the project's, `push_patterns` at
the root."""

from django.urls import URLPattern

from indicators.urls import campaigns, dashboards, definitions, entry, figures, grid, keys, spreadsheets, structure

structure_patterns: list[URLPattern] = [
    *structure.structure_patterns,
    *figures.structure_patterns,
    *entry.structure_patterns,
    *grid.structure_patterns,
    *spreadsheets.structure_patterns,
    *keys.structure_patterns,
]
project_patterns: list[URLPattern] = [
    *dashboards.project_patterns,
    *campaigns.project_patterns,
    *definitions.project_patterns,
    *keys.project_patterns,
]
push_patterns = keys.push_patterns
