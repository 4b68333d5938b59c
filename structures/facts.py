"""How the tools of a structure say that their work is done: the pathway reads it here and closes its own lines.

Each tool registers one function over any number of structures; the pathway knows no tool.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from organisations.models import ESMS
from structures.enums.pathway import LineState


@dataclass(frozen=True)
class Fact:
    """Where a line of the pathway stands, as its tool knows it. `words`: what says so, a sentence without a full stop
    (« 38 réponses sur 60 »); `day`: since when."""

    state: LineState
    words: str = ""
    day: date | None = None


# Structure and code of the line in local_actions.yaml.
Facts = Mapping[tuple[uuid.UUID, str], Fact]
Finder = Callable[[Sequence[ESMS]], Facts]
_finders: dict[str, Finder] = {}


def facts(tool: str) -> Callable[[Finder], Finder]:
    """Decorator: this function gives the facts of `tool` for structures, in a number of queries that doesn't depend on
    how many. A line that it doesn't name is ticked by hand."""

    def register(finder: Finder) -> Finder:
        _finders[tool] = finder
        return finder

    return register


def facts_of(structures: Sequence[ESMS]) -> dict[tuple[uuid.UUID, str], Fact]:
    """All that the tools know of these structures."""
    found: dict[tuple[uuid.UUID, str], Fact] = {}
    for finder in _finders.values():
        found.update(finder(structures))
    return found
