"""What the pages of the indicators of a structure show, as spreadsheets."""

from collections.abc import Sequence

from common import french
from common.spreadsheets.tables import Column, Row, Sheet, Value
from indicators.enums import Breakdown, Kind, Origin
from indicators.families import families
from indicators.models import Definition
from indicators.periods import SPAN, Period
from indicators.presentation.structure_line import change, reached, target_words, value_words
from indicators.presentation.structure_one import cell_words
from indicators.presentation.words import MASKED, MASKED_WHY, written_value
from indicators.selectors.structure import Line, OneReading, Reading
from indicators.selectors.told import Told
from indicators.splits import choices_of
from indicators.values import Terms
from organisations.models import ESMS

READ = [
    Column("Famille", 22),
    Column("Indicateur", 44),
    Column("Période", 20),
    Column("Valeur", 22),
    Column("Numérateur ou valeur", 12),
    Column("Dénominateur", 12),
    Column("Unité", 16),
    Column("Cible", 12),
    Column("Par rapport à la cible", 20),
    Column("Ce qui a changé", 34),
    Column("Venue par", 16),
    Column("Commentaire", 40),
]
ONE = [
    Column("Période", 22),
    Column("Valeur", 22),
    Column("Numérateur ou valeur", 12),
    Column("Dénominateur", 12),
    Column("Unité", 16),
    Column("Cible", 12),
    Column("Venue par", 16),
    Column("Définition", 10),
    Column("Commentaire", 40),
]


def dashboard(reading: Reading) -> list[Sheet]:
    """What the structure gave for the period, then its last twelve periods."""
    by_pk = {line.one.indicator.pk: line for line in reading.lines if line.figures}
    found = [
        (family.label, by_pk[one.indicator.pk])
        for family in families([line.one for line in by_pk.values()])
        for one in family.members
    ]
    name, label = reading.esms.name, reading.period.label
    return [
        Sheet(
            "Lecture",
            READ,
            [Row(_read(family, line)) for family, line in found],
            title=french.typography(f"{name} : indicateurs, {label}"),
            frozen=2,
        ),
        *_over_time(reading, [line for _, line in found]),
    ]


def _read(family: str, line: Line) -> list[Value]:
    moved, standing, told = change(line), reached(line), line.told
    definition = line.one.definition
    return [
        family,
        definition.label,
        french.capital(line.period.label),
        value_words(line, told),
        *_terms(told.terms if told else None, definition),
        definition.unit,
        target_words(line),
        standing.word if standing else "",
        moved.words if moved else "",
        Origin(told.origin).label if told else "",
        told.comment if told else "",
    ]


def _terms(terms: Terms | None, definition: Definition) -> list[Value]:
    if terms is None or definition.kind in {Kind.TEXT, Kind.LEVEL}:
        return ["", ""]
    return [french.number(terms.amount), "" if terms.base is None else french.number(terms.base)]


def _over_time(reading: Reading, lines: Sequence[Line]) -> list[Sheet]:
    """What is followed at the frequency of the page."""
    periods = reading.period.last(SPAN)
    rows = [
        Row([line.one.definition.label, *(value_words(line, line.figures.get(one.start)) for one in periods)])
        for line in lines
        if line.period.frequency == reading.period.frequency
    ]
    columns = [Column("Indicateur", 44), *(Column(one.short, 14) for one in periods)]
    title = french.typography(f"{reading.esms.name} : les douze dernières périodes")
    return [Sheet("Évolution", columns, rows, title=title, frozen=1)]


def one(reading: OneReading) -> list[Sheet]:
    """Its values, then how they split."""
    line = reading.line
    starts = sorted(line.figures, reverse=True)
    title = french.typography(f"{line.one.definition.label} : {line.esms.name}")
    rows = [Row(_value(line, Period(start, line.period.frequency), line.figures[start])) for start in starts]
    return [Sheet("Valeurs", ONE, rows, title=title, frozen=1), *_splits(reading, title)]


def _value(line: Line, period: Period, told: Told) -> list[Value]:
    definition, target = line.definition_of(told), line.target_at(period)
    return [
        french.capital(period.label),
        value_words(line, told),
        *_terms(told.terms, definition),
        definition.unit,
        "" if target is None else written_value(line.one.definition, target),
        Origin(told.origin).label,
        f"v{definition.number}",
        told.comment,
    ]


def _splits(reading: OneReading, title: str) -> list[Sheet]:
    definition = reading.line.one.definition
    periods = [period for period in reversed(reading.line.periods) if period.start in reading.splits]
    if not periods or not definition.breakdown:
        return []
    choices = choices_of(Breakdown(definition.breakdown))
    rows = [
        Row(
            [
                french.capital(period.label),
                *(
                    MASKED if choice.code in split.withheld else cell_words(definition, split.cells.get(choice.code))
                    for choice in choices
                ),
            ]
        )
        for period in periods
        for split in [reading.splits[period.start]]
    ]
    if any(reading.splits[period.start].withheld for period in periods):
        rows.append(Row([f"{MASKED.capitalize()} : {MASKED_WHY}"], kind="section"))
    columns = [Column("Période", 22), *(Column(choice.label, 16) for choice in choices)]
    return [Sheet("Ventilation", columns, rows, title=title, frozen=1)]


def file_name(esms: ESMS, what: str, extension: str) -> str:
    """« indicateurs-2026-10-foyer.xlsx »."""
    return f"indicateurs-{what}-{esms.slug}.{extension}"
