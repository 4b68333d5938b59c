"""What changed between two assessments of one place, and how one stands among others: pure."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from risks.catalogue import Question, Questionnaire, Section
from risks.scoring import Marks, Scores, rounded

FEWEST = 3  # structures: a median of fewer would tell of one of them


@dataclass(frozen=True)
class SectionChange:
    """The printed scores of a section, then and now; None while nothing is marked there."""

    section: Section
    before: int | None
    after: int | None

    @property
    def difference(self) -> int | None:
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class Move:
    """A question whose mark changed."""

    question: Question
    before: int
    after: int

    @property
    def difference(self) -> int:
        return self.after - self.before


def changes(before: Scores, after: Scores) -> list[SectionChange]:
    """Section by section, in their order."""
    pairs = zip(before.sections, after.sections, strict=True)
    return [SectionChange(new.section, old.score.points, new.score.points) for old, new in pairs]


def moves(form: Questionnaire, before: Marks, after: Marks) -> list[Move]:
    """The questions marked both times whose mark changed: what moved most first, worse before better."""
    found = []
    for question in form.questions:
        old, new = before.get(question.number), after.get(question.number)
        if old is not None and new is not None and old != new:
            found.append(Move(question, old, new))
    return sorted(found, key=lambda move: (-abs(move.difference), -move.difference, move.question.rank))


@dataclass(frozen=True)
class Median:
    """The middle of what other structures scored, in printed points, by section and in all; None where they are too few
    to say nothing of one."""

    sections: tuple[int | None, ...] = ()
    total: int | None = None


# Structure → its score.
ByStructure = Mapping[uuid.UUID, Fraction]


def enough(structures: Collection[uuid.UUID], known: Collection[uuid.UUID]) -> bool:
    """Whether figures over these structures tell of none in particular: three at least, and three that the reader does
    not know already, for what is known can be taken away. Who knows all of them learns nothing."""
    unknown = set(structures) - set(known)
    return len(structures) >= FEWEST and not 0 < len(unknown) < FEWEST


def unnamed_median(scores: ByStructure, known: Collection[uuid.UUID]) -> int | None:
    """The median of these scores, to the nearest point; None when they are too few."""
    return rounded(Fraction(median(scores.values()))) if enough(scores.keys(), known) else None
