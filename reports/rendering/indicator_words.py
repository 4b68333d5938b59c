"""The words and curves that documents about indicators share."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from common import french
from common.charts import Lines, Series
from common.charts.base import Table
from common.charts.line import rounded_up
from indicators.distribution import distance
from indicators.enums import Frequency, Kind
from indicators.periods import Period
from indicators.presentation.dashboards_words import Mark as Said
from indicators.presentation.dashboards_words import difference, improves, moved
from indicators.presentation.structure_line import BETTER, NEITHER, SAME, SHORT_DISTANCES, WORSE
from indicators.presentation.words import written_value
from indicators.selectors.definitions import Followed
from reports.rendering.words import Mark

FEWEST_POINTS = 3  # of a curve
DRAWN = {Kind.COUNT, Kind.AMOUNT, Kind.RATIO, Kind.SCORE}
Measured = Sequence[tuple[Period, Decimal | None]]


@dataclass(frozen=True, kw_only=True)
class Curve(Lines):
    """`tabled`: its figures stand under it, unless they do in a table of their own."""

    tabled: bool = True

    @property
    def table(self) -> Table | None:
        return super().table if self.tabled else None


def mark(said: Said) -> Mark:
    return Mark(french.capital(said.word), said.tone, said.icon)


def standing(one: Followed, value: Decimal, target: Decimal | None) -> Mark | None:
    """« Cible atteinte », « Loin de la cible »; None without a target, or where no way is better."""
    found = distance(value, target, one.definition.direction)
    return mark(SHORT_DISTANCES[found]) if found else None


def change(one: Followed, before: Decimal, now: Decimal) -> tuple[str, Mark]:
    """« +4 points » and « En progrès »; of a level, what it was."""
    if one.definition.kind == Kind.LEVEL:
        if now == before:
            return "Sans changement", mark(SAME)
        words = french.typography(f"C’était « {written_value(one.definition, before)} »")
        return words, mark(WORSE if now > before else BETTER)  # ranks go from the best to the worst
    amount = moved(one, before, now)
    if not amount:
        return "Sans changement", mark(SAME)
    better = improves(one, amount)
    return difference(one, amount), mark(NEITHER if better is None else BETTER if better else WORSE)


def may_be_drawn(one: Followed, series: Measured) -> bool:
    """What never moved needs no drawing."""
    there = [value for _, value in series if value is not None]
    return one.definition.kind in DRAWN and len(there) >= FEWEST_POINTS and len(set(there)) > 1


def curve(one: Followed, series: Measured, target: Decimal | None, *, tabled: bool = True) -> Curve:
    """Its last periods with the target. The title says where it stands."""
    definition = one.definition
    # What stands before the first value would only push the curve aside.
    start = next(index for index, (_, value) in enumerate(series) if value is not None)
    shown = series[start:]
    (first_period, first), *_, (last_period, last) = [(when, value) for when, value in shown if value is not None]
    values = [None if value is None else round(value, 1) for _, value in shown]
    goal = None if target is None else round(target, 1)
    percent = definition.kind == Kind.RATIO and definition.percent
    top = Decimal(100) if percent else definition.maximum
    highest = max([*(value for value in values if value is not None), goal or Decimal(), top or Decimal(1)])
    now = written_value(definition, last)
    words = f"{definition.label} : {written_value(definition, first)} en {first_period.label}, {now} en "
    words += f"{last_period.label}."
    if target is not None:
        words += f" La cible est de {written_value(definition, target)}."
    return Curve(
        tabled=tabled,
        title=french.typography(f"{definition.label} : {now}"),
        context=french.typography(measured(one)),
        description=french.typography(words),
        caption=definition.label,
        labels=[label(period) for period, _ in shown],
        series=[Series(definition.label, values, short=label(last_period))],
        target=goal,
        unit="%" if percent else "",
        maximum=float(highest) if top is not None else rounded_up(highest),
        row_label="Indicateur",
    )


def measured(one: Followed) -> str:
    """« Comptes utilisés / comptes ouverts », « Jours »."""
    definition = one.definition
    if definition.kind == Kind.RATIO:
        return f"{definition.numerator} / {definition.denominator[:1].lower()}{definition.denominator[1:]}"
    return french.capital(definition.unit)


def label(period: Period) -> str:
    """Short enough to stand above a narrow column: « oct. », « 5 oct. », « T4 2026 »."""
    return french.SHORT_MONTHS[period.start.month - 1] if period.frequency == Frequency.MONTHLY else period.short
