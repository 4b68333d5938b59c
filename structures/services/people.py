"""Writing the contacts of a structure, and the mission letters of its referents."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from common.errors import DomainError
from common.versions import change_fields
from organisations.enums import Role
from organisations.models import ESMS, Membership, User, place_of
from structures.models import Appointment, Contact
from structures.services.restoring import restore

CONTACT_FIELDS = ("function", "organisation", "name", "email", "phone", "note")
WHO = ("organisation", "name", "email")  # whom the direction authorised


@transaction.atomic
def add_contact(*, esms: ESMS, user: User, token: uuid.UUID, **values: str) -> Contact:
    """Enter a contact (`CONTACT_FIELDS`); the same form posted twice enters one.

    Raises DomainError when nothing names it or it can't be reached.
    """
    contact, _ = Contact.objects.get_or_create(
        esms=esms, token=token, defaults={**place_of(esms), "added_by": user, **_contact(values)}
    )
    return contact


@transaction.atomic
def edit_contact(*, contact: Contact, version: int, validates: bool, **values: str) -> Contact:
    """Correct a contact. Made somebody else by another than the direction (`validates`), it is authorised no more.

    Raises Conflict when somebody else did since `version`, DomainError as `add_contact`.
    """
    current, written = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk), _contact(values)
    if current.authorised_on and not validates and any(getattr(current, name) != written[name] for name in WHO):
        return change_fields(current, version=version, authorised_on=None, authorised_by=None, **written)
    return change_fields(current, version=version, **written)


@transaction.atomic
def authorise_contact(*, contact: Contact, user: User | None) -> None:
    """Let a contact answer the project lead's questions; no longer, without a user. Twice is once."""
    today = timezone.localdate() if user else None
    Contact.objects.filter(pk=contact.pk, authorised_on__isnull=user is not None).update(
        authorised_on=today, authorised_by=user, version=F("version") + 1
    )


@transaction.atomic
def remove_contact(*, contact: Contact) -> None:
    """Take a contact out; the history keeps it, and `restore_contact` puts it back."""
    contact.delete()


@transaction.atomic
def restore_contact(*, esms: ESMS, contact_id: uuid.UUID) -> Contact:
    """Put back a contact that was taken out. Twice is once. Raises DomainError when there was none."""
    return restore(Contact, esms, contact_id, "Ce contact n’a jamais été inscrit ici.")


def _contact(values: dict[str, str]) -> dict[str, str]:
    cleaned = {name: values.get(name, "").strip() for name in CONTACT_FIELDS}
    if not cleaned["organisation"] and not cleaned["name"]:
        raise DomainError("Donnez un organisme, un service ou un nom.", field="organisation")
    if not cleaned["email"] and not cleaned["phone"]:
        raise DomainError("Donnez une adresse électronique ou un téléphone.", field="email")
    return cleaned


@transaction.atomic
def appoint(
    *,
    esms: ESMS,
    referent: User,
    mission: str,
    hours_per_week: Decimal,
    starts_on: date,
    ends_on: date | None,
    user: User,
    token: uuid.UUID,
    renews: Appointment | None = None,
) -> Appointment:
    """Sign the mission letter of a local referent of the structure; the same form posted twice signs one. `renews`: the
    letter that it follows.

    Raises DomainError (field) for somebody who is no referent there, without time, or for dates that can't be.
    """
    _check_referent(esms, referent)
    appointment, _ = Appointment.objects.get_or_create(
        esms=esms,
        token=token,
        defaults={
            **place_of(esms),
            "referent": referent,
            "appointed_by": user,
            "renews": renews,
            **_letter(mission, hours_per_week, starts_on, ends_on),
        },
    )
    return appointment


@transaction.atomic
def edit_appointment(*, appointment: Appointment, version: int, **values: Any) -> Appointment:
    """Correct a letter (mission, hours_per_week, starts_on, ends_on). Raises Conflict when somebody else did since
    `version`, DomainError as `appoint`."""
    return change_fields(appointment, version=version, **_letter(**values))


@transaction.atomic
def remove_appointment(*, appointment: Appointment, back: bool = False) -> None:
    """Take a letter back, or put it `back`. Twice is once. The person's access is not touched."""
    removed = None if back else timezone.now()
    Appointment.objects.filter(pk=appointment.pk, removed_at__isnull=not back).update(
        removed_at=removed, version=F("version") + 1
    )


def _letter(mission: str, hours_per_week: Decimal, starts_on: date, ends_on: date | None) -> dict[str, Any]:
    if not mission.strip():
        raise DomainError("Écrivez la mission en quelques phrases.", field="mission")
    if hours_per_week <= 0:
        raise DomainError(
            "Une mission sans temps dégagé ne se tient pas : indiquez des heures.", field="hours_per_week"
        )
    if ends_on is not None and ends_on < starts_on:
        raise DomainError("La fin de la mission vient avant son début.", field="ends_on")
    return {"mission": mission.strip(), "hours_per_week": hours_per_week, "starts_on": starts_on, "ends_on": ends_on}


def _check_referent(esms: ESMS, user: User) -> None:
    held = Membership.objects.active().filter(esms=esms, role=Role.LOCAL_REFERENT, user=user)
    if not held.exists():
        raise DomainError("Cette personne n’est pas référent local de la structure.", field="referent")
