"""The ways to look at the checklist: the tabs that its pages share."""

from django.http import QueryDict
from django.urls import reverse

from common.ui import Link
from organisations.models import Project

LAYOUTS = (("checklist", "Liste"),)
OF_ONE_LAYOUT = ("mois", "faites")  # what the URL says to one of them alone


def layouts(project: Project, query: QueryDict, current: str) -> list[Link]:
    """The tabs, each with the filters of the URL; `current` is the name of the URL of the page shown."""
    kept = query.copy()
    for name in OF_ONE_LAYOUT:
        kept.pop(name, None)
    after = f"?{kept.urlencode()}" if kept else ""
    return [
        Link(label, reverse(name, args=[project.slug]) + after, current=name == current) for name, label in LAYOUTS
    ]
