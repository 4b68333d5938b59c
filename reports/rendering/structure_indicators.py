"""« Indicateurs de la structure »: facts in, PDF out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from common import french
from common.charts import Lines
from common.documents.parts import Chapter
from indicators.distribution import Distance
from indicators.enums import Kind
from indicators.families import families
from indicators.periods import SPAN, Period
from indicators.presentation import structure as page
from indicators.presentation.dashboards_words import ABSENCES, short_value
from indicators.presentation.structure_line import change, gap, reached, target_words, terms_words, value_words
from indicators.presentation.structure_one import SplitTable, counted, split_table
from indicators.presentation.words import MASKED
from indicators.selectors.structure import Line, OneReading
from reports.models import Report
from reports.rendering.indicator_words import curve, label, mark, may_be_drawn
from reports.rendering.issued import OnStep, draw
from reports.rendering.words import Mark, first
from reports.selectors.structure_indicators import StructureIndicatorFacts

FOLDER = "reports/structure_indicators"
MOST_TILES, A_ROW, MOST_CURVES, MOST_WATCHED = 6, 3, 4, 6


@dataclass(frozen=True)
class Tile:
    label: str
    value: str
    terms: str
    target: str
    standing: Mark | None
    change: str
    moved: Mark | None
    when: str


@dataclass(frozen=True)
class Row:
    """One indicator over twelve periods, in its `unit`. `words`: what it says when it is no number."""

    label: str
    unit: str
    cells: Sequence[str]
    words: str
    target: str
    standing: Mark | None
    change: str
    moved: Mark | None


@dataclass(frozen=True)
class Group:
    """Indicators of one family and one frequency. `heads`: their periods."""

    label: str
    heads: Sequence[str]
    rows: Sequence[Row]

    @property
    def span(self) -> int:
        """Columns that words may run over."""
        return len(self.heads) + 1


def structure_indicators(report: Report, facts: StructureIndicatorFacts, on_step: OnStep) -> bytes:
    """The document as PDF/UA-1."""
    return draw(
        report,
        "reports/structure_indicators.html",
        chapters(facts),
        project=facts.structure,
        occasion="Indicateurs de la structure",
        subtitle=french.typography(f"{facts.project}. Jusqu’à la fin {facts.period.genitive}."),
        on_step=on_step,
        author="Passerelle DUI",  # it names nobody
        facts=facts,
        said=said(facts),
        lede=page.lede_of(facts.reading, facts.there),
        figures=figures(facts),
    )


def said(facts: StructureIndicatorFacts) -> str:
    """« Foyer : trois cibles atteintes sur huit. »"""
    return f"{page.title_of(facts.reading, facts.there)}."


def figures(facts: StructureIndicatorFacts) -> list[tuple[int, str]]:
    """What was read, and how it stands."""
    judged = [found for line in facts.there if (found := gap(line))]
    moves = [moved for line in facts.there if line.period == facts.period and (moved := change(line))]
    good, far = judged.count(Distance.REACHED), judged.count(Distance.FAR)
    better, worse = sum(one.mark.tone == "ok" for one in moves), sum(one.worse for one in moves)
    read = sum(line.value is not None for line in facts.there)
    targets = [
        (good, french.agree(good, "cible atteinte", "cibles atteintes") + f" sur {len(judged)}"),
        (far, french.agree(far, "indicateur loin de sa cible", "indicateurs loin de leur cible")),
    ]
    return [
        *(targets if judged else [(read, french.agree(read, "indicateur à lire", "indicateurs à lire"))]),
        (better, french.agree(better, "indicateur en progrès", "indicateurs en progrès")),
        (worse, french.agree(worse, "indicateur en recul", "indicateurs en recul")),
    ]


def chapters(facts: StructureIndicatorFacts) -> list[Chapter]:
    return [
        _watched(facts),
        *_tiles(facts),
        *_curves(facts),
        *_splits(facts),
        *_unread(facts),
        *_table(facts),
        _annex(facts),
    ]


def _watched(facts: StructureIndicatorFacts) -> Chapter:
    """The figures' alone: alerts, and what is awaited, have other readers."""
    found = [
        (f"{line.one.definition.label} : {value_words(line, line.told)}", page.why_pressing(line))
        for line in page.pressing(facts.there)
    ]
    count = len(found)
    title = french.capital(french.counted(count, "indicateur demande", "indicateurs demandent")) + " l’attention"
    return Chapter(
        anchor="a-regarder",
        title=title if found else "Rien ne demande l’attention pour cette période",
        running="À regarder",
        template=f"{FOLDER}/watched.html",
        data={"shown": first([(french.typography(what), why) for what, why in found], MOST_WATCHED)},
    )


def _tiles(facts: StructureIndicatorFacts) -> list[Chapter]:
    found = [tile(line, facts.period) for line in page.foremost(facts.there) if line.value is not None][:MOST_TILES]
    if not found:
        return []
    return [
        Chapter(
            anchor="chiffres-cles",
            title="Les chiffres clés",
            template=f"{FOLDER}/tiles.html",
            data={"rows": [found[start : start + A_ROW] for start in range(0, len(found), A_ROW)]},
            new_page=False,
        )
    ]


def tile(line: Line, period: Period) -> Tile:
    standing, moved = reached(line), change(line)
    return Tile(
        label=french.typography(line.one.definition.label),
        value=value_words(line, line.told),
        terms=terms_words(line, line.told),
        target=target_words(line),
        standing=mark(standing) if standing else None,
        change=french.typography(moved.words) if moved else "",
        moved=mark(moved.mark) if moved else None,
        when="" if line.period == period else french.typography(line.period.label),
    )


def _curves(facts: StructureIndicatorFacts) -> list[Chapter]:
    found = curves(facts)
    if not found:
        return []
    return [
        Chapter(
            anchor="courbes",
            title="Comment les principaux indicateurs évoluent",
            running="Courbes",
            template=f"{FOLDER}/curves.html",
            data={"curves": found},
        )
    ]


def curves(facts: StructureIndicatorFacts) -> list[tuple[str, Lines]]:
    """Of the indicators that say most."""
    found = [line for line in page.foremost(facts.there) if may_be_drawn(line.one, line.series(SPAN))]
    return [
        (f"courbe-{line.one.code}", curve(line.one, line.series(SPAN), line.target, tabled=False))
        for line in found[:MOST_CURVES]
    ]


def _table(facts: StructureIndicatorFacts) -> list[Chapter]:
    if not facts.there:
        return []
    return [
        Chapter(
            anchor="tous",
            title=french.typography(
                f"Tous les indicateurs, période par période, jusqu’à la fin {facts.period.genitive}"
            ),
            running="Tous les indicateurs",
            template=f"{FOLDER}/table.html",
            data={"groups": groups(facts)},
            wide=True,
        )
    ]


def groups(facts: StructureIndicatorFacts) -> list[Group]:
    """By what they are about; those of other periods after."""
    by_pk = {line.one.indicator.pk: line for line in facts.there}
    found = []
    for family in families([line.one for line in facts.there]):
        lines = [by_pk[one.indicator.pk] for one in family.members]
        for end in sorted({line.period for line in lines}, key=lambda period: period != facts.period):
            same = [line for line in lines if line.period == end]
            periods = _since_the_first(same, end)
            heads = [label(period) for period in periods]
            when = "" if end == facts.period else f", {end.label}"
            found.append(Group(french.typography(f"{family.label}{when}"), heads, [row(one, periods) for one in same]))
    return found


def _since_the_first(lines: Sequence[Line], end: Period) -> list[Period]:
    """The twelve periods, without those before the first of which one of these says something."""
    periods = end.last(SPAN)
    began = next((period for period in periods if any(period.start in line.figures for line in lines)), end)
    return periods[periods.index(began) :]


def row(line: Line, periods: Sequence[Period]) -> Row:
    standing, moved = reached(line), change(line)
    numbers = any(line.value_at(period) is not None for period in periods)
    return Row(
        label=french.typography(line.one.definition.label),
        unit=unit(line),
        cells=[cell(line, period) for period in periods] if numbers else [],
        words="" if numbers else french.typography(value_words(line, line.told)),
        target=target_words(line),
        standing=mark(standing) if standing else None,
        change=french.typography(moved.words) if moved else "",
        moved=mark(moved.mark) if moved else None,
    )


def unit(line: Line) -> str:
    """Nothing for what bears it in each value."""
    definition = line.one.definition
    signed = definition.kind in {Kind.LEVEL, Kind.TEXT} or (definition.kind == Kind.RATIO and definition.percent)
    return "" if signed else definition.unit


def cell(line: Line, period: Period) -> str:
    """« 72 % », « masqué », « – »."""
    told, value = line.figures.get(period.start), line.value_at(period)
    if told is not None and told.withheld:
        return MASKED
    if told is not None and told.absence:
        return ABSENCES[told.absence]
    return "–" if value is None else short_value(line.one, value)


def _splits(facts: StructureIndicatorFacts) -> list[Chapter]:
    tables = splits(facts)
    if not tables:
        return []
    return [
        Chapter(
            anchor="repartition",
            title="Comment ils se répartissent",
            template=f"{FOLDER}/splits.html",
            data={"tables": tables},
        )
    ]


def splits(facts: StructureIndicatorFacts) -> list[SplitTable]:
    found = []
    for line in facts.there:
        if split := facts.splits.get(line.one.indicator.pk):
            table = split_table(OneReading(line, {line.period.start: split}, versions=(), rules=()), drawn=False)
            found += [replace(table, caption=french.typography(line.one.definition.label))] if table else []
    return found


def _unread(facts: StructureIndicatorFacts) -> list[Chapter]:
    found = page.unread(facts.reading.lines)
    if not found:
        return []
    return [
        Chapter(
            anchor="pas-de-valeur",
            title="Ce qui ne se lit pas encore",
            template=f"{FOLDER}/unread.html",
            data={"sentences": found},
            new_page=False,
        )
    ]


def _annex(facts: StructureIndicatorFacts) -> Chapter:
    return Chapter(
        anchor="methode",
        title="Annexe : comment chaque indicateur se compte",
        running="Annexe : méthode",
        template=f"{FOLDER}/method.html",
        data={"rows": [(line.one.definition.label, counted(line.one)) for line in facts.there]},
        numbered=False,
    )
