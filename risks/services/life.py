"""The life of an assessment once its marks are together: submitted, validated, transmitted, reopened, sent back."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from common import french
from common.errors import Conflict, DomainError, Forbidden
from common.refusals import refused_in_words
from common.versions import change
from organisations.models import User
from risks.enums import AssessmentStatus
from risks.models import AgreedMark, Assessment
from risks.places import Place
from risks.selectors.assessments import asked_questions
from risks.services.register import transmit_open_risks

NAMED = 3  # questions without a mark that a refusal names

# What comes next in each state, for who tries something else.
NEXT = {
    AssessmentStatus.ANSWERING: "chacun répond encore de son côté.",
    AssessmentStatus.CONVERGING: "les notes s’accordent dans la mise en commun.",
    AssessmentStatus.SUBMITTED: "la direction la valide, ou la rouvre.",
    AssessmentStatus.VALIDATED: "la direction l’a validée ; elle seule peut la rouvrir.",
    AssessmentStatus.TRANSMITTED: "elle est transmise et ne change plus, sauf renvoi du chef de projet.",
}
CLOSED = "Rien n’est enregistré : la campagne est close, cette analyse reste comme elle est."


def locked(assessment: Assessment) -> Assessment:
    """The assessment as it stands, held until the transaction ends: who submits waits for who agrees."""
    rows = Assessment.objects.select_for_update(of=("self",), no_key=True).select_related("campaign")
    return rows.get(pk=assessment.pk)


def in_state(assessment: Assessment, *statuses: AssessmentStatus) -> Assessment:
    """The assessment as it stands, held, if it is in one of these states. Raises DomainError."""
    return _such(locked(assessment), statuses)


def seen(assessment: Assessment, version: int, *statuses: AssessmentStatus) -> Assessment:
    """The same, if it is the one that was read. Raises Conflict when it moved since, DomainError."""
    current = locked(assessment)
    if current.version != version:
        raise Conflict(current=current, attempted={})
    return _such(current, statuses)


def _such(current: Assessment, statuses: Collection[AssessmentStatus]) -> Assessment:
    if current.closed_at or current.campaign.closed_at:
        raise DomainError(CLOSED)
    if current.state not in statuses:
        raise DomainError(french.typography(f"Rien n’est enregistré : {NEXT[current.state]}"))
    return current


def move(current: Assessment, status: AssessmentStatus, **values: Any) -> Assessment:
    with refused_in_words(Assessment):
        return change(current, version=current.version, status=status, **values)


@transaction.atomic
def submit(*, assessment: Assessment, version: int, by: User) -> Assessment:
    """Hand it to the direction. Raises DomainError while a question has no agreed mark, Conflict when it moved."""
    current = seen(assessment, version, AssessmentStatus.CONVERGING)
    _complete(current)
    return move(current, AssessmentStatus.SUBMITTED, submitted_by=by, submitted_at=timezone.now())


@transaction.atomic
def validate(*, assessment: Assessment, version: int, by: User) -> Assessment:
    """The direction stands by it; straight from the convergence if it likes. Raises as `submit` does."""
    current = seen(assessment, version, AssessmentStatus.CONVERGING, AssessmentStatus.SUBMITTED)
    now, values = timezone.now(), {}
    if current.converging:
        _complete(current)
        values = {"submitted_by": by, "submitted_at": now}
    return move(current, AssessmentStatus.VALIDATED, validated_by=by, validated_at=now, **values)


@transaction.atomic
def transmit(*, place: Place, assessment: Assessment, version: int, by: User) -> Assessment:
    """Give it to the project lead, with the open risks of the register: nothing of its marks changes any more. The
    project's own stops there."""
    current = seen(assessment, version, AssessmentStatus.VALIDATED)
    if place.esms:
        transmit_open_risks(place=place, by=by)
    return move(
        current,
        AssessmentStatus.TRANSMITTED,
        transmitted_by=by,
        transmitted_at=timezone.now(),
        sent_back_by=None,
        sent_back_at=None,
        sent_back_note="",
    )


@transaction.atomic
def reopen(*, assessment: Assessment, version: int, validates: bool) -> Assessment:
    """Back to the convergence; once it is validated, by who `validates` alone (Forbidden)."""
    current = seen(assessment, version, AssessmentStatus.SUBMITTED, AssessmentStatus.VALIDATED)
    if current.state == AssessmentStatus.VALIDATED and not validates:
        raise Forbidden(french.typography(f"Rien n’est enregistré : {NEXT[AssessmentStatus.VALIDATED]}"))
    return move(current, AssessmentStatus.CONVERGING)


@transaction.atomic
def send_back(*, assessment: Assessment, version: int, note: str, by: User) -> Assessment:
    """Ask the place to take it up again: its marks are its own again until it transmits anew.

    Raises DomainError without a note, or when the place began a newer one; Conflict when it moved.
    """
    current = seen(assessment, version, AssessmentStatus.TRANSMITTED)
    if not note.strip():
        raise DomainError("Dites ce qui est à reprendre.", field="note")
    if Assessment.objects.filter(place=current.place, campaign__number__gt=current.campaign.number).exists():
        raise DomainError("Une analyse plus récente est commencée : c’est elle qui sera complétée.")
    return move(
        current,
        AssessmentStatus.CONVERGING,
        sent_back_by=by,
        sent_back_at=timezone.now(),
        sent_back_note=note.strip(),
    )


def _complete(current: Assessment) -> None:
    agreed = set(AgreedMark.objects.filter(assessment=current).values_list("question", flat=True))
    missing = [question for question in asked_questions(current) if question.number not in agreed]
    if not missing:
        return
    left = french.counted(len(missing), "question reste", "questions restent", feminine=True)
    names = [f"{question.number} « {question.text.rstrip('.')} »" for question in missing[:NAMED]]
    others = len(missing) - NAMED
    if others > 0:
        names.append(french.plural(others, "autre", "autres"))
    raise DomainError(french.typography(f"{french.capital(left)} à accorder : {french.listed(names)}."))
