"""Texts of governance that save themselves, when two people write one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from common import french, history


@dataclass(frozen=True)
class TextConflict:
    """Two writings of one text: what the component « conflict » needs."""

    id: str
    label: str
    name: str
    mine: str
    theirs: str
    who: str
    saved_at: datetime
    version: int
    url: str
    keep_url: str


def text_conflict(current: Any, name: str, mine: str, *, url: str, keep_url: str) -> TextConflict:
    """`current`: the row as the other person left it."""
    latest = next(iter(history.entries(current, [name], limit=5)), None)
    return TextConflict(
        id=f"conflit-{current.pk}",
        label=french.capital(str(type(current)._meta.get_field(name).verbose_name)),
        name=name,
        mine=mine,
        theirs=getattr(current, name),
        who=latest.who if latest else "Quelqu’un",
        saved_at=latest.at if latest else timezone.now(),
        version=current.version,
        url=url,
        keep_url=keep_url,
    )
