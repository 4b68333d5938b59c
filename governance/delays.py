"""How long alerts wait for their answer: days and months, from dates alone.

Source: governance.yaml, comop_follow_up_report (« délai de réponse »); product.md: « delays are measured ».
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

WEEK, MONTH, QUARTER = 7, 1, 3  # days, months, months


@dataclass(frozen=True)
class Wait:
    """An alert as it waits: from the day it was raised to that of its answer, if it has one."""

    raised_on: date
    answered_on: date | None = None

    def days(self, today: date) -> int:
        """Days until the answer, or until today while there is none."""
        return max(((self.answered_on or today) - self.raised_on).days, 0)

    def within(self, months: int, today: date) -> bool:
        """Whether it has waited no longer than so many months."""
        return (self.answered_on or today) <= months_after(self.raised_on, months)


@dataclass(frozen=True)
class Band:
    """How many alerts waited between two lengths of time: those answered, those that still wait."""

    answered: int
    waiting: int


@dataclass(frozen=True)
class Delays:
    """What the waits of some alerts add up to.

    `median_days`: of the answers given; `due`: those answered, and those that should have been (`months` are over);
    `in_time`: how many of these were; `bands`: up to a week, up to a month, up to three months, longer.
    """

    months: int
    answered: int
    waiting: int
    oldest_days: int | None
    median_days: float | None
    due: int
    in_time: int
    bands: tuple[Band, ...]

    @property
    def share(self) -> float | None:
        """The part of the answers due that came in time, from 0 to 1; None when none is due."""
        return self.in_time / self.due if self.due else None


def measure(waits: Iterable[Wait], *, months: int, today: date) -> Delays:
    """The delays of these alerts. `months`: the period of the body, within which it should answer."""
    found = list(waits)
    answered = [wait for wait in found if wait.answered_on is not None]
    waiting = [wait for wait in found if wait.answered_on is None]
    late = sum(not wait.within(months, today) for wait in waiting)
    placed = [(_band(wait, today), wait.answered_on is not None) for wait in found]
    return Delays(
        months=months,
        answered=len(answered),
        waiting=len(waiting),
        oldest_days=max((wait.days(today) for wait in waiting), default=None),
        median_days=median(wait.days(today) for wait in answered) if answered else None,
        due=len(answered) + late,
        in_time=sum(wait.within(months, today) for wait in answered),
        bands=tuple(Band(placed.count((band, True)), placed.count((band, False))) for band in range(4)),
    )


def _band(wait: Wait, today: date) -> int:
    if wait.days(today) <= WEEK:
        return 0
    return next((band for band, months in ((1, MONTH), (2, QUARTER)) if wait.within(months, today)), 3)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
