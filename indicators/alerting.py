"""Whether an alert rule holds in a place, and since when. Pure: what was seen of the last periods in, a word out."""

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from indicators.enums import Metric, Operator
from indicators.models import AlertRule
from indicators.periods import Period
from indicators.values import HUNDRED

_COMPARE: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    Operator.LT: operator.lt,
    Operator.LTE: operator.le,
    Operator.EQ: operator.eq,
    Operator.GTE: operator.ge,
    Operator.GT: operator.gt,
}
# A value older than this many periods says nothing of today.
STALE = 3


@dataclass(frozen=True)
class Seen:
    """One period in one place. `value`: of the indicator, None when it is not known; `cells`: its parts; `target`: on
    the last day; `other`, `exception`: values of the indicators that the rule compares to and excepts by. `missing`: of
    what is entered, whether it is due and was not given; None where nothing was due."""

    period: Period
    value: Decimal | None = None
    cells: Mapping[str, Decimal] = field(default_factory=dict)
    target: Decimal | None = None
    other: Decimal | None = None
    exception: Decimal | None = None
    missing: bool | None = None


@dataclass(frozen=True)
class Outcome:
    """What a rule says of a place. `holds` None: nothing recent enough tells. `at`: the last period that tells;
    `since`: the first of those in which it holds without a break, `count`: how many these are; `broken`: the periods,
    before `since`, in which it did not hold."""

    holds: bool | None
    at: Period | None = None
    since: Period | None = None
    count: int = 0
    broken: Sequence[Period] = ()


def compares(value: Decimal, how: str, threshold: Decimal) -> bool:
    return _COMPARE[how](value, threshold)


def judge(rule: AlertRule, seen: Sequence[Seen], *, condition: str = "") -> Outcome:
    """Judge the last periods of one place, oldest first, one after the other. `condition`: the value, in this place, of
    the field that the rule is narrowed by."""
    told = _verdicts(rule, seen, condition)
    known = [rank for rank, verdict in enumerate(told) if verdict is not None]
    if not known or len(seen) - 1 - known[-1] > STALE:
        return Outcome(None)
    last = known[-1]
    first = last
    while first >= 0 and told[first]:
        first -= 1
    count, first = last - first, first + 1
    if rule.metric == Metric.PERIODS_OPEN and count:
        # It has been going on for longer than it has been too long.
        before = int(_measures(rule, seen)[first] or 1) - 1
        count, first = count + before, first - before
    broken = [one.period for one, verdict in zip(seen[:first], told, strict=False) if verdict is False]
    if not count or (rule.metric != Metric.PERIODS_OPEN and count < rule.periods):
        return Outcome(False, seen[last].period)
    return Outcome(True, seen[last].period, seen[first].period, count, broken)


def _verdicts(rule: AlertRule, seen: Sequence[Seen], condition: str) -> list[bool | None]:
    """Period by period, whether what the rule looks at is beyond its threshold; None when that isn't known."""
    if rule.only_field and condition not in rule.only_values:
        return [False for _ in seen]
    return [_verdict(rule, one, measure) for one, measure in zip(seen, _measures(rule, seen), strict=True)]


def _verdict(rule: AlertRule, one: Seen, measure: Decimal | None) -> bool | None:
    if measure is None:
        return None
    excepted = (
        rule.unless_threshold is not None
        and one.exception is not None
        and compares(one.exception, rule.unless_operator, rule.unless_threshold)
    )
    return not excepted and compares(measure, rule.operator, rule.threshold)


def _measures(rule: AlertRule, seen: Sequence[Seen]) -> list[Decimal | None]:
    """What is compared to the threshold, period by period."""
    if rule.metric == Metric.PERIODS_OPEN:
        return _open(seen)
    values = [_looked_at(rule, one) for one in seen]
    if rule.metric == Metric.CHANGE:
        return [_less(value, before) for value, before in zip(values, [None, *values[:-1]], strict=True)]
    if rule.metric == Metric.GAP_TO:
        return [_less(value, one.other) for value, one in zip(values, seen, strict=True)]
    if rule.metric == Metric.SHARE_OF_TARGET:
        return [
            value / one.target * HUNDRED if value is not None and one.target else None
            for value, one in zip(values, seen, strict=True)
        ]
    return values


def _looked_at(rule: AlertRule, one: Seen) -> Decimal | None:
    """The value, or the part that the rule names: nothing in it is zero, once the figure is split."""
    if not rule.breakdown_value:
        return one.value
    return one.cells.get(rule.breakdown_value, Decimal()) if one.cells else None


def _less(value: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if value is None or other is None else value - other


def _open(seen: Sequence[Seen]) -> list[Decimal | None]:
    """For how many periods in a row it has been going on: without an entry, or with something that counts."""
    found: list[Decimal | None] = []
    run = 0
    for one in seen:
        goes_on = one.missing if one.missing is not None else None if one.value is None else one.value > 0
        run = run + 1 if goes_on else 0
        found.append(None if goes_on is None else Decimal(run))
    return found
