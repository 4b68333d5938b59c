"""Figures over rows that the reader may not see, read elevated: figures, never rows."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from common.french import day
from common.scope import elevated
from governance.models import AgendaItem, Alert


def minutes_before(meeting_id: uuid.UUID, item_ids: set[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many minutes into a meeting each of these points begins: whoever brings one is told when. One query."""
    found, so_far = {}, 0
    with elevated():
        rows = AgendaItem.objects.filter(meeting=meeting_id).order_by("position", "pk").values_list("pk", "minutes")
        for pk, minutes in rows:
            if pk in item_ids:
                found[pk] = so_far
            so_far += minutes
    return found


def open_alerts(
    structures: Collection[uuid.UUID], days: Collection[date]
) -> Mapping[tuple[uuid.UUID, date], Mapping[str, int]]:
    """By structure and day, its alerts that nobody had answered, by severity; each has one. One query."""
    dated: dict[uuid.UUID, list[tuple[str, date, date | None]]] = defaultdict(list)
    with elevated():
        rows = Alert.objects.filter(esms__in=structures).order_by()
        for esms_id, severity, raised_at, answered_at in rows.values_list(
            "esms_id", "severity", "raised_at", "answered_at"
        ):
            if esms_id:
                dated[esms_id].append((severity, day(raised_at), day(answered_at) if answered_at else None))
    return {
        (esms_id, on): Counter(
            severity
            for severity, raised_on, answered_on in dated[esms_id]
            if raised_on <= on and (answered_on is None or answered_on > on)
        )
        for esms_id in structures
        for on in days
    }
