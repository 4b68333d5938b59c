"""The meetings of a project, and those of one person."""

import uuid
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from common import french
from governance.enums import BodyKind, MeetingStatus
from governance.models import Attendance, Body, Meeting
from governance.rights import Rights
from organisations.access import Access
from organisations.enums import Permission
from organisations.models import Project, User

AHEAD = (MeetingStatus.DRAFT, MeetingStatus.CONVENED, MeetingStatus.IN_SESSION)
HELD = (MeetingStatus.CLOSED, MeetingStatus.CANCELLED)


@dataclass(frozen=True)
class MyMeeting:
    """A meeting that waits for a person: to attend, or to convene by a day (`convene_by`)."""

    meeting: Meeting
    convene_by: date | None = None


def meetings_of(project: Project, rights: Rights) -> QuerySet[Meeting]:
    """The meetings of a project that this person may know of, with their body: a draft is known to who prepares."""
    found = Meeting.objects.filter(project=project).select_related("body")
    return found if rights.prepares else found.exclude(status=MeetingStatus.DRAFT)


def ahead(meetings: QuerySet[Meeting]) -> list[Meeting]:
    """Those not yet held, the next one first."""
    return list(meetings.filter(status__in=AHEAD).order_by("starts_at", "number"))


def behind(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Those held or cancelled, the latest first."""
    return meetings.filter(status__in=HELD).order_by("-starts_at", "-number")


def in_month(meetings: QuerySet[Meeting], first: date) -> list[Meeting]:
    """Those of the month that begins on `first`, in order."""
    last = first.replace(day=monthrange(first.year, first.month)[1])
    return list(meetings.filter(starts_at__gte=_start(first), starts_at__lt=_start(last + timedelta(days=1))))


def bodies_of(project: Project) -> list[Body]:
    """The bodies that meet: COSTRAT, COMOP, then the working groups that are not dissolved. One query."""
    bodies = Body.objects.filter(project=project, closed_on=None).order_by("name", "pk")
    return sorted(bodies, key=lambda body: BodyKind.values.index(body.kind))


def called_to(meetings: Sequence[Meeting], user: User) -> set[uuid.UUID]:
    """The ids of those of these meetings to which a person is called. One query."""
    found = Attendance.objects.filter(meeting__in=[meeting.pk for meeting in meetings], user=user)
    return set(found.values_list("meeting_id", flat=True))


def next_meeting(body: Body) -> Meeting | None:
    """The next convened meeting of a body, or the one in session. One query."""
    convened = Meeting.objects.filter(body=body, status__in=[MeetingStatus.CONVENED, MeetingStatus.IN_SESSION])
    return convened.select_related("body").order_by("starts_at").first()


def last_closed(project: Project, kind: BodyKind) -> Meeting | None:
    """The last meeting of a body that was held and closed. One query."""
    closed = Meeting.objects.filter(project=project, body__kind=kind, status=MeetingStatus.CLOSED)
    return closed.select_related("body").order_by("-starts_at").first()


def latest_of(body: Body) -> Meeting | None:
    """The last meeting of a body in time, planned or held: the next one follows from it. One query."""
    return Meeting.objects.filter(body=body).exclude(status=MeetingStatus.CANCELLED).order_by("-starts_at").first()


def missed(project: Project, number: int) -> Meeting | None:
    """The closed meeting of that number, if it was a COSTRAT without quorum that no second call followed."""
    followed = Meeting.objects.filter(project=project, second_call_of__isnull=False)
    closed = Meeting.objects.filter(
        project=project,
        number=number,
        body__kind=BodyKind.COSTRAT,
        status=MeetingStatus.CLOSED,
        quorum_reached=False,
    ).exclude(pk__in=followed.exclude(status=MeetingStatus.CANCELLED).values("second_call_of"))
    return closed.select_related("body__project").first()


def my_meetings(user: User, access: Access, until: date) -> list[MyMeeting]:
    """The meetings up to a day that wait for a person, across their projects, in order: those they are called to, and
    the drafts that they have to convene. With body and project. Two queries."""
    before = _start(until + timedelta(days=1))
    known = Meeting.objects.filter(starts_at__lt=before).select_related("body", "project")
    called = known.filter(
        Q(project__in=access.projects_with(Permission.VIEW_PROJECT)),
        status__in=[MeetingStatus.CONVENED, MeetingStatus.IN_SESSION],
        starts_at__gte=_start(timezone.localdate()),
        attendances__user=user,
    )
    prepares = Q(project__in=access.projects_with(Permission.PREPARE_MEETINGS))
    drafts = known.filter(prepares, status=MeetingStatus.DRAFT, starts_at__gte=timezone.now())
    found = [MyMeeting(meeting) for meeting in called.order_by("starts_at")]
    found += [MyMeeting(draft, convene_by=convene_by(draft)) for draft in drafts.order_by("starts_at")]
    return sorted(found, key=lambda item: item.convene_by or french.day(item.meeting.starts_at))


def convene_by(meeting: Meeting) -> date:
    """The last day on which the delay of the body is kept. A second call has none but its own day."""
    days = 0 if meeting.second_call_of_id else meeting.body.convocation_days
    return french.day(meeting.starts_at) - timedelta(days=days)


def _start(day: date) -> datetime:
    """The first moment of a day in Paris."""
    return datetime.combine(day, time.min, tzinfo=french.PARIS)
