"""What the analysis of risks tells: its hundred marks, added."""

from indicators.computing.base import Asked, Computed, Key, count
from risks.aggregates import score_figures


def computed(asked: Asked) -> dict[Key, Computed]:
    """Two queries."""
    told = score_figures(asked.structures, asked.days)
    return {key: count(told[place]) for key, place in asked.places("risk_questionnaire_score") if place in told}
