"""A spreadsheet of figures: all of it is written, or nothing."""

from collections.abc import Sequence

from common.errors import Conflict, DomainError
from common.models import SpreadsheetImport
from common.spreadsheets.received import applied_once
from indicators.enums import Origin
from indicators.selectors.definitions import Followed
from indicators.services.grid import Typed, write_cells
from organisations.models import ESMS, User


def kind_of(esms: ESMS) -> str:
    """What names the files of one structure among the imports of a project."""
    return f"indicators:{esms.pk}"


def apply_file(
    *, received: SpreadsheetImport, esms: ESMS, typed: Sequence[Typed], found: Sequence[Followed], by: User
) -> int:
    """Write all of it or nothing. Returns how many figures changed. Raises DomainError when it was applied already or
    a value is refused, Conflict when somebody changed one since it was read."""
    with applied_once(received):
        done = write_cells(esms=esms, typed=typed, found=found, by=by, origin=Origin.IMPORTED)
        for item in done.refused:
            if item.theirs is not None:
                raise Conflict(current=item.theirs, attempted={"text": item.typed.text})
            raise DomainError(f"{item.typed.code}, {item.typed.period.label} : {item.why}")
    return len(done.written)
