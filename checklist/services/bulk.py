"""One change of several actions: all or nothing, and taken back as a whole."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from checklist.enums import Letter, Status
from checklist.models import Action, ActionPerson
from checklist.services.fields import edit
from checklist.services.people import check_takes_part, name_person, unname_person
from checklist.services.status import set_status, undo_status
from common.errors import Conflict, DomainError
from common.history import versions_of
from common.versions import change
from organisations.models import Project, User

DATE_FIELDS = ("start_on", "due_on")
UNDO_WITHIN = timedelta(days=1)


@dataclass(frozen=True)
class Chosen:
    """An action of the selection, and the version at which it was read."""

    action: Action
    version: int


@dataclass(frozen=True)
class Refusal:
    """An action that could not be changed, as it stands, and why."""

    action: Action
    error: DomainError


class SelectionRefused(DomainError):
    """Some actions of a selection could not be changed, so none was."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__("Rien n’a été changé.")
        self.refusals = list(refusals)


@transaction.atomic
def set_statuses(*, chosen: Sequence[Chosen], status: Status, user: User, reason: str = "") -> list[Action]:
    """Give the actions a status, each by the rules of `set_status`; return those that didn't have it.

    Raises SelectionRefused, or DomainError (field `reason`) for « sans objet » without one.
    """
    if status == Status.NOT_APPLICABLE and not reason.strip():
        raise DomainError("Dites pourquoi ces actions sont sans objet.", field="reason")

    def write(action: Action, version: int) -> bool:
        is_so = action.status == status and status != Status.NOT_APPLICABLE
        if not (is_so and action.version == version):
            set_status(action=action, version=version, status=status, user=user, reason=reason)
        return not is_so

    return _each(chosen, write)


@transaction.atomic
def set_date(*, chosen: Sequence[Chosen], field: str, value: date | None) -> list[Action]:
    """Give the actions a start or due date (`DATE_FIELDS`), or none; return those that didn't have it.

    Raises SelectionRefused.
    """
    if field not in DATE_FIELDS:
        raise ValueError(f"{field} is no date of an action.")

    def write(action: Action, version: int) -> bool:
        if getattr(action, field) == value:
            return False
        edit(action=action, version=version, field=field, value=value)
        return True

    return _each(chosen, write)


@transaction.atomic
def name_on(*, project: Project, chosen: Sequence[Chosen], user: User, letter: Letter) -> list[Action]:
    """Name a person on the actions; return those where they didn't hold this letter by name.

    Raises SelectionRefused, or DomainError (field `user`) for an outsider.
    """
    check_takes_part(project, user)
    named = set(ActionPerson.objects.filter(project=project, user=user, letter=letter).values_list("action", flat=True))

    def write(action: Action, version: int) -> bool:
        if action.pk in named:
            return False
        name_person(action=action, user=user, letter=letter)
        return True

    return _each(chosen, write)


@transaction.atomic
def undo(*, project: Project, user: User, request_id: uuid.UUID, may_change: Callable[[Action], bool]) -> list[Action]:
    """Take back what one request of this person changed in the status, the dates or the people of actions.

    Each gets exactly what it had, as the history knows it, if nobody changed it since. Raises SelectionRefused
    otherwise, DomainError when there is nothing (left) to take back.
    """
    made: dict[str, Any] = {
        "project": project,
        "pgh_created_at__gte": timezone.now() - UNDO_WITHIN,
        "pgh_context__contains": {"user": str(user.pk), "request": str(request_id)},
    }
    after = {
        event.pgh_obj_id: event for event in versions_of(Action).filter(pgh_label="update", **made).order_by("pgh_id")
    }
    given = set(versions_of(ActionPerson).filter(pgh_label="insert", **made).values_list("pgh_obj_id", "action_id"))
    chosen = [Chosen(action, 0) for action in Action.objects.filter(pk__in=[*after, *(pair[1] for pair in given)])]
    people = {person.action_id: person for person in ActionPerson.objects.filter(pk__in=[pair[0] for pair in given])}

    def write(action: Action, version: int) -> bool:
        if not may_change(action):
            raise DomainError("vous ne pouvez plus la changer")
        if action.pk in after:
            _restore(action, after[action.pk], user)
        elif action.pk in people:
            unname_person(person=people[action.pk])
        else:
            raise Conflict(current=action, attempted={})
        return True

    return _each(chosen, write)


def _restore(action: Action, event: Any, user: User) -> None:
    """Put back the fields that `event`, a version of the action, changed."""
    if action.version != event.version:
        raise Conflict(current=action, attempted={})
    before = type(event).objects.filter(pgh_obj_id=action.pk, pgh_id__lt=event.pgh_id).order_by("-pgh_id").first()
    dates = {name: getattr(before, name) for name in DATE_FIELDS if getattr(before, name) != getattr(event, name)}
    if dates:
        change(action, version=event.version, **dates)
    else:
        undo_status(action=action, version=event.version, user=user)


def _each(chosen: Sequence[Chosen], write: Callable[[Action, int], bool]) -> list[Action]:
    """Do `write` to each action, in the order of the checklist; return those that it changed.

    Raises SelectionRefused with all that can't be, DomainError when there is nothing to change.
    """
    versions = {item.action.pk: item.version for item in chosen}
    # Locked in one order, so that two people who choose the same actions wait for each other.
    actions = Action.objects.select_for_update(of=("self",)).filter(pk__in=versions).order_by("pk")
    locked = list(actions.select_related("project", "group", "status_by"))
    changed, refusals = [], []
    for action in sorted(locked, key=lambda item: (item.group.position, item.position)):
        try:
            if write(action, versions[action.pk]):
                changed.append(action)
        except DomainError as error:
            refusals.append(Refusal(error.current if isinstance(error, Conflict) else action, error))
    if refusals:
        raise SelectionRefused(refusals)
    if not changed:
        raise DomainError("Il n’y a rien à changer.")
    return changed
