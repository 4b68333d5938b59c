"""The dashboard of who reads the whole and no structure: figures that tell of none in particular."""

import uuid
from collections.abc import Collection, Mapping, Sequence

from common.scope import elevated
from indicators.aggregates import project_totals
from indicators.periods import Period
from indicators.selectors.campaigns import Reporting, reporting
from indicators.selectors.dashboards import Board, all_of
from indicators.selectors.definitions import Followed
from indicators.selectors.targets import targets_of
from organisations.models import Project


def whole_board(
    project: Project,
    found: Sequence[Followed],
    period: Period,
    compared: Period | None,
    known: Collection[uuid.UUID],
) -> Board:
    """`known`: the structures that the reader reads elsewhere. Two queries, and those that change role."""
    periods = period.last()
    added = project_totals(project, found, all_of(periods, compared), known)
    targets = targets_of(project, [one.indicator.pk for one in found])
    return Board(project, found, period, compared, periods, added, targets)


def whole_reporting(project: Project, periods: Sequence[Period]) -> Mapping[Period, Reporting]:
    """How many statements of the project were given, in numbers alone. One query, and those that change role."""
    with elevated():
        return reporting(project, periods)
