"""The addresses of indicators."""

from tests.walker.base import Row
from tests.walker.indicators import (
    campaigns,
    dashboards,
    definitions,
    entry,
    figures,
    grid,
    keys,
    reports,
    structure,
)

ROWS: list[Row] = [
    *definitions.ROWS,
    *campaigns.ROWS,
    *entry.ROWS,
    *grid.ROWS,
    *keys.ROWS,
    *figures.ROWS,
    *dashboards.ROWS,
    *structure.ROWS,
    *reports.ROWS,
]
