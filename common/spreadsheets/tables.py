"""Sheets to write and tables read, as both processes know them: without Django, which the child has not."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from common.errors import DomainError

Value = str | date | None
ORIGIN = "Origine"  # the hidden sheet that remembers what a file said when it was exported
HEAD_WITHIN = 10  # the headings are in one of the first lines


@dataclass(frozen=True)
class Column:
    """A column to write; `width` in characters, `centred` for marks. `typed`: what is typed in its empty cells stays as
    it is, « 5/12 » is no day."""

    title: str
    width: int = 14
    centred: bool = False
    typed: bool = False


@dataclass(frozen=True)
class Row:
    """A row to write. `kind`: « section » is a band of its own, « heading » is bold."""

    cells: Sequence[Value]
    kind: str = ""


@dataclass(frozen=True)
class Sheet:
    """A sheet to write; `title` is printed above each page."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    title: str = ""
    frozen: int = 0  # columns that stay in sight
    hidden: bool = False


@dataclass(frozen=True)
class Book:
    """A workbook as it was read: by sheet, its lines (1 is the first) and the cells that hold a formula."""

    sheets: dict[str, list[tuple[int, list[str]]]]
    formulas: dict[str, list[str]] = field(default_factory=dict)

    @property
    def origin(self) -> dict[str, dict[str, str]]:
        """What the file said when it was exported: by key (its first column), text by heading. Empty for a CSV."""
        lines = self.sheets.get(ORIGIN, [])
        heads = lines[0][1] if lines else []
        return {
            cells[0]: {head: cells[i] if i < len(cells) else "" for i, head in enumerate(heads)}
            for _, cells in lines[1:]
        }


@dataclass(frozen=True)
class Table:
    """Rows under known headings. Every value is a text; a date is « 31/12/2026 »."""

    sheet: str
    heads: list[str]
    lines: list[tuple[int, list[str]]]
    formulas: frozenset[str]

    def values(self, cells: Sequence[str]) -> dict[str, str]:
        """The cells of one line by heading; a short line is completed with nothing."""
        return {head: cells[i] if i < len(cells) else "" for i, head in enumerate(self.heads) if head}

    def cell(self, head: str, line: int) -> str:
        """« F12 »."""
        return cell_name(self.heads.index(head), line)

    def as_json(self) -> dict[str, Any]:
        return {"sheet": self.sheet, "heads": self.heads, "lines": self.lines, "formulas": sorted(self.formulas)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Table":
        lines = [(number, cells) for number, cells in data["lines"]]
        return cls(data["sheet"], data["heads"], lines, frozenset(data["formulas"]))


def cell_name(column: int, line: int) -> str:
    """« F12 » for column 5 (from 0) of line 12."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{line}"


def find_table(book: Book, needed: Sequence[str]) -> Table:
    """The table of a workbook that has all these headings.

    Raises DomainError (field `file`) that names the sheet, the line and the headings that are missing or there twice.
    """
    best: tuple[int, str, int, list[str]] | None = None
    for name, lines in book.sheets.items():
        if name == ORIGIN:
            continue
        for number, cells in lines[:HEAD_WITHIN]:
            heads = [" ".join(cell.split()) for cell in cells]
            found = len(set(heads) & set(needed))
            if best is None or found > best[0]:
                best = (found, name, number, heads)
    if best is None:
        raise DomainError("Ce fichier est vide : il n’a aucune ligne.", field="file")
    found, name, number, heads = best
    if not found:
        wanted = ", ".join(f"« {head} »" for head in needed[:4])
        raise DomainError(
            f"La feuille « {name} » n’a pas les titres de colonnes attendus ({wanted}…) : "
            "partez d’un fichier exporté d’ici.",
            field="file",
        )
    missing = [f"« {head} »" for head in needed if head not in heads]
    if missing:
        columns = "la colonne" if len(missing) == 1 else "les colonnes"
        raise DomainError(
            f"Il manque {columns} {' et '.join(filter(None, [', '.join(missing[:-1]), missing[-1]]))} "
            f"à la feuille « {name} », ligne {number}.",
            field="file",
        )
    for head in needed:
        if heads.count(head) > 1:
            second = cell_name(heads.index(head, heads.index(head) + 1), number)
            raise DomainError(
                f"La colonne « {head} » est deux fois dans la feuille « {name} », la seconde en {second}.", field="file"
            )
    lines = [(line, cells) for line, cells in book.sheets[name] if line > number and any(cells)]
    return Table(name, heads, lines, frozenset(book.formulas.get(name, [])))
