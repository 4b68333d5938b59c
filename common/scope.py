"""The second wall: which rows the database shows to the current transaction.

A `Scope` holds direct grants only. It is written with `set_config(…, is_local => true)`, so it ends with the
transaction; without one no tenant row is seen. See docs/tenancy.md.
"""

import json
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from common.database import ELEVATED


@dataclass(frozen=True)
class Scope:
    """What one person may be shown: projects taken part in; projects, OG and ESMS whose inside they may see; projects
    whose deliberations (`council`), whose alerts and whose checklist they may read; OG and ESMS of which they read the
    arbitrations; projects whose structures show them their documents, their habilitation matrices, or these once
    validated; projects whose common expression of needs, whose own risks, whose indicators of all structures they read.

    Ids are texts: somebody may hold five hundred of each, and only PostgreSQL reads them.
    """

    user_id: uuid.UUID | None = None
    project_ids: frozenset[str] = frozenset()
    structure_project_ids: frozenset[str] = frozenset()
    og_ids: frozenset[str] = frozenset()
    esms_ids: frozenset[str] = frozenset()
    council_project_ids: frozenset[str] = frozenset()
    alert_project_ids: frozenset[str] = frozenset()
    checklist_project_ids: frozenset[str] = frozenset()
    arbitration_og_ids: frozenset[str] = frozenset()
    arbitration_esms_ids: frozenset[str] = frozenset()
    document_project_ids: frozenset[str] = frozenset()
    habilitation_project_ids: frozenset[str] = frozenset()
    validated_matrix_project_ids: frozenset[str] = frozenset()
    common_need_project_ids: frozenset[str] = frozenset()
    risk_project_ids: frozenset[str] = frozenset()
    indicator_project_ids: frozenset[str] = frozenset()

    def settings(self, request_id: str) -> dict[str, str]:
        """The PostgreSQL settings that carry this scope, and who the history is written for."""
        user = str(self.user_id or "")
        return {
            "dui.user_id": user,
            "dui.project_ids": as_array(self.project_ids),
            "dui.structure_project_ids": as_array(self.structure_project_ids),
            "dui.og_ids": as_array(self.og_ids),
            "dui.esms_ids": as_array(self.esms_ids),
            "dui.council_project_ids": as_array(self.council_project_ids),
            "dui.alert_project_ids": as_array(self.alert_project_ids),
            "dui.checklist_project_ids": as_array(self.checklist_project_ids),
            "dui.arbitration_og_ids": as_array(self.arbitration_og_ids),
            "dui.arbitration_esms_ids": as_array(self.arbitration_esms_ids),
            "dui.document_project_ids": as_array(self.document_project_ids),
            "dui.habilitation_project_ids": as_array(self.habilitation_project_ids),
            "dui.validated_matrix_project_ids": as_array(self.validated_matrix_project_ids),
            "dui.common_need_project_ids": as_array(self.common_need_project_ids),
            "dui.risk_project_ids": as_array(self.risk_project_ids),
            "dui.indicator_project_ids": as_array(self.indicator_project_ids),
            "pghistory.context_metadata": json.dumps({"user": user or None, "request": request_id}),
        }


def write_settings(values: dict[str, str]) -> None:
    """Set PostgreSQL settings until the end of the transaction, in one query."""
    calls = ", ".join("set_config(%s, %s, true)" for _ in values)
    with connection.cursor() as cursor:
        cursor.execute(f"select {calls}", [part for item in values.items() for part in item])


@contextmanager
def open_scope(scope: Scope, *, request_id: str = "") -> Iterator[None]:
    """Show the rows of `scope` within the block, then what was shown before.

    Opens a transaction, or a savepoint within one. A released savepoint keeps its settings, so the old values
    are read and written back; a rolled back one restores them by itself.
    """
    values = scope.settings(request_id)
    nested = connection.in_atomic_block
    with transaction.atomic():
        before = _read_settings(values) if nested else {}
        write_settings(values)
        yield
        if before and not connection.needs_rollback:
            write_settings(before)


@contextmanager
def elevated() -> Iterator[None]:
    """Work as the role that no policy holds, within the block.

    For what has to see across tenants and is named as such: granting roles, taking up jobs, figures over
    rows that the reader may not see (`*/aggregates.py`), set-up commands. Never around a view.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select current_user")
            before = cursor.fetchone()[0]
            cursor.execute(f"set local role {ELEVATED}")
        yield
        with connection.cursor() as cursor:
            cursor.execute(f"set local role {before}")


def as_array(ids: Iterable[str]) -> str:
    """Ids as the text of a PostgreSQL array."""
    return "{" + ",".join(ids) + "}"


def _read_settings(names: Iterable[str]) -> dict[str, str]:
    names = list(names)
    calls = ", ".join("coalesce(current_setting(%s, true), '')" for _ in names)
    with connection.cursor() as cursor:
        cursor.execute(f"select {calls}", names)
        return dict(zip(names, cursor.fetchone(), strict=True))
