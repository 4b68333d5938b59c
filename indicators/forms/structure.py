"""What an address asks of the dashboard of a structure: a period, another to compare it with."""

from collections.abc import Mapping
from datetime import date

from indicators.enums import Frequency
from indicators.periods import Period

OFFERED = 24  # periods


def read_periods(given: Mapping[str, str], frequency: Frequency, today: date) -> tuple[Period | None, Period | None]:
    """The period that is asked, and the one to compare it with; None for what isn't said. Raises ValueError for what is
    no period of this frequency, or is to come."""
    period, against = (_read(given.get(name, ""), frequency, today) for name in ("periode", "comparee"))
    return period, None if against == period else against


def _read(code: str, frequency: Frequency, today: date) -> Period | None:
    if not code:
        return None
    period = Period.at(code)
    if period.frequency != frequency or period.start > today:
        raise ValueError(code)
    return period


def offered(period: Period, against: Period | None, today: date) -> list[Period]:
    """The periods to choose from, latest first, those of the address included."""
    found = {*Period.of(period.frequency, today).last(OFFERED), period, *([against] if against else [])}
    return sorted(found, key=lambda one: one.start, reverse=True)
