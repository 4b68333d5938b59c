"""What is put to a body, and what it decides."""

import uuid
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from common.errors import DomainError
from common.french import long_date, typography
from common.locks import one_at_a_time
from common.refusals import refused_in_words
from governance.models import AgendaItem, AgendaRequest, Body, Decision, Meeting
from organisations.models import User


@transaction.atomic
def record_decision(
    *,
    body: Body,
    decided_on: date,
    title: str,
    text: str,
    user: User | None,
    token: uuid.UUID,
    settles: Iterable[AgendaRequest] = (),
    meeting: Meeting | None = None,
    item: AgendaItem | None = None,
) -> Decision:
    """Record what a body decided, numbered in its year; the same form posted twice records once.

    `settles`: the questions that it answers, put to that body. `meeting`, `item`: where it was taken.
    Raises DomainError (field) when the day is to come or before the project, when a text is missing or a question was
    put to another body.
    """
    title, text, settles = title.strip(), text.strip(), list(settles)
    if not title:
        raise DomainError("Dites en quelques mots sur quoi porte la décision.", field="title")
    if not text:
        raise DomainError("Écrivez ce qui a été décidé.", field="text")
    if decided_on > timezone.localdate():
        raise DomainError("Cette date est à venir : une décision s’enregistre une fois prise.", field="decided_on")
    if decided_on < body.project.started_on:
        raise DomainError(
            typography(
                f"Le projet a commencé le {long_date(body.project.started_on)} : choisissez une date ultérieure."
            ),
            field="decided_on",
        )
    if any(request.body_id != body.pk for request in settles):
        raise DomainError(f"Une des questions cochées n’est pas posée au {body}.", field="settles")
    one_at_a_time(f"decision:{body.project_id}")  # so that numbers follow one another
    of_project = Decision.objects.filter(project_id=body.project_id)
    if known := of_project.filter(token=token).first():
        return known
    last = of_project.filter(year=decided_on.year).aggregate(last=Max("number"))["last"] or 0
    decision = Decision.objects.create(
        project_id=body.project_id,
        body=body,
        year=decided_on.year,
        number=last + 1,
        decided_on=decided_on,
        title=title[:200],
        text=text,
        recorded_by=user,
        token=token,
        meeting=meeting,
        item=item,
    )
    _settle(AgendaRequest.objects.filter(pk__in=[request.pk for request in settles]), decision)
    return decision


@transaction.atomic
def put_on_agenda(
    *, body: Body, question: str, user: User, context: str = "", source: str = "", source_id: uuid.UUID | None = None
) -> AgendaRequest:
    """Propose a question for the next meeting of a body. Raises DomainError when it is proposed already or empty."""
    question = question.strip()
    if not question:
        raise DomainError("Écrivez la question à poser.", field="question")
    with refused_in_words(AgendaRequest, field="question"):
        return AgendaRequest.objects.create(
            project_id=body.project_id,
            body=body,
            question=question,
            context=context.strip(),
            source=source,
            source_id=source_id,
            asked_by=user,
        )


@transaction.atomic
def withdraw_request(request: AgendaRequest) -> None:
    """Take a question off the list. Does nothing to one that is settled or withdrawn already."""
    AgendaRequest.objects.filter(pk=request.pk, settled_by=None, withdrawn_at=None).update(withdrawn_at=timezone.now())


@transaction.atomic
def settle_requests(*, decision: Decision, source: str, source_id: uuid.UUID) -> None:
    """The open questions about one thing are settled by this decision."""
    _settle(AgendaRequest.objects.filter(body=decision.body_id, source=source, source_id=source_id), decision)


def _settle(requests: QuerySet[AgendaRequest], decision: Decision) -> None:
    requests.filter(project=decision.project_id, settled_by=None, withdrawn_at=None).update(settled_by=decision)
