"""What changes from one structure of a checklist to another, for people to read before it is written."""

from dataclasses import dataclass

from checklist.structure import ActionNode, Tree


@dataclass(frozen=True)
class Differences:
    """Pairs are (before, after)."""

    added: list[ActionNode]
    removed: list[ActionNode]
    reworded: list[tuple[ActionNode, ActionNode]]
    renumbered: list[tuple[ActionNode, ActionNode]]
    moved: list[tuple[ActionNode, str, str]]  # with the numbers of its groups
    became_own: list[ActionNode]
    became_anap: list[ActionNode]
    letters: list[tuple[ActionNode, ActionNode]]
    kept_letters: list[ActionNode]
    deliverables_added: list[tuple[str, str]]  # group, label
    deliverables_removed: list[tuple[str, str]]
    titles: list[tuple[str, str, str]]  # « Bloc 2.4 », before, after; nothing when there is none


def differences(before: Tree, after: Tree, kept_letters: frozenset[str] = frozenset()) -> Differences:
    """What becomes of `before` once it is `after`."""
    old, new = ({action.key: action for action in tree.actions} for tree in (before, after))
    both = [(old[key], action) for key, action in new.items() if key in old]
    places = [
        {action.key: group.number for group in tree.groups for action in group.actions} for tree in (before, after)
    ]
    slots = [
        {item.key: (group.number, item.label) for group in tree.groups for item in group.deliverables}
        for tree in (before, after)
    ]
    return Differences(
        added=[action for key, action in new.items() if key not in old],
        removed=[action for key, action in old.items() if key not in new],
        reworded=[(one, other) for one, other in both if (one.label, one.objective) != (other.label, other.objective)],
        renumbered=[(one, other) for one, other in both if one.number != other.number],
        moved=[
            (other, places[0][one.key], places[1][one.key])
            for one, other in both
            if places[0][one.key] != places[1][one.key]
        ],
        became_own=[other for one, other in both if other.own and not one.own],
        became_anap=[other for one, other in both if one.own and not other.own],
        letters=[(one, other) for one, other in both if one.letters != other.letters],
        kept_letters=[action for key, action in new.items() if key in kept_letters],
        deliverables_added=[slot for key, slot in slots[1].items() if key not in slots[0]],
        deliverables_removed=[slot for key, slot in slots[0].items() if key not in slots[1]],
        titles=_titles(before, after),
    )


def _titles(before: Tree, after: Tree) -> list[tuple[str, str, str]]:
    named = [
        {
            **{f"Étape {step.number}": step.title for step in tree.steps},
            **{f"Bloc {group.number}": group.title for group in tree.groups},
        }
        for tree in (before, after)
    ]
    names = list({**named[1], **named[0]})
    return [
        (name, named[0].get(name, ""), named[1].get(name, ""))
        for name in names
        if named[0].get(name) != named[1].get(name)
    ]
