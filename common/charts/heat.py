"""Structures × subjects: a real table, coloured by tone, that says its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from common.charts.base import Chart, ChartError, same_length

ICONS = {"ok": "s-ok", "late": "s-watch", "ko": "s-ko", "progress": "s-progress", "none": "s-na"}
DEFAULT_LEGEND = (("ok", "Tenu"), ("late", "À surveiller"), ("ko", "En alerte"), ("none", "À venir"))


@dataclass(frozen=True)
class HeatCell:
    """What was measured: a tone and its words. Without text the cell is a dash that says « À venir ». `url`: where it
    is read in detail."""

    tone: str = "none"
    text: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        if self.tone not in ICONS:
            raise ChartError(f"{self.tone!r} is no tone of a heat-map; tones: {', '.join(sorted(ICONS))}.")
        if self.tone != "none" and not self.text:
            raise ChartError(f"A cell in tone {self.tone!r} needs words: colour never speaks alone.")

    @property
    def icon(self) -> str:
        return ICONS[self.tone]

    @property
    def ink(self) -> str:
        """The tone of the icon on paper: an alert is white on its colour."""
        return "paper" if self.tone == "ko" else self.tone


@dataclass(frozen=True)
class HeatRow:
    label: str
    cells: Sequence[HeatCell]
    url: str = ""


@dataclass(frozen=True)
class HeatGroup:
    """Rows under a heading (a wave); without ``label`` there is no heading."""

    rows: Sequence[HeatRow]
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class HeatMap(Chart):
    component: ClassVar[str] = "heat"

    columns: Sequence[str]
    groups: Sequence[HeatGroup]
    row_label: str = "Structure"
    legend: Sequence[tuple[str, str]] = DEFAULT_LEGEND

    def __post_init__(self) -> None:
        for group in self.groups:
            for row in group.rows:
                same_length(row.label, row.cells, len(self.columns))

    @property
    def is_empty(self) -> bool:
        return not any(group.rows for group in self.groups)

    @property
    def width(self) -> int:
        """Columns of the table, that of the names included."""
        return len(self.columns) + 1

    @property
    def keys(self) -> list[tuple[str, str, str]]:
        """The legend: tone, icon, word."""
        return [(tone, ICONS[tone], word) for tone, word in self.legend]

    @property
    def lines(self) -> list[tuple[str, list[tuple[HeatRow, list[tuple[str, HeatCell]]]]]]:
        """Groups of rows of cells, each cell with its column's name."""
        return [
            (group.label, [(row, list(zip(self.columns, row.cells, strict=True))) for row in group.rows])
            for group in self.groups
        ]
