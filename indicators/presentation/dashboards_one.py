"""One indicator over a project: what it is worth, for whom, since when, and how it is counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from common import french
from common.charts import Bars, Lines
from common.charts.bars import Segment, segments
from common.ui import Link
from indicators.distribution import quartiles, share_of
from indicators.enums import Aggregation, CollectedAt, Frequency, Kind, Source
from indicators.presentation import crumbs
from indicators.presentation import dashboards_one_charts as charts
from indicators.presentation import dashboards_words as say
from indicators.presentation.dashboards import SCOPE, Reader
from indicators.presentation.words import terms_in_words
from indicators.selectors.dashboards import Board, value
from indicators.selectors.dashboards_one import One
from indicators.selectors.definitions import Followed
from organisations.models import ESMS

HELPED = 3  # structures to support


@dataclass(frozen=True)
class Ranked:
    """A structure with its value, or the project's target among them (`is_target`)."""

    label: str
    url: str
    og: str
    value: str
    terms: str
    segments: Sequence[Segment]
    mark: say.Mark | None
    change: str
    is_target: bool = False


@dataclass(frozen=True)
class OnePage:
    title: str
    lede: str
    scope: str
    waiting: str
    crumbs: list[Link]
    curve: Lines
    compared: str
    spread: Bars | None
    spread_words: str
    ranked_title: str
    ranked: Sequence[Ranked]
    silent: str
    helped: Sequence[Link]
    aligned: Lines | None
    split: Bars | None
    method: Sequence[tuple[str, str]]


def page(found: One, reader: Reader, *, leads: bool) -> OnePage:
    """`leads`: the reader supports structures, the project's lead or the direction of an OG."""
    one, board = found.followed, found.board
    by_structure = reader.by_structure and one.definition.collected_at == CollectedAt.ESMS
    measured = by_structure and one.definition.kind != Kind.TEXT
    middle = quartiles([amount for _, amount in board.column(one).values])
    drawn = measured and one.definition.kind != Kind.LEVEL
    return OnePage(
        title=_title(one, board, by_structure=reader.by_structure),
        lede=_lede(one, board),
        scope=SCOPE[reader],
        waiting=_waiting(one, board),
        crumbs=crumbs.of_project(board.project, Link(one.definition.label)),
        curve=charts.curve(one, board),
        compared=_compared(one, board) if measured else "",
        spread=charts.spread(one, board, middle) if drawn and middle else None,
        spread_words=french.capital(f"{words}.") if (words := say.spread_words(one, middle)) else "",
        ranked_title=_ranked_title(one, board),
        ranked=_ranked(one, board) if by_structure else [],
        silent=_silent(one, board) if by_structure else "",
        helped=_helped(one, board) if measured and leads else [],
        aligned=charts.since_opening(one, board, found.aligned) if drawn else None,
        split=charts.split(found),
        method=method(one),
    )


def _title(one: Followed, board: Board, *, by_structure: bool) -> str:
    amount, target = board.whole(one, board.period), board.target(one)
    if amount is None:
        total = board.total(one, board.period)
        if one.definition.kind == Kind.TEXT and total:
            verb = french.agree(total.count, "a écrit", "ont écrit")
            return f"{one.definition.label} : {say.structures(total.count)} {verb} en {board.period.label}"
        if say.waiting(one) and not board.totals:
            return f"{one.definition.label} : pas encore calculé"
        if not by_structure:
            return f"{one.definition.label} : moins de trois structures ont une valeur pour {board.period.named}"
        return f"{one.definition.label} : pas encore de valeur pour {board.period.named}"
    said = f"{one.definition.label} : {say.full(one, amount)} en {board.period.label}"
    if board.period.frequency != Frequency.MONTHLY:
        said = f"{one.definition.label} : {say.full(one, amount)}, {board.period.label}"
    mark = say.mark_of(one, amount, target)
    if target is None or mark is None:
        return said
    words = {"ok": "cible atteinte", "progress": "près de la cible", "late": "loin de la cible"}[mark.tone]
    return f"{said}, {words} ({say.full(one, target)})"


def _lede(one: Followed, board: Board) -> str:
    change = say.moved(one, *board.before_and_now(one))
    total = board.total(one, board.period)
    over = ""
    if total and one.definition.collected_at == CollectedAt.ESMS:
        terms = terms_in_words(one.definition, total.terms)
        over = f"L’ensemble porte sur {say.structures(total.count)}{f', soit {terms}' if terms else ''}."
    moved = ""
    if change is not None:
        moved = f"{say.difference(one, change)}" if change else "Rien n’a bougé"
        moved = f"{moved} {say.since(board.compared)}, dans les structures qui ont une valeur aux deux périodes."
    return french.typography(" ".join(part for part in (over, moved) if part))


def _waiting(one: Followed, board: Board) -> str:
    words = say.waiting(one)
    return f"{words} D’ici là, il n’est demandé à personne." if words and not board.totals else ""


# --- Structures ------------------------------------------------------------------------------------------------------


def _change(one: Followed, board: Board, esms: ESMS) -> Decimal | None:
    if board.compared is None:
        return None
    before, now = (value(one, board.figure(one, esms, period)) for period in (board.compared, board.period))
    return say.moved(one, before, now)


def _compared(one: Followed, board: Board) -> str:
    """« Depuis juillet 2026 : huit structures montent, deux descendent, une ne bouge pas. »"""
    if board.compared is None:
        return ""
    changes = [change for esms in board.structures if (change := _change(one, board, esms)) is not None]
    if not changes:
        return f"Aucune structure n’a de valeur à la fois pour {board.compared.named} et {board.period.named}."
    up, down = sum(change > 0 for change in changes), sum(change < 0 for change in changes)
    still = len(changes) - up - down
    parts = [
        f"{say.structures(up)} {french.agree(up, 'monte', 'montent')}" if up else "",
        f"{say.structures(down)} {french.agree(down, 'descend', 'descendent')}" if down else "",
        f"{say.structures(still)} ne {french.agree(still, 'bouge', 'bougent')} pas" if still else "",
    ]
    return french.typography(f"Depuis {board.compared.named} : {french.listed([part for part in parts if part])}.")


def _ranked(one: Followed, board: Board) -> list[Ranked]:
    """Structures by value, from the one that is furthest ahead; the target of the project at its place."""
    if one.definition.kind == Kind.TEXT:
        return [
            _row(one, board, esms, None, Decimal(1))
            for esms in board.structures
            if esms.pk in board.column(one).figures
        ]
    rising = one.definition.direction == "lower_better"
    pairs: list[tuple[ESMS | None, Decimal]] = list(board.column(one).values)
    target = board.target(one)
    if pairs and target is not None:
        pairs.append((None, target))
    top = max((amount for _, amount in pairs), default=Decimal(1))
    if one.definition.kind == Kind.RATIO and one.definition.percent:
        top = max(top, Decimal(100))
    # The target stands after those that reach it.
    pairs.sort(key=lambda pair: (pair[1] if rising else -pair[1], pair[0] is None, pair[0].name if pair[0] else ""))
    return [_row(one, board, esms, amount, top or Decimal(1)) for esms, amount in pairs]


def _row(one: Followed, board: Board, esms: ESMS | None, amount: Decimal | None, top: Decimal) -> Ranked:
    if esms is None:
        drawn = segments(("none", amount or 0), total=top)
        return Ranked("Cible du projet", "", "", say.full(one, amount), "", drawn, None, "", is_target=True)
    figure = board.column(one).figures.get(esms.pk)
    mark = say.mark_of(one, amount, board.column(one).targets.get(esms.pk))
    shown = say.short(one, figure) if amount is None else say.full(one, amount)
    return Ranked(
        label=french.typography(esms.name),
        url=reverse("structure_indicator", args=[board.project.slug, esms.slug, one.code]),
        og=french.typography(esms.og.short_name),
        value=shown,
        terms=terms_in_words(one.definition, figure.terms if figure else None),
        segments=segments((mark.tone if mark else "accent", amount), total=top) if amount is not None else (),
        mark=mark,
        change=say.difference(one, change) if (change := _change(one, board, esms)) is not None else "",
    )


def _ranked_title(one: Followed, board: Board) -> str:
    if one.definition.kind == Kind.TEXT:
        return "Ce que chaque structure en dit"
    reached = [
        say.mark_of(one, amount, board.column(one).targets.get(esms.pk)) for esms, amount in board.column(one).values
    ]
    judged = [mark for mark in reached if mark]
    if not judged:
        return "Structure par structure"
    good = sum(mark.tone == "ok" for mark in judged)
    if len(judged) == 1:
        return "La structure atteint la cible" if good else "La structure n’atteint pas encore la cible"
    if good == len(judged):
        return f"Les {say.structures(good)} atteignent la cible"
    if not good:
        return f"Aucune des {say.structures(len(judged))} n’atteint encore la cible"
    who, verb = french.in_words(good, feminine=True), french.agree(good, "atteint", "atteignent")
    return french.capital(f"{who} des {say.structures(len(judged))} {verb} la cible")


def _silent(one: Followed, board: Board) -> str:
    """Who isn't ranked, in numbers: nobody is named for a value that is withheld."""
    figures = [board.column(one).figures.get(esms.pk) for esms in board.structures]
    withheld = sum(figure is not None and figure.withheld for figure in figures)
    absent = sum(figure is not None and bool(figure.absence) for figure in figures)
    nothing = sum(figure is None for figure in figures)
    parts = [
        f"{say.structures(nothing)} sans valeur" if nothing else "",
        f"{say.structures(absent)} où elle n’est pas disponible ou ne la concerne pas" if absent else "",
        f"{say.structures(withheld)} où le groupe est trop petit pour qu’elle soit dite" if withheld else "",
    ]
    there = [part for part in parts if part]
    return french.capital(f"{french.listed(there)}.") if there else ""


def _helped(one: Followed, board: Board) -> list[Link]:
    """The three that are furthest from their target."""
    far = []
    for esms, amount in board.column(one).values:
        target = board.column(one).targets.get(esms.pk)
        share = share_of(amount, target, one.definition.direction)
        if share is not None and share < 1:
            far.append((share, esms.name, esms, amount, target))
    far.sort(key=lambda item: item[:2])
    return [
        Link(
            french.typography(f"{esms.name} : {say.full(one, amount)} pour une cible de {say.full(one, target)}"),
            reverse("structure_indicator", args=[board.project.slug, esms.slug, one.code]),
        )
        for _, _, esms, amount, target in far[:HELPED]
    ]


# --- How it is counted -----------------------------------------------------------------------------------------------


def method(one: Followed) -> list[tuple[str, str]]:
    """Its definition, line by line."""
    definition = one.definition
    lines = [
        ("Ce qu’il compte", definition.help),
        ("Numérateur", definition.numerator),
        ("Dénominateur", definition.denominator),
        ("Sens", say.direction_words(one)),
        ("Fréquence", Frequency(definition.frequency).label),
        ("Origine", Source(definition.source).label),
        ("Pour faire l’ensemble", Aggregation(definition.aggregation).label),
        (
            "Petits groupes",
            "Une valeur qui porte sur moins de cinq personnes est masquée, et n’entre dans aucun total."
            if definition.masked
            else "",
        ),
        ("Définition", f"version {definition.number}, du {french.long_date(definition.written_at)}"),
    ]
    return [(term, french.typography(text)) for term, text in lines if text]
