"""Stacked bars: progress by step, by section, by budget line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from common.charts.base import Chart, ChartError, Figure, Table, colour, figure, percentage


@dataclass(frozen=True)
class Part:
    """A kind of segment that every bar has: its name in the table and legend, its tone, its icon in the legend."""

    label: str
    tone: str
    icon: str = ""


@dataclass(frozen=True)
class Bar:
    """One bar: ``values`` are in the order of the parts; what ``total`` has left is the empty track. ``note`` is
    written at the right (« 14 sur 21 »); ``url`` makes the label a link."""

    label: str
    values: Sequence[Figure]
    total: Figure
    note: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Bars(Chart):
    """``unit`` is written after the figures of the table; ``total_label`` names its column of totals."""

    component: ClassVar[str] = "bars"

    parts: Sequence[Part]
    bars: Sequence[Bar]
    row_label: str = "Étape"
    total_label: str = "Total"
    unit: str = ""

    def __post_init__(self) -> None:
        for bar in self.bars:
            if len(bar.values) != len(self.parts):
                raise ChartError(f"{bar.label}: {len(bar.values)} values for {len(self.parts)} parts.")
            if min(bar.values, default=0) < 0 or sum(bar.values) > bar.total:
                raise ChartError(f"{bar.label}: the values must be positive and add up to {bar.total} at most.")

    @property
    def is_empty(self) -> bool:
        return not self.bars

    @property
    def keys(self) -> list[tuple[str, str, str]]:
        """The legend: tone, icon, word of the parts that have an icon."""
        return [(part.tone, part.icon, part.label) for part in self.parts if part.icon]

    @property
    def rows(self) -> list["BarDrawing"]:
        return [draw_bar(bar, self.parts) for bar in self.bars]

    @property
    def table(self) -> Table:
        return Table(
            (self.row_label, self.total_label, *(part.label for part in self.parts)),
            tuple(
                (bar.label, (figure(bar.total, self.unit), *(figure(value, self.unit) for value in bar.values)))
                for bar in self.bars
            ),
        )


@dataclass(frozen=True)
class Segment:
    """A rectangle of a bar; ``x`` and ``width`` are SVG lengths."""

    x: str
    width: str
    tone: str
    fill: str


@dataclass(frozen=True)
class BarDrawing:
    bar: Bar
    segments: tuple[Segment, ...]


def draw_bar(bar: Bar, parts: Sequence[Part]) -> BarDrawing:
    """The segments of ``bar``, left to right, those of nothing left out."""
    segments, before = [], 0.0
    for part, value in zip(parts, bar.values, strict=True):
        if value:
            x, width = percentage(before, bar.total), percentage(value, bar.total)
            segments.append(Segment(x, width, part.tone, colour(part.tone)))
        before += float(value)
    return BarDrawing(bar, tuple(segments))


def segments(*values: tuple[str, Figure], total: Figure) -> tuple[Segment, ...]:
    """The segments of a lone bar: ``segments(("ok", 14), ("ko", 1), total=21)``. Raises ChartError beyond the total."""
    bar = Bar("", [value for _, value in values], total)
    parts = [Part("", tone) for tone, _ in values]
    return Bars(title="", parts=parts, bars=[bar]).rows[0].segments
