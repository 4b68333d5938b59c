"""A few values as a small curve beside where the next one is entered."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT, MARGIN = 140.0, 36.0, 4.0


@dataclass(frozen=True)
class Spark:
    """Coordinates as text, ready for SVG. `label` says the same to who doesn't see it."""

    path: str
    dots: tuple[tuple[str, str], ...]
    target: str
    label: str


def spark(values: Sequence[Decimal | None], target: Decimal | None, *, top: Decimal | None, label: str) -> Spark | None:
    """None under two values: there is no curve yet. `top` closes the scale, which starts at 0."""
    values = values[next((at for at, value in enumerate(values) if value is not None), 0) :]
    there = [value for value in values if value is not None]
    if len(there) < 2:
        return None
    highest = float(max([*there, target or 0, top or 0])) or 1.0
    step = (WIDTH - 2 * MARGIN) / (len(values) - 1)

    def level(value: Decimal) -> str:
        return _text(HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * float(value) / highest)

    places = [
        None if value is None else (_text(MARGIN + step * index), level(value)) for index, value in enumerate(values)
    ]
    return Spark(_path(places), tuple(place for place in places if place), level(target) if target else "", label)


def _path(places: Sequence[tuple[str, str] | None]) -> str:
    """It breaks where a value is missing."""
    drawn, moves = "", True
    for place in places:
        if place:
            drawn += f"{'M' if moves else 'L'}{place[0]} {place[1]}"
        moves = place is None
    return drawn


def _text(value: float) -> str:
    """Templates would localise a float."""
    return f"{value:.1f}".removesuffix(".0")
