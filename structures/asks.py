"""What is asked of structures, by each tool: shown by date on the page of the structure and on « Mon travail »."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from organisations.models import ESMS


@dataclass(frozen=True)
class Ask:
    """Something to do in a structure. `of_director`: only who validates may do it; otherwise whoever fills.

    `title` says it as an imperative (« Compléter l’état des lieux »), `detail` in a few words why or by whom.
    `done_by`: people who did their part of what each does alone, of whom it is asked no more.
    """

    esms: ESMS
    title: str
    url: str
    detail: str = ""
    due_on: date | None = None
    of_director: bool = False
    icon: str = "list"
    done_by: frozenset[uuid.UUID] = frozenset()


Finder = Callable[[Sequence[ESMS]], list[Ask]]
_finders: dict[str, Finder] = {}


def asks(tool: str) -> Callable[[Finder], Finder]:
    """Decorator: this function finds what `tool` asks of structures, in a number of queries that doesn't depend on how
    many there are. Each of them has its project at hand."""

    def register(finder: Finder) -> Finder:
        _finders[tool] = finder
        return finder

    return register


def asks_of(structures: Sequence[ESMS]) -> list[Ask]:
    """All that is asked of these structures, by date; those without one last."""
    found = [ask for finder in _finders.values() for ask in finder(structures)]
    return sorted(found, key=lambda ask: (ask.due_on or date.max, ask.title))
