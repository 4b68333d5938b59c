"""The calendar in French: a month, its days and what the actions put there."""

import calendar
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from checklist.enums import Moment, View
from checklist.presentation.layouts import Narrowing, layouts, narrowing
from checklist.presentation.links import crumbs, page_url
from checklist.presentation.progress import in_words, some_actions
from checklist.selectors import Event, Filters, Reading
from common import french
from common.ui import Link
from organisations.models import Project

SHOWN = 4  # lines of a day that are shown unfolded
ICONS = {
    Moment.DUE: "clock",
    Moment.OPINION: "chat",
    Moment.REVIEW: "s-ko",
    Moment.START: "next",
    Moment.DONE: "s-ok",
}
TONES = {Moment.DUE: "progress", Moment.OPINION: "accent", Moment.REVIEW: "ko", Moment.START: "none", Moment.DONE: "ok"}


@dataclass(frozen=True)
class Item:
    """A line of a day."""

    url: str
    number: str
    label: str
    word: str
    icon: str
    tone: str


@dataclass(frozen=True)
class Day:
    """A day of the grid with its first lines, the `more` folded; one of another month (`outside`) shows nothing."""

    on: date
    outside: bool
    today: bool
    items: list[Item]
    more: list[Item]


@dataclass(frozen=True)
class CalendarView:
    """`elsewhere`: where to go from a month with nothing in it."""

    title: str
    month: str
    month_value: str
    late: str
    late_url: str
    crumbs: list[Link]
    tabs: list[Link]
    narrow: Narrowing
    moves: list[Link]
    weekdays: tuple[str, ...]
    weeks: list[list[Day]]
    empty: bool
    elsewhere: Link | None


def month(
    events: list[Event], first: date, reading: Reading, filters: Filters, project: Project, query: QueryDict
) -> CalendarView:
    """What the calendar says of the month that begins on `first`."""
    url, today = reverse("checklist_calendar", args=[project.slug]), reading.today
    last = _next(first) - timedelta(days=1)
    here = [event for event in events if first <= event.on <= last]
    late = sum(line.late for line in reading.matching(filters))
    return CalendarView(
        title=_sentence(here, first, last, today),
        month=french.month(first),
        month_value=f"{first:%Y-%m}" if query.get("mois") else "",
        late=_late(late),
        late_url=_late_url(filters, project),
        crumbs=crumbs(project, Link("Calendrier")),
        tabs=layouts(project, query, "checklist_calendar"),
        narrow=narrowing(reading, filters, url),
        moves=[_link(item, filters, url) for item in (_previous(first), _next(first))]
        + ([] if first <= today <= last else [Link("Ce mois-ci", _link(today, filters, url).url)]),
        weekdays=french.WEEKDAYS,
        weeks=_weeks(here, first, today, project),
        empty=not here,
        elsewhere=None if here else _elsewhere(events, first, last, filters, url),
    )


def _weeks(events: list[Event], first: date, today: date, project: Project) -> list[list[Day]]:
    by_day = defaultdict(list)
    for event in events:
        by_day[event.on].append(_item(event, project))
    weeks = calendar.Calendar(calendar.MONDAY).monthdatescalendar(first.year, first.month)
    return [
        [
            Day(
                on=day,
                outside=day.month != first.month,
                today=day == today,
                items=by_day[day][:SHOWN],
                more=by_day[day][SHOWN:],
            )
            for day in week
        ]
        for week in weeks
    ]


def _item(event: Event, project: Project) -> Item:
    action = event.line.action
    late = event.moment == Moment.DUE and event.line.late
    return Item(
        url=reverse("checklist_action", args=[project.slug, action.number]),
        number=action.number,
        label=french.typography(action.label),
        word="En retard" if late else event.moment.label,
        icon="alert" if late else ICONS[event.moment],
        tone="late" if late else TONES[event.moment],
    )


def _sentence(events: list[Event], first: date, last: date, today: date) -> str:
    """« En décembre 2026, 14 actions sont à finir ; la première le 4 »."""
    due = [event for event in events if event.moment == Moment.DUE]
    ahead = [event for event in due if not event.line.late]
    late = len(due) - len(ahead)
    when = f"En {french.month(first)}"
    if not due:
        return f"{when}, aucune action {'n’est restée' if last < today else 'n’est'} à finir"
    count = some_actions(len(due))
    if not ahead:
        verb = french.agree(late, "devait être faite et ne l’est", "devaient être faites et ne le sont")
        return f"{when}, {count} {verb} pas"
    day = french.ordinal(ahead[0].on.day)
    if len(due) == 1:
        return f"{when}, {count} est à finir, le {day}"
    if late:
        of_them = f"dont {in_words(late)} en retard"
        return french.typography(f"{when}, {count} sont à finir, {of_them} ; la prochaine le {day}")
    return french.typography(f"{when}, {count} sont à finir ; la première le {day}")


def _late(count: int) -> str:
    if not count:
        return ""
    return f"{french.capital(some_actions(count))} {french.agree(count, 'est', 'sont')} en retard, tous mois confondus."


def _late_url(filters: Filters, project: Project) -> str:
    return page_url(project, replace(filters, view=View.LATE))


def _link(day: date, filters: Filters, url: str) -> Link:
    """To the month of a day, with the filters."""
    query = urlencode({**filters.parameters(), "mois": f"{day:%Y-%m}"})
    return Link(french.capital(french.month(day)), f"{url}?{query}")


def _elsewhere(events: list[Event], first: date, last: date, filters: Filters, url: str) -> Link | None:
    """The next month that has something, otherwise the last one that had."""
    later = next((event.on for event in events if event.on > last), None)
    earlier = next((event.on for event in reversed(events) if event.on < first), None)
    day = later or earlier
    return _link(day, filters, url) if day else None


def _next(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def _previous(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)
