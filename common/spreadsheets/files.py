"""Work on spreadsheets in a child process, which has its own memory and time, and neither database nor secrets."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from signal import SIGXCPU
from typing import Any

from common.errors import DomainError
from common.spreadsheets import limits
from common.spreadsheets.separated import write_csv
from common.spreadsheets.tables import Book, Sheet, Value
from common.spreadsheets.texts import plain

ACCEPT = ".xlsx,.csv"
__all__ = ["ACCEPT", "annotate", "read", "write_csv", "write_xlsx"]
ROOT = Path(__file__).resolve().parents[2]


def read(data: bytes) -> Book:
    """The cells of an XLSX or CSV file, told apart by content.

    Raises DomainError (field `file`) when it is neither, costs too much, or holds what isn't accepted.
    """
    if not data:
        raise DomainError("Ce fichier est vide.", field="file")
    if len(data) > limits.FILE_BYTES:
        raise DomainError(f"Ce fichier dépasse {limits.FILE_BYTES // limits.MIB} Mo.", field="file")
    found = json.loads(_child({"do": "read"}, data))
    return Book(
        {name: [(number, cells) for number, cells in lines] for name, lines in found["sheets"].items()},
        found["formulas"],
    )


def write_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """A workbook with these sheets. Whatever a text begins with, it is a text."""
    return _child({"do": "write", "sheets": [_sheet(sheet) for sheet in sheets]})


def annotate(data: bytes, sheet: str, marks: Mapping[str, str]) -> bytes:
    """The file, as XLSX, with a coloured cell and a comment for each mark (« F12 » → why). Raises DomainError."""
    return _child({"do": "annotate", "sheet": sheet, "marks": dict(marks)}, data)


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "title": sheet.title,
        "frozen": sheet.frozen,
        "hidden": sheet.hidden,
        "columns": [[column.title, column.width, column.centred, column.typed] for column in sheet.columns],
        "rows": [[row.kind, [_value(value) for value in row.cells]] for row in sheet.rows],
    }


def _value(value: Value) -> Any:
    return {"date": value.isoformat()} if isinstance(value, date) else plain(value or "")


def _child(task: dict[str, Any], data: bytes = b"") -> bytes:
    command = [sys.executable, "-m", "common.spreadsheets.child"]
    asked = json.dumps(task).encode() + b"\n" + data
    try:
        done = subprocess.run(  # noqa: S603  our own module, no argument of anybody's
            command,
            input=asked,
            capture_output=True,
            cwd=ROOT,
            env={"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"},
            timeout=limits.CHILD_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise DomainError(limits.TOO_LONG, field="file") from error
    if done.returncode == limits.REFUSED:
        raise DomainError(done.stdout.decode(), field="file")
    if done.returncode < 0:  # ended by the system, which keeps the limits that the child set itself
        raise DomainError(limits.TOO_LONG if done.returncode == -SIGXCPU else limits.TOO_HEAVY, field="file")
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout
