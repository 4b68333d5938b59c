"""Whether a structure is ready, from its answers alone. Pure: no database, no clock.

`values` holds what is answered, by code of field: a code that is not in it has no answer; None is « aucun », `UNKNOWN`
« ne sait pas ».
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from common import french
from structures.catalogue.inventory import UNKNOWN, Condition, Field, Flag, Questionnaire, compute
from structures.enums.inventory import Operator, Readiness, Severity


@dataclass(frozen=True)
class Threshold:
    """What replaces the threshold of a rule in one project, as the vendor asks; None leaves the proposal."""

    threshold: Decimal | None
    minimum: Decimal | None = None
    source: str = ""


Thresholds = Mapping[str, Threshold]


@dataclass(frozen=True)
class Signal:
    """An answer that is signalled."""

    field: Field
    severity: Severity
    message: str


@dataclass(frozen=True)
class Evaluation:
    """`signals` in the order of the form; `missing`: the prerequisites without an answer; `values` with what is
    computed."""

    signals: tuple[Signal, ...]
    missing: tuple[Field, ...]
    readiness: Readiness
    values: Mapping[str, Any]

    def signal(self, code: str) -> Signal | None:
        return next((signal for signal in self.signals if signal.field.code == code), None)

    @property
    def blocking(self) -> tuple[Signal, ...]:
        return tuple(signal for signal in self.signals if signal.severity == Severity.BLOCKING)

    @property
    def to_fix(self) -> tuple[Signal, ...]:
        return tuple(signal for signal in self.signals if signal.severity == Severity.TO_FIX)


def evaluate(
    form: Questionnaire, values: Mapping[str, Any], *, today: date, thresholds: Thresholds | None = None
) -> Evaluation:
    """What the answers of a structure say of its readiness on a day."""
    known = with_computed(form, values)
    signals, missing = [], []
    for field in form.flagged:
        flag = in_force(field, thresholds or {})
        if not is_asked(field, known) or lifted(flag, known):
            continue
        if _is_flagged(flag, field.code, known, today):
            signals.append(
                Signal(field, flag.severity, _message(field, flag, (thresholds or {}).get(field.code), known))
            )
        if known.get(field.code, UNKNOWN) is UNKNOWN:
            missing.append(field)
    if missing or any(signal.severity == Severity.BLOCKING for signal in signals):
        readiness = Readiness.NOT_READY
    else:
        readiness = Readiness.READY_WITH_RESERVES if signals else Readiness.READY
    return Evaluation(tuple(signals), tuple(missing), readiness, known)


def _message(field: Field, flag: Flag, own: Threshold | None, values: Mapping[str, Any]) -> str:
    """What the catalogue says, which names its own threshold; or what the project asks for in its place."""
    if own is None or (own.threshold is None and own.minimum is None):
        return flag.message
    asked = french.number(limit(flag, values))
    match flag.operator:
        case Operator.LT:
            words = f"Il faut au moins {asked} {field.unit}"
        case Operator.GT:
            words = f"Il faut {asked} {field.unit} au plus"
        case Operator.BEFORE_MONTHS:
            words = f"Il faut une date de moins de {asked} mois"
        case _:
            return flag.message
    source = f" ({own.source})" if own.source else ""
    return french.typography(f"{words.rstrip()}{source}.")


def with_computed(form: Questionnaire, values: Mapping[str, Any]) -> dict[str, Any]:
    """The answers and what is computed from them."""
    known = dict(values)
    for field in form.fields:
        if field.computed:
            number = compute(field.computed, values)
            known.pop(field.code, None)
            if number is not None:
                known[field.code] = number
    return known


def in_force(field: Field, thresholds: Thresholds) -> Flag:
    """The rule of a prerequisite with the threshold of the project, if it has its own."""
    flag = field.flag
    if flag is None:
        raise ValueError(f"{field.code} has no rule.")
    own = thresholds.get(field.code)
    if own is None:
        return flag
    return replace(
        flag,
        threshold=flag.threshold if own.threshold is None else own.threshold,
        minimum=flag.minimum if own.minimum is None else own.minimum,
    )


def is_asked(field: Field, values: Mapping[str, Any]) -> bool:
    """Whether the answers so far ask this question."""
    return field.depends_on is None or _holds(field.depends_on, values)


def lifted(flag: Flag, values: Mapping[str, Any]) -> bool:
    return flag.unless is not None and _holds(flag.unless, values)


def limit(flag: Flag, values: Mapping[str, Any]) -> Decimal:
    """The threshold of a rule for these answers."""
    value = flag.threshold or Decimal(0)
    if flag.times_field:
        times: Any = values.get(flag.times_field)
        value = value * times if _is_number(times) else Decimal(0)
    return value if flag.minimum is None else max(value, flag.minimum)


def months_before(today: date, months: int) -> date:
    """The same day `months` earlier, or the last of its month."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return _in_month(year, month + 1, today.day)


def months_after(day: date, months: int) -> date:
    return months_before(day, -months)


def _in_month(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        return _in_month(year, month, day - 1)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _holds(condition: Condition, values: Mapping[str, Any]) -> bool:
    value = values.get(condition.field)
    return _compared(Flag(Severity.TO_FIX, condition.operator, ""), value, condition.value)


def _is_flagged(flag: Flag, code: str, values: Mapping[str, Any], today: date) -> bool:
    value = values.get(code)
    if value is UNKNOWN:
        return False
    match flag.operator:
        case Operator.EMPTY:
            return value is None
        case Operator.BEFORE_MONTHS:
            return value is None or value < months_before(today, int(flag.threshold or 0))
        case Operator.IN:
            return value in flag.values
        case Operator.IS_TRUE:
            return value is True
        case Operator.IS_FALSE:
            return value is False
    return _compared(flag, value, limit(flag, values))


def _compared(flag: Flag, value: Any, other: Any) -> bool:
    if value is None or value is UNKNOWN:
        return False
    match flag.operator:
        case Operator.EQ:
            return bool(value == other) and isinstance(value, bool) == isinstance(other, bool)
        case Operator.LT:
            return bool(value < other)
        case Operator.GT:
            return bool(value > other)
    raise ValueError(f"{flag.operator} compares nothing.")
