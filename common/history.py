"""The audit trail: written by database triggers, read as « Historique » on the page of the thing itself.

Source of who and which request: the `pghistory.context_metadata` that `common.scope` sets with the scope.
"""

import datetime
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pghistory
from django.contrib.auth import get_user_model
from django.db.models import Model, QuerySet

from common.policies import TenantPolicy

APPLICATION = "L’application"  # who wrote what nobody did


def tracked(rows: str | None = None, *, exclude: Sequence[str] = ()) -> Callable[[type[Model]], type[Model]]:
    """Class decorator: keep each version of a row for ever, in a table that nobody writes but the triggers.

    `rows` is the policy of the tracked table (`common.policies`), which its history takes over;
    None for tables that belong to no tenant. `exclude` names fields that must not be kept (secrets).
    """

    def decorate(model: type[Model]) -> type[Model]:
        meta = {"ordering": ["pgh_id"]}
        if rows is not None:
            name = f"{model._meta.db_table}event_rows"
            meta["constraints"] = [TenantPolicy(name=name, rows=rows, history=True)]
        return pghistory.track(exclude=list(exclude) or None, meta=meta, context_id_field=None)(model)

    return decorate


@dataclass(frozen=True)
class Change:
    """One field that changed: raw values, as stored."""

    field: str
    old: object
    new: object


@dataclass(frozen=True)
class Entry:
    """One line of « Historique »."""

    at: datetime.datetime
    who: str
    label: str  # insert, update or delete
    changes: tuple[Change, ...]


def entries(row: Model, fields: Iterable[str], *, limit: int = 30) -> list[Entry]:
    """The latest changes of `fields` of one row, newest first. Two queries.

    Versions in which none of these fields changed are left out; `limit` counts versions read, not lines.
    """
    events = list(row.history.order_by("-pgh_id")[: limit + 1])
    return _lines(events, list(fields), limit, authors(events))


def entries_by_row(rows: Sequence[Model], fields: Iterable[str]) -> dict[Any, list[Entry]]:
    """As `entries`, all of them, for several rows of one model: primary key → lines. Two queries."""
    if not rows:
        return {}
    events: dict[Any, list[Any]] = {row.pk: [] for row in rows}
    for event in versions_of(type(rows[0])).filter(pgh_obj_id__in=list(events)).order_by("-pgh_id"):
        events[event.pgh_obj_id].append(event)
    names = authors(event for found in events.values() for event in found)
    return {pk: _lines(found, list(fields), len(found), names) for pk, found in events.items()}


def _lines(events: list[Any], fields: list[str], limit: int, names: dict[str, str]) -> list[Entry]:
    lines = []
    for newer, older in zip(events, [*events[1:], None], strict=False):  # none of a row that a migration made
        if older is None and len(events) > limit:
            break
        changes = tuple(
            Change(name, getattr(older, name, None) if older else None, getattr(newer, name))
            for name in fields
            if older is None or getattr(older, name) != getattr(newer, name)
        )
        if changes:
            lines.append(Entry(newer.pgh_created_at, author(newer, names), newer.pgh_label, changes))
    return lines


def versions_of(model: type[Model]) -> QuerySet[Any]:
    """What the triggers kept of all the rows of a tracked model: its events, oldest first."""
    events: Any = model._meta.get_field("history").related_model
    return events.objects.all()


def author_id(event: Any) -> str:
    """The id of who wrote an event; empty for the application."""
    return (event.pgh_context or {}).get("user") or ""


def author(event: Any, names: Mapping[str, str]) -> str:
    """The name of who wrote an event, one of those that `authors` found."""
    return names.get(author_id(event), APPLICATION)


def authors(events: Iterable[Any]) -> dict[str, str]:
    """The names of who wrote these events, by their id. One query."""
    ids = {author_id(event) for event in events} - {""}
    users = get_user_model()._default_manager.filter(pk__in=[uuid.UUID(item) for item in ids])
    return {str(user.pk): user.get_full_name() for user in users}
