"""The way to a page of indicators."""

from django.urls import reverse

from common import french
from common.ui import Link
from indicators.rights import Rights
from organisations.models import ESMS, Project


def of_project(project: Project, *steps: Link) -> list[Link]:
    """The project, « Indicateurs », then what is below."""
    home = reverse("indicators", args=[project.slug])
    return [
        Link(project.short_name, reverse("project", args=[project.slug])),
        Link("Indicateurs", home if steps else ""),
        *steps,
    ]


def of_structure(esms: ESMS, rights: Rights, *steps: Link) -> list[Link]:
    """Through the structure for who sees its inside; through the indicators of the project for who reads these only."""
    project = esms.project
    home = reverse("structure_indicators", args=[project.slug, esms.slug])
    name = french.typography(esms.name)
    if rights.everywhere and not (rights.inside or rights.defines):
        return of_project(project, Link(name, home if steps else ""), *steps)
    return [
        Link(project.short_name, reverse("project", args=[project.slug])),
        Link("Structures", reverse("structures", args=[project.slug])),
        Link(name, reverse("structure", args=[project.slug, esms.slug])),
        Link("Indicateurs", home if steps else ""),
        *steps,
    ]
