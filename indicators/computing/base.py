"""What every source is asked, and what it answers."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from indicators.periods import Period
from indicators.selectors.definitions import Followed
from indicators.values import Terms

# Code of an indicator, structure, period.
Key = tuple[str, uuid.UUID, Period]


@dataclass(frozen=True)
class Computed:
    """One figure, with how it splits."""

    terms: Terms
    cells: Mapping[str, Terms] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """What is to be computed of one source: its indicators, for these structures over these periods. `today`: nothing
    is known of it yet; a period that goes on is told as of the day before."""

    project_id: uuid.UUID
    found: Sequence[Followed]
    structures: Collection[uuid.UUID]
    periods: Sequence[Period]
    today: date

    @property
    def days(self) -> set[date]:
        return {as_of(period, self.today) for period in self.periods}

    def places(self, code: str) -> list[tuple[Key, tuple[uuid.UUID, date]]]:
        """What one indicator is asked, with the structure and the day that tell; nothing for one that isn't."""
        frequencies = {one.definition.frequency for one in self.found if one.code == code}
        return [
            ((code, esms_id, period), (esms_id, as_of(period, self.today)))
            for period in self.periods
            if period.frequency in frequencies
            for esms_id in self.structures
        ]


def as_of(period: Period, today: date) -> date:
    """The day that a period is told as of: its last, or yesterday while it goes on."""
    return min(period.end, today - timedelta(days=1))


def count(number: int, parts: Mapping[str, int] | None = None) -> Computed:
    """A number, and the parts that are more than nothing."""
    cells = {str(code): Terms(Decimal(part)) for code, part in (parts or {}).items() if part}
    return Computed(Terms(Decimal(number)), cells)


def rate(amount: Decimal | int, base: Decimal | int, cells: Mapping[str, Terms] | None = None) -> Computed | None:
    """A ratio; None of nothing."""
    return Computed(Terms(Decimal(amount), Decimal(base)), cells or {}) if base else None
