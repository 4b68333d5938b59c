"""The dates of several actions at once, all or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from checklist.models import Action
from common.errors import DomainError
from common.versions import change_fields
from organisations.models import Project


@dataclass(frozen=True)
class Dates:
    """The dates of one action, and the version at which it was read."""

    number: str
    version: int
    start: date | None
    due: date | None


@transaction.atomic
def set_dates(*, project: Project, given: Sequence[Dates]) -> list[Dates]:
    """Give several actions their dates, and return those they had, to be given back by the same function.

    Raises DomainError when one of them left the checklist or would end before it starts, Conflict when somebody
    changed the dates of one since its version; nothing is written then.
    """
    numbers = [item.number for item in given]
    found = Action.objects.current().filter(project=project, number__in=numbers)
    # Locked in one order, so that two people who date the same actions wait for each other instead of both failing.
    actions = {action.number: action for action in found.select_for_update().order_by("pk")}
    before = []
    for item in given:
        if item.number not in actions:
            raise DomainError(f"L’action {item.number} n’est plus dans la checklist. Rien n’est enregistré.")
        action = actions[item.number]
        start, due = action.start_on, action.due_on
        written = change_fields(action, version=item.version, start_on=item.start, due_on=item.due)
        before.append(Dates(item.number, written.version, start, due))
    return before
