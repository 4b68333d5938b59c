"""The score of an assessment: pure, from its marks. Source of the method: ANAP's « 100 points ».

A mark goes from 1 (no risk) to 10 (certain risk); « non concerné » (None) counts for nothing. A section of ten marks
goes from 10 to 100, the whole from 100 to 1000; when some are missing, both are brought back to what was marked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from risks.catalogue import Question, Questionnaire, Section
from risks.enums import Level

LOWEST, HIGHEST = 1, 10
A_SECTION, ALL = 10, 100  # by what a mean mark is multiplied: a section goes up to 100, the whole to 1000

# Number of a question → its mark, None for « non concerné ». One that isn't there has no answer.
Marks = Mapping[str, int | None]


def normalised(raw: int, marked: int, unit: int) -> Fraction:
    """The score of `marked` marks, at least one, that add up to `raw`."""
    return Fraction(raw * unit, marked)


def rounded(value: Fraction) -> int:
    """To the nearest point, halves upwards."""
    return floor(value + Fraction(1, 2))


@dataclass(frozen=True)
class Thresholds:
    """From which score of a section (10 to 100) risk is moderate, then certain; for the whole, ten times as much.
    `action_from`: the mark (1 to 10) from which an action is proposed. Ours, to be set by each project."""

    moderate_from: int = 40
    certain_from: int = 70
    action_from: int = 7

    def level(self, score: Fraction, *, whole: bool = False) -> Level:
        """The level of a section's score, or of the `whole`'s, as it is printed: 70 points are never under 70."""
        points, scale = rounded(score), ALL // A_SECTION if whole else 1
        if points >= self.certain_from * scale:
            return Level.CERTAIN
        return Level.MODERATE if points >= self.moderate_from * scale else Level.LOW


@dataclass(frozen=True)
class Score:
    """`raw`: the marks added; `marked`: how many; `answered`: those and « non concerné »; `asked`: how many questions.
    `normalised`: None while nothing is marked."""

    raw: int
    marked: int
    answered: int
    asked: int
    unit: int

    @property
    def normalised(self) -> Fraction | None:
        return normalised(self.raw, self.marked, self.unit) if self.marked else None

    @property
    def points(self) -> int | None:
        """What is printed: the normalised score, to the nearest point, halves upwards."""
        return None if self.normalised is None else rounded(self.normalised)

    @property
    def complete(self) -> bool:
        return self.answered == self.asked


@dataclass(frozen=True)
class SectionScore:
    section: Section
    score: Score


@dataclass(frozen=True)
class Scores:
    """Of one assessment: by section, in their order, and in all."""

    sections: tuple[SectionScore, ...]
    total: Score

    @property
    def points(self) -> tuple[int | None, ...]:
        """Printed scores by section."""
        return tuple(item.score.points for item in self.sections)


def score(form: Questionnaire, marks: Marks) -> Scores:
    """The scores of these marks. Numbers that the questionnaire doesn't have count for nothing."""
    sections = tuple(SectionScore(section, _score(section.questions, marks, A_SECTION)) for section in form.sections)
    return Scores(sections, _score(form.questions, marks, ALL))


def _score(questions: tuple[Question, ...], marks: Marks, unit: int) -> Score:
    answered = [marks[question.number] for question in questions if question.number in marks]
    marked = [mark for mark in answered if mark is not None]
    return Score(sum(marked), len(marked), len(answered), len(questions), unit)


def strongest(form: Questionnaire, marks: Marks, *, from_mark: int = LOWEST) -> list[tuple[Question, int]]:
    """Questions marked at least `from_mark`, the strongest first, then in their order."""
    found = [(question, mark) for question in form.questions if (mark := marks.get(question.number)) is not None]
    return sorted(((q, m) for q, m in found if m >= from_mark), key=lambda item: (-item[1], item[0].rank))
