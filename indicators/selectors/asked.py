"""What is asked of one structure in one campaign, and what it gave."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from indicators.enums import IndicatorPhase
from indicators.models import Cell, Figure, Statement
from indicators.periods import Period
from indicators.selectors.definitions import Followed
from organisations.models import ESMS


def asked_of(esms: ESMS, period: Period, found: Sequence[Followed]) -> list[Followed]:
    """The indicators that this structure enters for this period: those of its frequency that concern it, those of usage
    once the record is open there. No query."""
    return [
        one
        for one in found
        if one.entered
        and one.definition.frequency == period.frequency
        and one.concerns(esms)
        and (one.definition.phase == IndicatorPhase.DEPLOYMENT or is_open(esms, period))
    ]


def is_open(esms: ESMS, period: Period) -> bool:
    """Whether the record was open there before the period ended."""
    return esms.opened_on is not None and esms.opened_on <= period.end


def figures_of(statement: Statement) -> dict[uuid.UUID, Figure]:
    """What a statement holds, by indicator. One query."""
    return {figure.indicator_id: figure for figure in Figure.objects.filter(statement=statement)}


def cells_of(figures: Iterable[Figure]) -> Mapping[uuid.UUID, list[Cell]]:
    """The cells of figures, by figure, as the reader may read them: those of their own structure. One query."""
    found: dict[uuid.UUID, list[Cell]] = defaultdict(list)
    for cell in Cell.objects.filter(figure__in=[figure.pk for figure in figures]):
        found[cell.figure_id].append(cell)
    return found
