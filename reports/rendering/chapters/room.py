"""How much a page holds: what a text takes at each size, in millimetres, on the safe side."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, CRITERIA = 170, 19  # of a page, and of the column of criteria
HALF_A_WORD = 3


@dataclass(frozen=True)
class Size:
    """How small the file of an arbitration is set: the class of its style in `document.css`, then millimetres: a line
    of text and of a table, a character of text, what is between two rows and two paragraphs; `page` is how much of
    that a page was seen to hold below its title."""

    name: str
    line: float
    table_line: float
    character: float
    between: float
    page: float

    def paragraph(self, text: str) -> float:
        return lines_of(text, WIDTH / self.character) * self.line + self.between

    def question(self, text: str) -> float:
        """Set larger than the rest."""
        return lines_of(text, WIDTH / self.character * 0.76) * self.line * 1.3 + self.between

    def cells(self, texts: Sequence[str], columns: int) -> int:
        """The lines of one cell among so many."""
        width = (WIDTH - CRITERIA) / columns - 2.5
        return sum(lines_of(text, width / (self.character * 0.9)) for text in texts if text)

    def table(self, lines: float, *, rows: int) -> float:
        return lines * self.table_line + rows * (self.between + 0.4) + 3

    def headings(self, count: int) -> float:
        return count * (self.line + self.between + 3.2)


SIZES = (
    Size("", 5.1, 4.45, 1.8, 2.6, 234),
    Size("dense", 4.2, 3.7, 1.58, 2.0, 228),
    Size("denser", 3.5, 3.1, 1.37, 1.5, 212),
)


def lines_of(text: str, characters: float) -> int:
    """How many lines a text takes, of so many characters each, of which the end of each loses half a word."""
    return -(-len(text) // max(int(characters) - HALF_A_WORD, 1))
