"""What « Rapport d’arbitrages du COSTRAT » says.

Its readers (members of the COSTRAT, directors of OG, DPD, observers) see no structure from inside: what is read here of
structures is the directory's, how many alerts wait, and totals that tell of none in particular.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from governance.enums import BodyKind
from governance.models import Body, Meeting
from organisations.access import Access
from organisations.models import Project, User
from reports.selectors.alerts import AlertFacts, alerts_since
from reports.selectors.arbitrations import Arbitrations, arbitrations_in
from reports.selectors.attendance import AttendanceFacts, attendance_of
from reports.selectors.calendar import CalendarFacts, calendar_of
from reports.selectors.decisions import DecisionFact, decisions_since
from reports.selectors.follow_ups import FollowUpLine, follow_ups_of, in_period, lines, ogs_of_people
from reports.selectors.indicators import IndicatorFacts, indicators_since
from reports.selectors.period import MeetingFact, Period, meeting_fact, period_since
from reports.selectors.progress import ProgressFacts, progress_since
from reports.selectors.risks import RiskFacts, risks_since
from reports.selectors.structures import StructureFacts, structures_since
from reports.selectors.weights import WeightFacts, weights_on


@dataclass(frozen=True)
class CostratFacts:
    """Read at one moment. Sections that have nothing to say find empty facts."""

    project: str
    body: str
    period: Period
    read_at: datetime
    today: date
    meeting: MeetingFact | None
    attendance: AttendanceFacts
    progress: ProgressFacts
    arbitrations: Arbitrations
    decisions: tuple[DecisionFact, ...]
    follow_ups: tuple[FollowUpLine, ...]
    alerts: AlertFacts
    indicators: IndicatorFacts
    risks: RiskFacts
    calendar: CalendarFacts
    weights: WeightFacts | None
    structures: StructureFacts


def costrat_facts(
    project: Project, body: Body, user: User, access: Access, *, since: date, meeting: Meeting | None
) -> CostratFacts:
    """Some sixty queries, whatever the number of rows. `meeting` comes with its body and project."""
    now, today = timezone.now(), timezone.localdate()
    follow_ups = in_period(follow_ups_of(project, BodyKind.COSTRAT), since)
    return CostratFacts(
        project=project.name,
        body=str(body),
        period=period_since(body, since),
        read_at=now,
        today=today,
        meeting=meeting_fact(meeting) if meeting else None,
        attendance=attendance_of(body, project, meeting, today),
        progress=progress_since(project, user, access, since),
        arbitrations=arbitrations_in(project, since),
        decisions=decisions_since(project, BodyKind.COSTRAT, since),
        follow_ups=lines(follow_ups, ogs_of_people(project, today), today),
        alerts=alerts_since(project, since, today),
        indicators=indicators_since(project, since, today),
        risks=risks_since(project, since, today),
        calendar=calendar_of(project, now),
        weights=weights_on(project, today),
        structures=structures_since(project, since, today),
    )
