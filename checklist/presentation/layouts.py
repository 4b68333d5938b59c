"""The ways to look at the checklist: the tabs that its pages share."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from checklist.enums import Actor, View
from checklist.selectors import Filters, Reading
from common import french
from common.ui import Link
from organisations.models import Project

LAYOUTS = (
    ("checklist", "Liste"),
    ("checklist_board", "Tableau"),
    ("checklist_calendar", "Calendrier"),
    ("checklist_raci", "Matrice RACI"),
)
OF_ONE_LAYOUT = ("mois", "faites", "voir")  # what the URL says to one of them alone


def layouts(project: Project, query: QueryDict, current: str) -> list[Link]:
    """The tabs, each with the filters of the URL; `current` is the name of the URL of the page shown."""
    kept = query.copy()
    for name in OF_ONE_LAYOUT:
        kept.pop(name, None)
    after = f"?{kept.urlencode()}" if kept else ""
    return [Link(label, reverse(name, args=[project.slug]) + after, current=name == current) for name, label in LAYOUTS]


@dataclass(frozen=True)
class Narrowing:
    """The filters of a layout that shows all steps at once: what may be chosen, and what is."""

    url: str
    steps: list[tuple[str, str]]
    views: list[tuple[str, str]]
    actors: list[tuple[str, str]]
    chosen: dict[str, str]
    clear_url: str


def narrowing(reading: Reading, filters: Filters, url: str) -> Narrowing:
    """The form of the filters; `url` is the page without its parameters."""
    steps = dict.fromkeys((line.action.group.step.number, line.action.group.step.title) for line in reading.lines)
    chosen = filters.parameters()
    return Narrowing(
        url=url,
        steps=[(str(number), french.typography(f"{number}. {title}")) for number, title in steps],
        views=[(view.value, view.label) for view in View],
        actors=[(actor.value, actor.label) for actor in Actor],
        chosen={name: chosen.get(name, "") for name in ("etape", "vue", "acteur", "depuis")},
        clear_url=url if chosen else "",
    )
