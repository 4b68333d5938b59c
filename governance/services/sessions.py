"""A meeting opened, and closed for good."""

import uuid

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from common import french
from common.errors import DomainError
from common.versions import change
from governance.enums import ItemState, MeetingStatus, Presence
from governance.models import AgendaItem, Attendance, Meeting, Minutes
from governance.models.meetings import LOCKED
from governance.selectors.voices import assembly_of
from organisations.models import User

NOT_OPEN = "Cette séance n’est pas ouverte : rien ne s’y note encore."


def locked(meeting_id: uuid.UUID) -> Meeting:
    """The meeting as it stands, that nobody opens, closes or cancels before this transaction ends. One query."""
    rows = Meeting.objects.select_for_update(of=("self",), no_key=True).select_related("body", "project")
    return rows.get(pk=meeting_id)


def in_session(meeting: Meeting) -> Meeting:
    """As `locked`, for what is only written during the session. Raises DomainError before it opens, or once closed."""
    current = locked(meeting.pk)
    if current.status == MeetingStatus.CLOSED:
        raise DomainError(LOCKED)
    if current.status != MeetingStatus.IN_SESSION:
        raise DomainError(french.typography(NOT_OPEN))
    return current


def minutes_of(meeting: Meeting) -> Minutes:
    """What the secretary writes of a meeting; begun, at version 1, where nothing is written yet."""
    return Minutes.objects.get_or_create(project_id=meeting.project_id, meeting=meeting)[0]


@transaction.atomic
def open_session(*, meeting: Meeting) -> Meeting:
    """Begin a meeting that was convened, on its day or later. Twice is once.

    Raises DomainError before its day, or when it is not convened.
    """
    current, now = locked(meeting.pk), timezone.now()
    if current.status == MeetingStatus.IN_SESSION:
        return current
    if current.status != MeetingStatus.CONVENED:
        raise DomainError("Une séance s’ouvre une fois convoquée.")
    if french.day(current.starts_at) > french.day(now):
        day = french.long_date(current.starts_at)
        raise DomainError(french.typography(f"Cette séance est convoquée pour le {day} : elle s’ouvre ce jour-là."))
    return change(current, version=current.version, status=MeetingStatus.IN_SESSION, opened_at=now)


@transaction.atomic
def close_session(*, meeting: Meeting, summary: str, version: int, user: User) -> Meeting:
    """End a meeting: from here on the database refuses any change. Twice is once.

    `summary`: what to remember of it, over `version` of the minutes. Who is still awaited was absent, what was not
    treated is postponed, the quorum is kept as it is now. Raises DomainError unless it is in session, Conflict when
    somebody else wrote the summary meanwhile.
    """
    current = locked(meeting.pk)
    if current.status == MeetingStatus.CLOSED:
        return current
    current = in_session(meeting)
    change(minutes_of(current), version=version, summary=summary.strip())
    awaited = Attendance.objects.filter(meeting=current, presence=Presence.EXPECTED)
    awaited.update(presence=Presence.ABSENT, version=F("version") + 1)
    untreated = AgendaItem.objects.filter(meeting=current, state=ItemState.TO_TREAT)
    untreated.update(state=ItemState.POSTPONED, version=F("version") + 1)
    quorum = assembly_of(current).quorum
    return change(
        current,
        version=current.version,
        status=MeetingStatus.CLOSED,
        closed_at=timezone.now(),
        closed_by=user,
        quorum_reached=quorum.reached,
        represented_percent=quorum.represented,
    )
