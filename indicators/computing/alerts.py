"""What alerts tell."""

from governance.aggregates import open_alerts
from indicators.computing.base import Asked, Computed, Key, count


def computed(asked: Asked) -> dict[Key, Computed]:
    """One query."""
    told = open_alerts(asked.structures, asked.days)
    return {
        key: count(sum(told[place].values()), told[place]) for key, place in asked.places("attention_points_open_count")
    }
