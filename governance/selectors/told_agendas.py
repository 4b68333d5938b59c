"""What an agenda says otherwise than when whoever is called to its meeting was last told.

Source: the history of its points (`common.history`), at the moment of the convocation or of the last update.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from common.history import versions_of
from governance.enums import MeetingStatus
from governance.models import AgendaItem, Meeting

WORDS = ("label", "minutes", "owner_id", "kind", "detail")


@dataclass(frozen=True)
class AgendaChanges:
    """`removed` and the first of each pair in `altered`: a version of a point, as it was told. `moved`: the points that
    stay are in another order."""

    added: Sequence[AgendaItem] = ()
    removed: Sequence[Any] = ()
    altered: Sequence[tuple[Any, AgendaItem]] = field(default_factory=list)
    moved: bool = False

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.altered or self.moved)


def changes_since_told(meeting: Meeting, items: Sequence[AgendaItem], sequence: int | None = None) -> AgendaChanges:
    """How `items`, the whole agenda in its order, differ from what was told.

    `sequence`: the message that told it, the last one unless said. Two queries.
    """
    at = _told_at(meeting, meeting.sequence if sequence is None else sequence)
    return compared(_as_told(meeting, at), items) if at else AgendaChanges()


def compared(told: Sequence[Any], items: Sequence[AgendaItem]) -> AgendaChanges:
    """Both in their order. A subject taken off and put on again is the same point."""
    before = {_key(row, row.pgh_obj_id): row for row in told}
    now = {_key(item, item.pk): item for item in items}
    return AgendaChanges(
        added=[item for key, item in now.items() if key not in before],
        removed=[row for key, row in before.items() if key not in now],
        altered=[
            (before[key], item)
            for key, item in now.items()
            if key in before and any(getattr(before[key], name) != getattr(item, name) for name in WORDS)
        ],
        moved=[key for key in before if key in now] != [key for key in now if key in before],
    )


def _key(row: Any, pk: Any) -> tuple[str, Any]:
    return (row.source, row.source_id) if row.source else ("", pk)


def _told_at(meeting: Meeting, sequence: int) -> datetime | None:
    """When the message of that number was asked for, by the clock of the database."""
    told = versions_of(Meeting).filter(pgh_obj_id=meeting.pk, sequence=sequence, status=MeetingStatus.CONVENED)
    return told.order_by("pgh_id").values_list("pgh_created_at", flat=True).first()


def _as_told(meeting: Meeting, at: datetime) -> list[Any]:
    known = versions_of(AgendaItem).filter(meeting=meeting, pgh_created_at__lte=at)
    latest = known.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
    return sorted((row for row in latest if row.pgh_label != "delete"), key=lambda row: (row.position, row.pgh_obj_id))
