"""A spreadsheet of the checklist: received, then applied once somebody confirmed what it changes."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile

from checklist.enums import Status
from checklist.models import Action
from checklist.raci import Letters
from checklist.services.dates import Dates, lock_actions, set_dates
from checklist.services.fields import edit
from checklist.services.raci import set_letters
from checklist.services.status import set_status
from common.errors import Conflict, DomainError
from common.models import SpreadsheetImport
from common.spreadsheets.received import LIFE, applied_once
from common.spreadsheets.received import receive as keep
from organisations.models import Project, User

__all__ = ["KIND", "LIFE", "RowChange", "apply_import", "receive"]
KIND = "checklist"


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


def receive(
    *, project: Project, user: User, file: UploadedFile, needed: Sequence[str], token: uuid.UUID
) -> SpreadsheetImport:
    """As `common.spreadsheets.received.receive`, of the checklist."""
    return keep(project_id=project.pk, kind=KIND, user=user, file=file, needed=needed, token=token)


def apply_import(*, received: SpreadsheetImport, project: Project, user: User, changes: Sequence[RowChange]) -> int:
    """Write all the changes of a spreadsheet or none, each as its page would. Returns how many actions changed.

    Raises DomainError when it was applied already or a rule refuses one of them (the number is in the sentence),
    Conflict when somebody changed one since it was read.
    """
    with applied_once(received):
        actions = lock_actions(project, [change.number for change in changes])
        for change in changes:
            try:
                _apply(actions[change.number], change, project, user)
            except Conflict:
                raise
            except DomainError as error:
                raise DomainError(f"Action {change.number} : {error}") from error
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
