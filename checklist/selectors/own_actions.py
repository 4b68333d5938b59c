"""The actions of the project's own, among their neighbours, and those that were retired."""

from dataclasses import dataclass
from itertools import groupby

from checklist.models import Action, Group
from common.history import Entry, entries_by_row
from organisations.models import Project

HISTORY_FIELDS = ("status", "label", "objective", "retired_at")


@dataclass(frozen=True)
class OwnGroup:
    """A group that has actions of the project's own, with all its actions in their order."""

    group: Group
    actions: list[Action]


@dataclass(frozen=True)
class RetiredAction:
    action: Action
    history: list[Entry]


@dataclass(frozen=True)
class OwnActions:
    groups: list[OwnGroup]
    retired: list[RetiredAction]

    @property
    def count(self) -> int:
        return sum(action.own for item in self.groups for action in item.actions)


def own_actions(project: Project) -> OwnActions:
    """The actions of the project's own. Four queries."""
    inside = Action.objects.current().filter(project=project, own=True).values("group")
    actions = (
        Action.objects.current()
        .filter(project=project, group__in=inside)
        .select_related("group__step")
        .order_by("group__position", "position")
    )
    retired = list(
        Action.objects.filter(project=project).exclude(retired_at=None).select_related("group").order_by("-retired_at")
    )
    history = entries_by_row(retired, HISTORY_FIELDS)
    return OwnActions(
        groups=[OwnGroup(group, list(found)) for group, found in groupby(actions, lambda action: action.group)],
        retired=[RetiredAction(action, history[action.pk]) for action in retired],
    )


def groups_of(project: Project) -> list[Group]:
    """The groups of a checklist, in order."""
    return list(Group.objects.filter(project=project).order_by("position"))


def actions_in(group: Group) -> list[Action]:
    """The actions of a group, in order. One query."""
    return list(Action.objects.current().filter(group=group).order_by("position"))


def place_of(action: Action) -> Action | None:
    """The action that stands before this one in its group, if any."""
    before = Action.objects.current().filter(group=action.group, position__lt=action.position)
    return before.order_by("-position").first()
