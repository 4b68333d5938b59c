"""A radar: risk by section, for a structure and for its project."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import ClassVar

from common.charts.base import Chart, ChartError, Figure, Table, colour, coordinate, figure, points, same_length, within

CENTRE_X, CENTRE_Y, RADIUS = 200.0, 180.0, 120.0  # inside a drawing of 440 × 366 that starts at -20
LABEL_RADIUS = 134.0
RINGS = 4


@dataclass(frozen=True)
class Axis:
    """A direction: ``label`` in the table, ``short`` in the drawing."""

    label: str
    short: str


@dataclass(frozen=True, kw_only=True)
class Radar(Chart):
    """``values`` follow ``axes``, from 0 to ``maximum``; ``reference``, when given, is the dashed outline."""

    component: ClassVar[str] = "radar"

    axes: Sequence[Axis]
    values: Sequence[Figure]
    label: str
    reference: Sequence[Figure] = ()
    reference_label: str = ""
    maximum: Figure = 100
    tone: str = "accent"
    row_label: str = "Section"

    def __post_init__(self) -> None:
        if not self.values:
            return
        if len(self.axes) < 3:
            raise ChartError(f"{len(self.axes)} axes: a radar needs three.")
        colour(self.tone)
        same_length(self.label, self.values, len(self.axes))
        if self.reference:
            same_length(self.reference_label, self.reference, len(self.axes))
        for value in (*self.values, *self.reference):
            within(self.label, value, self.maximum)

    @property
    def is_empty(self) -> bool:
        return not self.values

    @property
    def plot(self) -> "RadarPlot":
        return draw(self)

    @property
    def table(self) -> Table:
        columns = [self.values, self.reference] if self.reference else [self.values]
        return Table(
            (self.row_label, self.label, *([self.reference_label] if self.reference else [])),
            tuple(
                (axis.label, tuple(figure(column[index]) for column in columns)) for index, axis in enumerate(self.axes)
            ),
        )


@dataclass(frozen=True)
class AxisDrawing:
    """An axis' label (its name, its value below) and its dot."""

    anchor: str
    text_x: str
    text_y: str
    value_y: str
    short: str
    value: str
    x: str
    y: str


@dataclass(frozen=True)
class RadarPlot:
    rings: tuple[str, ...]
    area: str
    reference: str
    axes: tuple[AxisDrawing, ...]
    fill: str


def draw(chart: Radar) -> RadarPlot:
    count = len(chart.axes)
    return RadarPlot(
        rings=tuple(outline([RADIUS * ring / RINGS] * count) for ring in range(1, RINGS + 1)),
        area=outline([radius(chart, value) for value in chart.values]),
        reference=outline([radius(chart, value) for value in chart.reference]) if chart.reference else "",
        axes=tuple(draw_axis(chart, index) for index in range(count)),
        fill=colour(chart.tone),
    )


def draw_axis(chart: Radar, index: int) -> AxisDrawing:
    count, value = len(chart.axes), chart.values[index]
    x, y = place(index, count, radius(chart, value))
    label_x, label_y = place(index, count, LABEL_RADIUS)
    side = label_x - CENTRE_X
    # Two lines of 16: centred on the axis, above it at the top and below it at the bottom.
    text_y = label_y - 3 + 14 * (label_y - CENTRE_Y) / LABEL_RADIUS
    return AxisDrawing(
        anchor="middle" if abs(side) < 1 else "start" if side > 0 else "end",
        text_x=coordinate(label_x),
        text_y=coordinate(text_y),
        value_y=coordinate(text_y + 16),
        short=chart.axes[index].short,
        value=figure(value),
        x=coordinate(x),
        y=coordinate(y),
    )


def radius(chart: Radar, value: Figure) -> float:
    return RADIUS * float(value) / float(chart.maximum)


def outline(radii: Sequence[float]) -> str:
    """The polygon whose corner on each axis is at that radius."""
    return points(place(index, len(radii), length) for index, length in enumerate(radii))


def place(index: int, count: int, distance: float) -> tuple[float, float]:
    """The point of an axis at ``distance`` from the centre; the first axis points up, the others follow clockwise."""
    angle = 2 * pi * index / count - pi / 2
    return CENTRE_X + distance * cos(angle), CENTRE_Y + distance * sin(angle)
