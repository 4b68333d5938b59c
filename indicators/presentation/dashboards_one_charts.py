"""The drawings of one indicator: the whole over time, how structures spread, curves from the opening, the split."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from common import french
from common.charts import Bar, Bars, Lines, Part, Series
from common.charts.line import rounded_up
from indicators.distribution import Quartiles, classes
from indicators.enums import Aggregation, Breakdown, Frequency, Kind
from indicators.presentation import dashboards_words as say
from indicators.presentation.words import written
from indicators.selectors.dashboards import Board
from indicators.selectors.dashboards_one import Aligned, One
from indicators.selectors.definitions import Followed
from indicators.splits import choices_of
from indicators.totals import Total

NAME = 16  # characters of the name at the end of a curve
STEP = {Frequency.MONTHLY: "mois", Frequency.WEEKLY: "semaines", Frequency.QUARTERLY: "trimestres"}


def _unit(one: Followed) -> str:
    definition = one.definition
    if definition.kind == Kind.LEVEL:
        return ""
    return (
        "%"
        if definition.kind == Kind.RATIO and definition.percent
        else definition.unit
        if len(definition.unit) < 4
        else ""
    )


def _top(one: Followed, values: Sequence[Decimal | None], target: Decimal | None) -> float:
    """Where the scale ends: above the values and the target; at 100 for a rate that stays below."""
    highest = max([amount for amount in (*values, target) if amount is not None], default=Decimal(1))
    if _unit(one) == "%" and highest <= 100:
        return 100.0
    return rounded_up(highest or 1)


def _rounded(values: Sequence[Decimal | None]) -> list[Decimal | None]:
    return [None if amount is None else round(amount, 1) for amount in values]


def curve(one: Followed, board: Board) -> Lines:
    """The whole over twelve periods, with what was to be reached."""
    values, target = _rounded([board.whole(one, period) for period in board.periods]), board.target(one)
    return Lines(
        title=_curve_title(one, board),
        context=french.capital(one.definition.unit if one.definition.kind != Kind.RATIO else one.definition.label),
        caption=f"{one.definition.label}, ensemble",
        labels=[period.short for period in board.periods],
        series=[Series("Ensemble", values)],
        target=None if target is None else round(target, 1),
        unit=_unit(one),
        maximum=_top(one, values, target),
        row_label="Ensemble",
        empty="Aucune valeur d’ensemble sur ces périodes.",
    )


def _curve_title(one: Followed, board: Board) -> str:
    there = [(period, amount) for period in board.periods if (amount := board.whole(one, period)) is not None]
    if len(there) < 2:
        return "L’ensemble, période par période"
    (first, before), (last, now) = there[0], there[-1]
    change = say.moved(one, before, now)
    verb = "passe" if change is None or change else "reste"
    if verb == "reste":
        return f"L’ensemble reste à {say.full(one, now)} de {first.label} à {last.label}"
    return f"De {first.label} à {last.label}, l’ensemble passe de {say.full(one, before)} à {say.full(one, now)}"


def spread(one: Followed, board: Board, found: Quartiles) -> Bars:
    """How many structures in each class of values."""
    amounts = [round(amount, 1) for _, amount in board.column(one).values]
    there = classes(amounts)
    return Bars(
        title=_spread_title(one, found),
        context=f"{french.capital(board.period.label)}, {say.structures(len(amounts))}",
        caption=f"{one.definition.label} : combien de structures dans chaque classe de valeurs",
        parts=[Part("Structures", "accent")],
        bars=[Bar(_class(one, item.low, item.high), [item.count], len(amounts), str(item.count)) for item in there],
        row_label="Valeur",
        total_label="Structures en tout",
    )


def _class(one: Followed, low: Decimal, high: Decimal) -> str:
    return french.capital(f"de {say.short_value(one, low)} à moins de {say.short_value(one, high)}")


def _spread_title(one: Followed, found: Quartiles) -> str:
    low, high = say.short_value(one, found.low), say.short_value(one, found.high)
    if low == high:
        return f"La moitié des structures au moins sont à {low}"
    return f"Une structure sur deux se tient entre {low} et {high}"


def since_opening(one: Followed, board: Board, found: Aligned) -> Lines:
    """Each structure counted from the period in which it opened the record, or their quartiles when they are many."""
    if found.spread:
        series = [
            Series("Un quart est au-dessus", _rounded([q.high if q else None for q in found.spread]), "Quart haut"),
            Series("Médiane", _rounded([q.median if q else None for q in found.spread])),
            Series("Un quart est au-dessous", _rounded([q.low if q else None for q in found.spread]), "Quart bas"),
        ]
    else:
        series = [
            Series(french.typography(esms.name), _rounded(amounts), _cut(esms.name)) for esms, amounts in found.curves
        ]
    values, target = [amount for item in series for amount in item.values], board.target(one)
    return Lines(
        title="Les structures, comptées depuis l’ouverture de leur DUI (J0)",
        context=f"En {STEP[board.period.frequency]} depuis l’ouverture",
        sentence=_since_sentence(found),
        caption=f"{one.definition.label}, depuis l’ouverture de chaque structure",
        labels=["J0" if not column else f"+{column}" for column in found.columns],
        series=series,
        target=None if target is None else round(target, 1),
        unit=_unit(one),
        maximum=_top(one, values, target),
        empty="Dès qu’une structure aura ouvert son DUI et rendu des valeurs, sa courbe se lira ici.",
    )


def _since_sentence(found: Aligned) -> str:
    said = "Les structures sont nombreuses : on lit la médiane et la moitié du milieu." if found.spread else ""
    if found.unopened:
        verb = french.agree(found.unopened, "n’a pas encore ouvert", "n’ont pas encore ouvert")
        said = f"{said} {french.capital(say.structures(found.unopened))} {verb}.".strip()
    return said


def _cut(name: str) -> str:
    return name if len(name) <= NAME else f"{name[: NAME - 1].rstrip()}…"


def split(found: One) -> Bars | None:
    """How the whole splits; None for what isn't split."""
    one, definition = found.followed, found.followed.definition
    if not definition.breakdown:
        return None
    labels = {choice.code: choice.label for choice in choices_of(Breakdown(definition.breakdown))}
    there = {code: total for code, total in found.splits.items() if total.terms}
    heads = ("Valeur", "Somme") if definition.kind != Kind.RATIO else (definition.numerator, definition.denominator)
    return Bars(
        title=_split_title(there, labels, definition.aggregation),
        context=Breakdown(definition.breakdown).label,
        sentence=(
            "N’y entre que ce qui est dit de chaque structure : la somme des cases peut rester sous l’ensemble."
            if definition.masked
            else ""
        ),
        caption=f"{definition.label}, par {Breakdown(definition.breakdown).label.lower()}",
        parts=[Part(heads[0], "accent")],
        bars=[
            Bar(labels[code], [_drawn(one, total)], _of(one, total, there), written(definition, total.terms))
            for code, total in there.items()
        ],
        row_label=Breakdown(definition.breakdown).label,
        total_label=heads[1],
        empty="Aucune ventilation à lire pour cette période.",
    )


def _drawn(one: Followed, total: Total) -> Decimal:
    assert total.terms is not None  # noqa: S101  kept by `split`
    return round(total.terms.amount, 1)


def _of(one: Followed, total: Total, there: Mapping[str, Total]) -> Decimal:
    """The whole of a bar: the denominator of a rate, the sum of all, or the highest."""
    assert total.terms is not None  # noqa: S101  kept by `split`
    if one.definition.kind == Kind.RATIO:
        return max(total.terms.base or Decimal(), total.terms.amount)
    amounts = [_drawn(one, item) for item in there.values()]
    return sum(amounts, Decimal()) if one.definition.aggregation == Aggregation.SUM else max(amounts)


def _split_title(there: Mapping[str, Total], labels: Mapping[str, str], aggregation: str) -> str:
    if not there:
        return "La ventilation"
    if aggregation != Aggregation.SUM:
        return "Ce que vaut chaque part"
    amounts = {code: total.terms.amount for code, total in there.items() if total.terms}
    whole, most = sum(amounts.values(), Decimal()), max(amounts, key=lambda code: amounts[code])
    if not whole:
        return "Rien à répartir"
    return f"{labels[most]} : {french.percent(round(100 * amounts[most] / whole))} de ce qui est ventilé"
