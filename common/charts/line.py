"""Curves over time, with a target, their ends labelled."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import ClassVar

from common.charts.base import Chart, ChartError, Figure, Table, colour, coordinate, figure, same_length, within
from common.charts.palette import SERIES
from common.french import number

WIDTH, LEFT, TOP, BOTTOM = 470.0, 44.0, 12.0, 212.0  # the plot inside a drawing of 470 × 242
WIDEST, NARROWEST = 364.0, 200.0  # where the curves end, according to the labels that follow them
CHARACTER = 8.3  # of a label, at the size that a phone asks for
GAP = 12.0
LINE_HEIGHT = 17.0
DOT = 3.5
STEPS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


@dataclass(frozen=True)
class Series:
    """One curve: ``short`` labels its end, ``None`` in ``values`` is a month not measured. Without ``tone`` it takes
    the next neutral one: ok and ko say good and bad."""

    label: str
    values: Sequence[Figure | None]
    short: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Event:
    """What happened at one of the labels, by its index: a few signs beside an upright line."""

    index: int
    label: str


@dataclass(frozen=True, kw_only=True)
class Lines(Chart):
    """``maximum`` closes the scale, which starts at 0 (by default a round number above the values)."""

    component: ClassVar[str] = "line"

    labels: Sequence[str]
    series: Sequence[Series]
    target: Figure | None = None
    unit: str = "%"
    maximum: Figure | None = None
    row_label: str = "Structure"
    events: Sequence[Event] = ()

    def __post_init__(self) -> None:
        for event in self.events:
            if not 0 <= event.index < len(self.labels):
                raise ChartError(f"{event.label}: there is no label {event.index}.")
        for series in self.series:
            same_length(series.label, series.values, len(self.labels))
            if series.tone:
                colour(series.tone)
            for value in series.values:
                within(series.label, value, self.top)
        within("target", self.target, self.top)

    @property
    def top(self) -> float:
        if self.maximum is not None:
            return float(self.maximum)
        return rounded_up(max([value for series in self.series for value in series.values if value], default=1))

    @property
    def is_empty(self) -> bool:
        return all(value is None for series in self.series for value in series.values)

    @property
    def plot(self) -> "Plot":
        return draw(self)

    @property
    def table(self) -> Table | None:
        return Table(
            (self.row_label, *self.labels),
            tuple((s.label, tuple(figure(value, self.unit) for value in s.values)) for s in self.series),
        )


@dataclass(frozen=True)
class Tick:
    """A rule of the grid or the place of a label: its coordinate, that of its text, the text."""

    position: str
    text_position: str
    text: str


@dataclass(frozen=True)
class Curve:
    """A drawn series: ``path`` breaks where a month is missing; ``marks`` are paths, a shape a series."""

    path: str
    marks: tuple[str, ...]
    tone: str
    stroke: str
    end: str
    end_y: str


@dataclass(frozen=True)
class Plot:
    """``right`` is where the grid ends, ``end_x`` where the labels of the curves begin."""

    right: str
    end_x: str
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    curves: tuple[Curve, ...]
    target: Tick | None
    events: tuple[Tick, ...]


def draw(chart: Lines) -> Plot:
    """The geometry of ``chart``, as text ready for SVG."""
    ends = [end_label(chart, series) for series in measured(chart)]
    right = max(NARROWEST, min(WIDEST, WIDTH - GAP - CHARACTER * max(map(len, ends), default=0)))
    return Plot(
        right=coordinate(right),
        end_x=coordinate(right + GAP),
        rows=tuple(draw_row(share * chart.top, chart.top) for share in (0, 0.25, 0.5, 0.75, 1)),
        columns=draw_columns(chart.labels, right),
        curves=draw_curves(chart, right),
        target=draw_target(chart),
        events=tuple(draw_event(chart, event, right) for event in chart.events),
    )


def draw_row(value: float, top: float) -> Tick:
    level = height(value, top)
    return Tick(coordinate(level), coordinate(level + 4), number(value))


def draw_columns(labels: Sequence[str], right: float) -> tuple[Tick, ...]:
    """One label a column, or one column in two, three… when they would touch."""
    room = (right - LEFT) / max(1, len(labels) - 1)
    every = max(1, ceil(CHARACTER * (max(map(len, labels), default=0) + 1) / room))
    return tuple(
        Tick(coordinate(abscissa(index, len(labels), right)), "234", label)
        for index, label in enumerate(labels)
        if (len(labels) - 1 - index) % every == 0
    )


def draw_target(chart: Lines) -> Tick | None:
    if chart.target is None:
        return None
    level = height(chart.target, chart.top)
    # Written above its line, or below it at the very top of the plot.
    text_level = level - 6 if level > TOP + LINE_HEIGHT else level + LINE_HEIGHT
    return Tick(coordinate(level), coordinate(text_level), f"Cible {figure(chart.target, chart.unit)}")


def draw_event(chart: Lines, event: Event, right: float) -> Tick:
    place = abscissa(event.index, len(chart.labels), right)
    # Written after its line, or before it where the plot ends.
    written = CHARACTER * len(event.label)
    return Tick(
        coordinate(place), coordinate(place + 5 if place + written < right else place - 5 - written), event.label
    )


def draw_curves(chart: Lines, right: float) -> tuple[Curve, ...]:
    shown = measured(chart)
    ends = spread([height(last(series), chart.top) for series in shown])
    return tuple(
        draw_curve(chart, index, series, right, end)
        for index, (series, end) in enumerate(zip(shown, ends, strict=True))
    )


def draw_curve(chart: Lines, index: int, series: Series, right: float, end: float) -> Curve:
    places = [
        None if value is None else (abscissa(column, len(series.values), right), height(value, chart.top))
        for column, value in enumerate(series.values)
    ]
    tone = series.tone or SERIES[index % len(SERIES)]
    return Curve(
        path=broken_path(places),
        marks=tuple(mark(index, *place) for place in places if place),
        tone=tone,
        stroke=colour(tone),
        end=end_label(chart, series),
        end_y=coordinate(end + 4),
    )


def measured(chart: Lines) -> list[Series]:
    return [series for series in chart.series if any(value is not None for value in series.values)]


def end_label(chart: Lines, series: Series) -> str:
    return f"{series.short or series.label} {figure(last(series), chart.unit)}"


def abscissa(index: int, count: int, right: float) -> float:
    return LEFT + (right - LEFT) * (index / (count - 1) if count > 1 else 0.5)


def height(value: Figure, top: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * float(value) / top


def last(series: Series) -> Figure:
    """The last measured value. Raises ChartError when there is none."""
    for value in reversed(series.values):
        if value is not None:
            return value
    raise ChartError(f"{series.label}: nothing is measured.")


def broken_path(places: Sequence[tuple[float, float] | None]) -> str:
    """A line through ``places``; it breaks where one is missing."""
    runs: list[list[str]] = [[]]
    for place in places:
        if place is None:
            runs.append([])
        else:
            runs[-1].append(f"{coordinate(place[0])} {coordinate(place[1])}")
    return "".join("M" + "L".join(run) for run in runs if run)


def mark(index: int, x: float, y: float) -> str:
    """A circle, a square or a diamond around (x, y), in turn: two curves differ without their colour."""
    left, right, up, down = (coordinate(v) for v in (x - DOT, x + DOT, y - DOT, y + DOT))
    start, end, top, bottom = (coordinate(v) for v in (x - DOT - 1, x + DOT + 1, y - DOT - 1, y + DOT + 1))
    centre_x, centre_y = coordinate(x), coordinate(y)
    shapes = (
        f"M{left} {centre_y}a{DOT} {DOT} 0 1 0 {2 * DOT} 0a{DOT} {DOT} 0 1 0 {-2 * DOT} 0z",
        f"M{left} {up}H{right}V{down}H{left}z",
        f"M{centre_x} {top}L{end} {centre_y}L{centre_x} {bottom}L{start} {centre_y}z",
    )
    return shapes[index % len(shapes)]


def spread(heights: Sequence[float]) -> list[float]:
    """``heights`` in the same order, pushed down until no two labels touch, and all of them up if they leave the
    plot."""
    placed = list(heights)
    order = sorted(range(len(placed)), key=placed.__getitem__)
    for before, after in pairwise(order):
        placed[after] = max(placed[after], placed[before] + LINE_HEIGHT)
    if order:
        placed[order[-1]] = min(placed[order[-1]], BOTTOM)
    for after, before in pairwise(reversed(order)):
        placed[before] = min(placed[before], placed[after] - LINE_HEIGHT)
    return placed


def rounded_up(value: Figure) -> float:
    """A round number above ``value``, to close a scale: 63 → 80, 1 450 → 1 500."""
    power = 10.0 ** (len(str(int(value))) - 1)
    return next(step * power for step in STEPS if step * power >= value)
