"""A spreadsheet between its deposit and its confirmation, whatever it is about: kept, seen, applied once."""

import hashlib
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from common.errors import DomainError
from common.models import SpreadsheetImport
from common.spreadsheets.diff import Outcome, RowOutcome
from common.spreadsheets.files import read
from common.spreadsheets.tables import Table, find_table

LIFE = timedelta(days=7)  # what a preview lasts


@transaction.atomic
def receive(
    *,
    project_id: uuid.UUID,
    kind: str,
    user: Any,
    file: UploadedFile,
    needed: Sequence[str],
    token: uuid.UUID,
    check: Callable[[Table], object] = bool,
) -> SpreadsheetImport:
    """Read a spreadsheet and keep its cells until somebody confirms; the same form posted twice keeps one.

    `needed`: the headings that it must have; `check` raises DomainError for a table that won't do otherwise. What this
    person left behind long ago goes. Raises DomainError (field `file`), and keeps nothing, when the file can't be
    taken.
    """
    if known := SpreadsheetImport.objects.filter(project_id=project_id, token=token, received_from=user).first():
        return known
    book = read(file.read())
    file.seek(0)
    table = find_table(book, needed)
    check(table)
    rows = {"table": table.as_json(), "origin": book.origin}
    _forget(SpreadsheetImport.objects.filter(project_id=project_id, received_from=user, kind=kind))
    received, _ = SpreadsheetImport.objects.get_or_create(
        project_id=project_id,
        token=token,
        defaults={
            "kind": kind,
            "file": file,
            "file_name": (file.name or "fichier")[-200:],
            "rows": rows,
            "received_from": user,
        },
    )
    return received


def _forget(received: QuerySet[SpreadsheetImport]) -> None:
    for old in received.filter(received_at__lt=timezone.now() - LIFE):
        transaction.on_commit(partial(old.file.delete, save=False))
        old.delete()


@contextmanager
def applied_once(received: SpreadsheetImport) -> Iterator[None]:
    """What is written in the block is this import, all of it or nothing. Raises DomainError when it was done before."""
    with transaction.atomic():
        locked = SpreadsheetImport.objects.select_for_update().get(pk=received.pk)
        if locked.applied_at:
            raise DomainError("Cet import a déjà été appliqué.")
        yield
        locked.applied_at = timezone.now()
        locked.save(update_fields=["applied_at"])


def seen_of(outcome: Outcome) -> str:
    """What a person sees of the rows that change, for `moved_keys`."""
    return " ".join(f"{row.key}:{_fingerprint(row)}" for row in outcome.changed)


def moved_keys(outcome: Outcome, seen: str) -> list[str]:
    """The rows that are no longer what a person saw."""
    before = dict(item.split(":", 1) for item in seen.split() if ":" in item)
    now = {row.key: _fingerprint(row) for row in outcome.changed}
    return [key for key in {**now, **before} if now.get(key) != before.get(key)]


def _fingerprint(row: RowOutcome) -> str:
    """Another one means that the row, or what the file makes of it, has changed."""
    return hashlib.sha256(repr((row.before, row.after)).encode()).hexdigest()[:16]
