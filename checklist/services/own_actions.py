"""The actions that a project adds to those of the ANAP, orders, and retires."""

import re
import uuid
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from checklist.enums import Actor, Letter
from checklist.models import Action, Group, RaciEntry
from common.errors import DomainError
from common.versions import change_fields


@transaction.atomic
def add_own_action(
    *,
    group: Group,
    label: str,
    objective: str,
    letters: Mapping[Letter, Iterable[Actor]],
    after: Action | None,
    token: uuid.UUID,
) -> Action:
    """Add an action of the project's own to a group, after one of its actions or first, with who holds which letter.

    Its number is never given again. The same form posted twice (`token`) adds once.
    Raises DomainError (field `label`) without a label, (field `after`) when `after` is in another group.
    """
    label = label.strip()
    if not label:
        raise DomainError("Dites en quelques mots ce qui est à faire.", field="label")
    if after is not None and after.group_id != group.pk:
        raise DomainError("Choisissez une action de ce bloc.", field="after")
    _lock(group)
    posted = Action.objects.filter(project=group.project_id, pk=token).first()
    if posted is not None:
        return posted
    present = Action.objects.filter(group=group)
    first = present.order_by("position").values_list("position", flat=True).first() or 0
    # Read again: somebody may have moved it since the form was shown.
    position = present.get(pk=after.pk).position + 1 if after is not None else first
    present.filter(position__gte=position).update(position=F("position") + 1)
    action = Action.objects.create(
        id=token,
        project_id=group.project_id,
        group=group,
        number=_next_number(group),
        label=label,
        objective=objective.strip(),
        position=position,
        own=True,
    )
    RaciEntry.objects.bulk_create(
        RaciEntry(project_id=group.project_id, action=action, letter=letter, actor=actor)
        for letter, actors in letters.items()
        for actor in actors
    )
    return action


def edit_own_action(*, action: Action, version: int, label: str, objective: str) -> Action:
    """Word an action of the project's own otherwise.

    Raises DomainError for one of the ANAP's or without a label, Conflict when somebody worded it since `version`.
    """
    _check_own(action, "ne se réécrit pas")
    if not label.strip():
        raise DomainError("Dites en quelques mots ce qui est à faire.", field="label")
    return change_fields(action, version=version, label=label.strip(), objective=objective.strip())


@transaction.atomic
def move_own_action(*, action: Action, version: int, up: bool) -> Action:
    """Exchange the places of an action of the project's own and of its neighbour in the group.

    Raises DomainError at either end of the group, Conflict when somebody moved it since `version`.
    """
    _check_own(action, "garde sa place")
    _lock(action.group)
    present = list(Action.objects.current().filter(group=action.group).order_by("position"))
    place = next((index for index, item in enumerate(present) if item.pk == action.pk), None)
    if place is None:
        raise DomainError(f"L’action {action.number} est retirée.")
    wanted = place - 1 if up else place + 1
    if not 0 <= wanted < len(present):
        raise DomainError(f"L’action {action.number} est déjà la {'première' if up else 'dernière'} de son bloc.")
    here, neighbour = present[place].position, present[wanted]
    moved = change_fields(action, version=version, position=neighbour.position)
    # Nobody wrote the neighbour: it keeps its version.
    Action.objects.filter(pk=neighbour.pk).update(position=here)
    return moved


def retire_own_action(*, action: Action, version: int) -> Action:
    """Take an action of the project's own out of the checklist. It is kept, with its history, and can be put back.

    Raises DomainError for one of the ANAP's, Conflict when somebody retired it since `version`.
    """
    _check_own(action, "ne se retire pas : mettez-la « sans objet »")
    return change_fields(action, version=version, retired_at=timezone.now())


def restore_own_action(*, action: Action, version: int) -> Action:
    """Put a retired action back where it was. Raises Conflict when somebody changed that since `version`."""
    return change_fields(action, version=version, retired_at=None)


def _check_own(action: Action, refusal: str) -> None:
    if not action.own:
        raise DomainError(f"L’action {action.number} vient de l’ANAP : elle {refusal}.")


def _lock(group: Group) -> None:
    """Two people who add to a group or order it do so one after the other."""
    Group.objects.select_for_update().get(pk=group.pk)


def _next_number(group: Group) -> str:
    """« 2.4.P1 »: P, then the number after the highest ever given in the group, retired actions included."""
    pattern = re.compile(rf"{re.escape(group.number)}\.P(\d+)")
    numbers = Action.objects.filter(project=group.project_id, own=True).values_list("number", flat=True)
    given = [int(match[1]) for match in map(pattern.fullmatch, numbers) if match]
    return f"{group.number}.P{max(given, default=0) + 1}"
