"""Asking the Consultés for their opinion, and what they answer."""

import uuid
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from checklist.enums import Actor, Letter, Stance
from checklist.models import Action, ActionPerson, Opinion, OpinionRequest, RaciEntry
from common.errors import DomainError
from common.french import typography
from common.refusals import refused_in_words
from organisations.models import User


@transaction.atomic
def ask_opinions(
    *,
    action: Action,
    holders: Sequence[Actor | User],
    question: str,
    due_on: date,
    asked_by: User,
    token: uuid.UUID,
) -> list[OpinionRequest]:
    """Ask Consultés of an action for their opinion: a request each. The same form posted twice asks once.

    Raises DomainError (field `holders` or `due_on`) without anybody, for somebody who isn't Consulté, for a day past.
    """
    if not holders:
        raise DomainError("Choisissez au moins un Consulté.", field="holders")
    if due_on < timezone.localdate():
        raise DomainError("Cette date est passée : choisissez aujourd’hui ou un jour à venir.", field="due_on")
    _check_consulted(action, holders)
    asked = [
        OpinionRequest(
            project_id=action.project_id,
            action=action,
            actor="" if isinstance(holder, User) else holder,
            user=holder if isinstance(holder, User) else None,
            question=question.strip(),
            due_on=due_on,
            asked_by=asked_by,
            token=token,
        )
        for holder in holders
    ]
    OpinionRequest.objects.bulk_create(asked, ignore_conflicts=True)
    return list(OpinionRequest.objects.filter(project_id=action.project_id, token=token))


def _check_consulted(action: Action, holders: Sequence[Actor | User]) -> None:
    entries = RaciEntry.objects.filter(action=action, letter=Letter.C)
    named = ActionPerson.objects.filter(action=action, letter=Letter.C)
    consulted = {*entries.values_list("actor", flat=True), *named.values_list("user_id", flat=True)}
    for holder in holders:
        if (holder.pk if isinstance(holder, User) else holder.value) not in consulted:
            name = holder.get_full_name() if isinstance(holder, User) else holder.label
            raise DomainError(f"{name} n’est plus Consulté sur cette action.", field="holders")


@transaction.atomic
def give_opinion(*, request: OpinionRequest, author: User, stance: Stance, text: str, token: uuid.UUID) -> Opinion:
    """Answer a request; a newer answer of the same person takes the place of the older, which is kept.

    Raises DomainError for a request withdrawn meanwhile, or (field `text`) reserves or a refusal without a reason.
    """
    request = _locked(request)
    if request.withdrawn_at is not None:
        raise DomainError("Cette demande d’avis a été retirée : plus personne n’attend de réponse.")
    with refused_in_words(Opinion, field="text"):
        given, _ = Opinion.objects.get_or_create(
            project_id=request.project_id,
            token=token,
            defaults={"request": request, "author": author, "stance": stance, "text": text.strip()},
        )
    return given


@transaction.atomic
def withdraw_opinion_request(*, request: OpinionRequest) -> None:
    """Take back a request that nobody answered. Twice is once. Raises DomainError when somebody did answer."""
    request = _locked(request)
    answer = request.opinions.select_related("author").first()
    if answer is not None:
        raise DomainError(typography(f"{answer.author} a déjà répondu : son avis reste sur l’action."))
    if request.withdrawn_at is None:
        request.withdrawn_at = timezone.now()
        request.save(update_fields=["withdrawn_at"])


def _locked(request: OpinionRequest) -> OpinionRequest:
    """The request as it stands, that nobody withdraws or answers meanwhile."""
    return OpinionRequest.objects.select_for_update().get(pk=request.pk)
