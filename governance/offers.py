"""What may be put on an agenda: governance's own, and what the apps above it offer for a body.

An app registers the function that finds its subjects; governance knows no app.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from governance.enums import ALERT_SOURCE, ARBITRATION_SOURCE, FOLLOW_UP_SOURCE, QUESTION_SOURCE, ItemKind
from governance.models import AgendaItem, Body
from organisations.models import Project, User

OWN = (FOLLOW_UP_SOURCE, ARBITRATION_SOURCE, QUESTION_SOURCE, ALERT_SOURCE)


@dataclass(frozen=True)
class Offer:
    """A point that waits for an agenda. `source`, `source_id`: what it is about; `carried_from`: the point of an
    earlier meeting that was left; `hint`: what helps who prepares to choose, and isn't written on the agenda."""

    label: str
    detail: str = ""
    source: str = ""
    source_id: uuid.UUID | None = None
    minutes: int = 10
    kind: ItemKind = ItemKind.DISCUSSION
    owner: User | None = None
    carried_from: AgendaItem | None = None
    hint: str = ""

    @property
    def key(self) -> str:
        """Which one, in a form."""
        return (
            f"{self.source}:{self.source_id}" if self.source else f"left:{self.carried_from and self.carried_from.pk}"
        )


@dataclass(frozen=True)
class Shelf:
    """The offers of one kind."""

    title: str
    offers: list[Offer]


Finder = Callable[[Project, Body], list[Offer]]
_finders: dict[str, tuple[str, Finder]] = {}


def offers(source: str, title: str) -> Callable[[Finder], Finder]:
    """Decorator: this function finds what `source` offers for the agenda of a body; one query. `title` heads them."""

    def register(finder: Finder) -> Finder:
        _finders[source] = (title, finder)
        return finder

    return register


def offered(project: Project, body: Body) -> list[Shelf]:
    """All that is offered for the agenda of a body: governance's own first, then each app's."""
    sources = sorted(_finders, key=lambda source: OWN.index(source) if source in OWN else len(OWN))
    return [Shelf(title, finder(project, body)) for title, finder in map(_finders.__getitem__, sources)]
