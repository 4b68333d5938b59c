"""The questionnaire as reference data: a hundred statements in ten sections, read from the file beside this module.

The method is ANAP's « 100 points »; statements, landmarks and mitigations are ours.
"""

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from common.french import typography
from common.yaml_files import read_yaml
from risks.enums import Category

PATH = Path(__file__).parent / "risk_questionnaire.yaml"
CODE = "risk_questionnaire"
SECTIONS, QUESTIONS = 10, 10  # of a section
# The sections as charts name them: their titles are too long for the corner of a radar.
SHORT = (
    "Projet",
    "Contexte",
    "Management",
    "Conduite",
    "Alliés",
    "Contributions",
    "Utilisateurs",
    "Ressources",
    "Équipe",
    "Histoire",
)


@dataclass(frozen=True)
class Question:
    """A statement, marked from 1 (`low` says what that means) to 10 (`high`). `starred`: asked again at the end of each
    phase. `rank`: its place among all, from 1; `number`: « 3.10 »."""

    number: str
    rank: int
    section: int
    text: str
    low: str
    high: str
    category: Category
    starred: bool
    mitigation: str

    @property
    def anchor(self) -> str:
        """Its place on a page."""
        return f"q-{self.slug}"

    @property
    def slug(self) -> str:
        """Its number in an address."""
        return self.number.replace(".", "-")


@dataclass(frozen=True)
class Section:
    number: int
    title: str
    short: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Questionnaire:
    version: int
    sections: tuple[Section, ...]

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for section in self.sections for question in section.questions)

    @cached_property
    def starred(self) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if question.starred)

    @cached_property
    def by_number(self) -> dict[str, Question]:
        return {question.number: question for question in self.questions}

    @cached_property
    def by_slug(self) -> dict[str, Question]:
        return {question.slug: question for question in self.questions}

    def section(self, number: int) -> Section:
        """Raises KeyError for a number that there is not."""
        if not 1 <= number <= len(self.sections):
            raise KeyError(number)
        return self.sections[number - 1]


def parse(content: dict[str, Any]) -> Questionnaire:
    """The questionnaire. Raises KeyError or ValueError when it doesn't hold together."""
    sections = tuple(_section(item, place) for place, item in enumerate(content["sections"], start=1))
    if len(sections) != SECTIONS:
        raise ValueError(f"{len(sections)} sections, {SECTIONS} expected.")
    return Questionnaire(int(content["version"]), sections)


def _section(item: dict[str, Any], place: int) -> Section:
    number = int(item["number"])
    questions = tuple(_question(one, number, rank) for rank, one in enumerate(item["questions"], start=1))
    if number != place or len(questions) != QUESTIONS:
        raise ValueError(f"Section {number}: {len(questions)} questions, at place {place}.")
    return Section(number, typography(item["title"]), SHORT[number - 1], questions)


def _question(item: dict[str, Any], section: int, rank: int) -> Question:
    if item["number"] != f"{section}.{rank}":
        raise ValueError(f"Question {item['number']} stands at {section}.{rank}.")
    return Question(
        number=item["number"],
        rank=(section - 1) * QUESTIONS + rank,
        section=section,
        text=typography(item["text"]),
        low=typography(item["low"]),
        high=typography(item["high"]),
        category=Category(item["category"]),
        starred=bool(item["phase_review"]),
        mitigation=typography(item["mitigation"]),
    )


@cache
def questionnaire() -> Questionnaire:
    """The one that this version of the application asks."""
    return parse(read_yaml(PATH))
