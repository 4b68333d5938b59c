"""Raising and answering alerts. Any app may raise one."""

import uuid

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from common.errors import Conflict, DomainError
from common.locks import one_at_a_time
from common.refusals import refused_in_words
from governance.enums import Severity
from governance.models import Alert
from organisations.models import Project, User


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
) -> Alert:
    """Number an alert and put it to the COMOP; the same form posted twice raises once.

    Raises DomainError when it says nothing, or when one is open already about the same thing.
    """
    text = text.strip()
    if not text:
        raise DomainError("Dites ce qui se passe.", field="text")
    one_at_a_time(f"alert:{project.pk}")  # so that numbers follow one another
    of_project = Alert.objects.filter(project=project)
    if known := of_project.filter(token=token).first():
        return known
    number = (of_project.aggregate(last=Max("number"))["last"] or 0) + 1
    with refused_in_words(Alert, field="text"):
        return Alert.objects.create(
            project=project,
            number=number,
            severity=severity,
            subject=subject[:200],
            text=text,
            source=source,
            source_id=source_id,
            raised_by=user,
            token=token,
        )


@transaction.atomic
def answer_alert(alert: Alert, *, answer: str, user: User) -> None:
    """Answer an alert, which closes it; the same answer posted twice is given once.

    Raises DomainError when empty, Conflict when somebody else answered meanwhile.
    """
    answer = answer.strip()
    if not answer:
        raise DomainError("Écrivez votre réponse : une alerte ne se ferme pas sans elle.", field="answer")
    answered = Alert.objects.filter(pk=alert.pk, answered_at=None).update(
        answer=answer, answered_by=user, answered_at=timezone.now()
    )
    if not answered:
        current = Alert.objects.select_related("raised_by", "answered_by").get(pk=alert.pk)
        if (current.answer, current.answered_by_id) != (answer, user.pk):
            raise Conflict(current=current, attempted={"answer": answer})
