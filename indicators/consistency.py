"""What the figures of one statement say of each other, and of those before. Pure. What one figure says by itself
(numerator and denominator, parts and total) is judged as it is written (`entry.checked`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from common import french
from indicators.catalogue import catalogue
from indicators.values import Terms

LAUNCHED, RUNNING, COMPLETED = (
    "deployment_units_launched_count",
    "deployment_units_in_progress_count",
    "deployment_units_completed_count",
)
CREATED, HANDLED, CLOSED = "tickets_created_count", "tickets_handled_count", "tickets_closed_count"
TICKETS = (CREATED, HANDLED, CLOSED)
SLOTS, PLACES, PER_ACCOUNT = (
    "connections_by_time_slot_count",
    "connections_by_place_count",
    "connections_per_account",
)
_CONNECTIONS = {SLOTS: "selon l’heure", PLACES: "selon le lieu", PER_ACCOUNT: "par compte"}
_FLOW = {CREATED: "créés", HANDLED: "traités", CLOSED: "fermés"}


@dataclass(frozen=True)
class Problem:
    """`codes`: the indicators concerned. `blocks`: the statement can't be given so; otherwise it is only to check."""

    codes: tuple[str, ...]
    message: str
    blocks: bool


@dataclass(frozen=True)
class Read:
    """What is judged. `terms`: the figures of a statement that have one, by code. `denominators`: what those of ratios
    count, by code. `before`: figures of each earlier period, by code. `whole`: those periods go back to the opening of
    the record."""

    terms: Mapping[str, Terms]
    denominators: Mapping[str, str] = field(default_factory=dict)
    before: Sequence[Mapping[str, Decimal]] = ()
    whole: bool = False


def problems(read: Read) -> list[Problem]:
    """What doesn't hold together, what blocks first."""
    found = [*_units(read), *_tickets(read), *_connections(read), *_denominators(read)]
    return sorted(found, key=lambda problem: not problem.blocks)


def _units(read: Read) -> list[Problem]:
    codes = (LAUNCHED, RUNNING, COMPLETED)
    if not all(code in read.terms for code in codes):
        return []
    launched, running, completed = (read.terms[code].amount for code in codes)
    if launched == running + completed:
        return []
    return [Problem(codes, _rule("units_sum"), blocks=True)]


def _tickets(read: Read) -> list[Problem]:
    """Judged two by two, over the periods that have both: where one was not available nothing can be said. Tickets
    from before the figures begin may still be closed: that is then only to check."""
    found = []
    for more, less in ((CREATED, HANDLED), (HANDLED, CLOSED)):
        if more not in read.terms or less not in read.terms:
            continue
        every = [*read.before, {code: read.terms[code].amount for code in (more, less)}]
        if any((more in period) != (less in period) for period in every):
            continue
        sums = {code: sum((period.get(code, Decimal()) for period in every), Decimal()) for code in (more, less)}
        if sums[less] > sums[more]:
            said = " et ".join(f"{french.number(sums[code])} {_FLOW[code]}" for code in (more, less))
            found.append(Problem((more, less), f"{_rule('tickets_flow')} Ici : {said}.", blocks=read.whole))
    return found


def _connections(read: Read) -> list[Problem]:
    """The same connections, told by time, by place and by account: ours, not of the catalogue."""
    told = {code: read.terms[code].amount for code in _CONNECTIONS if code in read.terms}
    if len(set(told.values())) < 2:
        return []
    said = french.listed([f"{french.number(amount)} {_CONNECTIONS[code]}" for code, amount in told.items()])
    return [
        Problem(
            tuple(told), f"À vérifier : les connexions de la période devraient être les mêmes ({said}).", blocks=False
        )
    ]


def _denominators(read: Read) -> list[Problem]:
    """Two ratios that count the same people count as many of them: ours too."""
    same: dict[str, dict[str, Decimal]] = {}
    for code, words in read.denominators.items():
        if words and code in read.terms and (base := read.terms[code].base) is not None:
            same.setdefault(words, {})[code] = base
    found = []
    for words, bases in same.items():
        values = sorted(set(bases.values()))
        if len(values) > 1:
            said = french.listed([french.number(value) for value in values])
            message = f"À vérifier : « {words} » devrait être le même nombre partout, il est de {said}."
            found.append(Problem(tuple(bases), message, blocks=False))
    return found


def _rule(code: str) -> str:
    return catalogue().consistency[code].message
