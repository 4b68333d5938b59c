"""How the values of structures spread, and how far each is from its target. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from itertools import pairwise
from statistics import quantiles

from indicators.enums import Direction, Frequency
from indicators.periods import Period

# From which part of its target a value is near it.
NEAR = Decimal("0.8")
FEWEST = 3  # structures: quartiles of fewer would be their values


class Distance(Enum):
    REACHED = "reached"
    NEAR = "near"
    FAR = "far"


def distance(value: Decimal, target: Decimal | None, direction: str) -> Distance | None:
    """How far from its target; None without one, or where neither high nor low is better."""
    share = share_of(value, target, direction)
    if share is None:
        return None
    if share >= 1:
        return Distance.REACHED
    return Distance.NEAR if share >= NEAR else Distance.FAR


def share_of(value: Decimal, target: Decimal | None, direction: str) -> Decimal | None:
    """The part of the target that is reached, 1 for all of it: what is to be lowered is all there at the target or
    below. None as for `distance`."""
    if target is None or direction == Direction.NEUTRAL:
        return None
    if direction == Direction.HIGHER:
        return value / target if target else Decimal(1)
    return target / value if value else Decimal(1)


@dataclass(frozen=True)
class Quartiles:
    low: Decimal
    median: Decimal
    high: Decimal


def quartiles(values: Iterable[Decimal]) -> Quartiles | None:
    """None of fewer than three values."""
    found = list(values)
    if len(found) < FEWEST:
        return None
    return Quartiles(*quantiles(found, n=4, method="inclusive"))


@dataclass(frozen=True)
class Class:
    """How many values from `low`, included, to `high`, not included but by the last."""

    low: Decimal
    high: Decimal
    count: int


def classes(values: Iterable[Decimal], *, count: int = 5) -> list[Class]:
    """Values in so many classes of one width, of a round number; none of none."""
    found = list(values)
    if not found:
        return []
    low, high = min(found), max(found)
    step = _rounded((high - low) / count) if high > low else Decimal(1)
    first = low // step * step
    edges = [first]
    while edges[-1] <= high:
        edges.append(edges[-1] + step)
    return [Class(start, end, sum(start <= value < end for value in found)) for start, end in pairwise(edges)]


def _rounded(width: Decimal) -> Decimal:
    """The next of 1, 2, 5, 10, 20, 50…, or of their tenths below one."""
    power = Decimal(10) ** width.adjusted()
    return next(step * power for step in map(Decimal, (1, 2, 5, 10)) if step * power >= width)


def since(opening: Period, period: Period) -> int:
    """How many periods after the one of the opening."""
    if opening.frequency == Frequency.WEEKLY:
        return (period.start - opening.start).days // 7
    months = (period.start.year - opening.start.year) * 12 + period.start.month - opening.start.month
    return months if opening.frequency == Frequency.MONTHLY else months // 3
