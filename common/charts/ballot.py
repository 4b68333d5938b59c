"""A vote, voice by voice along one bar, each as wide as it weighs, and the mark that the quorum asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from common.charts.base import Chart, ChartError, Figure, Table, colour, figure, percentage, within
from common.charts.palette import PALETTE

WHOLE = 100
# In hundredths of the narrowest bar (a phone): a character of a label, and the room around it.
_CHARACTER, _AROUND, _INSET = 2.4, 4.0, 2.0


@dataclass(frozen=True)
class Vote:
    """What one voice says: `who`, their `weight` in percent, the words (« Pour A »), `short` ones for a narrow part.

    A `pale` one is drawn in the tone of the track: it says nothing for or against.
    """

    who: str
    weight: Figure
    words: str
    short: str
    tone: str
    icon: str
    pale: bool = False


@dataclass(frozen=True)
class Part:
    """A rectangle of the bar and what is written in it; lengths are those of SVG."""

    x: str
    width: str
    tone: str
    fill: str
    text: str
    text_x: str
    ink: str
    pale: bool


@dataclass(frozen=True, kw_only=True)
class Ballot(Chart):
    """`votes` in the order in which they are drawn; what is left of the bar is of voices that nobody represents.

    `needed`: the weight, in percent, at which the quorum is reached. `beside`: the page has the same figures in a
    table of its own.
    """

    component: ClassVar[str] = "ballot"

    votes: Sequence[Vote]
    needed: Figure | None = None
    row_label: str = "OG"
    beside: bool = False

    def __post_init__(self) -> None:
        for vote in self.votes:
            within(vote.who, vote.weight, WHOLE)
        if sum(float(vote.weight) for vote in self.votes) > WHOLE + 0.001:
            raise ChartError("The weights of a vote add up to 100 % at most.")
        within("Quorum", self.needed, WHOLE)

    @property
    def is_empty(self) -> bool:
        return not self.votes

    @property
    def parts(self) -> list[Part]:
        """The rectangles, left to right."""
        found, before = [], 0.0
        for vote in self.votes:
            weight = float(vote.weight)
            found.append(
                Part(
                    x=percentage(before, WHOLE),
                    width=percentage(weight, WHOLE),
                    tone=vote.tone,
                    fill=colour("track" if vote.pale else vote.tone),
                    text=_fitting(vote),
                    text_x=percentage(before + _INSET, WHOLE),
                    ink=PALETTE["ink" if vote.pale else "paper"],
                    pale=vote.pale,
                )
            )
            before += weight
        return found

    @property
    def mark_x(self) -> str:
        """Where the mark of the quorum stands."""
        return percentage(self.needed or 0, WHOLE)

    @property
    def mark_anchor(self) -> str:
        """How its words hang on it, so that they stay within the bar."""
        needed = float(self.needed or 0)
        return "start" if needed < 15 else "end" if needed > 85 else "middle"

    @property
    def mark_text(self) -> str:
        """« Quorum 60 »."""
        return f"Quorum {figure(self.needed)}"

    @property
    def keys(self) -> list[tuple[str, str, str]]:
        """The legend: tone, icon, word of each thing that a voice says, once."""
        return list(dict.fromkeys((vote.tone, vote.icon, vote.words) for vote in self.votes))

    @property
    def table(self) -> Table | None:
        if self.beside:
            return None
        rows = tuple((vote.who, (vote.words, figure(vote.weight, "%"))) for vote in self.votes)
        return Table((self.row_label, "Vote", "Poids"), rows)


def _fitting(vote: Vote) -> str:
    """The longest of « Pour A 41,67 », « A 41,67 », « 41,67 » that its part holds on a phone; nothing in a sliver."""
    weight = figure(vote.weight)
    for text in (f"{vote.words} {weight}", f"{vote.short} {weight}", weight):
        if len(text) * _CHARACTER + _AROUND <= float(vote.weight):
            return text
    return ""
