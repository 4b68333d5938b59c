"""Dates proposed for the actions, from the dates of the project's phases. Nothing here reads or writes a row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from common.yaml_files import read_yaml
from organisations.enums import Phase

PATH = Path(__file__).parent / "catalogue" / "schedule.yaml"
WEEKEND = 5  # date.weekday() of a Saturday


@dataclass(frozen=True)
class Part:
    """The part of a phase in which a group is usually done, in percent of the phase."""

    phase: Phase
    start: int
    end: int


PARTS = {
    number: Part(Phase(item["phase"]), item["from"], item["to"]) for number, item in read_yaml(PATH)["groups"].items()
}


@dataclass(frozen=True)
class Proposal:
    """From when to when an action could be done, and the phase that says so."""

    phase: Phase
    start: date
    due: date


# The first and the last day of each phase that has both.
Periods = Mapping[Phase, tuple[date, date]]


def propose(group: str, rank: int, count: int, periods: Periods) -> Proposal | None:
    """Dates for the action at `rank` (from 0) of the `count` actions of this group, on weekdays within its phase.

    None when the schedule doesn't know the group, or when its phase has no dates or no weekday.
    """
    part = PARTS.get(group)
    if part is None or part.phase not in periods:
        return None
    days = _weekdays(*periods[part.phase])
    if not days:
        return None
    # In hundredths of the phase times `count`, so that whole numbers are enough.
    whole, share = 100 * count, part.end - part.start
    first = (part.start * count + share * rank) * len(days) // whole
    last = -(-(part.start * count + share * (rank + 1)) * len(days) // whole) - 1
    first = min(first, len(days) - 1)
    return Proposal(part.phase, days[first], days[max(first, last)])


def _weekdays(start: date, end: date) -> list[date]:
    days = (start + timedelta(days=number) for number in range((end - start).days + 1))
    return [day for day in days if day.weekday() < WEEKEND]
