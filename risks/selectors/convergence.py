"""What respondents said each alone, read together; where the work on an assessment stands."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from risks.disagreement import Answers
from risks.models import AgreedMark, Assessment, Mark, Risk
from risks.places import Place


def marks_by_question(assessment: Assessment) -> dict[str, list[Mark]]:
    """What was said of each question, once marks are together. One query."""
    found: dict[str, list[Mark]] = defaultdict(list)
    rows = Mark.objects.filter(assessment=assessment).order_by("question", "respondent__asked_at", "respondent_id")
    for mark in rows:
        found[mark.question].append(mark)
    return dict(found)


def answers_in(marks: Mapping[str, Iterable[Mark]]) -> dict[str, Answers]:
    """The bare answers, without those that are only a comment."""
    return {number: [mark.value for mark in said if mark.given] for number, said in marks.items()}


def agreed_marks(assessment: Assessment) -> dict[str, AgreedMark]:
    """By question, the marks kept. One query."""
    rows = AgreedMark.objects.filter(assessment=assessment).select_related("agreed_by").order_by("question")
    return {row.question: row for row in rows}


def to_transmit(place: Place) -> int:
    """How many open risks of the register go up with the analysis. One query."""
    return Risk.objects.filter(place.rows, transmitted_at=None).open().count()
