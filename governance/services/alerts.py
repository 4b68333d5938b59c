"""Raising, handling and answering alerts. Any app may raise one."""

import uuid

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from common.errors import Conflict, DomainError
from common.locks import one_at_a_time
from common.refusals import refused_in_words
from common.scope import elevated
from common.versions import change_fields
from governance.enums import ArbitrationStatus, Severity
from governance.models import Alert, Arbitration
from organisations.models import ESMS, Project, User


@transaction.atomic
def raise_alert(
    *,
    project: Project,
    subject: str,
    text: str,
    severity: Severity,
    user: User,
    token: uuid.UUID,
    source: str = "",
    source_id: uuid.UUID | None = None,
    esms: ESMS | None = None,
    owner: User | None = None,
) -> Alert:
    """Number an alert and put it to the COMOP; the same form posted twice raises once.

    `esms`: the structure that it is about, if one; `owner`: who has it in hand.

    Raises DomainError when it says nothing, or when one is open already about the same thing.
    """
    subject, text = subject.strip(), text.strip()
    if not subject:
        raise DomainError("Dites en quelques mots de quoi il s’agit.", field="subject")
    if not text:
        raise DomainError("Dites ce qui se passe.", field="text")
    one_at_a_time(f"alert:{project.pk}")  # so that numbers follow one another
    if known := Alert.objects.filter(project=project, token=token).first():
        return known
    with refused_in_words(Alert, field="text"):
        return Alert.objects.create(
            project=project,
            number=_next_number(project),
            severity=severity,
            subject=subject[:200],
            text=text,
            source=source,
            source_id=source_id,
            raised_by=user,
            token=token,
            esms=esms,
            og_id=esms.og_id if esms else None,
            owner=owner,
        )


def _next_number(project: Project) -> int:
    """After the highest of the project: whoever raises an alert may read only some of those before it."""
    with elevated():
        return (Alert.objects.filter(project=project).aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def take_alert(*, alert: Alert, version: int, owner: User | None) -> Alert:
    """Say who has an alert in hand; nobody, again, without `owner`.

    Raises DomainError once it is answered, Conflict when somebody else took it since `version`.
    """
    _check_open(alert)
    return change_fields(alert, version=version, owner=owner)


@transaction.atomic
def answer_alert(alert: Alert, *, answer: str, user: User) -> None:
    """Answer an alert, which closes it; the same answer posted twice is given once.

    Raises DomainError when empty or while the COSTRAT has to settle it, Conflict when somebody else answered meanwhile.
    """
    answer = answer.strip()
    if not answer:
        raise DomainError("Écrivez votre réponse : une alerte ne se ferme pas sans elle.", field="answer")
    current = locked(alert)
    if current.answered_at is not None:
        if (current.answer, current.answered_by_id) != (answer, user.pk):
            raise Conflict(current=current, attempted={"answer": answer})
        return
    if waits_for_costrat(current):
        raise DomainError(
            "Cette alerte est portée au COSTRAT : elle recevra pour réponse ce qu’il décide.", field="answer"
        )
    Alert.objects.filter(pk=alert.pk).update(
        answer=answer, answered_by=user, answered_at=timezone.now(), version=F("version") + 1
    )


def waits_for_costrat(alert: Alert) -> bool:
    """Whether an arbitration will answer it. One that was withdrawn answers nothing."""
    return (
        alert.answered_at is None
        and alert.arbitration is not None
        and alert.arbitration.status != ArbitrationStatus.WITHDRAWN
    )


@transaction.atomic
def mark_answer_read(*, alert: Alert, user: User) -> None:
    """Who raised an alert has read its answer. Twice is once. Raises DomainError for somebody else, or too early."""
    if alert.raised_by_id != user.pk:
        raise DomainError("Seule la personne qui a donné l’alerte dit qu’elle a lu la réponse.")
    read = Alert.objects.filter(pk=alert.pk, answered_at__isnull=False)
    if not read.exists():
        raise DomainError("Cette alerte n’a pas encore de réponse.")
    read.filter(read_at=None).update(read_at=timezone.now(), version=F("version") + 1)


@transaction.atomic
def answer_from_arbitration(*, arbitration: Arbitration, answer: str, user: User) -> int:
    """The alerts that were escalated to this arbitration are answered by what was decided. Returns how many."""
    waiting = Alert.objects.open().filter(arbitration=arbitration)
    return waiting.update(answer=answer, answered_by=user, answered_at=timezone.now(), version=F("version") + 1)


def locked(alert: Alert) -> Alert:
    """The alert as it stands, that nobody answers or escalates meanwhile."""
    rows = Alert.objects.select_for_update(of=("self",))
    return rows.select_related("project", "esms", "raised_by", "answered_by", "arbitration").get(pk=alert.pk)


def _check_open(alert: Alert) -> None:
    if locked(alert).answered_at is not None:
        raise DomainError("Cette alerte a reçu sa réponse : elle n’est plus à prendre en main.")
