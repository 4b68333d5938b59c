"""What one copies in a spreadsheet: cells between tabs and line ends, quoted when they hold one of them."""

import re
from collections.abc import Iterator

# Quoted only if the quotation closes where the cell ends: a text may begin with a quotation mark of its own.
_CELL = re.compile(r'"((?:[^"]|"")*)"(?=[\t\n]|\Z)|([^\t\n]*)')


def cells(text: str) -> Iterator[tuple[int, int, str]]:
    """The cells of a block, each with its row and column from the first; empty ones say nothing and are left out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    row = column = at = 0
    while True:
        found = _CELL.match(text, at)
        assert found is not None  # noqa: S101  the second form matches anything
        quoted, plain = found.groups()
        if said := (plain if quoted is None else quoted.replace('""', '"')).strip():
            yield row, column, said
        at = found.end()
        if at >= len(text):
            return
        row, column = (row, column + 1) if text[at] == "\t" else (row + 1, 0)
        at += 1
