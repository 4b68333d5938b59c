"""Marks put together: what everybody answered alone becomes one mark a question."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from common.errors import Conflict, DomainError
from common.refusals import refused_in_words
from common.versions import change
from organisations.models import User
from risks.disagreement import compare
from risks.enums import AssessmentStatus
from risks.models import AgreedMark, Assessment
from risks.places import Place
from risks.selectors.assessments import asked_questions
from risks.selectors.convergence import answers_in, marks_by_question
from risks.services.life import in_state, move, seen


@transaction.atomic
def open_convergence(*, place: Place, assessment: Assessment, version: int, by: User) -> Assessment:
    """Answers don't change any more, and their people see each other's. What all who answered marked alike is agreed;
    what isn't asked this time keeps its mark of the last one.

    Raises DomainError when nobody answered anything, Conflict when it moved.
    """
    current = seen(assessment, version, AssessmentStatus.ANSWERING)
    # First: nobody reads the marks of others before.
    current = move(current, AssessmentStatus.CONVERGING, converging_by=by, converging_at=timezone.now())
    answers = answers_in(marks_by_question(current))
    if not any(answers.values()):
        raise DomainError("Personne n’a encore répondu : il n’y a rien à mettre en commun.")
    asked = asked_questions(current)
    found = [(question.number, compare(answers, question)) for question in asked]
    alike = [(number, apart.answers[0]) for number, apart in found if apart.unanimous]
    _keep(place, current, alike, by, timezone.now())
    if not current.asks_all:
        carry(place, current, {question.number for question in asked})
    return current


def _keep(
    place: Place, assessment: Assessment, marks: list[tuple[str, int | None]], by: User, moment: datetime
) -> None:
    with refused_in_words(AgreedMark):
        AgreedMark.objects.bulk_create(
            AgreedMark(
                **place.columns,
                assessment=assessment,
                question=number,
                value=value,
                not_concerned=value is None,
                agreed_by=by,
                agreed_at=moment,
            )
            for number, value in marks
        )


def carry(place: Place, assessment: Assessment, asked: set[str]) -> None:
    """What isn't `asked` (numbers of questions) keeps its mark of the last one, with who agreed on it and when."""
    rows = AgreedMark.objects.filter(assessment=assessment.based_on_id).exclude(question__in=asked).order_by("question")
    AgreedMark.objects.bulk_create(
        AgreedMark(
            **place.columns,
            assessment=assessment,
            question=row.question,
            value=row.value,
            not_concerned=row.not_concerned,
            comment=row.comment,
            carried=True,
            agreed_by_id=row.agreed_by_id,
            agreed_at=row.agreed_at,
        )
        for row in rows
    )


@transaction.atomic
def agree(
    *,
    place: Place,
    assessment: Assessment,
    question: str,
    kept: uuid.UUID | None,
    version: int,
    value: int | None,
    comment: str,
    by: User,
) -> AgreedMark:
    """Keep this mark (None: « non concerné ») for a question.

    `kept`, `version`: the mark that was read, if there was one. Raises Conflict, with the mark that somebody else kept
    meanwhile, and DomainError.
    """
    current = in_state(assessment, AssessmentStatus.CONVERGING)
    if question not in {one.number for one in asked_questions(current)}:
        raise DomainError("Cette question n’est pas posée cette fois : elle garde sa note précédente.")
    said = {"value": value, "not_concerned": value is None, "comment": comment}
    row = AgreedMark.objects.filter(assessment=current, question=question).select_related("agreed_by").first()
    if row is None:
        with refused_in_words(AgreedMark, field="mark"):
            return AgreedMark.objects.create(
                **place.columns, assessment=current, question=question, agreed_by=by, **said
            )
    if all(getattr(row, name) == told for name, told in said.items()):
        return row  # tapped twice, or both said the same
    if (row.pk, row.version) != (kept, version):
        raise Conflict(current=row, attempted=said)
    with refused_in_words(AgreedMark, field="mark"):
        return change(row, version=version, **said, agreed_by=by, agreed_at=timezone.now())


@transaction.atomic
def withdraw(*, assessment: Assessment, question: str, kept: uuid.UUID | None, version: int) -> None:
    """The question is to be settled again. Raises Conflict when somebody else kept another mark meanwhile."""
    current = in_state(assessment, AssessmentStatus.CONVERGING)
    row = AgreedMark.objects.filter(assessment=current, question=question, carried=False)
    found = row.select_related("agreed_by").first()
    if found is None:
        return
    if (found.pk, found.version) != (kept, version):
        raise Conflict(current=found, attempted={})
    found.delete()


@transaction.atomic
def keep_medians(*, place: Place, assessment: Assessment, by: User) -> tuple[int, datetime]:
    """Keep the median where marks are a point apart. How many were kept, and the moment that `drop_medians` asks."""
    current = in_state(assessment, AssessmentStatus.CONVERGING)
    answers = answers_in(marks_by_question(current))
    agreed = set(AgreedMark.objects.filter(assessment=current).values_list("question", flat=True))
    open_ones = [question for question in asked_questions(current) if question.number not in agreed]
    found = [(question.number, compare(answers, question)) for question in open_ones]
    close = [(number, apart.median) for number, apart in found if apart.close]
    moment = timezone.now()
    _keep(place, current, [*close], by, moment)
    return len(close), moment


@transaction.atomic
def drop_medians(*, assessment: Assessment, moment: datetime, by: User) -> int:
    """Take back what `keep_medians` kept at that moment, but for what somebody changed since. How many."""
    current = in_state(assessment, AssessmentStatus.CONVERGING)
    rows = AgreedMark.objects.filter(assessment=current, agreed_by=by, agreed_at=moment, version=1, carried=False)
    return rows.delete()[0]
