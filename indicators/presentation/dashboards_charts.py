"""The drawings of the dashboard: statements given, structures × indicators, distances to the target, sparklines."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.urls import reverse

from common import french
from common.charts import Bar, Bars, HeatCell, HeatGroup, HeatMap, HeatRow, Part
from common.charts.base import coordinate
from common.charts.line import broken_path
from indicators.distribution import Distance
from indicators.enums import CollectedAt
from indicators.periods import Period
from indicators.presentation import dashboards_words as say
from indicators.selectors.campaigns import Reporting
from indicators.selectors.dashboards import Board
from indicators.selectors.definitions import Followed
from organisations.models import ESMS

LEGEND = (
    *((say.DISTANCES[one].tone, say.DISTANCES[one].word) for one in Distance),
    ("none", "Sans cible : la valeur seule"),
)
WIDTH, HEIGHT, AROUND = 120.0, 28.0, 3.0  # of a sparkline


def given(found: Mapping[Period, Reporting], periods: Sequence[Period]) -> Bars:
    """Statements given, period by period, oldest first."""
    there = [(period, found[period]) for period in periods if period in found]
    return Bars(
        title=_given_title(there),
        context="Relevés attendus des structures concernées",
        sentence="Un relevé est à temps s’il a été rendu une première fois avant l’échéance de sa campagne.",
        caption="Relevés attendus et rendus, période par période",
        parts=[
            Part("À temps", "ok", "s-ok"),
            Part("Après l’échéance", "progress", "s-progress"),
            Part("Non rendus", "none", "s-na"),
        ],
        bars=[
            Bar(
                french.capital(period.label),
                (one.on_time, one.late, one.missing),
                max(one.expected, 1),
                f"{french.number(one.received)} sur {french.number(one.expected)}",
            )
            for period, one in there
        ],
        row_label="Période",
        total_label="Attendus",
        empty="Aucune campagne n’a encore été ouverte sur ces périodes.",
    )


def _given_title(there: Sequence[tuple[Period, Reporting]]) -> str:
    if not there:
        return "Rien n’a été demandé sur ces périodes"
    period, last = there[-1]
    expected = sum(one.expected for _, one in there)
    share = round(100 * sum(one.on_time for _, one in there) / expected) if expected else 0
    counted = f"{french.number(last.received)} sur {french.number(last.expected)}"
    said = f"{french.capital(period.label)} : {counted} {french.agree(last.received, 'rendu', 'rendus')}"
    if len(there) > 1:
        said += f" ; {french.percent(share)} à temps sur {french.counted(len(there), 'période', 'périodes')}"
    return french.typography(said)


# --- Structures × indicators -----------------------------------------------------------------------------------------


def readable(board: Board) -> list[Followed]:
    """What some structure may give or has: the rest would be columns of dashes."""
    return [
        one
        for one in board.found
        if one.definition.collected_at == CollectedAt.ESMS and (board.column(one).figures or not say.waiting(one))
    ]


def heat(board: Board, shown: Sequence[ESMS]) -> HeatMap | None:
    """`shown`: the structures of this page, by OG; the title tells of all. None while there is no value in it."""
    columns = readable(board)
    if not any(board.column(one).figures for one in columns):
        return None
    template = reverse("structure_indicator", args=[board.project.slug, "structure-0", "code-0"])
    words = {say.short(one, board.column(one).figures.get(esms.pk)) for one in columns for esms in shown}
    return HeatMap(
        title=_heat_title(board, columns),
        sentence=_heat_sentence(words),
        context=f"{french.capital(board.period.label)}, structure par structure",
        caption=f"Valeurs des structures, {board.period.label}",
        columns=[one.definition.label for one in columns],
        groups=[
            HeatGroup([_row(board, esms, columns, template) for esms in rows], french.typography(name))
            for name, rows in groupby(shown, key=lambda esms: esms.og.short_name)
        ],
        legend=LEGEND,
        empty="Aucune structure à montrer.",
    )


def _row(board: Board, esms: ESMS, columns: Sequence[Followed], template: str) -> HeatRow:
    address = template.replace("structure-0", esms.slug)
    return HeatRow(
        french.typography(esms.name),
        [_cell(board, one, esms, address) for one in columns],
        reverse("structure_indicators", args=[board.project.slug, esms.slug]),
    )


def _cell(board: Board, one: Followed, esms: ESMS, address: str) -> HeatCell:
    column = board.column(one)
    text = say.short(one, column.figures.get(esms.pk))
    if text == say.NOTHING:
        return HeatCell("none", text)
    there = column.distances.get(esms.pk)
    return HeatCell(say.DISTANCES[there].tone if there else "none", text, address.replace("code-0", one.code))


def _heat_title(board: Board, columns: Sequence[Followed]) -> str:
    counts = sum((distances(board, one) for one in columns), Counter[Distance]())
    judged = counts.total()
    if not judged:
        return "Les valeurs de chaque structure, sans cible à laquelle les comparer"
    good, all_of_them = say.out_of(counts[Distance.REACHED], judged)
    if counts[Distance.REACHED] == judged:
        return (
            "La seule valeur qui a une cible l’atteint"
            if judged == 1
            else f"Les {all_of_them} valeurs qui ont une cible l’atteignent"
        )
    if counts[Distance.REACHED]:
        verb = french.agree(counts[Distance.REACHED], "valeur atteint", "valeurs atteignent")
        said = f"{good} {verb} la cible, sur {all_of_them}"
    else:
        said = "aucune valeur n’atteint encore la cible"
    if counts[Distance.FAR]:
        far, _ = say.out_of(counts[Distance.FAR], judged)
        said += f" ; {far} en {_are(counts[Distance.FAR])} loin"
    return french.typography(french.capital(said))


def _are(count: int) -> str:
    return french.agree(count, "est", "sont")


def _heat_sentence(words: set[str]) -> str:
    """What the abbreviations that occur mean."""
    said = [part for part in say.ABBREVIATED.rstrip(".").split(" ; ") if part.split(" : ")[0] in words]
    told = french.typography(f"{' ; '.join(said)}.") if said else ""
    return " ".join(part for part in ("Chaque case s’ouvre sur l’indicateur de la structure.", told) if part)


def distances(board: Board, one: Followed) -> Counter[Distance]:
    """How many values of structures at each distance from their target."""
    return Counter(board.column(one).distances.values())


def bands(board: Board) -> Bars | None:
    """Of each indicator with a target, how many structures reach it; None without any."""
    counted = [(one, distances(board, one)) for one in board.found]
    if not any(counts for _, counts in counted):
        return None
    bars = [
        Bar(
            one.definition.label,
            [counts[there] for there in Distance],
            counts.total(),
            f"{french.number(counts[Distance.REACHED])} sur {french.number(counts.total())}",
        )
        for one, counts in counted
        if counts
    ]
    marks = [say.DISTANCES[there] for there in Distance]
    return Bars(
        title="Combien de structures atteignent leur cible",
        context=french.capital(board.period.label),
        parts=[Part(mark.word, mark.tone, mark.icon) for mark in marks],
        bars=bars,
        row_label="Indicateur",
        total_label="Structures",
    )


# --- Sparklines ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Spark:
    """A curve without axes, from zero; lengths are those of SVG. `said`: the same in words."""

    path: str
    end_x: str
    end_y: str
    target_y: str
    said: str


def spark(board: Board, one: Followed) -> Spark | None:
    """The whole over the twelve periods; None without two values."""
    values = [board.whole(one, period) for period in board.periods]
    there = [(period, amount) for period, amount in zip(board.periods, values, strict=True) if amount is not None]
    if len(there) < 2:
        return None
    target = board.target(one)
    top = max([amount for _, amount in there] + ([target] if target is not None else [])) or Decimal(1)

    def height(amount: Decimal) -> float:
        return HEIGHT - AROUND - (HEIGHT - 2 * AROUND) * float(amount / top)

    step = (WIDTH - 2 * AROUND) / (len(values) - 1)
    places = [
        None if amount is None else (AROUND + step * column, height(amount)) for column, amount in enumerate(values)
    ]
    last = next(place for place in reversed(places) if place)
    (first_period, first), (last_period, final) = there[0], there[-1]
    return Spark(
        path=broken_path(places),
        end_x=coordinate(last[0]),
        end_y=coordinate(last[1]),
        target_y="" if target is None else coordinate(height(target)),
        said=f"de {say.full(one, first)} en {first_period.short} à {say.full(one, final)} en {last_period.short}",
    )
