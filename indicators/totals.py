"""What may be told of several structures together. Pure."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from indicators.masking import Split
from indicators.values import Terms, together

FEWEST = 3  # structures


@dataclass(frozen=True)
class Total:
    """Figures added: what they are worth together (None of texts), how many there were, where when that was asked."""

    terms: Terms | None
    count: int
    places: frozenset[uuid.UUID] = frozenset()


def may_be_told(structures: Collection[uuid.UUID], readers: Iterable[Collection[uuid.UUID]] = ()) -> bool:
    """Whether a total over these structures, three at least, tells nobody of one in particular. `readers`: of each who
    will read it, the structures that they know already, which can be taken away from it: what is left is never of one.

    Risks ask that three be left (`risks.comparison`): marks are given in confidence. Figures are less so, and with
    three pilot sites in three OG nothing of the pilot would reach a committee.
    """
    return len(structures) >= FEWEST and all(len(set(structures) - set(known)) != 1 for known in readers)


def split_together(splits: Mapping[uuid.UUID, Split], aggregation: str, values: Sequence[str]) -> Mapping[str, Total]:
    """How several structures split together, by the place of each: only what is told of each is added. Values that
    nothing is told of are left out."""
    found = {}
    for value in values:
        places = frozenset(place for place, split in splits.items() if value in split.cells)
        if places:
            terms = together((splits[place].cells[value] for place in sorted(places)), aggregation)
            found[value] = Total(terms, len(places), places)
    return found


def unnamed_split(
    total: Collection[uuid.UUID],
    splits: Mapping[uuid.UUID, Split],
    added: Mapping[str, Total],
    readers: Iterable[Collection[uuid.UUID]] = (),
) -> Mapping[str, Total]:
    """Of values added over structures that are not read one by one, those that may be told; none when the total over
    `total` gives away what one structure withholds, for being alone not to be wholly split."""
    readers = list(readers)
    whole = {place for place, split in splits.items() if not split.withheld and split.cells}
    rest = set(total) - whole
    if rest and not may_be_told(rest, readers):
        return {}
    return {value: one for value, one in added.items() if may_be_told(one.places, readers)}
