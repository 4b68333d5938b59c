"""A spreadsheet of the checklist: received, then applied once somebody confirmed what it changes."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from checklist.enums import Status
from checklist.models import Action
from checklist.raci import Letters
from checklist.services.dates import Dates, lock_actions, set_dates
from checklist.services.fields import edit
from checklist.services.raci import set_letters
from checklist.services.status import set_status
from common.errors import Conflict, DomainError
from common.models import SpreadsheetImport
from common.spreadsheets.files import read
from common.spreadsheets.tables import find_table
from organisations.models import Project, User

KIND = "checklist"
LIFE = timedelta(days=7)  # what a preview lasts


@dataclass(frozen=True)
class RowChange:
    """What a row changes of one action, read at `version`. None: left as it is."""

    number: str
    version: int
    status: Status | None = None
    reason: str = ""
    letters: tuple[Letters, Letters] | None = None  # wanted, and as they were read
    dates: tuple[date | None, date | None] | None = None  # start, due
    note: str | None = None


@transaction.atomic
def receive(
    *, project: Project, user: User, file: UploadedFile, needed: Sequence[str], token: uuid.UUID
) -> SpreadsheetImport:
    """Read a spreadsheet and keep its cells until somebody confirms; the same form posted twice keeps one.

    `needed`: the headings that it must have. What this person left behind long ago goes. Raises DomainError (field
    `file`), and keeps nothing, when the file can't be taken.
    """
    if known := SpreadsheetImport.objects.filter(project_id=project.pk, token=token, received_from=user).first():
        return known
    book = read(file.read())
    file.seek(0)
    rows = {"table": find_table(book, needed).as_json(), "origin": book.origin}
    _forget(SpreadsheetImport.objects.filter(project_id=project.pk, received_from=user, kind=KIND))
    received, _ = SpreadsheetImport.objects.get_or_create(
        project_id=project.pk,
        token=token,
        defaults={
            "kind": KIND,
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


@transaction.atomic
def apply_import(*, received: SpreadsheetImport, project: Project, user: User, changes: Sequence[RowChange]) -> int:
    """Write all the changes of a spreadsheet or none, each as its page would. Returns how many actions changed.

    Raises DomainError when it was applied already or a rule refuses one of them (the number is in the sentence),
    Conflict when somebody changed one since it was read.
    """
    locked = SpreadsheetImport.objects.select_for_update().get(pk=received.pk)
    if locked.applied_at:
        raise DomainError("Cet import a déjà été appliqué.")
    actions = lock_actions(project, [change.number for change in changes])
    for change in changes:
        try:
            _apply(actions[change.number], change, project, user)
        except Conflict:
            raise
        except DomainError as error:
            raise DomainError(f"Action {change.number} : {error}") from error
    locked.applied_at = timezone.now()
    locked.save(update_fields=["applied_at"])
    return len(changes)


def _apply(action: Action, change: RowChange, project: Project, user: User) -> None:
    action.project, version = project, change.version
    if change.letters:
        wanted, expected = change.letters
        set_letters(action=action, wanted=wanted, expected=expected)
    if change.status:
        version = set_status(
            action=action, version=version, status=change.status, user=user, reason=change.reason
        ).version
    if change.dates:
        start, due = change.dates
        set_dates(project=project, given=[Dates(change.number, version, start, due)])
        version += 1
    if change.note is not None:
        edit(action=action, version=version, field="note", value=change.note)
