"""What a figure is worth, alone and with others. Pure: amounts in, a value out.

`amount` and `base` are the two terms of a ratio, a grade and the number of answers behind it, a median and the number
of cases behind it; elsewhere there is no base. The rank of a level is its amount.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from indicators.enums import Aggregation, Kind

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Terms:
    """The two terms of a figure."""

    amount: Decimal
    base: Decimal | None = None


def value_of(terms: Terms | None, *, kind: str, percent: bool = True) -> Decimal | None:
    """The value of a figure in the unit of its indicator: a ratio from 0 to 100, or as it is when it isn't a
    percentage. None when there is none, or nothing to divide by."""
    if terms is None:
        return None
    if kind != Kind.RATIO:
        return terms.amount
    if not terms.base:
        return None
    value = terms.amount / terms.base
    return value * HUNDRED if percent else value


def together(figures: Iterable[Terms], aggregation: str) -> Terms | None:
    """The figures of several structures as one. None of none, and of texts, which don't add up."""
    found = list(figures)
    if not found or aggregation == Aggregation.LIST:
        return None
    if aggregation == Aggregation.SUM:
        return Terms(sum((one.amount for one in found), Decimal()))
    if aggregation in {Aggregation.MAX, Aggregation.WORST_LEVEL}:
        return Terms(max(one.amount for one in found))
    if aggregation == Aggregation.WEIGHTED_RATIO:
        return Terms(
            sum((one.amount for one in found), Decimal()), sum((one.base or Decimal() for one in found), Decimal())
        )
    return _mean(found)


def _mean(found: list[Terms]) -> Terms:
    """Each weighs as much as what is behind it; one that doesn't say weighs one."""
    weights = [Decimal(1) if one.base is None else one.base for one in found]
    total = sum(weights, Decimal())
    if not total:
        return Terms(sum((one.amount for one in found), Decimal()) / len(found), total)
    return Terms(
        sum((one.amount * weight for one, weight in zip(found, weights, strict=True)), Decimal()) / total, total
    )
