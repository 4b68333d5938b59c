"""The dashboards as spreadsheets: what their pages show, of every structure that their reader may read."""

from collections.abc import Mapping
from decimal import Decimal

from common import french
from common.spreadsheets.tables import Column, Row, Sheet
from indicators.enums import CollectedAt
from indicators.periods import Period
from indicators.presentation import dashboards_words as say
from indicators.presentation.dashboards import Reader
from indicators.selectors.campaigns import Reporting
from indicators.selectors.dashboards import Board, value
from indicators.selectors.definitions import Followed
from indicators.selectors.told import Told


def file_name(board: Board, what: str, ending: str) -> str:
    return f"indicateurs-{what}-{board.project.slug}-{board.period.code}.{ending}"


def sheets(board: Board, reader: Reader, reports: Mapping[Period, Reporting]) -> list[Sheet]:
    """Structures first, for who reads them."""
    found = [_structures(board)] if reader.by_structure else []
    found.append(_whole(board))
    if reports:
        found.append(_given(board, reports))
    return found


def _title(board: Board, what: str) -> str:
    return french.typography(f"{what}, {board.project.short_name}, {board.period.label}")


def _structures(board: Board) -> Sheet:
    columns = [one for one in board.found if one.definition.collected_at == CollectedAt.ESMS]
    return Sheet(
        "Structures",
        [Column("OG", 24), Column("Structure", 34), *(Column(_head(one), 16) for one in columns)],
        [
            Row([esms.og.name, esms.name, *(_cell(one, board.column(one).figures.get(esms.pk)) for one in columns)])
            for esms in board.structures
        ],
        title=_title(board, "Indicateurs des structures"),
        frozen=2,
    )


def _whole(board: Board) -> Sheet:
    columns = [
        Column("Indicateur", 40),
        Column("Unité", 14),
        Column("Valeur"),
        Column("Numérateur"),
        Column("Dénominateur"),
        Column("Structures", 11),
        Column("Cible"),
        Column(f"En {board.compared.label}" if board.compared else "Comparée à"),
        *(Column(french.capital(period.short), 12) for period in board.periods),
    ]
    return Sheet(
        "Ensemble",
        columns,
        [_line(board, one) for one in board.found],
        title=_title(board, "Indicateurs, ensemble"),
        frozen=1,
    )


def _line(board: Board, one: Followed) -> Row:
    total = board.total(one, board.period)
    terms = total.terms if total and total.terms and total.terms.base is not None else None
    return Row(
        [
            one.definition.label,
            one.definition.unit,
            number(board.whole(one, board.period)),
            number(terms.amount if terms else None),
            number(terms.base if terms else None),
            str(total.count) if total else "",
            number(board.target(one)),
            number(board.whole(one, board.compared)) if board.compared else "",
            *(number(board.whole(one, period)) for period in board.periods),
        ]
    )


def _given(board: Board, reports: Mapping[Period, Reporting]) -> Sheet:
    columns = [Column("Période", 26), *(Column(head) for head in ("Attendus", "Rendus", "À temps", "Non rendus"))]
    rows = [
        Row([french.capital(period.label), *map(str, (one.expected, one.received, one.on_time, one.missing))])
        for period in board.periods
        if (one := reports.get(period))
    ]
    return Sheet("Relevés", columns, rows, title=_title(board, "Relevés attendus et rendus"), frozen=1)


def _head(one: Followed) -> str:
    return f"{one.definition.label} ({one.definition.unit})"


def _cell(one: Followed, figure: Told | None) -> str:
    amount = value(one, figure)
    if amount is not None:
        return number(amount)
    return "" if figure is None else figure.text or say.short(one, figure)


def number(amount: Decimal | None) -> str:
    """« 72,3 »: as a spreadsheet in French reads it."""
    return "" if amount is None else f"{round(amount, 2).normalize():f}".replace(".", ",")
