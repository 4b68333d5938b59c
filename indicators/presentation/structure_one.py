"""One indicator of a structure: where it stands, its curve, its values, how it splits, what it meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from common import french
from common.charts import Bars, Lines
from common.ui import Link
from indicators.distribution import Distance
from indicators.enums import Breakdown, Kind, Origin, Source
from indicators.models import Definition
from indicators.periods import Period
from indicators.presentation import crumbs, structure_charts
from indicators.presentation.dashboards_words import direction_words, severity
from indicators.presentation.rule_words import sentence
from indicators.presentation.structure_line import change, gap, terms_words, value_words
from indicators.presentation.words import MASKED, MASKED_WHY, terms_in_words, written_value
from indicators.rights import Rights
from indicators.selectors.definitions import Followed
from indicators.selectors.structure import BACK, Line, OneReading
from indicators.splits import WHOLE, choices_of
from indicators.values import Terms

SPLIT_PERIODS = 6  # side by side


@dataclass(frozen=True)
class Value:
    """One period in the table. `said`: the comment, or why there is no value."""

    when: str
    value: str
    terms: str
    target: str
    said: str
    origin: str
    how_url: str


@dataclass(frozen=True)
class SplitTable:
    heads: Sequence[str]
    rows: Sequence[tuple[str, Sequence[str]]]
    caption: str
    why: str


@dataclass(frozen=True)
class Version:
    number: int
    when: str
    text: str
    why: str


@dataclass(frozen=True)
class One:
    title: str
    lede: str
    crumbs: Sequence[Link]
    curve: Lines | None
    events: str
    values: Sequence[Value]
    caption: str
    masked_why: str
    split: Bars | None
    splits: SplitTable | None
    counted: Sequence[tuple[str, str]]
    rules: Sequence[str]
    versions: Sequence[Version]
    project_url: str
    definition_url: str
    export_url: str
    waits: str
    given_up: bool
    not_concerned: bool


def page(reading: OneReading, rights: Rights) -> One:
    line = reading.line
    esms, one, definition = line.esms, line.one, line.one.definition
    where = [esms.project.slug, esms.slug, one.code]
    drawn = structure_charts.may_be_drawn(line, BACK)
    starts = structure_charts.versions_on(line)
    split = reading.splits.get(line.period.start)
    parts = structure_charts.parts(line, split, line.period) if split else None
    values = [value_at(line, start) for start in sorted(line.figures, reverse=True)]
    return One(
        title=french.typography(f"{definition.label} : {_headline(line)}"),
        lede=lede(line),
        crumbs=crumbs.of_structure(esms, rights, Link(definition.label)),
        curve=structure_charts.full(line, BACK, _curve_title(line), starts) if drawn else None,
        events=_events(line, bool(starts)) if drawn else "",
        values=values,
        caption=f"{definition.label}, {esms.name}",
        masked_why=MASKED_WHY if any(told.withheld for told in line.figures.values()) else "",
        split=parts,
        splits=split_table(reading, drawn=parts is not None),
        counted=counted(one),
        rules=[sentence(rule, reading.known) for rule in reading.rules if rule.indicator_id in reading.known],
        versions=versions(reading),
        project_url=reverse("indicator_of_project", args=[where[0], one.code]) if rights.everywhere else "",
        definition_url=reverse("indicator_definition", args=[where[0], one.code]) if rights.defines else "",
        export_url=reverse("structure_indicator_export", args=where),
        waits=line.waits if not line.figures else "",
        given_up=not one.indicator.active,
        not_concerned=not one.concerns(esms),
    )


def _headline(line: Line) -> str:
    if line.told is None:
        return "rien pour l’instant"
    if line.one.definition.kind == Kind.TEXT and not line.told.absence:
        return severity(line.one, line.told).lower()
    return value_words(line, line.told)


def lede(line: Line) -> str:
    """« Octobre 2026 : 67 sur 72. La cible de 80 % est atteinte. +3 points depuis septembre 2026. »"""
    if line.told is None:
        return ""
    definition = line.one.definition
    terms = terms_words(line, line.told)
    words = [f"{french.capital(line.period.label)} : {terms}." if terms else f"{french.capital(line.period.label)}."]
    if line.target is not None:
        standing = gap(line)
        target = written_value(definition, line.target)
        words.append(
            f"La cible de {target} est atteinte." if standing is Distance.REACHED else f"La cible est de {target}."
        )
    if moved := change(line):
        words.append(f"{moved.words}, {moved.mark.word}." if moved.mark.tone in {"ok", "late"} else f"{moved.words}.")
    return french.typography(" ".join(words))


def _curve_title(line: Line) -> str:
    moved = change(line)
    if moved is None:
        return "Évolution"
    return {"ok": "En progrès", "late": "En recul"}.get(moved.mark.tone, "Évolution") + f" : {moved.words}"


def _events(line: Line, changed: bool) -> str:
    """What the upright lines of the curve say."""
    words = []
    opened = line.esms.opened_on
    if opened and any(period.start <= opened <= period.end for period in line.periods):
        words.append(f"J0 : ouverture du DUI, le {french.long_date(opened)}.")
    if changed:
        words.append("v2, v3… : la définition a changé, voir plus bas.")
    return french.typography(" ".join(words))


def value_at(line: Line, start: date) -> Value:
    told, period = line.figures[start], Period(start, line.period.frequency)
    target = line.target_at(period)
    where = [line.esms.project.slug, line.esms.slug, line.one.code]
    return Value(
        when=french.capital(period.label),
        value=value_words(line, told),
        terms=terms_words(line, told),
        target="" if target is None else written_value(line.one.definition, target),
        said=french.typography(told.comment),
        origin=Origin(told.origin).label,
        how_url=reverse("indicator_computed", args=[*where, period.code]) if told.origin == Origin.COMPUTED else "",
    )


# --- Splits ----------------------------------------------------------------------------------------------------------


def split_table(reading: OneReading, *, drawn: bool) -> SplitTable | None:
    """Its values over the last periods that have a split, the latest first. `drawn`: the latest is drawn too."""
    line, definition = reading.line, reading.line.one.definition
    if not definition.breakdown or definition.breakdown in WHOLE or not reading.splits:
        return None
    periods = [period for period in reversed(line.periods) if period.start in reading.splits][:SPLIT_PERIODS]
    if not periods:
        return None
    found = [reading.splits[period.start] for period in periods]
    there = {code for split in found for code in [*split.cells, *split.withheld]}
    rows = [
        (
            choice.label,
            [
                MASKED if choice.code in split.withheld else cell_words(definition, split.cells.get(choice.code))
                for split in found
            ],
        )
        for choice in choices_of(Breakdown(definition.breakdown))
        if choice.code in there
    ]
    totals = [cell_words(definition, split.total) if split.total else MASKED for split in found]
    breakdown = Breakdown(definition.breakdown).label
    return SplitTable(
        heads=[breakdown, *(period.short for period in periods)],
        # Of one period the drawing says it all, unless something is withheld.
        rows=[*rows, ("Ensemble", totals)] if len(found) > 1 or found[0].withheld or not drawn else [],
        caption=f"{breakdown}, période par période",
        why=MASKED_WHY if any(split.withheld for split in found) else "",
    )


def cell_words(definition: Definition, terms: Terms | None) -> str:
    """« 12 », « 8 sur 12 », « 4,2 sur 5 »."""
    if terms is None:
        return "–"
    if definition.kind == Kind.RATIO:
        return terms_in_words(definition, terms) if terms.base else "0"
    if definition.kind == Kind.COUNT:
        return french.number(terms.amount)
    return written_value(definition, terms.amount)


# --- What it means ---------------------------------------------------------------------------------------------------


def counted(one: Followed) -> list[tuple[str, str]]:
    """How it is counted: what, then how."""
    definition, found = one.definition, []
    if definition.kind == Kind.RATIO:
        found.append(("Numérateur", definition.numerator))
        found.append(("Dénominateur", definition.denominator))
    if definition.help:
        found.append(("Ce qu’il compte", definition.help))
    if definition.kind != Kind.TEXT:
        found.append(("Sens", direction_words(one)))
    found.append(("Fréquence", definition.get_frequency_display()))
    found.append(("Origine", Source(definition.source).label))
    if definition.breakdown:
        found.append(("Ventilation", Breakdown(definition.breakdown).label))
    if definition.masked:
        found.append(("Petits groupes", "Ils sont masqués : aucun chiffre ne dit ce que fait une personne."))
    if definition.kind == Kind.LEVEL:
        found.append(("Niveaux", " ; ".join(f"{level['label']} ({level['rule']})" for level in definition.levels)))
    return [(what, french.typography(how)) for what, how in found]


def versions(reading: OneReading) -> list[Version]:
    """The latest first; none while there is one only."""
    if len(reading.versions) < 2:
        return []
    return [
        Version(
            number=one.number,
            when=french.long_date(one.written_at),
            text=french.typography(_meaning(one)),
            why=french.typography(one.why),
        )
        for one in reversed(reading.versions)
    ]


def _meaning(one: Definition) -> str:
    often = one.get_frequency_display().lower()
    if one.kind == Kind.RATIO:
        return f"{one.label} : {one.numerator} / {one.denominator}, {often}"
    return f"{one.label}, en {one.unit}, {often}"
