"""`structure_patterns` go under the address of a structure, `project_patterns` under « suivi » in the project's."""

from django.urls import URLPattern, URLResolver

from structures.urls import (
    documents,
    habilitation_follow_up,
    habilitations,
    inventory,
    inventory_follow_up,
    needs,
    pathway,
    people,
)

structure_patterns: list[URLPattern | URLResolver] = [
    *pathway.structure_patterns,
    *needs.structure_patterns,
    *inventory.structure_patterns,
    *documents.structure_patterns,
    *people.structure_patterns,
    *habilitations.structure_patterns,
    *habilitation_follow_up.structure_patterns,
]
project_patterns: list[URLPattern | URLResolver] = [
    *pathway.project_patterns,
    *needs.project_patterns,
    *documents.project_patterns,
    *people.project_patterns,
    *habilitation_follow_up.project_patterns,
    *inventory_follow_up.project_patterns,
]
