"""What « Rapport de suivi du COMOP » says.

Its readers don't all read the COSTRAT's meetings, nor any structure from inside: what the COSTRAT gave somebody to do
isn't here, and of structures only what the directory says, how many alerts wait, and totals that tell of none in
particular.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from django.utils import timezone

from common.french import day
from governance.enums import BodyKind
from governance.models import Body, Meeting
from organisations.access import Access
from organisations.models import Project, User
from reports.selectors.alerts import AlertFacts, alerts_since
from reports.selectors.arbitrations import ArbitrationFact, arbitrations_in
from reports.selectors.attendance import AttendanceFacts, attendance_of
from reports.selectors.calendar import CalendarFacts, calendar_of
from reports.selectors.follow_ups import FollowUpLine, follow_ups_of, in_period, lines, ogs_of_people
from reports.selectors.indicators import IndicatorFacts, indicators_since
from reports.selectors.period import MeetingFact, Period, meeting_fact, period_since
from reports.selectors.progress import ProgressFacts, progress_since
from reports.selectors.risks import RiskFacts, risks_since
from reports.selectors.structures import StructureFacts, structures_since

AHEAD = timedelta(weeks=4)


class Due(Enum):
    """What falls due."""

    MEETING = "meeting"
    FOLLOW_UP = "follow_up"
    ACTION = "action"
    ARBITRATION = "arbitration"


@dataclass(frozen=True)
class DueLine:
    """Something of the next four weeks: its day, its number or hour, what it is and whose."""

    on: date
    what: Due
    mark: str
    label: str
    who: str


@dataclass(frozen=True)
class ComopFacts:
    """Read at one moment. `arbitrations` are those that the COSTRAT is to render or that are prepared for it."""

    project: str
    body: str
    period: Period
    read_at: datetime
    today: date
    meeting: MeetingFact | None
    attendance: AttendanceFacts
    progress: ProgressFacts
    follow_ups: tuple[FollowUpLine, ...]
    alerts: AlertFacts
    indicators: IndicatorFacts
    risks: RiskFacts
    structures: StructureFacts
    arbitrations: tuple[ArbitrationFact, ...]
    calendar: CalendarFacts
    due: tuple[DueLine, ...]


def comop_facts(
    project: Project, body: Body, user: User, access: Access, *, since: date, meeting: Meeting | None
) -> ComopFacts:
    """Some fifty-five queries, whatever the number of rows. `meeting` comes with its body and project."""
    now, today = timezone.now(), timezone.localdate()
    to_do = in_period(follow_ups_of(project, BodyKind.COMOP), since)
    follow_ups = lines(to_do, ogs_of_people(project, today), today)
    progress = progress_since(project, user, access, since)
    found = arbitrations_in(project, since)
    arbitrations = (*found.to_render, *found.prepared, *found.postponed)
    calendar = calendar_of(project, now)
    return ComopFacts(
        project=project.name,
        body=str(body),
        period=period_since(body, since),
        read_at=now,
        today=today,
        meeting=meeting_fact(meeting) if meeting else None,
        attendance=attendance_of(body, project, meeting, today),
        progress=progress,
        follow_ups=follow_ups,
        alerts=alerts_since(project, since, today),
        indicators=indicators_since(project, since, today),
        risks=risks_since(project, since, today),
        structures=structures_since(project, since, today),
        arbitrations=arbitrations,
        calendar=calendar,
        due=_due(follow_ups, progress, arbitrations, calendar, today),
    )


def _due(
    follow_ups: tuple[FollowUpLine, ...],
    progress: ProgressFacts,
    arbitrations: tuple[ArbitrationFact, ...],
    calendar: CalendarFacts,
    today: date,
) -> tuple[DueLine, ...]:
    """What falls due within `AHEAD`, day after day."""
    meetings = [
        DueLine(day(row.starts_at), Due.MEETING, f"{timezone.localtime(row.starts_at):%H:%M}", row.body, row.place)
        for row in calendar.meetings
    ]
    to_do = [
        DueLine(row.due_on, Due.FOLLOW_UP, str(row.number), row.label, row.owner)
        for row in follow_ups
        if row.state.open
    ]
    actions = [
        DueLine(action.due_on, Due.ACTION, action.number, action.label, action.who)
        for action in progress.open
        if action.due_on
    ]
    deadlines = [
        DueLine(fact.deadline, Due.ARBITRATION, fact.reference, fact.question, "COSTRAT")
        for fact in arbitrations
        if fact.deadline
    ]
    every = [*meetings, *deadlines, *to_do, *actions]
    return tuple(sorted((line for line in every if today <= line.on <= today + AHEAD), key=lambda line: line.on))
