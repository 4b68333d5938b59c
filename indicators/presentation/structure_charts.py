"""Curves of the indicators of a structure, with their target."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from common import french
from common.charts import Bar, Bars, Event, Lines, Part, Series
from common.charts.line import rounded_up
from indicators.enums import Breakdown, Frequency, Kind
from indicators.masking import Split
from indicators.periods import SPAN, Period
from indicators.presentation.structure_line import change, reached, top_of
from indicators.presentation.words import written_value
from indicators.selectors.structure import Line
from indicators.splits import choices_of

DRAWN = {Kind.COUNT, Kind.AMOUNT, Kind.RATIO, Kind.SCORE}


def may_be_drawn(line: Line, count: int) -> bool:
    """Whether there is a curve: two values at least of what is measured."""
    return line.one.definition.kind in DRAWN and sum(value is not None for _, value in line.series(count)) > 1


def small(line: Line, count: int) -> Lines:
    """One of several curves: its title says where it stands."""
    definition = line.one.definition
    standing = reached(line)
    now = "" if line.value is None else written_value(definition, line.value)
    title = f"{definition.label} : {now or 'sans valeur'}"
    if standing:
        title += f", {french.capital(standing.word).lower()}"
    moved = change(line)
    return _lines(line, count, title=title, context=moved.words if moved else "", events=())


def full(line: Line, count: int, title: str, versions: Mapping[Period, int]) -> Lines:
    """The curve of one indicator: when the record opened, where its definition changed."""
    events = []
    opened = line.esms.opened_on
    periods = [period for period, _ in line.series(count)]
    for index, period in enumerate(periods):
        words = []
        if opened and period.start <= opened <= period.end:
            words.append("J0")
        if period in versions:
            words.append(f"v{versions[period]}")
        if words:
            events.append(Event(index, french.listed(words)))
    return _lines(line, count, title=title, context=_context(line), events=events)


def _context(line: Line) -> str:
    """What is measured."""
    definition = line.one.definition
    if definition.kind == Kind.RATIO:
        return french.typography(f"{definition.numerator} / {definition.denominator.lower()}")
    return french.capital(definition.unit)


def _lines(line: Line, count: int, *, title: str, context: str, events: Sequence[Event]) -> Lines:
    definition, series = line.one.definition, line.series(count)
    # Begin where it begins: months before the first value would only push the curve aside.
    first = next((index for index, (_, value) in enumerate(series) if value is not None), 0)
    first = min(first, len(series) - 2)
    series = series[first:]
    values = [None if value is None else round(value, 1) for _, value in series]
    target = None if line.target is None else round(line.target, 1)
    highest = max([*(value for value in values if value is not None), target or Decimal(), Decimal(1)])
    top = top_of(line)
    labels = [_label(period, year=len(series) > SPAN) for period, _ in series]
    unit = "%" if definition.kind == Kind.RATIO and definition.percent else ""
    return Lines(
        title=french.typography(title),
        context=context,
        description=described(line, series),
        caption=definition.label,
        labels=labels,
        series=[Series(definition.label, values, short=labels[-1] if values[-1] is not None else "Dernière")],
        target=target,
        unit=unit,
        maximum=max(float(top), float(highest)) if top is not None else rounded_up(highest),
        row_label="Indicateur",
        events=[Event(event.index - first, event.label) for event in events if event.index >= first],
    )


def described(line: Line, series: Sequence[tuple[Period, Decimal | None]]) -> str:
    there = [(period, value) for period, value in series if value is not None]
    if not there:
        return ""
    (start, before), (end, now) = there[0], there[-1]
    words = (
        f"{line.one.definition.label} : {written_value(line.one.definition, before)} en {start.label}, "
        f"{written_value(line.one.definition, now)} en {end.label}."
    )
    if line.target is not None:
        words += f" La cible est de {written_value(line.one.definition, line.target)}."
    return french.typography(words)


def _label(period: Period, *, year: bool) -> str:
    """Short enough to stand in a row: « oct. », « oct. 26 »."""
    if period.frequency != Frequency.MONTHLY:
        return period.short
    month = french.SHORT_MONTHS[period.start.month - 1]
    return f"{month}{french.NBSP}{period.start:%y}" if year else month


def parts(line: Line, split: Split, period: Period) -> Bars | None:
    """How the figure of a period splits, value by value, as far as it may be told; None of what doesn't add up."""
    definition = line.one.definition
    if definition.kind == Kind.SCORE or split.total is None or not definition.breakdown:
        return None
    labels = {choice.code: choice.label for choice in choices_of(Breakdown(definition.breakdown))}
    if definition.kind == Kind.RATIO:
        bars = [
            Bar(
                labels.get(code, code),
                [terms.amount],
                terms.base or Decimal(),
                note=f"{french.number(terms.amount)} sur {french.number(terms.base or 0)}",
            )
            for code, terms in split.cells.items()
            if terms.base and terms.amount <= terms.base
        ]
    else:
        bars = [
            Bar(labels.get(code, code), [terms.amount], split.total.amount, note=french.number(terms.amount))
            for code, terms in split.cells.items()
            if split.total.amount
        ]
    order = list(labels.values())
    bars.sort(key=lambda bar: order.index(bar.label) if bar.label in order else len(order))
    if not bars:
        return None
    what = Breakdown(definition.breakdown).label
    return Bars(
        title=f"Par {french.typography(what[:1].lower() + what[1:])}",
        context=french.capital(period.label),
        caption=f"{definition.label}, {period.label}",
        parts=[Part(definition.numerator or french.capital(definition.unit), "accent")],
        bars=bars,
        row_label=what,
    )


def versions_on(line: Line) -> dict[Period, int]:
    """The periods from which another version of the definition was in force, with its number."""
    there = [
        (period, line.definition_of(figure).number)
        for period in line.periods
        if (figure := line.figures.get(period.start))
    ]
    return {period: number for (_, earlier), (period, number) in pairwise(there) if number != earlier}
