"""The dates of several actions at once, all or none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from checklist.models import Action
from common.errors import DomainError
from common.versions import change_fields
from organisations.models import Project

_TEXT = re.compile(r"([0-9.P]{1,10})\|([1-9][0-9]{0,8})\|([0-9-]{10})?\|([0-9-]{10})?")


@dataclass(frozen=True)
class Dates:
    """The dates of one action, and the version at which it was read."""

    number: str
    version: int
    start: date | None
    due: date | None

    @classmethod
    def from_text(cls, text: str) -> "Dates":
        """As `as_text` wrote it. Raises ValueError for anything else."""
        if not (found := _TEXT.fullmatch(text)):
            raise ValueError(text)
        number, version, start, due = found.groups()
        return cls(number, int(version), *(date.fromisoformat(day) if day else None for day in (start, due)))

    def as_text(self) -> str:
        """As a form posts it and a session keeps it: « 2.4.3|5|2026-10-01| »."""
        return "|".join(
            [self.number, str(self.version), *(day.isoformat() if day else "" for day in (self.start, self.due))]
        )


def lock_actions(project: Project, numbers: Sequence[str]) -> dict[str, Action]:
    """These actions by number, as they stand until the end of the transaction. Raises DomainError when one has left."""
    found = Action.objects.current().filter(project=project, number__in=numbers)
    # Locked in one order, so that two people who write the same actions wait for each other instead of both failing.
    actions = {action.number: action for action in found.select_for_update().order_by("pk")}
    for number in numbers:
        if number not in actions:
            raise DomainError(f"L’action {number} n’est plus dans la checklist. Rien n’est enregistré.")
    return actions


@transaction.atomic
def set_dates(*, project: Project, given: Sequence[Dates]) -> list[Dates]:
    """Give several actions their dates, and return those they had, to be given back by the same function.

    Raises DomainError when one of them left the checklist or would end before it starts, Conflict when somebody
    changed the dates of one since its version; nothing is written then.
    """
    actions = lock_actions(project, [item.number for item in given])
    before = []
    for item in given:
        action = actions[item.number]
        start, due = action.start_on, action.due_on
        written = change_fields(action, version=item.version, start_on=item.start, due_on=item.due)
        before.append(Dates(item.number, written.version, start, due))
    return before
