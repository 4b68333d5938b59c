"""Giving a checklist another structure, its rows being kept."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils import timezone

from checklist.models import Action, Deliverable, Group, RaciEntry, Step
from checklist.structure import ActionNode, DeliverableNode, Tree
from common.ids import new_id
from organisations.models import Project

STRUCTURAL = ("group", "number", "label", "objective", "decided_by", "own", "retired_at", "position")


def rebuild(project: Project, before: Tree, after: Tree) -> Tree:
    """Make the rows of `before` those of `after`, and return it with the keys of the rows that were made.

    What is not structure stays as it is. In the caller's transaction, which holds the checklist locked.
    """
    groups = _groups(project, after)
    made: dict[str, str] = {}
    _actions(project, before, after, groups, made)
    _deliverables(project, after, groups, made)
    Group.objects.filter(project=project).exclude(pk__in=[group.pk for group in groups.values()]).delete()
    Step.objects.filter(project=project).exclude(number__in=[step.number for step in after.steps]).delete()
    return after.with_keys(made)


def _groups(project: Project, after: Tree) -> dict[str, Group]:
    """Number → row, for the groups to come."""
    found: dict[str, Group] = {}
    position = 0
    for node in after.steps:
        step, _ = Step.objects.update_or_create(project=project, number=node.number, defaults={"title": node.title})
        for group in node.groups:
            values = {"step": step, "title": group.title, "position": position}
            found[group.number], _ = Group.objects.update_or_create(
                project=project, number=group.number, defaults=values
            )
            position += 1
    return found


def _actions(project: Project, before: Tree, after: Tree, groups: dict[str, Group], made: dict[str, str]) -> None:
    present = {str(action.pk): action for action in Action.objects.filter(project=project)}
    wanted = [(group.number, node) for group in after.groups for node in group.actions]
    kept = {node.key for _, node in wanted}
    gone = [key for key in present if key not in kept]
    Action.objects.filter(project=project, pk__in=gone).delete()
    # Numbers may change hands: those that change are put aside first, for no two rows may hold one at any moment.
    moving = [
        present[node.key] for _, node in wanted if node.key in present and present[node.key].number != node.number
    ]
    for index, action in enumerate(moving):
        action.number = f"~{index}"
    Action.objects.bulk_update(moving, ["number"])
    new = []
    for position, (number, node) in enumerate(wanted):
        action = present.get(node.key) or Action(id=_id(node), project=project)
        _fill(action, node, groups[number], position)
        if node.key not in present:
            new.append(action)
            made[node.key] = str(action.pk)
    Action.objects.bulk_update([present[node.key] for _, node in wanted if node.key in present], STRUCTURAL)
    Action.objects.bulk_create(new)
    _letters(project, before, [node for _, node in wanted], made)


def _fill(action: Action, node: ActionNode, group: Group, position: int) -> None:
    action.group, action.position = group, position
    for name in ("number", "label", "objective", "decided_by", "own"):
        setattr(action, name, getattr(node, name))
    if not node.retired:
        action.retired_at = None
    elif action.retired_at is None:
        action.retired_at = timezone.now()


def _letters(project: Project, before: Tree, wanted: Iterable[ActionNode], made: dict[str, str]) -> None:
    held = {action.key: action.letters for action in before.actions}
    new = []
    for node in wanted:
        key, had = made.get(node.key, node.key), held.get(node.key, frozenset())
        for letter, actor in sorted(had - node.letters):
            RaciEntry.objects.filter(project=project, action_id=key, letter=letter, actor=actor).delete()
        new += [
            RaciEntry(project=project, action_id=UUID(key), letter=letter, actor=actor)
            for letter, actor in sorted(node.letters - had)
        ]
    RaciEntry.objects.bulk_create(new)


def _deliverables(project: Project, after: Tree, groups: dict[str, Group], made: dict[str, str]) -> None:
    present = {str(item.pk): item for item in Deliverable.objects.filter(project=project)}
    wanted = [
        (group.number, position, node) for group in after.groups for position, node in enumerate(group.deliverables)
    ]
    kept = {node.key for _, _, node in wanted}
    Deliverable.objects.filter(project=project, pk__in=[key for key in present if key not in kept]).delete()
    new = []
    for number, position, node in wanted:
        item = present.get(node.key) or Deliverable(id=_id(node), project=project)
        item.group, item.label, item.position = groups[number], node.label, position
        if node.key not in present:
            new.append(item)
            made[node.key] = str(item.pk)
    old = [present[node.key] for _, _, node in wanted if node.key in present]
    Deliverable.objects.bulk_update(old, ["group", "label", "position"])
    Deliverable.objects.bulk_create(new)


def _id(node: ActionNode | DeliverableNode) -> Any:
    """A new identifier, or the one that the row had before a merge took it away."""
    return new_id() if node.key.startswith("new:") else UUID(node.key)
