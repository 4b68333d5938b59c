"""The structure of a checklist as values: steps, groups, actions with their letters, deliverables. No row, no status.

A key is the primary key of the row that stands behind a node, as text.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, TypeVar

from checklist.enums import Actor, Letter

Letters = frozenset[tuple[Letter, Actor]]


@dataclass(frozen=True)
class ActionNode:
    key: str
    number: str
    label: str
    objective: str
    decided_by: str
    own: bool
    retired: bool
    letters: Letters


@dataclass(frozen=True)
class DeliverableNode:
    key: str
    label: str


_Leaf = TypeVar("_Leaf", ActionNode, DeliverableNode)


@dataclass(frozen=True)
class GroupNode:
    number: str
    title: str
    deliverables: tuple[DeliverableNode, ...]
    actions: tuple[ActionNode, ...]


@dataclass(frozen=True)
class StepNode:
    number: int
    title: str
    groups: tuple[GroupNode, ...]


@dataclass(frozen=True)
class Tree:
    """A whole checklist, in order."""

    steps: tuple[StepNode, ...]

    @property
    def groups(self) -> Iterator[GroupNode]:
        for step in self.steps:
            yield from step.groups

    @property
    def actions(self) -> Iterator[ActionNode]:
        for group in self.groups:
            yield from group.actions

    @property
    def deliverables(self) -> Iterator[DeliverableNode]:
        for group in self.groups:
            yield from group.deliverables

    def with_keys(self, made: Mapping[str, str]) -> "Tree":
        """The same with other keys for some nodes: those of the rows made for them."""

        def of(node: _Leaf) -> _Leaf:
            return replace(node, key=made.get(node.key, node.key))

        return Tree(
            tuple(
                replace(
                    step,
                    groups=tuple(
                        replace(
                            group,
                            deliverables=tuple(map(of, group.deliverables)),
                            actions=tuple(map(of, group.actions)),
                        )
                        for group in step.groups
                    ),
                )
                for step in self.steps
            )
        )


def to_json(tree: Tree) -> list[dict[str, Any]]:
    """As a snapshot stores it."""
    steps = [asdict(step) for step in tree.steps]
    for step in steps:
        for group in step["groups"]:
            for action in group["actions"]:
                action["letters"] = sorted([str(letter), str(actor)] for letter, actor in action["letters"])
    return steps


def from_json(steps: list[dict[str, Any]]) -> Tree:
    """As it was stored."""
    return Tree(
        tuple(
            StepNode(
                number=step["number"],
                title=step["title"],
                groups=tuple(
                    GroupNode(
                        number=group["number"],
                        title=group["title"],
                        deliverables=tuple(DeliverableNode(**item) for item in group["deliverables"]),
                        actions=tuple(_action(item) for item in group["actions"]),
                    )
                    for group in step["groups"]
                ),
            )
            for step in steps
        )
    )


def fingerprint(*trees: Tree) -> str:
    """The same for the same structures, whenever and wherever it is computed."""
    content = json.dumps([to_json(tree) for tree in trees], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def _action(item: dict[str, Any]) -> ActionNode:
    letters = frozenset((Letter(letter), Actor(actor)) for letter, actor in item["letters"])
    return ActionNode(**{**item, "letters": letters})
