"""E-mails about a meeting: written down with what they tell of, sent by a job once the transaction commits."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from common.outbox import wake
from governance.enums import DispatchKind
from governance.models import Arbitration, Dispatch, Meeting
from organisations.models import User


def write_to(
    *, meeting: Meeting, people: Iterable[User], kind: DispatchKind, user: User, message: str = ""
) -> list[Dispatch]:
    """Ask for an e-mail to each of these people about a meeting as it is now. Asked twice, it leaves once."""
    rows = Dispatch.objects.bulk_create(
        (
            Dispatch(
                project_id=meeting.project_id,
                meeting=meeting,
                user=person,
                kind=kind,
                sequence=meeting.sequence,
                message=message.strip(),
                asked_by=user,
            )
            for person in people
        ),
        ignore_conflicts=True,
    )
    transaction.on_commit(tell_sender)
    return rows


def consult(*, arbitration: Arbitration, people: Iterable[User], user: User) -> list[Dispatch]:
    """Ask for an e-mail to each of these people about the vote by writing just opened on an arbitration, which comes
    with its meeting. Asked twice, it leaves once."""
    rows = Dispatch.objects.bulk_create(
        (
            Dispatch(
                project_id=arbitration.project_id,
                meeting=arbitration.meeting,
                arbitration=arbitration,
                user=person,
                kind=DispatchKind.CONSULTATION,
                sequence=arbitration.version,
                asked_by=user,
            )
            for person in people
        ),
        ignore_conflicts=True,
    )
    transaction.on_commit(tell_sender)
    return rows


@transaction.atomic
def try_again(*, meeting: Meeting) -> int:
    """Ask again for the e-mails about a meeting, or a vote by writing of its members, that have not left. Returns how
    many."""
    waiting = Dispatch.objects.filter(meeting=meeting, sent_at=None)
    count = waiting.update(attempts=0, error="", asked_at=timezone.now())
    transaction.on_commit(tell_sender)
    return count


def tell_sender() -> None:
    """Wake the task that sends them."""
    wake("governance.send_dispatches")
