"""What must not be read of small groups: behaviour and opinions of fewer than five people. Pure.

The rule of the catalogue, made such that nothing can be computed back, even by who knows how it is done:

- a rate over fewer than five people is not told, nor a count from one to four;
- as soon as one cell of a split must not be told, all those below a level are withheld with it, whichever they are. The
  level is the lowest of 5, 10, 20… at which what the total gives away of them is at least two cells and five people or
  cases, and leaves their parts open (`_is_safe`). At none, the whole split is withheld;
- as the level depends on how large cells are, never on which cell is which, withheld cells could as well be exchanged;
- withheld cells all say the same word: which of them is small would already be telling. Nobody is nobody: a cell of
  zero is told;
- what stands above (a total of several structures) adds only what is told of each, so that it gives nothing away.

`tests/indicators/test_masking.py` proves it: every input of small splits has another one that reads the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from indicators.enums import Kind
from indicators.values import Terms

FEWEST = 5
NOTHING = Decimal()


@dataclass(frozen=True)
class Split:
    """What is told of a figure and of its cells. `total` None: nothing is; `withheld`: the cells that are not told."""

    total: Terms | None
    cells: Mapping[str, Terms]
    withheld: frozenset[str]


def size_of(terms: Terms) -> Decimal:
    """How many people or cases a figure is about: those of a rate, what a count counts."""
    return terms.amount if terms.base is None else terms.base


def is_told(terms: Terms, *, kind: str = Kind.COUNT, percent: bool = True) -> bool:
    """Whether a figure stands alone without telling of too few. The numerator of a ratio that is no percentage is a
    count by itself (connections, of so many accounts): elsewhere it is told only from five on, here too."""
    if kind == Kind.RATIO and not percent and 0 < terms.amount < FEWEST:
        return False
    size = size_of(terms)
    return size >= FEWEST or size == terms.amount == 0


def masked(total: Terms | None, cells: Mapping[str, Terms], *, kind: str = Kind.COUNT, percent: bool = True) -> Split:
    """What is told of a figure that is under the rule; `kind`, `percent`: of its definition."""
    if total is None or not is_told(total, kind=kind, percent=percent):
        return Split(None, {}, frozenset(cells))
    if all(map(is_told, cells.values())):
        return Split(total, cells, frozenset())
    largest = max(Decimal(FEWEST), *map(size_of, cells.values()))
    level, tried = FEWEST, NOTHING
    while tried <= largest:
        below = {code: terms for code, terms in cells.items() if 0 < size_of(terms) < level or not is_told(terms)}
        told = {code: terms for code, terms in cells.items() if code not in below}
        if _is_safe(below, total, told, lowest=level == FEWEST, rate=kind == Kind.RATIO):
            return Split(total, told, frozenset(below))
        level, tried = level * 2, Decimal(level)
    return Split(total, {}, frozenset(cells))


def _is_safe(below: Mapping[str, Terms], total: Terms, told: Mapping[str, Terms], *, lowest: bool, rate: bool) -> bool:
    """Whether withholding these, and only these, leaves each of them open. `rate`: their terms add up to the total's
    (those of a mean don't)."""
    count = len(below)
    size = min(size_of(total) - _sizes(told), _sizes(below))
    # Cells of one each could be nothing else, and no more than four each, four each.
    if count < 2 or size < FEWEST or size < count + 2 or (lowest and size >= (FEWEST - 1) * count):
        return False
    if not rate:
        return True
    # Nobody, or everybody: every part would be known. But for one: knowing why the next level was taken would tell.
    amount = total.amount - sum((terms.amount for terms in told.values()), NOTHING)
    return amount > 1 and not size - 1 <= amount <= size


def _sizes(cells: Mapping[str, Terms]) -> Decimal:
    return sum(map(size_of, cells.values()), NOTHING)
