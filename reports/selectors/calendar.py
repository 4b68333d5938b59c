"""What comes next: meetings and phases."""

from dataclasses import dataclass
from datetime import date, datetime

from governance.enums import MeetingStatus
from governance.models import Meeting
from organisations.enums import Phase
from organisations.models import Project
from organisations.selectors import periods_of


@dataclass(frozen=True)
class MeetingLine:
    """A meeting to come. Those that nobody was told of yet are not here."""

    body: str
    starts_at: datetime
    place: str


@dataclass(frozen=True)
class PhaseLine:
    """A phase of the project: planned, and as it went."""

    phase: Phase
    planned_start: date | None
    planned_end: date | None
    started_on: date | None
    ended_on: date | None
    current: bool


@dataclass(frozen=True)
class CalendarFacts:
    meetings: tuple[MeetingLine, ...]
    phases: tuple[PhaseLine, ...]


def calendar_of(project: Project, now: datetime) -> CalendarFacts:
    """Two queries."""
    convened = Meeting.objects.filter(project=project, status=MeetingStatus.CONVENED, starts_at__gte=now)
    meetings = convened.select_related("body").order_by("starts_at", "pk")
    phases = [
        PhaseLine(
            phase=Phase(period.phase),
            planned_start=period.planned_start,
            planned_end=period.planned_end,
            started_on=period.started_on,
            ended_on=period.ended_on,
            current=period.phase == project.phase,
        )
        for period in periods_of(project)
    ]
    return CalendarFacts(
        meetings=tuple(MeetingLine(str(row.body), row.starts_at, row.place) for row in meetings),
        phases=tuple(phases) if any(_dated(phase) for phase in phases) else (),
    )


def _dated(phase: PhaseLine) -> bool:
    return any((phase.planned_start, phase.planned_end, phase.started_on, phase.ended_on))
