"""Addresses of governance, a module a concern."""

from tests.walker.base import Row
from tests.walker.governance import (
    agreements,
    alerts,
    arbitrations,
    bodies,
    decisions,
    home,
    meetings,
    sessions,
    weights,
)

ROWS: list[Row] = [
    *home.ROWS,
    *bodies.ROWS,
    *weights.ROWS,
    *agreements.ROWS,
    *meetings.ROWS,
    *sessions.ROWS,
    *arbitrations.ROWS,
    *decisions.ROWS,
    *alerts.ROWS,
]
