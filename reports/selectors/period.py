"""From when to when a committee's report goes: from one of its meetings to the next."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from common.french import day
from governance.enums import BodyKind, MeetingStatus
from governance.models import Body, Meeting
from organisations.models import Project

BETWEEN_COSTRATS = timedelta(days=91)  # the COSTRAT meets every three months (governance.yaml)


@dataclass(frozen=True)
class MeetingFact:
    """The meeting that a report is about."""

    body: str
    number: int
    starts_at: datetime
    place: str
    status: MeetingStatus


@dataclass(frozen=True)
class Period:
    """What « depuis » means in a report: `previous` is the day of the meeting that closed the last period, if one."""

    since: date
    previous: date | None


def body_of(project: Project, kind: BodyKind) -> Body | None:
    """A committee of the project. One query."""
    return Body.objects.filter(project=project, kind=kind).select_related("chair", "secretary").first()


def meeting_fact(meeting: Meeting) -> MeetingFact:
    return MeetingFact(
        body=str(meeting.body),
        number=meeting.number,
        starts_at=meeting.starts_at,
        place=meeting.place,
        status=MeetingStatus(meeting.status),
    )


def closed_meetings(body: Body) -> QuerySet[Meeting]:
    """The meetings that a body held, the latest first."""
    return Meeting.objects.filter(body=body, status=MeetingStatus.CLOSED).order_by("-starts_at")


def last_closed(body: Body, *, before: datetime) -> Meeting | None:
    """The last meeting that a body held before a moment. One query."""
    return closed_meetings(body).filter(starts_at__lt=before).first()


def last_day(previous: Meeting | None, project: Project) -> date:
    """The day from which what changed is shown: that of the last meeting, or the first of the project."""
    return max(day(previous.starts_at), project.started_on) if previous else project.started_on


def period_since(body: Body, since: date) -> Period:
    """One query."""
    held = closed_meetings(body).filter(starts_at__date=since).exists()
    return Period(since, since if held else None)


def start_of_period(project: Project) -> date:
    """The day of the last COSTRAT that was closed; before any, three months ago. Two queries."""
    body = body_of(project, BodyKind.COSTRAT)
    held = last_closed(body, before=timezone.now()) if body else None
    if held:
        return last_day(held, project)
    return max(project.started_on, timezone.localdate() - BETWEEN_COSTRATS)
