"""What the register of risks tells."""

from collections.abc import Callable

from indicators.computing.base import Asked, Computed, Key, count, rate
from risks.aggregates import RegisterFigures, register_figures

_FORMULAS: dict[str, Callable[[RegisterFigures], Computed | None]] = {
    "open_risks_count": lambda told: count(sum(told.open.values()), told.open),
    "critical_risks_count": lambda told: count(told.unattended),
    "risk_actions_completed_rate": lambda told: rate(told.done, told.decided),
    "risk_actions_overdue_count": lambda told: count(told.overdue),
}


def computed(asked: Asked) -> dict[Key, Computed]:
    """Two queries."""
    told = register_figures(asked.structures, asked.days)
    return {
        key: figure
        for code, formula in _FORMULAS.items()
        for key, place in asked.places(code)
        if (figure := formula(told[place]))
    }
