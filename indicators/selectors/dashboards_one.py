"""What the page of one indicator reads besides the dashboard: every structure since it opened the record."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.aggregates import project_split, read_split
from indicators.distribution import Quartiles, quartiles, since
from indicators.periods import Period
from indicators.selectors.dashboards import Board, all_of, value
from indicators.selectors.definitions import Followed
from indicators.selectors.targets import targets_of
from indicators.selectors.told import told
from indicators.selectors.totals import totals
from indicators.totals import Total
from organisations.models import ESMS, Project

LOOKED_BACK = 24  # periods in which a structure is followed from its opening
SHOWN = 13  # the opening and twelve more
FEW = 12  # structures whose curves are told apart


@dataclass(frozen=True)
class Aligned:
    """Curves counted from the opening of each structure: one each while they are few, their quartiles otherwise."""

    columns: Sequence[int]
    curves: Sequence[tuple[ESMS, Sequence[Decimal | None]]]
    spread: Sequence[Quartiles | None]
    unopened: int


@dataclass(frozen=True)
class One:
    """One indicator. `splits`: how the whole splits, value by value."""

    followed: Followed
    board: Board
    splits: Mapping[str, Total]

    @property
    def aligned(self) -> Aligned:
        return aligned(self.followed, self.board)


def read_one(
    project: Project,
    one: Followed,
    period: Period,
    compared: Period | None,
    structures: Sequence[ESMS],
    *,
    places: Sequence[uuid.UUID] | None,
) -> One:
    """Of structures read one by one. Five queries at most, and those that change role."""
    periods, looked = period.last(), period.last(LOOKED_BACK)
    figures = told(project, [one], all_of(looked, compared), places=places)
    board = Board(
        project,
        [one],
        period,
        compared,
        periods,
        totals(project, [one], all_of(periods, compared), places=places),
        targets_of(project, [one.indicator.pk]),
        structures,
        figures,
        {
            (place, indicator): figure.terms
            for (place, indicator, start), figure in figures.items()
            if compared and start == compared.start and figure.terms
        },
    )
    return One(one, board, read_split(project, one, period, places) if one.definition.breakdown else {})


def whole_one(project: Project, one: Followed, board: Board, known: Sequence[uuid.UUID]) -> One:
    """Of the whole alone. Two queries at most, and those that change role."""
    return One(one, board, project_split(project, one, board.period, known) if one.definition.breakdown else {})


def aligned(one: Followed, board: Board) -> Aligned:
    """No query."""
    periods = board.period.last(LOOKED_BACK)
    opened = [esms for esms in board.structures if esms.opened_on and esms.opened_on <= board.period.end]
    curves = []
    for esms in opened:
        assert esms.opened_on is not None  # noqa: S101  kept above
        opening = Period.of(board.period.frequency, esms.opened_on)
        by_column = {since(opening, period): value(one, board.figure(one, esms, period)) for period in periods}
        curve = [by_column.get(column) for column in range(SHOWN)]
        if any(amount is not None for amount in curve):
            curves.append((esms, curve))
    measured = [column for column in range(SHOWN) if any(curve[column] is not None for _, curve in curves)]
    last = max(measured, default=-1)
    columns = range(last + 1)
    cut = [(esms, curve[: last + 1]) for esms, curve in curves]
    by_quartile = (
        [quartiles([a for _, curve in cut if (a := curve[column]) is not None]) for column in columns]
        if len(cut) > FEW
        else []
    )
    return Aligned(columns, cut if len(cut) <= FEW else [], by_quartile, len(board.structures) - len(opened))
