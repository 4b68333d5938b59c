"""What every drawing has: a heading that concludes, a sentence, a table of the same figures; and how numbers are
written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from common.charts.palette import PALETTE
from common.french import number

# A value to draw. It is written as it is and drawn as a float: a Decimal of the database is welcome.
Figure = int | float | Decimal


class ChartError(ValueError):
    """The figures cannot be drawn: lengths differ, or a value is out of range."""


@dataclass(frozen=True, kw_only=True)
class Chart:
    """Base of the drawings.

    ``title`` is the conclusion, ``context`` says what is measured, ``sentence`` what the drawing shows, ``description``
    the same for someone who does not see it (by default the sentence), ``caption`` names the table (by default the
    title).
    """

    component: ClassVar[str]

    title: str
    sentence: str = ""
    context: str = ""
    description: str = ""
    caption: str = ""
    empty: str = "Aucune mesure pour l’instant."

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw; the empty state stands in."""
        raise NotImplementedError

    @property
    def table(self) -> "Table | None":
        """The figures of the drawing; None when the drawing is itself a table."""
        return None

    @property
    def described(self) -> str:
        return self.description or self.sentence or self.title

    @property
    def captioned(self) -> str:
        return self.caption or self.title

    @property
    def repeats_title(self) -> bool:
        """Whether the caption says the heading again: it is then for readers only."""
        return self.captioned == self.title


@dataclass(frozen=True)
class Table:
    """The figures of a drawing: ``heads`` has one more entry than each row has cells, the first for the row names."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def coordinate(value: float) -> str:
    """A number for SVG, to the tenth: templates would localise a float and write « 12,5 »."""
    return f"{value:.1f}".removesuffix(".0")


def points(pairs: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{coordinate(x)},{coordinate(y)}" for x, y in pairs)


def percentage(part: Figure, whole: Figure) -> str:
    """``part`` of ``whole`` as an SVG length, « 33.33% »; nothing of nothing is 0."""
    return f"{100 * float(part) / float(whole) if whole else 0:.2f}%"


def figure(value: Figure | None, unit: str = "") -> str:
    """A value as it is written beside a drawing: « 1 234,5 », « 61 % »; « – » when it was not measured."""
    if value is None:
        return "–"
    written = number(value)
    return f"{written}\u00a0{unit}" if unit else written


def colour(tone: str) -> str:
    """The paper colour of ``tone``. Raises ChartError for an unknown one."""
    try:
        return PALETTE[tone]
    except KeyError:
        raise ChartError(f"{tone!r} is no tone; tones: {', '.join(sorted(PALETTE))}.") from None


def same_length(what: str, values: Sequence[object], expected: int) -> None:
    if len(values) != expected:
        raise ChartError(f"{what}: {len(values)} values for {expected} expected.")


def within(what: str, value: Figure | None, maximum: Figure) -> None:
    """Raises ChartError when ``value`` is measured and not between 0 and ``maximum``."""
    if value is not None and not 0 <= value <= maximum:
        raise ChartError(f"{what}: {value} is not between 0 and {maximum}.")
