"""Meetings in French: when and where, what waits, the list and its month."""

import calendar
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from common import french
from common.ui import Link
from governance.enums import BodyKind, MeetingStatus
from governance.models import Body, Meeting
from governance.presentation.sheets import crumbs_to
from governance.selectors.meetings import convene_by
from organisations.models import Project

Status = MeetingStatus
# The tone and the shape of each state; its word is its label.
STATES = {
    Status.DRAFT: ("todo", "s-todo"),
    Status.CONVENED: ("accent", "mail"),
    Status.IN_SESSION: ("progress", "s-progress"),
    Status.CLOSED: ("ok", "s-ok"),
    Status.CANCELLED: ("none", "s-na"),
}


@dataclass(frozen=True)
class Mark:
    text: str
    tone: str
    icon: str


@dataclass(frozen=True)
class MeetingLine:
    """A meeting as it is listed."""

    url: str
    body: str
    at: str
    title: str
    detail: str
    when: str
    when_detail: str
    mark: Mark


@dataclass(frozen=True)
class Day:
    """A day of the month; one of another month (`outside`) shows nothing."""

    on: date
    outside: bool
    today: bool
    lines: list[MeetingLine]


@dataclass(frozen=True)
class MonthView:
    title: str
    moves: list[Link]
    weekdays: tuple[str, ...]
    weeks: list[list[Day]]
    empty: bool


@dataclass(frozen=True)
class ListView:
    title: str
    lede: str
    crumbs: list[Link]
    filters: list[Link]
    ahead: list[MeetingLine]
    behind: list[MeetingLine]
    month: MonthView


def named(body: Body) -> str:
    """« COSTRAT », « groupe « Reprise » »: after an article, as it is masculine."""
    if body.kind == BodyKind.WORKING_GROUP:
        return french.typography(f"groupe « {body.name} »")
    return BodyKind(body.kind).label


def of_day(meeting: Meeting) -> str:
    """« COSTRAT du 10 décembre 2026 »."""
    return f"{named(meeting.body)} du {french.long_date(meeting.starts_at)}"


def hours(meeting: Meeting) -> str:
    """« de 14:30 à 16:00 », on one line."""
    ends = meeting.starts_at + timedelta(minutes=meeting.duration_minutes)
    return f"de {french.clock(meeting.starts_at)} à {french.clock(ends)}".replace(" ", french.NBSP)


def mark(meeting: Meeting) -> Mark:
    status = Status(meeting.status)
    tone, icon = STATES[status]
    return Mark(status.label, tone, icon)


def meeting_url(meeting: Meeting, project: Project) -> str:
    return reverse("meeting", args=[project.slug, meeting.number])


def crumbs(project: Project, *more: str | Link) -> list[Link]:
    """The way to a page of meetings: under the list."""
    trail = [Link(item) if isinstance(item, str) else item for item in more]
    return [*crumbs_to(project, "")[:2], Link("Séances", reverse("meetings", args=[project.slug])), *trail]


def crumb_of(meeting: Meeting, project: Project) -> Link:
    return Link(french.capital(of_day(meeting)), meeting_url(meeting, project))


def key_of(body: Body) -> str:
    """The body in an address: « costrat », « comop », the id of a working group."""
    return str(body.pk) if body.kind == BodyKind.WORKING_GROUP else body.kind


def chosen(bodies: Sequence[Body], key: str | None) -> Body | None:
    return next((body for body in bodies if key_of(body) == key), None)


def listing(
    project: Project,
    *,
    bodies: Sequence[Body],
    body: Body | None,
    ahead: Sequence[Meeting],
    behind: Sequence[Meeting],
    of_month: Sequence[Meeting],
    month: date,
    mine: set[UUID],
    today: date,
) -> ListView:
    """The page of meetings, of all bodies or of one. `mine`: those to which the reader is called."""
    return ListView(
        title=_title(ahead, body, today),
        lede=_lede(ahead, today),
        crumbs=crumbs_to(project, "Séances"),
        filters=_filters(project, bodies, body),
        ahead=[_line(meeting, project, today, called=meeting.pk in mine) for meeting in ahead],
        behind=[_line(meeting, project, today) for meeting in behind],
        month=_month(project, of_month, month, body, today),
    )


def _title(ahead: Sequence[Meeting], body: Body | None, today: date) -> str:
    """« Le prochain COSTRAT se tient le 10 décembre 2026, dans 20 jours »."""
    told = [meeting for meeting in ahead if meeting.status != Status.DRAFT]
    if not told:
        whose = f" du {named(body)}" if body else ""
        if ahead:
            number = french.counted(len(ahead), "séance", "séances", feminine=True)
            return french.capital(f"{number}{whose} {french.agree(len(ahead), 'se prépare', 'se préparent')}")
        return f"Aucune séance{whose} n’est prévue"
    first = told[0]
    if first.status == Status.IN_SESSION:
        return f"Le {named(first.body)} est en séance"
    when = french.relative(first.starts_at, today)
    return f"Le prochain {named(first.body)} se tient le {french.long_date(first.starts_at)}, {when}"


def _lede(ahead: Sequence[Meeting], today: date) -> str:
    """What is to be convened first, for who prepares."""
    drafts = [meeting for meeting in ahead if meeting.status == Status.DRAFT]
    if not drafts:
        return ""
    first = min(drafts, key=convene_by)
    by = convene_by(first)
    if by < today:
        return f"Le {of_day(first)} n’est pas encore convoqué : le délai est entamé."
    return f"À convoquer au plus tard le {french.long_date(by, weekday=True, year=False)} : le {of_day(first)}."


def when_and_where(meeting: Meeting) -> str:
    """« Vendredi 18 décembre 2026, de 14:00 à 15:30, Salle du conseil »."""
    parts = [french.long_date(meeting.starts_at, weekday=True), hours(meeting), french.typography(meeting.place)]
    return french.capital(", ".join(part for part in parts if part))


def _line(meeting: Meeting, project: Project, today: date, *, called: bool = False) -> MeetingLine:
    weekday = french.WEEKDAYS[french.day(meeting.starts_at).weekday()]
    parts = [f"{french.capital(weekday)}, {hours(meeting)}", french.typography(meeting.place)]
    if called:
        parts.append("votre présence est attendue")
    ahead, state = Status(meeting.status) not in {Status.CLOSED, Status.CANCELLED}, mark(meeting)
    return MeetingLine(
        url=meeting_url(meeting, project),
        body=french.typography(str(meeting.body)),
        at=french.clock(meeting.starts_at),
        title=french.capital(of_day(meeting)),
        detail=", ".join(part for part in parts if part),
        when=french.relative(meeting.starts_at, today) if ahead else state.text,
        when_detail=state.text.lower() if ahead else "",
        mark=state,
    )


def _filters(project: Project, bodies: Sequence[Body], body: Body | None) -> list[Link]:
    url = reverse("meetings", args=[project.slug])
    chips = [Link("Toutes", url, current=body is None)]
    return chips + [
        Link(french.typography(str(item)), f"{url}?{urlencode({'instance': key_of(item)})}", current=item == body)
        for item in bodies
    ]


def _month(project: Project, meetings: Sequence[Meeting], first: date, body: Body | None, today: date) -> MonthView:
    by_day = defaultdict(list)
    for meeting in meetings:
        by_day[french.day(meeting.starts_at)].append(_line(meeting, project, today))
    weeks = calendar.Calendar(calendar.MONDAY).monthdatescalendar(first.year, first.month)
    before, after = (first - timedelta(days=1)).replace(day=1), (first + timedelta(days=32)).replace(day=1)
    return MonthView(
        title=french.capital(french.month(first)),
        moves=[_to_month(project, month, body) for month in (before, after)],
        weekdays=french.WEEKDAYS,
        weeks=[
            [
                Day(day, day.month != first.month, day == today, by_day[day] if day.month == first.month else [])
                for day in week
            ]
            for week in weeks
        ],
        empty=not meetings,
    )


def _to_month(project: Project, month: date, body: Body | None) -> Link:
    query = {**({"instance": key_of(body)} if body else {}), "mois": f"{month:%Y-%m}"}
    url = reverse("meetings", args=[project.slug])
    return Link(french.capital(french.month(month)), f"{url}?{urlencode(query)}#mois")
