"""Calling the members of a body to a meeting."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from common import french
from common.errors import DomainError
from common.versions import change
from governance.agenda import listed, open_follow_ups
from governance.calling import Called, called_on
from governance.enums import FOLLOW_UP_SOURCE, DispatchKind, MeetingStatus
from governance.models import AgendaItem, Attendance, Meeting
from governance.selectors.told_agendas import changes_since_told
from governance.services.meetings import tell_called
from governance.services.outbox import write_to
from organisations.models import User


@transaction.atomic
def convene(*, meeting: Meeting, version: int, user: User, message: str = "") -> list[Attendance]:
    """Call to a meeting all who sit on its body on its day, and write to each of them; twice is once. On a meeting
    convened already, those who were given a seat since are called.

    Raises DomainError for a meeting past, begun or cancelled, or when nobody sits; Conflict when somebody changed it.
    """
    current = Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)
    if current.status not in {MeetingStatus.DRAFT, MeetingStatus.CONVENED}:
        raise DomainError("Cette séance ne se convoque plus : elle est ouverte, close ou annulée.")
    if current.starts_at <= timezone.now():
        raise DomainError("Cette séance est passée : changez sa date avant de la convoquer.")
    called = called_on(current.body, french.day(current.starts_at))
    if not called:
        raise DomainError(
            french.typography(f"Personne ne siège au {current.body} ce jour-là : nommez d’abord ses membres.")
        )
    if current.status == MeetingStatus.DRAFT:
        change(current, version=version, status=MeetingStatus.CONVENED, convened_at=timezone.now())
        _bring_up_to_date(current)
    new = _without_place(current, called)
    rows = Attendance.objects.bulk_create(
        Attendance(
            project_id=current.project_id,
            meeting=current,
            user=line.user,
            mandate=line.mandate,
            og=line.og,
            votes=line.votes,
            invited=line.invited,
            stands_in_for=line.stands_in_for,
        )
        for line in new
    )
    people = [line.user for line in new]
    write_to(meeting=current, people=people, kind=DispatchKind.CONVOCATION, user=user, message=message)
    return rows


@transaction.atomic
def tell_agenda(*, meeting: Meeting, user: User) -> int:
    """Send the agenda as it is now to all who are called, when it says something else than what they were told. Returns
    how many are written to: nobody, once they know it.

    Raises DomainError for a meeting that is not convened, or past.
    """
    current = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if current.status != MeetingStatus.CONVENED or current.starts_at <= timezone.now():
        raise DomainError("Seule une séance convoquée et à venir s’annonce de nouveau.")
    items = AgendaItem.objects.filter(meeting=current).order_by("position", "pk")
    if not changes_since_told(current, list(items)):
        return 0
    return tell_called(current, DispatchKind.AGENDA, user)


def _without_place(meeting: Meeting, called: Iterable[Called]) -> list[Called]:
    present = set(Attendance.objects.filter(meeting=meeting).values_list("user_id", flat=True))
    return [line for line in called if line.user.pk not in present]


def _bring_up_to_date(meeting: Meeting) -> None:
    """What was to be done when the meeting was planned may be done since; a list that somebody worded stays."""
    untouched = AgendaItem.objects.filter(meeting=meeting, source=FOLLOW_UP_SOURCE, version=1)
    untouched.update(detail=listed(open_follow_ups(meeting.body)))
