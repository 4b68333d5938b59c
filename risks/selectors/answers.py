"""The sheet of one respondent, and who answers in an assessment."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from organisations.enums import Role
from organisations.models import Membership, User
from organisations.selectors import holders
from risks.aggregates import answered_by
from risks.catalogue import Question, Section, questionnaire
from risks.enums import Capacity
from risks.models import Assessment, Mark, Respondent
from risks.places import Place
from risks.rights import Rights
from risks.scoring import Marks
from risks.selectors.assessments import asked_questions, marks_of

OF_A_STRUCTURE = (Capacity.DIRECTION, Capacity.DEPUTY, Capacity.REFERENT)
_BY_ROLE = {Role.ESMS_DIRECTOR: Capacity.DIRECTION, Role.LOCAL_REFERENT: Capacity.REFERENT}


@dataclass(frozen=True)
class Sheet:
    """What one person answers. `respondent`: None for who fills the structure and answered nothing yet. `marks`:
    theirs only. `last`: what the place agreed on the last time, as far as the reader may know it."""

    assessment: Assessment
    respondent: Respondent | None
    questions: tuple[Question, ...]
    marks: Mapping[str, Mark]
    last: Marks

    @property
    def finished(self) -> bool:
        return self.respondent is not None and self.respondent.finished_at is not None

    @property
    def writes(self) -> bool:
        """Whether its marks can still change."""
        return self.assessment.answering and not self.finished

    def answers(self, question: Question) -> bool:
        mark = self.marks.get(question.number)
        return mark is not None and mark.given

    @cached_property
    def unanswered(self) -> list[Question]:
        return [question for question in self.questions if not self.answers(question)]

    @property
    def answered(self) -> int:
        return len(self.questions) - len(self.unanswered)

    @cached_property
    def sections(self) -> list[tuple[Section, list[Question]]]:
        """Those of which something is asked, in their order."""
        asked = [
            (section, [question for question in self.questions if question.section == section.number])
            for section in questionnaire().sections
        ]
        return [(section, questions) for section, questions in asked if questions]

    def place_of(self, question: Question) -> int:
        """Its place among what is asked, from 1. Raises ValueError when it is not."""
        return self.questions.index(question) + 1

    def beside(self, question: Question) -> tuple[Question | None, Question | None]:
        """The question before and the one after."""
        at = self.questions.index(question)
        after = self.questions[at + 1] if at + 1 < len(self.questions) else None
        return (self.questions[at - 1] if at else None), after

    @property
    def resume(self) -> Question | None:
        """Where to go on: the first question without answer after the last one answered, then those before it."""
        given = [mark for mark in self.marks.values() if mark.given]
        if not self.unanswered or not given:
            return self.unanswered[0] if self.unanswered else None
        last = questionnaire().by_number[max(given, key=lambda mark: mark.answered_at).question]
        return next((one for one in self.unanswered if one.rank > last.rank), self.unanswered[0])


def respondent_in(assessment: Assessment, user: User) -> Respondent | None:
    """This person as a respondent, if they are one. One query."""
    return Respondent.objects.filter(assessment=assessment, user=user.pk).first()


def sheet_of(assessment: Assessment, respondent: Respondent | None) -> Sheet:
    """Two queries at most."""
    rows = Mark.objects.filter(respondent=respondent) if respondent else Mark.objects.none()
    before = assessment.based_on
    return Sheet(
        assessment=assessment,
        respondent=respondent,
        questions=asked_questions(assessment),
        marks={row.question: row for row in rows},
        last=marks_of([before]).get(before.pk, {}) if before else {},
    )


@dataclass(frozen=True)
class Answering:
    """Somebody who answers, and how many questions they did."""

    respondent: Respondent
    answered: int


def respondents_of(assessment: Assessment) -> list[Answering]:
    """Who answers, and how far each is. Two queries, besides the role."""
    done = answered_by([assessment.pk])
    rows = Respondent.objects.filter(assessment=assessment).select_related("user", "asked_by")
    return [Answering(row, done.get(row.pk, 0)) for row in rows.order_by("asked_at", "pk")]


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be asked to answer. `capacities`: in what capacity, the likely one first; `suggested`: they are
    expected to."""

    user: User
    capacities: tuple[Capacity, ...]
    suggested: bool


def candidates(place: Place) -> list[Candidate]:
    """In a structure its direction, its referents and the project lead; in the project its lead, its COSTRAT and its
    COMOP. Each person once. Two queries at most."""
    found: dict[object, Candidate] = {}
    if place.esms:
        rows = Membership.objects.active().filter(esms=place.esms, role__in=_BY_ROLE).select_related("user")
        for row in rows.order_by("role", "user__last_name", "user__first_name", "pk"):
            likely = _BY_ROLE[Role(row.role)]
            others = tuple(one for one in OF_A_STRUCTURE if one != likely)
            found.setdefault(row.user_id, Candidate(row.user, (likely, *others), suggested=True))
        held = holders(place.project, [Role.PROJECT_LEAD])
    else:
        held = holders(place.project, [Role.PROJECT_LEAD, Role.COSTRAT, Role.COMOP])
    for role in (Role.PROJECT_LEAD, Role.COSTRAT, Role.COMOP):
        capacity = Capacity.LEAD if role is Role.PROJECT_LEAD else Capacity.BODY
        for user in held.get(role, []):
            suggested = place.esms is None and capacity is Capacity.LEAD
            found.setdefault(user.pk, Candidate(user, (capacity,), suggested))
    return list(found.values())


def own_capacity(place: Place, rights: Rights) -> Capacity | None:
    """In what capacity somebody answers whom nobody had to ask; None for the others."""
    if not rights.fills:
        return None
    if place.esms is None:
        return Capacity.LEAD
    return Capacity.DIRECTION if rights.validates else Capacity.REFERENT
