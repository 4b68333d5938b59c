"""What one pastes from a spreadsheet into the grid: a block of letters or words, read one access at a time."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from common.pasted import cells
from structures.enums.habilitations import AccessLevel, Perimeter

_LEVELS = {
    **dict.fromkeys(("-", "–", "—", "0", "aucun", "aucune", "non", "none"), AccessLevel.NONE),
    **dict.fromkeys(("l", "lecture", "lire", "read"), AccessLevel.READ),
    **dict.fromkeys(("e", "ecriture", "ecrire", "write"), AccessLevel.WRITE),
    **dict.fromkeys(("v", "validation", "valider", "validate"), AccessLevel.VALIDATE),
    **dict.fromkeys(("a", "administration", "administrer", "admin"), AccessLevel.ADMIN),
}
_PERIMETERS = {
    **dict.fromkeys(("u", "unite", "unit"), Perimeter.UNIT),
    **dict.fromkeys(("e", "esms", "etablissement"), Perimeter.ESMS),
    **dict.fromkeys(("o", "og"), Perimeter.OG),
}
_WORDS = re.compile(r"[^\W_]+|[–—-]")
_LETTERS = re.compile(r"([leva])([ueo])")  # « Lu » in one word


@dataclass(frozen=True)
class Pasted:
    """One cell of the block: `row` and `column` from its first. `level` None: it can't be read."""

    row: int
    column: int
    text: str
    level: AccessLevel | None
    perimeter: Perimeter | None


def read_access(text: str) -> tuple[AccessLevel, Perimeter | None] | None:
    """« L », « Lecture », « Lu », « Écriture (unité) », « – »: a level, a perimeter if said. None for another text."""
    plain = "".join(sign for sign in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(sign))
    if in_one := _LETTERS.fullmatch(plain.strip()):
        return _LEVELS[in_one[1]], _PERIMETERS[in_one[2]]
    words = _WORDS.findall(plain)
    if len(words) == 3 and words[1] in "–—-":
        del words[1]
    if not words or len(words) > 2 or words[0] not in _LEVELS:
        return None
    if len(words) == 1:
        return _LEVELS[words[0]], None
    perimeter = _PERIMETERS.get(words[1])
    return (_LEVELS[words[0]], perimeter) if perimeter else None


def read_block(text: str) -> Iterator[Pasted]:
    """The cells of a block copied from a spreadsheet; empty ones say nothing and are left out."""
    for row, column, said in cells(text):
        level, perimeter = read_access(said) or (None, None)
        yield Pasted(row, column, said[:40], level, perimeter)


def place_of(
    pasted: Pasted, start: tuple[int, int], rows: Sequence[str], columns: Sequence[str]
) -> tuple[str, str] | None:
    """Where a cell of the block falls when its first falls at `start`; None outside the grid."""
    row, column = start[0] + pasted.row, start[1] + pasted.column
    return (rows[row], columns[column]) if row < len(rows) and column < len(columns) else None
