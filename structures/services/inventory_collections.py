"""The project asks its structures for their inventory, and gives them more time."""

import uuid
from datetime import date

from django.db import transaction
from django.utils import timezone

from common.errors import DomainError
from common.locks import one_at_a_time
from common.refusals import refused_in_words
from common.versions import change
from organisations.models import Project, User
from structures.models import InventoryCollection


@transaction.atomic
def open_collection(
    *, project: Project, due_on: date, counts_from: date, message: str, user: User, token: uuid.UUID
) -> InventoryCollection:
    """Ask every structure of the project for its inventory; the same form posted twice asks once.

    Raises DomainError (its field named) for days that don't follow one another.
    """
    one_at_a_time(f"inventory collection:{project.pk}")  # the same form posted twice at once
    if known := InventoryCollection.objects.filter(project=project, token=token).first():
        return known
    _check_ahead(due_on)
    with refused_in_words(InventoryCollection, field="counts_from"):
        return InventoryCollection.objects.create(
            project=project,
            opened_on=timezone.localdate(),
            due_on=due_on,
            counts_from=counts_from,
            message=message.strip(),
            opened_by=user,
            token=token,
        )


@transaction.atomic
def put_off(*, collection: InventoryCollection, version: int, due_on: date, reason: str) -> InventoryCollection:
    """Give the structures another day, and say why. Raises DomainError, or Conflict when somebody did since."""
    reason = reason.strip()
    if not reason:
        raise DomainError("Dites pourquoi la date change : les structures le liront.", field="reason")
    _check_ahead(due_on)
    if due_on == collection.due_on:
        raise DomainError("C’est déjà la date demandée : donnez-en une autre.", field="due_on")
    return change(collection, version=version, due_on=due_on, reason=reason)


def _check_ahead(due_on: date) -> None:
    if due_on <= timezone.localdate():
        raise DomainError("Donnez un jour à venir : les structures doivent avoir le temps de répondre.", field="due_on")
