"""How far apart the answers to one question are: pure. What people who answered alone settle first, together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median_high

from risks.catalogue import Question

A_POINT = 1  # apart: the median may be kept without talking it over

# The answers to one question: marks, None for « non concerné ».
Answers = Sequence[int | None]


@dataclass(frozen=True)
class Apart:
    """The answers to one question, compared. `spread`: from the lowest to the highest, in points; « non concerné »
    stands at 0, below every mark, as whoever says so sees no risk there."""

    answers: Answers

    @property
    def marks(self) -> list[int]:
        return [answer for answer in self.answers if answer is not None]

    @property
    def spread(self) -> int:
        placed = [answer or 0 for answer in self.answers]
        return max(placed) - min(placed) if placed else 0

    @property
    def unanimous(self) -> bool:
        """Whether everybody who answered said the very same."""
        return len(set(self.answers)) == 1

    @property
    def close(self) -> bool:
        """Whether everybody gave a mark, a point apart."""
        return len(self.marks) == len(self.answers) and self.spread == A_POINT

    @property
    def median(self) -> int:
        """Of the marks, the higher of two: in doubt, the risk is kept. ValueError without a mark."""
        return median_high(self.marks)


def compare(answers: Mapping[str, Answers], question: Question) -> Apart:
    """The answers to this question among those by number."""
    return Apart(answers.get(question.number, ()))


def most_apart_first(questions: Iterable[Question], answers: Mapping[str, Answers]) -> list[Question]:
    """The questions in the order to talk about them; those that nobody answered come last."""

    def place(question: Question) -> tuple[bool, int, int]:
        apart = compare(answers, question)
        return not apart.answers, -apart.spread, question.rank

    return sorted(questions, key=place)
