"""What an address asks of the dashboards: a period, another to compare it with, a family, some structures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from common import french
from indicators.enums import Frequency
from indicators.families import Family
from indicators.periods import Period
from organisations.forms import follow_up
from organisations.models import ESMS, Wave

OFFERED = 24  # periods
NONE = "aucune"
Filters = follow_up.Filters[ESMS]


@dataclass(frozen=True)
class Asked:
    """`compared` None: with nothing."""

    period: Period
    compared: Period | None

    @property
    def parameters(self) -> dict[str, str]:
        return {"periode": self.period.code, "comparee": self.compared.code if self.compared else NONE}


def read_frequency(given: Mapping[str, str], followed: Sequence[Frequency]) -> Frequency:
    """That of the period asked; by the month, if something is followed so, otherwise. Raises ValueError."""
    code = given.get("periode", "")
    if code:
        return Period.at(code).frequency
    preferred = (Frequency.MONTHLY, Frequency.WEEKLY, Frequency.QUARTERLY)
    return next((one for one in preferred if one in followed), Frequency.MONTHLY)


def read_asked(given: Mapping[str, str], frequency: Frequency, latest: Callable[[Period], Period]) -> Asked:
    """The periods of an address; the latest that is over and has figures, and the one before, otherwise. Raises
    ValueError for what is no period, is to come, or can't be compared."""
    current = Period.of(frequency, french.today())
    code = given.get("periode", "")
    period = Period.at(code) if code else latest(current.previous)
    if period > current:
        raise ValueError(code)
    against = given.get("comparee", "")
    if against == NONE:
        return Asked(period, None)
    if not against:
        return Asked(period, period.previous)
    compared = Period.at(against)
    if compared.frequency != frequency or compared > current:
        raise ValueError(against)
    return Asked(period, None if compared == period else compared)


def offered(asked: Asked) -> list[Period]:
    """The periods to choose from, latest first, those of the address included."""
    current = Period.of(asked.period.frequency, french.today())
    chosen = {asked.period, *([asked.compared] if asked.compared else [])}
    return sorted({*current.last(OFFERED), *chosen}, key=lambda period: period.start, reverse=True)


def read_family(given: Mapping[str, str], found: Sequence[Family], *, first: str) -> Family | None:
    """The family of an address; `first` if it is there, otherwise the first. None where there is none. Raises
    ValueError for one that isn't there."""
    by_code = {family.code: family for family in found}
    code = given.get("famille", "")
    if code and code not in by_code:
        raise ValueError(code)
    return by_code.get(code or first) or next(iter(found), None)


def read_filters(given: Mapping[str, str], structures: Sequence[ESMS], waves: Sequence[Wave]) -> Filters:
    return follow_up.read_filters(given, structures, waves, structure=lambda esms: esms)
