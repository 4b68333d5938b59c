"""Answers of each respondent, given alone; who answers."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from common.errors import Conflict, DomainError, Forbidden
from common.refusals import refused_in_words
from common.versions import change
from organisations.models import User
from risks.aggregates import has_written
from risks.catalogue import Question
from risks.enums import Capacity
from risks.models import Assessment, Mark, Respondent
from risks.places import Place
from risks.selectors.assessments import asked_questions

CLOSED = "La campagne est close : les réponses ne changent plus."
TOGETHER = "Les réponses sont mises en commun : elles ne changent plus."
FINISHED = "Vous avez dit avoir terminé. Reprenez vos réponses pour en changer une."


def _answering(assessment: Assessment) -> Assessment:
    """Lock it: nobody puts marks together while one is being written. Raises DomainError once it is too late."""
    current = Assessment.objects.select_for_update(no_key=True).get(pk=assessment.pk)
    if not current.answering:
        raise DomainError(CLOSED if current.closed_at else TOGETHER)
    return current


@transaction.atomic
def give_mark(
    *,
    place: Place,
    assessment: Assessment,
    question: Question,
    version: int,
    value: int | None,
    not_concerned: bool = False,
    comment: str = "",
    capacity: Capacity | None,
    by: User,
) -> Mark:
    """Write what this person says of a question: a mark, « non concerné », or a comment alone.

    `version`: that of the mark that was read, 0 when there was none. `capacity`: of who needs not be asked, and becomes
    a respondent by this. Raises Conflict when they answered otherwise in another window, Forbidden when nobody asked
    them, DomainError when answers are closed or the question is not asked.
    """
    current = _answering(assessment)
    if question not in asked_questions(current):
        raise DomainError("Cette question n’est pas posée dans cette campagne.", field="mark")
    given = {"value": value, "not_concerned": not_concerned, "comment": comment.strip()}
    respondent = Respondent.objects.filter(assessment=current, user=by.pk).first()
    if respondent is None:
        if capacity is None:
            raise Forbidden("On ne vous a pas demandé de répondre à cette analyse.")
        if not any(given.values()):
            return Mark(question=question.number, version=0, **given)
        respondent = Respondent.objects.create(
            **place.columns, assessment=current, user_id=by.pk, capacity=capacity, asked_by_id=by.pk
        )
    if respondent.finished_at is not None:
        raise DomainError(FINISHED)
    known = Mark.objects.filter(respondent=respondent, question=question.number).first()
    with refused_in_words(Mark, field="mark"):
        if known is None:
            if not any(given.values()):
                return Mark(question=question.number, version=0, **given)
            return Mark.objects.create(
                **place.columns,
                assessment=current,
                respondent=respondent,
                user_id=by.pk,
                question=question.number,
                **given,
            )
        if all(getattr(known, name) == wanted for name, wanted in given.items()):
            return known
        if known.version != version:
            raise Conflict(current=known, attempted=given)
        return change(known, version=version, answered_at=timezone.now(), **given)


@transaction.atomic
def finish(*, assessment: Assessment, by: User) -> Respondent:
    """This person has answered, be it not everything. Twice is once. Raises DomainError while they answered nothing."""
    current = _answering(assessment)
    respondent = Respondent.objects.filter(assessment=current, user=by.pk).first()
    if respondent is None or not any(mark.given for mark in Mark.objects.filter(respondent=respondent)):
        raise DomainError("Vous n’avez encore répondu à aucune question.")
    if respondent.finished_at is not None:
        return respondent
    return change(respondent, version=respondent.version, finished_at=timezone.now())


@transaction.atomic
def resume(*, assessment: Assessment, by: User) -> None:
    """Take back having finished. Twice is once. Raises DomainError once marks are put together."""
    current = _answering(assessment)
    respondent = Respondent.objects.filter(assessment=current, user=by.pk).first()
    if respondent is not None and respondent.finished_at is not None:
        change(respondent, version=respondent.version, finished_at=None)


@transaction.atomic
def add_respondents(
    *, place: Place, assessment: Assessment, people: Sequence[tuple[User, Capacity]], by: User
) -> list[Respondent]:
    """Ask these people to answer; those who do already are left as they are. Returns the new ones."""
    current = _answering(assessment)
    there = set(Respondent.objects.filter(assessment=current).values_list("user_id", flat=True))
    return Respondent.objects.bulk_create(
        Respondent(**place.columns, assessment=current, user=user, capacity=capacity, asked_by_id=by.pk)
        for user, capacity in people
        if user.pk not in there
    )


@transaction.atomic
def remove_respondent(*, respondent: Respondent) -> bool:
    """Ask this person no more; whether it changed anything. Raises DomainError once they wrote anything."""
    _answering(respondent.assessment)
    current = Respondent.objects.filter(pk=respondent.pk).first()
    if current is None:
        return False
    if has_written(current.pk):
        raise DomainError(f"{current.user} a déjà commencé à répondre : ses réponses comptent.")
    current.delete()
    return True


@transaction.atomic
def change_capacity(*, respondent: Respondent, capacity: Capacity, version: int) -> Respondent:
    """Say in what capacity they answer. Raises Conflict when somebody else said otherwise since `version`."""
    _answering(respondent.assessment)
    current = Respondent.objects.get(pk=respondent.pk)
    if current.capacity == capacity:
        return current
    return change(current, version=version, capacity=capacity)
