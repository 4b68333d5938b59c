"""The periods over which figures are taken: weeks (from Monday), months, quarters. Knows no table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from common import french
from indicators.enums import Frequency

_CODES = {
    Frequency.WEEKLY: re.compile(r"(\d{4})-S(\d{2})\Z"),
    Frequency.MONTHLY: re.compile(r"(\d{4})-(\d{2})\Z"),
    Frequency.QUARTERLY: re.compile(r"(\d{4})-T([1-4])\Z"),
}
# How many periods one looks back over by default: a year, or a quarter of weeks.
SPAN = 12


@dataclass(frozen=True, order=True)
class Period:
    """One period. `start` is its first day, whatever day of it was given."""

    start: date
    frequency: Frequency

    @classmethod
    def of(cls, frequency: Frequency, day: date) -> "Period":
        """The one that a day is in."""
        if frequency == Frequency.WEEKLY:
            return cls(day - timedelta(days=day.weekday()), frequency)
        if frequency == Frequency.MONTHLY:
            return cls(day.replace(day=1), frequency)
        return cls(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), frequency)

    @classmethod
    def at(cls, code: str) -> "Period":
        """« 2026-10 », « 2026-S41 », « 2026-T4 ». Raises ValueError for anything else."""
        for frequency, pattern in _CODES.items():
            if not (found := pattern.match(code)):
                continue
            year, number = int(found[1]), int(found[2])
            if not 2000 <= year < 2100:  # what comes before and after a period is a date too
                break
            if frequency == Frequency.WEEKLY:
                return cls(date.fromisocalendar(year, number, 1), frequency)
            month = number if frequency == Frequency.MONTHLY else 3 * number - 2
            return cls(date(year, month, 1), frequency)
        raise ValueError(code)

    @property
    def end(self) -> date:
        """Its last day."""
        return self.next.start - timedelta(days=1)

    @property
    def next(self) -> "Period":
        days = {Frequency.WEEKLY: 7, Frequency.MONTHLY: 32, Frequency.QUARTERLY: 95}[self.frequency]
        return Period.of(self.frequency, self.start + timedelta(days=days))

    @property
    def previous(self) -> "Period":
        return Period.of(self.frequency, self.start - timedelta(days=1))

    def back(self, count: int) -> "Period":
        """`count` periods before."""
        found = self
        for _ in range(count):
            found = found.previous
        return found

    def last(self, count: int = SPAN) -> list["Period"]:
        """The `count` last ones, this one included, oldest first."""
        found = [self]
        while len(found) < count:
            found.append(found[-1].previous)
        return found[::-1]

    def until(self, other: "Period") -> Iterator["Period"]:
        """From this one to another of the same frequency, both included; none when it comes before."""
        found = self
        while found.start <= other.start:
            yield found
            found = found.next

    @property
    def code(self) -> str:
        """As addresses and files name it."""
        if self.frequency == Frequency.WEEKLY:
            year, week, _ = self.start.isocalendar()
            return f"{year}-S{week:02}"
        if self.frequency == Frequency.MONTHLY:
            return f"{self.start:%Y-%m}"
        return f"{self.start.year}-T{(self.start.month + 2) // 3}"

    @property
    def label(self) -> str:
        """« octobre 2026 », « semaine du 5 octobre 2026 », « 4e trimestre 2026 »."""
        if self.frequency == Frequency.WEEKLY:
            return f"semaine du {french.long_date(self.start)}"
        if self.frequency == Frequency.MONTHLY:
            return french.month(self.start)
        number = (self.start.month + 2) // 3
        return f"{number}{'er' if number == 1 else 'e'} trimestre {self.start.year}"

    @property
    def named(self) -> str:
        """With its article: « octobre 2026 », « la semaine du 5 octobre 2026 », « le 4e trimestre 2026 »."""
        article = {Frequency.WEEKLY: "la ", Frequency.MONTHLY: "", Frequency.QUARTERLY: "le "}[self.frequency]
        return f"{article}{self.label}"

    @property
    def genitive(self) -> str:
        """The same after a noun: « d’octobre 2026 », « de la semaine du 5 octobre 2026 », « du 4e trimestre 2026 »."""
        if self.frequency == Frequency.WEEKLY:
            return f"de la {self.label}"
        if self.frequency == Frequency.QUARTERLY:
            return f"du {self.label}"
        return f"d’{self.label}" if self.label[0] in "ao" else f"de {self.label}"

    @property
    def short(self) -> str:
        """« oct. 2026 », « 5 oct. », « T4 2026 »: above a column."""
        if self.frequency == Frequency.WEEKLY:
            return french.short_date(self.start, year=False)
        if self.frequency == Frequency.MONTHLY:
            return f"{french.SHORT_MONTHS[self.start.month - 1]}{french.NBSP}{self.start.year}"
        return f"T{(self.start.month + 2) // 3}{french.NBSP}{self.start.year}"
