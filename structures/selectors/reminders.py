"""The reminders of the project lead."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from common import french
from organisations.enums import Role
from organisations.models import ESMS, Membership, User
from structures.models import Reminder, ReminderLetter

PEOPLE = (Role.ESMS_DIRECTOR, Role.LOCAL_REFERENT)


def open_reminders(structures: Sequence[ESMS]) -> list[Reminder]:
    """Those that nobody of the structure has said to have read, the latest first. One query; none without structure."""
    if not structures:
        return []
    rows = Reminder.objects.filter(esms__in=structures, taken_back_at=None, seen_at=None)
    return list(rows.select_related("asked_by").order_by("-asked_at", "-pk"))


@dataclass(frozen=True)
class LastReminder:
    """The latest reminder of a structure, as the follow-up shows it. `held_up`: one of its e-mails could not leave."""

    row: Reminder
    is_of_today: bool
    held_up: bool


def last_reminders(structures: Sequence[ESMS]) -> dict[uuid.UUID, LastReminder]:
    """The latest reminder of each structure. One query."""
    failed = ReminderLetter.objects.filter(reminder=OuterRef("pk"), sent_at=None).exclude(error="")
    rows = Reminder.objects.filter(esms__in=structures, taken_back_at=None).annotate(held_up=Exists(failed))
    latest = rows.order_by("esms_id", "-asked_at", "-pk").distinct("esms_id")
    return {row.esms_id: LastReminder(row, row.asked_on == french.today(), row.held_up) for row in latest}


def people_of(structures: Sequence[ESMS]) -> dict[uuid.UUID, list[User]]:
    """Who works in each structure today: its direction and its referents, each once. One query."""
    found: dict[uuid.UUID, dict[uuid.UUID, User]] = {}
    rows = Membership.objects.active(french.today()).filter(esms__in=structures, role__in=PEOPLE)
    for row in rows.select_related("user").order_by("user__last_name", "user__first_name", "pk"):
        if row.esms_id:
            found.setdefault(row.esms_id, {})[row.user_id] = row.user
    return {esms_id: list(people.values()) for esms_id, people in found.items()}
