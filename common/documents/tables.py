"""Which header cell of an HTML table speaks for which data cell."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell in its table's grid, rows and columns counted from 0.

    `scope` is the HTML scope of a header cell, "" for a data cell; `group` the rank of its thead, tbody or tfoot.
    """

    element: Element
    scope: str
    group: int
    rows: range
    columns: range

    def heads(self, other: "Cell") -> bool:
        """Whether this header cell speaks for `other`."""
        match self.scope:
            case "col" | "colgroup":
                return self.rows.start < other.rows.start and _overlap(self.columns, other.columns)
            case "row":
                return self.group == other.group and _overlap(self.rows, other.rows)
            case "rowgroup":
                return self.group == other.group and self.rows.start <= other.rows.start
        return False


def grid(table: Element) -> Iterator[Cell]:
    """The cells of a table, in reading order, each in the rows and columns that it covers."""
    taken: set[tuple[int, int]] = set()
    row = 0
    for rank, group in enumerate(part for part in table if part.tag in ("thead", "tbody", "tfoot")):
        for line in group.iterfind("tr"):
            column = 0
            for element in line:
                if element.tag not in ("th", "td"):
                    continue
                while (row, column) in taken:
                    column += 1
                rows = range(row, row + int(element.get("rowspan", 1)))
                columns = range(column, column + int(element.get("colspan", 1)))
                taken.update((r, c) for r in rows for c in columns)
                yield Cell(element, _scope(element, group), rank, rows, columns)
            row += 1


def _scope(element: Element, group: Element) -> str:
    """The scope of a header cell; unsaid, a header in a thead heads its column and any other its row."""
    if element.tag == "td":
        return ""
    return element.get("scope") or ("col" if group.tag == "thead" else "row")


def _overlap(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop
