"""Minutes: summed up, sent, approved at the next meeting, mended by amendments alone."""

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from common.errors import DomainError
from common.french import long_date, typography
from common.refusals import refused_in_words
from common.versions import change, change_fields
from governance.audiences import told_of_minutes
from governance.enums import MINUTES_SOURCE, DispatchKind, ItemState, MeetingStatus
from governance.models import AgendaItem, Amendment, Attendance, Dispatch, FollowUp, Meeting, Minutes
from governance.services.outbox import tell_sender
from governance.services.sessions import in_session, locked, minutes_of
from organisations.models import User


@transaction.atomic
def write_summary(*, meeting: Meeting, version: int, summary: str) -> Minutes:
    """Write what to remember of a meeting, while it lasts. Raises Conflict, DomainError unless it is in session."""
    current = in_session(meeting)
    return change_fields(minutes_of(current), version=version, summary=summary.strip())


@transaction.atomic
def send_minutes(*, meeting: Meeting, user: User, message: str = "") -> list[Dispatch]:
    """Send the minutes of a closed meeting to who was called, who has something to do from it, and who is told of it.

    Sent once, and once again after each amendment. Raises DomainError before the meeting is closed, or when they have
    left already as they are.
    """
    current = locked(meeting.pk)
    if current.status != MeetingStatus.CLOSED:
        raise DomainError(typography("Le compte rendu part une fois la séance close."))
    if not may_send(current):
        sent = long_date(current.minutes_sent_at) if current.minutes_sent_at else ""
        raise DomainError(typography(f"Ce compte rendu est parti le {sent} : il repartira après un rectificatif."))
    earlier = Dispatch.objects.filter(meeting=current, kind=DispatchKind.MINUTES)
    last = earlier.aggregate(last=Max("sequence"))["last"]
    rows = Dispatch.objects.bulk_create(
        Dispatch(
            project_id=current.project_id,
            meeting=current,
            user_id=person_id,
            kind=DispatchKind.MINUTES,
            sequence=0 if last is None else last + 1,
            message=message.strip(),
            asked_by=user,
        )
        for person_id in _recipients(current)
    )
    change(current, version=current.version, minutes_sent_at=timezone.now())
    transaction.on_commit(tell_sender)
    return rows


def may_send(meeting: Meeting) -> bool:
    """Whether the minutes never left, or not since they were mended. One query."""
    if meeting.minutes_sent_at is None:
        return True
    return Amendment.objects.filter(meeting=meeting, written_at__gt=meeting.minutes_sent_at).exists()


def _recipients(meeting: Meeting) -> Iterable[uuid.UUID]:
    called = Attendance.objects.filter(meeting=meeting, user__is_active=True).values_list("user_id", flat=True)
    owners = FollowUp.objects.filter(meeting=meeting, owner__is_active=True).values_list("owner_id", flat=True)
    return sorted({*called, *owners, *(person.pk for person in told_of_minutes(meeting))})


@transaction.atomic
def approve_minutes(*, item: AgendaItem) -> Meeting:
    """The minutes that this point is about are approved, in the meeting of the point. Twice is once.

    Raises DomainError when they were not sent, or unless the meeting of the point is in session.
    """
    meeting = in_session(item.meeting)
    if item.source != MINUTES_SOURCE or item.source_id is None:
        raise DomainError("Ce point n’est pas l’approbation d’un compte rendu.")
    approved = locked(item.source_id)
    if approved.minutes_approved_at is None:
        with refused_in_words(Meeting):
            approved = change(
                approved,
                version=approved.version,
                minutes_approved_at=timezone.now(),
                minutes_approved_in=meeting,
            )
    point = AgendaItem.objects.select_for_update().get(pk=item.pk)
    change_fields(point, version=point.version, state=ItemState.TREATED)
    return approved


@transaction.atomic
def amend(*, meeting: Meeting, text: str, user: User, token: uuid.UUID) -> Amendment:
    """Add a correction to a closed meeting; the same form posted twice adds one. Raises DomainError (field `text`)
    when it says nothing, or before the meeting is closed."""
    current = locked(meeting.pk)
    if current.status != MeetingStatus.CLOSED:
        raise DomainError(typography("Cette séance n’est pas close : corrigez directement ce qui y est noté."))
    known = Amendment.objects.filter(project=current.project_id, token=token).first()
    if known:
        return known
    with refused_in_words(Amendment, field="text"):
        return Amendment.objects.create(
            project_id=current.project_id, meeting=current, text=text.strip(), written_by=user, token=token
        )
