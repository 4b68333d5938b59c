"""A meeting in session: its points and what came out of each."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from governance.enums import ALERT_SOURCE, ARBITRATION_SOURCE, MINUTES_SOURCE, QUESTION_SOURCE, ItemState
from governance.models import (
    AgendaItem,
    AgendaRequest,
    Alert,
    Arbitration,
    Attendance,
    Decision,
    FollowUp,
    Meeting,
)
from governance.selectors.voices import Assembly, assembly_of
from organisations.models import Project, User
from organisations.selectors import participants


@dataclass(frozen=True)
class Point:
    """One point of a meeting, what it is about when that is governance's own, and what came out of it."""

    item: AgendaItem
    decisions: list[Decision] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)
    arbitration: Arbitration | None = None
    alert: Alert | None = None
    question: AgendaRequest | None = None
    approves: Meeting | None = None  # whose minutes


@dataclass(frozen=True)
class Progress:
    """How many points of a meeting are treated."""

    treated: int
    total: int


@dataclass(frozen=True)
class Session:
    """A meeting, who was called to it, and its points in order."""

    assembly: Assembly
    points: list[Point]

    @property
    def meeting(self) -> Meeting:
        return self.assembly.meeting

    @property
    def progress(self) -> Progress:
        treated = [point for point in self.points if point.item.state == ItemState.TREATED]
        return Progress(len(treated), len(self.points))


def progress_of(meeting: Meeting) -> Progress:
    """One query."""
    treated = Count("pk", filter=Q(state=ItemState.TREATED))
    found = AgendaItem.objects.filter(meeting=meeting).aggregate(treated=treated, total=Count("pk"))
    return Progress(**found)


def meetings_to_hold(project: Project) -> QuerySet[Meeting]:
    """The meetings of a project with what their pages need: body, minutes, who closed them, who approved them."""
    return Meeting.objects.filter(project=project).select_related(
        "body", "minutes", "closed_by", "minutes_approved_in", "second_call_of"
    )


def session_of(meeting: Meeting) -> Session:
    """What a meeting in session shows. `meeting` comes from `meetings_to_hold`, with its project. A fixed number of
    queries."""
    return Session(assembly_of(meeting), points_of(meeting))


def points_of(meeting: Meeting) -> list[Point]:
    """The points of a meeting in their order. Three queries, one more for each kind of source."""
    items = AgendaItem.objects.filter(meeting=meeting).select_related("owner").order_by("position", "pk")
    decisions = Decision.objects.filter(meeting=meeting).order_by("number")
    follow_ups = FollowUp.objects.filter(meeting=meeting).select_related("owner").order_by("number")
    found = list(items)
    decided, to_do = _by_item(decisions), _by_item(follow_ups)
    about = {
        ARBITRATION_SOURCE: Arbitration.objects.select_related("decision"),
        ALERT_SOURCE: Alert.objects.all(),
        QUESTION_SOURCE: AgendaRequest.objects.select_related("settled_by"),
        MINUTES_SOURCE: Meeting.objects.select_related("body", "minutes_approved_in"),
    }
    things: dict[tuple[str, uuid.UUID | None], Any] = {
        (source, pk): row for source, rows in about.items() for pk, row in _named(found, source, rows)
    }
    for row in found:
        row.meeting = meeting
    return [
        Point(
            row,
            decided[row.pk],
            to_do[row.pk],
            *(things.get((source, row.source_id)) if row.source == source else None for source in about),
        )
        for row in found
    ]


def _by_item(rows: QuerySet[Any]) -> dict[uuid.UUID, list[Any]]:
    found: dict[uuid.UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.item_id].append(row)
    return found


def _named(items: Sequence[AgendaItem], source: str, rows: QuerySet[Any]) -> list[tuple[uuid.UUID, Any]]:
    """The things of one kind that these points are about, with their ids; no query when there is none."""
    ids = [item.source_id for item in items if item.source == source]
    return [(row.pk, row) for row in rows.filter(pk__in=ids)] if ids else []


def uncalled(meeting: Meeting) -> QuerySet[User]:
    """The people of the project who were not called to this meeting."""
    called = Attendance.objects.filter(meeting=meeting).values("user_id")
    return participants(meeting.project).exclude(pk__in=called)


def reachable(meeting: Meeting) -> QuerySet[User]:
    """Who may be given something to do: the people of the project."""
    return participants(meeting.project)
