"""Accounts opened in the record: structures enter how many there are so far, until the application knows."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.computing.base import Asked, Computed, Key, rate
from indicators.enums import Frequency, Origin
from indicators.models import Cell, Figure
from indicators.periods import Period
from indicators.values import Terms
from structures.aggregates import positioned_users

COUNT, RATE = "accounts_created_count", "accounts_created_rate"


@dataclass(frozen=True)
class _Entry:
    """What a structure gave for a period. `amount` None: it said that it doesn't know."""

    period: Period
    figure_id: uuid.UUID
    amount: Decimal | None


# Of a structure, oldest first.
_Entries = Sequence[_Entry]


def computed(asked: Asked) -> dict[Key, Computed]:
    """Of a period without an entry, the accounts of the entry before, none before the first; of each period, their
    share of the users that the matrix counts. Four queries, to be read elevated: given figures only."""
    entries = _entries(asked)
    standing = {(esms_id, period): _standing(entries[esms_id], period) for esms_id, period in _pairs(asked, entries)}
    parts = _parts({entry.figure_id for entry in standing.values() if entry})
    users = positioned_users([esms_id for esms_id, known in entries.items() if known])
    found: dict[Key, Computed] = {}
    for key, _ in asked.places(COUNT):
        _, esms_id, period = key
        if _has_any(entries[esms_id]) and not _of(entries[esms_id], period):
            entry = standing[esms_id, period]
            found[key] = Computed(Terms(_amount(entry)), _cells(entry, parts))
    for key, _ in asked.places(RATE):
        _, esms_id, period = key
        own = _of(entries[esms_id], period)
        if not _has_any(entries[esms_id]) or (own and own.amount is None):
            continue
        entry, counted = standing[esms_id, period], users.get(esms_id, {})
        share = rate(_amount(entry), sum(counted.values()), _shares(_cells(entry, parts), counted))
        if share:
            found[key] = share
    return found


def _entries(asked: Asked) -> Mapping[uuid.UUID, list[_Entry]]:
    rows = Figure.objects.filter(
        project=asked.project_id, indicator__code=COUNT, esms__in=asked.structures, published=True
    ).exclude(origin=Origin.COMPUTED)
    found: dict[uuid.UUID, list[_Entry]] = defaultdict(list)
    fields = ("esms_id", "frequency", "period_start", "pk", "amount")
    for esms_id, frequency, start, pk, amount in rows.order_by("period_start").values_list(*fields):
        if esms_id:
            found[esms_id].append(_Entry(Period(start, Frequency(frequency)), pk, amount))
    return found


def _pairs(asked: Asked, entries: Mapping[uuid.UUID, list[_Entry]]) -> list[tuple[uuid.UUID, Period]]:
    return [(esms_id, period) for esms_id in asked.structures for period in asked.periods if entries[esms_id]]


def _has_any(entries: _Entries) -> bool:
    return any(entry.amount is not None for entry in entries)


def _of(entries: _Entries, period: Period) -> _Entry | None:
    """What was given for this very period."""
    return next((entry for entry in entries if entry.period == period), None)


def _standing(entries: _Entries, period: Period) -> _Entry | None:
    """The last one that says how many, given for this period or for one before."""
    known = [entry for entry in entries if entry.amount is not None and entry.period.end <= period.end]
    return known[-1] if known else None


def _amount(entry: _Entry | None) -> Decimal:
    return entry.amount if entry and entry.amount is not None else Decimal()


def _parts(figures: set[uuid.UUID]) -> Mapping[uuid.UUID, dict[str, Terms]]:
    found: dict[uuid.UUID, dict[str, Terms]] = defaultdict(dict)
    rows = Cell.objects.filter(figure__in=figures).order_by()
    for figure_id, value, amount in rows.values_list("figure_id", "value", "amount"):
        found[figure_id][value] = Terms(amount)
    return found


def _cells(entry: _Entry | None, parts: Mapping[uuid.UUID, dict[str, Terms]]) -> dict[str, Terms]:
    return parts.get(entry.figure_id, {}) if entry else {}


def _shares(cells: Mapping[str, Terms], users: Mapping[str, int]) -> dict[str, Terms]:
    """Profile by profile; nothing when accounts were split otherwise than users are."""
    if not cells or cells.keys() - users.keys():
        return {}
    none = Terms(Decimal())
    return {code: Terms(cells.get(code, none).amount, Decimal(many)) for code, many in users.items()}
