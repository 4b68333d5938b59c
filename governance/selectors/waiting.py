"""What waits in the governance of one project, for one reader."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, QuerySet, When
from django.utils import timezone

from governance.enums import ArbitrationStatus, MeetingStatus
from governance.models import AgendaRequest, Alert, Arbitration, Decision, FollowUp, Mandate, Meeting
from governance.rights import Rights
from governance.selectors import follow_ups
from governance.selectors.alerts import alerts_read_by
from governance.selectors.arbitrations import read_by
from governance.selectors.bodies import own_seats_to_answer
from governance.selectors.decisions import decisions_of, open_requests
from organisations.access import Access
from organisations.models import Project, User


@dataclass(frozen=True)
class Waiting:
    """Each list as far as the reader may read it: what is not theirs is not there."""

    today: date
    seats: Sequence[Mandate] = field(default_factory=list)  # theirs, to accept or decline
    meetings: Sequence[Meeting] = field(default_factory=list)  # under way or to come, the next first
    read: Sequence[Meeting] = field(default_factory=list)  # those of them whose content is theirs to read
    to_prepare: Sequence[Meeting] = field(default_factory=list)  # drafts, for who prepares
    to_approve: Sequence[Meeting] = field(default_factory=list)  # whose minutes wait for the next meeting
    arbitrations: Sequence[Arbitration] = field(default_factory=list)
    alerts: Sequence[Alert] = field(default_factory=list)
    questions: Sequence[AgendaRequest] = field(default_factory=list)
    late: Sequence[FollowUp] = field(default_factory=list)
    last_decision: Decision | None = None


def waiting_for(project: Project, user: User, rights: Rights, access: Access) -> Waiting:
    """What waits in a project, as this person may read it. Nine queries at most, whatever there is."""
    today = timezone.localdate()
    ahead = list(_meetings(project, MeetingStatus.CONVENED, MeetingStatus.IN_SESSION).order_by("starts_at"))
    closed = _meetings(project, MeetingStatus.CLOSED).order_by("body", "-starts_at").distinct("body")
    return Waiting(
        today=today,
        seats=own_seats_to_answer(user, project),
        meetings=ahead,
        read=[meeting for meeting in ahead if rights.reads_meeting(meeting)],
        to_prepare=list(_meetings(project, MeetingStatus.DRAFT).order_by("starts_at")) if rights.prepares else [],
        to_approve=[meeting for meeting in closed if not meeting.minutes_approved_at] if rights.prepares else [],
        arbitrations=list(_arbitrations(project, rights, access)),
        alerts=list(alerts_read_by(project, access).filter(answered_at=None)),
        questions=list(open_requests(project)) if rights.reads_questions else [],
        late=list(_late(project, user, rights, today)),
        last_decision=decisions_of(project).first() if rights.reads_council else None,
    )


def _meetings(project: Project, *statuses: MeetingStatus) -> QuerySet[Meeting]:
    return Meeting.objects.filter(project=project, status__in=statuses).select_related("body")


def _arbitrations(project: Project, rights: Rights, access: Access) -> QuerySet[Arbitration]:
    """Those on an agenda or postponed, by the day before which they are to be settled, or on which they come back."""
    waiting = [ArbitrationStatus.TO_DECIDE, ArbitrationStatus.POSTPONED]
    found = read_by(project, rights, access).filter(status__in=waiting).select_related("meeting__body")
    day = Case(When(status=ArbitrationStatus.POSTPONED, then="postponed_to"), default="deadline")
    return found.order_by(day, "year", "number")


def _late(project: Project, user: User, rights: Rights, today: date) -> QuerySet[FollowUp]:
    """What should be done by now, of what this person reads."""
    late = FollowUp.objects.open().filter(project=project, due_on__lt=today).select_related("owner")
    return follow_ups.read_by(late, user, rights).order_by("due_on", "number")
