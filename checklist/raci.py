"""The letters of an action by actor: as they stand, and as the catalogue has them."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from checklist import catalogue as reference
from checklist.enums import Actor, Letter
from checklist.models import Action, RaciEntry
from common.models import Catalogue

Letters = dict[Actor, frozenset[Letter]]  # every actor is in it, those without a letter too


def box(actor: Actor, letter: Letter) -> str:
    """How forms name a letter of an actor: « comop-A »."""
    return f"{actor}-{letter}"


def by_actor(pairs: Iterable[tuple[str, str]]) -> Letters:
    """Letters from pairs of an actor and one of its letters. Raises ValueError for one that doesn't exist."""
    found: dict[Actor, set[Letter]] = defaultdict(set)
    for actor, letter in pairs:
        found[Actor(actor)].add(Letter(letter))
    return {actor: frozenset(found[actor]) for actor in Actor}


def letters_held(action: Action) -> Letters:
    """The letters of an action as they stand. One query."""
    return by_actor(RaciEntry.objects.filter(action=action).values_list("actor", "letter"))


@lru_cache(maxsize=4)
def catalogue_letters(catalogue: Catalogue) -> dict[str, Letters]:
    """The letters of each action of a version of the catalogue, by number.

    A version never changes and is hashed by its id, so each is parsed once a process.
    """
    return {
        action.number: by_actor((actor, letter) for letter, actors in action.raci.items() for actor in actors)
        for step in reference.parse(catalogue.content)
        for group in step.groups
        for action in group.actions
    }
