"""The project lead reminds structures of what waits there; e-mails leave by a job."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from common import french
from common.errors import DomainError
from common.outbox import wake
from organisations.models import ESMS, Project, User, place_of
from structures.models import Reminder, ReminderLetter
from structures.selectors.reminders import people_of


@dataclass(frozen=True)
class Sent:
    """What came of it: structures reminded; those left alone because they were today already, or nobody works there."""

    reminded: list[ESMS]
    already: list[ESMS]
    empty: list[ESMS]


@transaction.atomic
def remind(*, about: Mapping[ESMS, str], message: str, user: User, token: uuid.UUID) -> Sent:
    """Remind these structures, each of what `about` says, with one message; the same form posted twice reminds once.

    Whoever directs a structure, and its referents, find it on their pages and receive an e-mail. Raises DomainError
    without a structure, or a message that is too long.
    """
    message = message.strip()
    if not about:
        raise DomainError("Aucune structure n’est à relancer.")
    if len(message) > 500:
        raise DomainError("Ce mot est trop long : 500 caractères au plus.", field="message")
    structures = sorted(about, key=lambda esms: esms.name)
    people = people_of(structures)
    there = [esms for esms in structures if people.get(esms.pk)]
    rows = Reminder.objects.bulk_create(
        (
            Reminder(**place_of(esms), about=about[esms][:300], message=message, asked_by=user, token=token)
            for esms in there
        ),
        ignore_conflicts=True,  # reminded today already, perhaps by this very form
    )
    written = {row.esms_id: row for row in Reminder.objects.filter(pk__in=[row.pk for row in rows])}
    ReminderLetter.objects.bulk_create(
        ReminderLetter(
            project_id=row.project_id, og_id=row.og_id, esms_id=row.esms_id, reminder=row, user=person, asked_by=user
        )
        for row in written.values()
        for person in people[row.esms_id]
    )
    transaction.on_commit(tell_sender)
    return Sent(
        reminded=[esms for esms in there if esms.pk in written],
        already=[esms for esms in there if esms.pk not in written],
        empty=[esms for esms in structures if esms not in there],
    )


@transaction.atomic
def take_back(*, project: Project, token: uuid.UUID, user: User) -> tuple[int, int]:
    """Take back the reminders of one form, by who sent it, on the same day. Returns how many, and how many of their
    e-mails had left already. Raises DomainError when there is nothing left to take back."""
    rows = Reminder.objects.filter(
        project=project, token=token, asked_by=user, asked_on=french.today(), taken_back_at=None, seen_at=None
    )
    ids = list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
    if not ids:
        raise DomainError("Il n’y a plus rien à reprendre : ces relances ont été lues, ou datent d’un autre jour.")
    letters = ReminderLetter.objects.filter(reminder__in=ids)
    left = letters.exclude(sent_at=None).count()
    letters.filter(sent_at=None).delete()
    Reminder.objects.filter(pk__in=ids).update(taken_back_at=timezone.now())
    return len(ids), left


@transaction.atomic
def mark_seen(*, reminder: Reminder, user: User) -> None:
    """Somebody of the structure has read it. The first one counts; twice is once."""
    Reminder.objects.filter(pk=reminder.pk, seen_at=None, taken_back_at=None).update(
        seen_at=timezone.now(), seen_by=user
    )


def tell_sender() -> None:
    """Wake the task that sends them."""
    wake("structures.send_reminders")
