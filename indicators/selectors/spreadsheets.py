"""The figures of one structure for a file: as they are for its own people, as they may be told above it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from indicators.aggregates import splits_of
from indicators.cells import cell_text, given_by, text_of
from indicators.entry import Given
from indicators.enums import CollectedAt
from indicators.models import Figure
from indicators.periods import Period
from indicators.selectors.asked import cells_of
from indicators.selectors.definitions import Followed
from indicators.selectors.told import told
from indicators.values import Terms
from organisations.models import ESMS


@dataclass(frozen=True)
class Line:
    """One figure. `text`: as its cell says it; `parts`: by code of its breakdown, None where it is withheld."""

    one: Followed
    period: Period
    text: str
    terms: Terms | None = None
    words: str = ""
    comment: str = ""
    withheld: bool = False
    parts: Mapping[str, Terms | None] = field(default_factory=dict)


def own_lines(esms: ESMS, periods: Sequence[Period], found: Sequence[Followed]) -> list[Line]:
    """All that the structure has, given or not. Two queries."""
    rows = Figure.objects.filter(
        place=esms.pk, frequency=periods[0].frequency, period_start__in=[period.start for period in periods]
    ).select_related("definition")
    figures = {(figure.indicator_id, figure.period_start): figure for figure in rows}
    cells = cells_of(figures.values())
    lines = []
    for one, period in _places(periods, found):
        figure = figures.get((one.indicator.pk, period.start))
        if figure is None:
            continue
        given = given_by(figure, cells.get(figure.pk, ()))
        lines.append(
            Line(
                one,
                period,
                cell_text(figure, cells.get(figure.pk, ())),
                terms=figure.terms,
                words=figure.text or figure.why,
                comment=figure.comment,
                parts=given.cells,
            )
        )
    return lines


def told_lines(esms: ESMS, periods: Sequence[Period], found: Sequence[Followed]) -> list[Line]:
    """What was given, small groups withheld. A fixed number of queries."""
    figures = told(esms.project, found, periods, places=[esms.pk])
    known = {one.indicator.pk: one for one in found}
    splits = splits_of(
        {
            item.figure_id: (item.terms, known[indicator].definition)
            for (_, indicator, _), item in figures.items()
            if item.terms
        }
    )
    lines = []
    for one, period in _places(periods, found):
        item = figures.get((esms.pk, one.indicator.pk, period.start))
        if item is None:
            continue
        split = splits.get(item.figure_id)
        parts: dict[str, Terms | None] = {**split.cells, **dict.fromkeys(split.withheld)} if split else {}
        whole = {code: terms for code, terms in parts.items() if terms} if None not in parts.values() else {}
        amount, base = (item.terms.amount, item.terms.base) if item.terms else (None, None)
        given = Given(amount, base, text=item.text, absence=item.absence, why=item.why, cells=whole)
        lines.append(
            Line(
                one,
                period,
                text_of(given, one.definition),
                terms=item.terms,
                words=item.text or item.why,
                comment=item.comment,
                withheld=item.withheld,
                parts=parts,
            )
        )
    return lines


def _places(periods: Sequence[Period], found: Sequence[Followed]) -> Iterator[tuple[Followed, Period]]:
    for one in found:
        if one.definition.collected_at == CollectedAt.ESMS:
            for period in periods:
                yield one, period
