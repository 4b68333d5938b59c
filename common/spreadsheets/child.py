"""The child process: one task on its standard input, its answer on its standard output.

It limits itself before it opens anything, imports no Django, and is given no environment.
"""

import contextlib
import json
import resource
import sys
from collections.abc import Callable
from typing import Any

from common.spreadsheets import limits
from common.spreadsheets.separated import SHEET, read_csv
from common.spreadsheets.workbooks import annotated, check_package, from_lines, read_workbook, written

ZIP, OLD_OFFICE, UTF_16 = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", (b"\xff\xfe", b"\xfe\xff")


def main() -> int:
    with contextlib.suppress(ValueError, OSError):  # macOS has no limit of address space
        resource.setrlimit(resource.RLIMIT_AS, (limits.CHILD_BYTES, limits.CHILD_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.CHILD_SECONDS, limits.CHILD_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 * limits.UNPACKED_BYTES, 2 * limits.UNPACKED_BYTES))
    try:
        task = json.loads(sys.stdin.buffer.readline())
        answer = TASKS[task.pop("do")](sys.stdin.buffer.read(), **task)
    except ValueError as error:
        answer, code = str(error).encode(), limits.REFUSED
    except MemoryError:
        answer, code = limits.TOO_HEAVY.encode(), limits.REFUSED
    else:
        code = 0
    sys.stdout.buffer.write(answer)
    return code


def read(data: bytes) -> bytes:
    sheets, formulas = _read(data)
    return json.dumps({"sheets": sheets, "formulas": formulas}).encode()


def _read(data: bytes) -> tuple[dict[str, list[tuple[int, list[str]]]], dict[str, list[str]]]:
    if data.startswith(ZIP):
        check_package(data)
        sheets, formulas = read_workbook(data)
    elif data.startswith(OLD_OFFICE):
        raise ValueError(
            "Ce fichier est un ancien .xls, ou il est protégé par un mot de passe : "
            "enregistrez-le au format .xlsx, sans mot de passe."
        )
    elif data.startswith(UTF_16):
        raise ValueError("Ce fichier est en UTF-16 : enregistrez-le au format « CSV UTF-8 » ou en .xlsx.")
    elif b"\x00" in data or data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff")):
        raise ValueError("Ce fichier n’est ni un classeur .xlsx ni un fichier CSV.")
    else:
        sheets, formulas = {SHEET: read_csv(data)}, {}
    _check_size(sheets)
    return sheets, formulas


def _check_size(sheets: dict[str, list[tuple[int, list[str]]]]) -> None:
    characters = 0
    for name, lines in sheets.items():
        if len(lines) > limits.ROWS:
            raise ValueError(f"La feuille « {name} » a plus de {limits.ROWS} lignes : gardez les lignes utiles.")
        for number, cells in lines:
            if len(cells) > limits.COLUMNS:
                raise ValueError(f"La feuille « {name} », ligne {number}, a plus de {limits.COLUMNS} colonnes.")
            characters += sum(map(len, cells))
            if characters > limits.CHARACTERS:
                raise ValueError(f"La feuille « {name} » a trop de texte à partir de la ligne {number}.")


def write(data: bytes, sheets: list[dict[str, Any]]) -> bytes:
    return written(sheets)


def annotate(data: bytes, sheet: str, marks: dict[str, str]) -> bytes:
    if not data.startswith(ZIP):
        return from_lines(read_csv(data), marks)
    check_package(data)
    return annotated(data, sheet, marks)


TASKS: dict[str, Callable[..., bytes]] = {"read": read, "write": write, "annotate": annotate}

if __name__ == "__main__":
    sys.exit(main())
