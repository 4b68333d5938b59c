"""The dashboard of a project: how many statements came, what each structure is worth, what all are together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from django.urls import reverse

from common import french
from common.charts import Bars, HeatMap
from common.ui import Link
from indicators.distribution import quartiles
from indicators.enums import CollectedAt, Frequency, Source
from indicators.families import Family
from indicators.periods import Period
from indicators.presentation import crumbs
from indicators.presentation import dashboards_charts as charts
from indicators.presentation import dashboards_words as say
from indicators.presentation.words import terms_in_words
from indicators.selectors.campaigns import Reporting
from indicators.selectors.dashboards import Board
from indicators.selectors.definitions import Followed
from organisations.models import ESMS

FIRST = 8  # structures awaited, before the others
OFTEN = {Frequency.MONTHLY: "Par mois", Frequency.WEEKLY: "Par semaine", Frequency.QUARTERLY: "Par trimestre"}


class Reader(Enum):
    """Who reads: every structure, those of an OG, the whole alone, or what is about support in it."""

    EVERYWHERE = "everywhere"
    OG = "og"
    TOTALS = "totals"
    TICKETS = "tickets"

    @property
    def by_structure(self) -> bool:
        return self in {Reader.EVERYWHERE, Reader.OG}


SCOPE = {
    Reader.EVERYWHERE: "",
    Reader.OG: "Vous lisez les structures de votre OG : les chiffres d’ensemble n’ajoutent qu’elles.",
    Reader.TOTALS: (
        "Vous lisez les chiffres d’ensemble, jamais ceux d’une structure : ils appartiennent à sa direction. Un total "
        "n’est montré que s’il porte sur trois structures au moins."
    ),
    Reader.TICKETS: (
        "Vous lisez les chiffres d’ensemble de l’assistance : les autres indicateurs et les chiffres de chaque "
        "structure restent aux structures et au projet. Un total n’est montré que s’il porte sur trois structures au "
        "moins."
    ),
}


@dataclass(frozen=True)
class Line:
    """One indicator of the whole. `mark`: how far from its target; `why`: why there is no value."""

    label: str
    url: str
    value: str
    terms: str
    target: str
    mark: say.Mark | None
    change: str
    change_icon: say.Mark | None
    spark: charts.Spark | None
    spread: str
    over: str
    why: str
    history: Sequence[str]


@dataclass(frozen=True)
class Page:
    title: str
    lede: str
    scope: str
    crumbs: list[Link]
    given: Bars | None
    awaited_title: str
    awaited: list[Link]
    more_awaited: str
    heat: HeatMap | None
    no_heat: str
    lines_title: str
    lines_sentence: str
    lines: list[Line]
    heads: Sequence[str]
    compared: str
    bands: Bars | None


def page(
    board: Board,
    reader: Reader,
    family: Family | None,
    reports: Mapping[Period, Reporting],
    awaited: Sequence[ESMS],
    shown: Sequence[ESMS],
) -> Page:
    """`shown`: the structures of this page of the heat-map."""
    lines = [_line(board, one, reader) for one in board.found]
    return Page(
        title=_title(board, reports, reader) if family else "Aucun indicateur n’est suivi pour l’instant",
        lede=_lede(board, family),
        scope=SCOPE[reader],
        crumbs=crumbs.of_project(board.project),
        given=charts.given(reports, board.periods) if _asks(board, reader, reports) else None,
        awaited_title=_awaited_title(awaited),
        awaited=[_awaited(board, esms) for esms in awaited[:FIRST]],
        more_awaited=_others(awaited[FIRST:]),
        heat=charts.heat(board, shown) if reader.by_structure else None,
        no_heat=_no_heat(board) if reader.by_structure else "",
        lines_title=_lines_title(board),
        lines_sentence=(
            "Un total n’ajoute que ce qui est dit de chaque structure : ce qui est masqué n’y entre pas. Une évolution "
            "compare les mêmes structures aux deux périodes."
        ),
        lines=lines,
        heads=[period.short for period in board.periods],
        compared=board.compared.named if board.compared else "",
        bands=charts.bands(board) if reader.by_structure else None,
    )


def _asks(board: Board, reader: Reader, reports: Mapping[Period, Reporting]) -> bool:
    """Whether statements have to do with what is read: some are awaited in these periods, or will be."""
    there = any(period in reports for period in board.periods) or any(one.entered for one in board.found)
    return there and reader is not Reader.TICKETS


def _title(board: Board, reports: Mapping[Period, Reporting], reader: Reader) -> str:
    """« Octobre 2026 : neuf structures sur douze ont rendu leur relevé, deux indicateurs sur quatre atteignent leur
    cible »."""
    said = []
    if (given := reports.get(board.period)) and given.expected:
        verb = french.agree(given.received, "a rendu son relevé", "ont rendu leur relevé")
        verb = verb if given.received else "n’a rendu son relevé" if given.expected > 1 else "n’a pas rendu son relevé"
        said.append(f"{_share(given.received, given.expected)} {verb}")
    good, judged = say.reached(board, board.found)
    if judged:
        counted = french.counted(judged, "indicateur", "indicateurs")
        if judged == 1 and not good:
            said.append("la cible n’est pas encore atteinte")
        elif good == judged:
            said.append("la cible est atteinte" if judged == 1 else f"les {counted} qui ont une cible l’atteignent")
        else:
            of_them = french.in_words(good) if good else "aucun"
            verb = french.agree(good, "l’atteint", "l’atteignent") if good else "ne l’atteint"
            said.append(f"{of_them} des {counted} qui ont une cible {verb}")
    if not said:
        there = any(board.total(one, board.period) for one in board.found)
        said.append("les valeurs se lisent sans cible" if there else _nothing(board, reader))
    return french.typography(f"{french.capital(board.period.label)} : {', '.join(said)}")


def _nothing(board: Board, reader: Reader) -> str:
    if not board.found or reader.by_structure:
        return "rien à lire pour l’instant"
    return "moins de trois structures ont des chiffres à additionner"


def _share(count: int, total: int) -> str:
    if not count:
        return f"aucune des {say.structures(total)}" if total > 1 else "la structure attendue"
    if count == total:
        return "la structure" if total == 1 else f"les {say.structures(total)}"
    return f"{say.structures(count)} sur {french.in_words(total)}"


def _lede(board: Board, family: Family | None) -> str:
    """What moved most of what has a better way."""
    if family is None:
        return ""
    better, worse = _moves(board)
    if not board.compared or not (better or worse):
        return ""
    said = french.capital(f"{say.moves_words(len(better), len(worse))} {say.since(board.compared)}")
    return french.typography(f"{family.label}. {said}.")


def _moves(board: Board) -> tuple[list[Followed], list[Followed]]:
    """The indicators that went the better way since the compared period, and the others that moved."""
    better, worse = [], []
    for one in board.found:
        way = say.improves(one, _change(board, one))
        if way is not None:
            (better if way else worse).append(one)
    return better, worse


def _change(board: Board, one: Followed) -> "say.Decimal | None":
    return say.moved(one, *board.before_and_now(one))


def _no_heat(board: Board) -> str:
    """Why there is nothing structure by structure."""
    by_structure = [one for one in board.found if one.definition.collected_at == CollectedAt.ESMS]
    if not by_structure or any(board.column(one).figures for one in by_structure):
        return ""
    if not charts.readable(board):
        return "Structure par structure, rien ne se lit encore : ces indicateurs attendent d’être calculés."
    return f"Aucune structure n’a de valeur à lire pour {board.period.named}."


def _lines_title(board: Board) -> str:
    good, judged = say.reached(board, board.found)
    if not judged:
        return "L’ensemble, indicateur par indicateur"
    if not good:
        return "L’ensemble n’atteint encore aucune cible"
    verb = french.agree(good, "cible est atteinte", "cibles sont atteintes")
    counted, all_of_them = say.out_of(good, judged)
    return french.capital(f"{counted} {verb} sur {all_of_them}")


def _line(board: Board, one: Followed, reader: Reader) -> Line:
    total, amount, target = board.total(one, board.period), board.whole(one, board.period), board.target(one)
    change = _change(board, one)
    way = say.improves(one, change)
    spread = quartiles([amount for _, amount in board.column(one).values]) if reader.by_structure else None
    return Line(
        label=one.definition.label,
        url=f"{reverse('indicator_of_project', args=[board.project.slug, one.code])}?periode={board.period.code}",
        value=say.full(one, amount) if amount is not None else "",
        terms=terms_in_words(one.definition, total.terms if total else None),
        target=say.full(one, target) if target is not None else "",
        mark=say.mark_of(one, amount, target),
        change=say.difference(one, change) if change is not None else "",
        change_icon=None if way is None else BETTER if way else WORSE,
        spark=charts.spark(board, one),
        spread=say.spread_words(one, spread),
        over=_over(one, total.count if total else 0),
        why="" if amount is not None else _why(one, total.count if total else 0, reader),
        history=[say.full(one, board.whole(one, period)) for period in board.periods],
    )


BETTER = say.Mark("ok", "s-ok", "dans le bon sens")
WORSE = say.Mark("late", "s-watch", "dans l’autre sens")


def _over(one: Followed, count: int) -> str:
    """« sur neuf structures »."""
    if not count or one.definition.collected_at == "project":
        return ""
    return f"sur {say.structures(count)}"


def _why(one: Followed, count: int, reader: Reader) -> str:
    if one.definition.kind == "text":
        return f"{french.capital(say.structures(count))} en {french.agree(count, 'a', 'ont')} écrit" if count else "–"
    if words := say.waiting(one):
        return words
    if not reader.by_structure:
        return "Moins de trois structures"
    return "Rien de rendu" if one.definition.source == Source.ENTERED or one.indicator.asked else "Rien à calculer"


def _awaited_title(awaited: Sequence[ESMS]) -> str:
    if not awaited:
        return ""
    verb = french.agree(len(awaited), "n’a pas encore rendu son relevé", "n’ont pas encore rendu leur relevé")
    return french.capital(f"{say.structures(len(awaited))} {verb}")


def _awaited(board: Board, esms: ESMS) -> Link:
    url = reverse("structure_indicators", args=[board.project.slug, esms.slug])
    return Link(french.typography(f"{esms.name} ({esms.og.short_name})"), url)


def _others(structures: Sequence[ESMS]) -> str:
    return french.typography(f"{french.listed([esms.name for esms in structures])}.") if structures else ""
