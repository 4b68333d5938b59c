"""The carpet: one square an action, in the order of the steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from common.charts.base import Chart, ChartError, Table, colour, coordinate

SIDE, PITCH, LINE, A_LINE = 11, 15, 20, 26  # units of the drawing; squares a line
STATES = {"ok": "OK", "progress": "En cours", "ko": "KO", "todo": "À faire", "none": "Sans objet"}
ICONS = {"ok": "s-ok", "progress": "s-progress", "ko": "s-ko", "todo": "s-todo", "none": "s-na"}


@dataclass(frozen=True)
class Square:
    """One action: its state, and whether it is late (underlined)."""

    tone: str
    late: bool = False

    def __post_init__(self) -> None:
        if self.tone not in STATES:
            raise ChartError(f"{self.tone!r} is no state of a carpet; states: {', '.join(STATES)}.")


@dataclass(frozen=True)
class CarpetRow:
    """A step: its actions in order, ``note`` at the right (« 14 sur 21 »)."""

    label: str
    squares: Sequence[Square]
    note: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Carpet(Chart):
    component: ClassVar[str] = "carpet"

    rows: Sequence[CarpetRow]
    row_label: str = "Étape"

    @property
    def is_empty(self) -> bool:
        return not any(row.squares for row in self.rows)

    @property
    def drawings(self) -> list["RowDrawing"]:
        return [draw_row(row) for row in self.rows]

    @property
    def states(self) -> list[str]:
        """The states that occur, in the usual order: nobody reads a key for what is not there."""
        there = {square.tone for row in self.rows for square in row.squares}
        return [tone for tone in STATES if tone in there]

    @property
    def keys(self) -> list[tuple[str, str, str]]:
        """The legend: tone, icon, word."""
        return [(tone, ICONS[tone], STATES[tone]) for tone in self.states]

    @property
    def has_late(self) -> bool:
        return any(square.late for row in self.rows for square in row.squares)

    @property
    def table(self) -> Table:
        heads = (self.row_label, "Total", *(STATES[tone] for tone in self.states), "En retard")
        whole = CarpetRow("Ensemble", [square for row in self.rows for square in row.squares])
        return Table(heads, tuple((row.label, self._counts(row)) for row in (*self.rows, whole)))

    def _counts(self, row: CarpetRow) -> tuple[str, ...]:
        by_state = (sum(square.tone == tone for square in row.squares) for tone in self.states)
        return tuple(str(n) for n in (len(row.squares), *by_state, sum(square.late for square in row.squares)))


@dataclass(frozen=True)
class SquareDrawing:
    """A square at (x, y): ``fill`` and ``stroke`` for paper, ``half`` and ``cross`` are the paths of a state,
    ``late_y`` the place of the underline; empty where the state has none."""

    x: str
    y: str
    tone: str
    fill: str
    stroke: str
    half: str
    cross: str
    cross_stroke: str
    late_x: str
    late_y: str


@dataclass(frozen=True)
class RowDrawing:
    row: CarpetRow
    width: int
    height: int
    squares: tuple[SquareDrawing, ...]


def draw_row(row: CarpetRow) -> RowDrawing:
    """A line holds 26 squares, as many as the largest step needs; a longer row goes on below."""
    lines = max(1, -(-len(row.squares) // A_LINE))
    squares = tuple(
        draw_square(square, 1 + PITCH * (index % A_LINE), 1 + LINE * (index // A_LINE))
        for index, square in enumerate(row.squares)
    )
    return RowDrawing(row, PITCH * A_LINE, LINE * lines - 2, squares)


def draw_square(square: Square, x: int, y: int) -> SquareDrawing:
    stroke = colour(square.tone)
    half = f"M{x} {y + SIDE}V{y + 2}a2 2 0 0 1 2-2h3.5v{SIDE}z"
    cross = f"m{x + 3} {y + 3} 5 5m0-5-5 5"
    dash = f"M{x + 3} {y + 5.5}h5"
    return SquareDrawing(
        x=str(x),
        y=str(y),
        tone=square.tone,
        fill=stroke if square.tone in ("ok", "ko") else colour("paper"),
        stroke=stroke,
        half=half if square.tone == "progress" else "",
        cross={"ko": cross, "none": dash}.get(square.tone, ""),
        cross_stroke=colour("paper") if square.tone == "ko" else stroke,
        late_x=coordinate(x - 0.5) if square.late else "",
        late_y=coordinate(y + 13.5) if square.late else "",
    )
