"""E-mails about a meeting: written down with what they tell of, sent by a job once the transaction commits."""

import logging
from collections.abc import Iterable

from celery import current_app
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from governance.enums import DispatchKind
from governance.models import Dispatch, Meeting
from organisations.models import User

logger = logging.getLogger(__name__)


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


@transaction.atomic
def try_again(*, meeting: Meeting) -> int:
    """Ask again for the e-mails about a meeting that have not left. Returns how many."""
    waiting = Dispatch.objects.filter(meeting=meeting, sent_at=None)
    count = waiting.update(attempts=0, error="", asked_at=timezone.now())
    transaction.on_commit(tell_sender)
    return count


def tell_sender() -> None:
    """Wake the task that sends them. A broker that doesn't answer loses nothing: beat wakes it too."""
    try:
        current_app.send_task("governance.send_dispatches", retry=False)
    except OperationalError:
        logger.warning("The broker does not answer; e-mails about meetings wait in the database.")
