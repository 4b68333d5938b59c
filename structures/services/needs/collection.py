"""How a structure collects its needs, saved field by field; the direction approves whom it asks."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from common.errors import DomainError
from common.versions import change, change_fields
from organisations.models import ESMS, User, place_of
from structures.models import NeedCollection

SCOPE = ("scope", "users_voice")  # locked once the direction approved them
EDITABLE = (
    *SCOPE,
    "methods",
    "starts_on",
    "ends_on",
    "professionals",
    "managers",
    "users",
    "relatives",
    "shared_on",
    "shared_how",
)


@transaction.atomic
def edit_collection(*, esms: ESMS, version: int, values: dict[str, Any]) -> NeedCollection:
    """Write one field of the collection, which the first one that is saved begins.

    Raises DomainError when the direction approved it, Conflict when somebody changed it since `version`.
    """
    if not set(values) <= set(EDITABLE):
        raise ValueError(f"{', '.join(values)}: not edited one by one.")
    begun, _ = NeedCollection.objects.get_or_create(esms=esms, defaults=place_of(esms))
    row = NeedCollection.objects.select_for_update(of=("self",)).get(pk=begun.pk)
    locked = set(values) & set(SCOPE) and row.approved_at is not None
    if locked and any(getattr(row, name) != value for name, value in values.items()):
        raise DomainError("La direction a validé le périmètre, et le rouvre avant qu’il change.")
    return change_fields(row, version=version, **values)


@transaction.atomic
def approve_scope(*, collection: NeedCollection, version: int, user: User) -> NeedCollection:
    """The direction approves who is asked and how users are heard. Twice is once.

    Raises DomainError while one of the two isn't said, Conflict when somebody changed it since `version`.
    """
    row = NeedCollection.objects.select_for_update(of=("self",)).get(pk=collection.pk)
    if row.approved_at is not None:
        return row
    if not row.may_be_approved:
        raise DomainError("Dites d’abord qui est consulté et comment la parole des usagers est entendue.")
    return change(row, version=version, approved_at=timezone.now(), approved_by=user)


@transaction.atomic
def reopen_scope(*, collection: NeedCollection, version: int) -> NeedCollection:
    """The scope is to be said, and approved, again. Raises Conflict when somebody changed it since `version`."""
    row = NeedCollection.objects.select_for_update(of=("self",)).get(pk=collection.pk)
    if row.approved_at is None:
        return row
    return change(row, version=version, approved_at=None, approved_by=None)
