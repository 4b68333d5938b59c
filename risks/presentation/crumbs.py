"""The way to a page of risks."""

from django.urls import reverse

from common import french
from common.ui import Link
from risks.places import Place


def crumbs(place: Place, *steps: Link) -> list[Link]:
    """The project, the structure if it is in one, « Risques », then what is below."""
    project = place.project
    way = [Link(project.short_name, reverse("project", args=[project.slug]))]
    if place.esms:
        way += [
            Link("Structures", reverse("structures", args=[project.slug])),
            Link(french.typography(place.name), reverse("structure", args=[project.slug, place.esms.slug])),
        ]
    home = place.url("risk_questionnaire" if place.esms else "risks")
    return [*way, Link("Risques", home if steps else ""), *steps]


def under_questionnaire(place: Place, *steps: Link) -> list[Link]:
    """The way to the questionnaire, or to what is below it. In a structure « Risques » opens on it already."""
    if place.esms:
        return crumbs(place, *steps)
    return crumbs(place, Link("Questionnaire du projet", place.url("risk_questionnaire") if steps else ""), *steps)
