"""Another version of the catalogue in a checklist that lives, and back: which structure it gets. Nothing is written.

What people did (statuses, dates, names, exchanges, deposits) hangs on the rows behind the keys: an action that keeps
its key keeps all of it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from checklist.catalogue import CatalogueAction, CatalogueGroup, CatalogueStep
from checklist.structure import ActionNode, DeliverableNode, GroupNode, Letters, StepNode, Tree


@dataclass(frozen=True)
class Facts:
    """Keys of the actions on which somebody did something (`touched`), of those OK without a decision (`settled`), and
    of the deliverables that hold something (`filled`)."""

    touched: frozenset[str] = frozenset()
    settled: frozenset[str] = frozenset()
    filled: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Merge:
    """The structure to come. `kept_letters`: keys of actions whose letters the project had changed, and that the new
    version changes too: the project's stand."""

    tree: Tree
    kept_letters: frozenset[str] = frozenset()


def merged(
    current: Tree, facts: Facts, old: Sequence[CatalogueStep], new: Sequence[CatalogueStep], *, multi_og: bool
) -> Merge:
    """The checklist `current`, made from the version `old`, once it takes the version `new`.

    An action of the ANAP's that is no longer in the catalogue becomes the project's own when somebody did something
    with it, and goes otherwise. A deliverable that is no longer there stays as long as it holds something.
    """
    before = {action.number: _letters(action) for action in _catalogue_actions(old)}
    wanted = [action for action in _catalogue_actions(new) if multi_og or not action.multi_og]
    matches = _matches(current, wanted)
    kept_letters = set()
    steps = []
    for step in new:
        groups = []
        for group in step.groups:
            actions = []
            for source in group.actions:
                if source.multi_og and not multi_og:
                    continue
                match = matches.get(source.number)
                actions.append(_taken(match, source, before, facts))
                if match and actions[-1].letters != _letters(source) != before.get(match.number):
                    kept_letters.add(match.key)
            groups.append(GroupNode(group.number, group.title, _deliverables(current, group), tuple(actions)))
        steps.append(StepNode(step.number, step.title, tuple(groups)))
    target = _with_what_stays(Tree(tuple(steps)), current, facts)
    return Merge(target, frozenset(kept_letters))


def restored(before: Tree, after: Tree, current: Tree, facts: Facts) -> Merge:
    """The checklist `current` back in the structure `before` of a merge that had left it as `after`.

    What the project changed since (letters, its own actions) stays. Actions that came with the merge become the
    project's own when somebody did something with them, and go otherwise.
    """
    now = {action.key: action for action in current.actions}
    then = {action.key: action for action in after.actions}

    def back(action: ActionNode) -> ActionNode:
        stands = now.get(action.key)
        if stands is None:
            return action
        merged_then = then.get(action.key)
        same_letters = merged_then is not None and stands.letters == merged_then.letters
        node = replace(action, letters=action.letters if same_letters else stands.letters)
        if action.key in facts.settled:
            node = replace(node, decided_by=stands.decided_by)
        if action.own:  # the project's words, not the catalogue's
            node = replace(node, label=stands.label, objective=stands.objective, retired=stands.retired)
        return node

    steps = tuple(
        replace(
            step,
            groups=tuple(replace(group, actions=tuple(map(back, group.actions))) for group in step.groups),
        )
        for step in before.steps
    )
    return Merge(_with_what_stays(Tree(steps), current, facts))


def _catalogue_actions(steps: Sequence[CatalogueStep]) -> Iterable[CatalogueAction]:
    return (action for step in steps for group in step.groups for action in group.actions)


def _letters(action: CatalogueAction) -> Letters:
    return frozenset((letter, actor) for letter, actors in action.raci.items() for actor in actors)


def _matches(current: Tree, wanted: Sequence[CatalogueAction]) -> dict[str, ActionNode]:
    """The ANAP action of the checklist that each action of the new version is, by its new number."""
    present = {action.number: action for action in current.actions if not action.own}
    renumbered = {action.number: action.previously for action in wanted if action.previously in present}
    found = {number: present[previously] for number, previously in renumbered.items()}
    taken = set(renumbered.values())
    for action in wanted:
        free = action.number in present and action.number not in taken
        if free and action.number not in found and not action.previously:
            found[action.number] = present[action.number]
    return found


def _taken(match: ActionNode | None, source: CatalogueAction, before: dict[str, Letters], facts: Facts) -> ActionNode:
    if match is None:
        return ActionNode(
            key=f"new:{source.number}",
            number=source.number,
            label=source.label,
            objective=source.objective,
            decided_by=source.decided_by,
            own=False,
            retired=False,
            letters=_letters(source),
        )
    unchanged = match.letters == before.get(match.number)
    return replace(
        match,
        number=source.number,
        label=source.label,
        objective=source.objective,
        # An action that is OK already isn't asked for a decision afterwards.
        decided_by=match.decided_by if match.key in facts.settled else source.decided_by,
        letters=_letters(source) if unchanged else match.letters,
    )


def _deliverables(current: Tree, group: CatalogueGroup) -> tuple[DeliverableNode, ...]:
    present = {item.label: item for node in current.groups if node.number == group.number for item in node.deliverables}
    return tuple(
        present.get(label) or DeliverableNode(f"new:{group.number}:{label}", label) for label in group.deliverables
    )


def _with_what_stays(target: Tree, current: Tree, facts: Facts) -> Tree:
    """`target` with what is not in it and stays all the same: the project's own, what was worked on, what is filled."""
    known = {action.key for action in target.actions}
    slots = {item.key for item in target.deliverables}
    numbers = {action.number for action in target.actions} | {action.number for action in current.actions if action.own}
    for step in current.steps:
        for group in step.groups:
            placed: list[str] = []
            for action in group.actions:
                if action.key not in known and (action.own or action.key in facts.touched):
                    if not action.own:
                        action = replace(action, own=True, number=_free_number(action.number, group.number, numbers))
                        numbers.add(action.number)
                    target = _insert(target, step, group, action, after=placed)
                placed.append(action.key)
            for item in group.deliverables:
                if item.key not in slots and item.key in facts.filled:
                    target = _keep_deliverable(target, step, group, item)
    return target


def _free_number(number: str, group: str, taken: set[str]) -> str:
    """`number`, or the next « 2.4.P3 » of the group when the catalogue gives it to another action."""
    if number not in taken:
        return number
    rank = 1
    while f"{group}.P{rank}" in taken:
        rank += 1
    return f"{group}.P{rank}"


def _insert(target: Tree, step: StepNode, group: GroupNode, action: ActionNode, *, after: Sequence[str]) -> Tree:
    """`target` with the action in its group, behind the nearest of those that stood before it."""

    def put(node: GroupNode) -> GroupNode:
        keys = [item.key for item in node.actions]
        place = next((keys.index(key) + 1 for key in reversed(after) if key in keys), 0)
        return replace(node, actions=(*node.actions[:place], action, *node.actions[place:]))

    return _change_group(target, step, group, put)


def _keep_deliverable(target: Tree, step: StepNode, group: GroupNode, item: DeliverableNode) -> Tree:
    return _change_group(target, step, group, lambda node: replace(node, deliverables=(*node.deliverables, item)))


def _change_group(target: Tree, step: StepNode, group: GroupNode, change: Callable[[GroupNode], GroupNode]) -> Tree:
    """`target` with one group changed; a group, or a step, that is no longer in it stays at the end."""
    if all(node.number != group.number for node in target.groups):
        target = _with_group(target, step, replace(group, actions=(), deliverables=()))
    return Tree(
        tuple(
            replace(item, groups=tuple(change(node) if node.number == group.number else node for node in item.groups))
            for item in target.steps
        )
    )


def _with_group(target: Tree, step: StepNode, group: GroupNode) -> Tree:
    if all(item.number != step.number for item in target.steps):
        return Tree((*target.steps, replace(step, groups=(group,))))
    return Tree(
        tuple(
            replace(item, groups=(*item.groups, group)) if item.number == step.number else item for item in target.steps
        )
    )
