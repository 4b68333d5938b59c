"""`structure_patterns` go under the address of a structure, `project_patterns` under « suivi » in the project's."""

from django.urls import URLPattern, URLResolver

from structures.urls import pathway

structure_patterns: list[URLPattern | URLResolver] = [
    *pathway.structure_patterns,
]
project_patterns: list[URLPattern | URLResolver] = [
    *pathway.project_patterns,
]
