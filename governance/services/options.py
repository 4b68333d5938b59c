"""The options of an arbitration: added, written, ordered, recommended, removed and put back."""

import uuid
from typing import Any

from django.db import transaction
from django.db.models import F

from common import french, history
from common.errors import DomainError
from common.versions import change, change_fields
from governance.completeness import FEWEST, MOST
from governance.enums import ArbitrationStatus
from governance.models import Arbitration, ArbitrationOption
from governance.services.arbitrations import check_open, check_unvoted, locked

ENOUGH = f"Un arbitrage propose {french.in_words(MOST)} options au plus : retirez-en une, ou regroupez-en deux."


@transaction.atomic
def add_option(*, arbitration: Arbitration, label: str, description: str = "") -> ArbitrationOption:
    """Add an option after the others; the same one posted twice is added once.

    Raises DomainError (field) without a name, when there are five, or when the file no longer changes.
    """
    label, description = label.strip(), description.strip()
    if not label:
        raise DomainError("Nommez l’option en quelques mots.", field="label")
    _changes(arbitration)
    options = list(ArbitrationOption.objects.filter(arbitration=arbitration).order_by("position"))
    known = next((one for one in options if (one.label, one.description) == (label, description)), None)
    if known is not None:
        return known
    if len(options) >= MOST:
        raise DomainError(french.typography(ENOUGH), field="label")
    return ArbitrationOption.objects.create(
        project_id=arbitration.project_id,
        arbitration=arbitration,
        position=len(options) + 1,
        label=label,
        description=description,
    )


@transaction.atomic
def edit_option(*, option: ArbitrationOption, version: int, field: str, value: object) -> ArbitrationOption:
    """Write one field. Raises Conflict when somebody else wrote it since `version`, DomainError (field) for an empty
    name or description where one is needed, or when the file no longer changes."""
    current = _changes(option.arbitration)
    if isinstance(value, str):
        value = value.strip()
    if field == "label" and not value:
        raise DomainError("L’intitulé d’une option ne peut pas être vide.", field=field)
    if field == "description" and not value and current.status == ArbitrationStatus.TO_DECIDE:
        raise DomainError("Cet arbitrage est à l’ordre du jour : chaque option y est décrite.", field=field)
    return change_fields(option, version=version, **{field: value})


@transaction.atomic
def move_option(*, option: ArbitrationOption, version: int, up: bool) -> ArbitrationOption:
    """Change places with the option before it, or after it with `up=False`; at the end of the list nothing moves.

    Raises Conflict when somebody changed it since `version`, DomainError when the file no longer changes.
    """
    _changes(option.arbitration)
    place = option.position - 1 if up else option.position + 1
    other = ArbitrationOption.objects.filter(arbitration=option.arbitration_id, position=place).first()
    if other is None:
        return option
    was = option.position
    moved = change(option, version=version, position=place)
    change(other, version=other.version, position=was)
    return moved


@transaction.atomic
def recommend(*, option: ArbitrationOption, version: int) -> Arbitration:
    """Make it the option that the lead recommends. Raises Conflict when the file changed since `version`, DomainError
    when it no longer changes."""
    arbitration = option.arbitration
    check_open(locked(arbitration))
    return change_fields(arbitration, version=version, recommended_id=option.pk)


@transaction.atomic
def remove_option(*, option: ArbitrationOption, version: int) -> None:
    """Take an option out; `restore_option` puts it back.

    Raises Conflict when somebody changed it since `version`; DomainError for the one that is recommended, for one of
    the last two once on an agenda, or when the file no longer changes.
    """
    current = _changes(option.arbitration)
    if current.recommended_id == option.pk:
        raise DomainError("C’est l’option recommandée : recommandez-en une autre avant de la retirer.")
    others = ArbitrationOption.objects.filter(arbitration=current).exclude(pk=option.pk)
    if current.status == ArbitrationStatus.TO_DECIDE and others.count() < FEWEST:
        raise DomainError("Cet arbitrage est à l’ordre du jour : il lui faut deux options.")
    place = option.position
    change(option, version=version, position=place)  # at the version that was read
    option.delete()
    others.filter(position__gt=place).update(position=F("position") - 1, version=F("version") + 1)


@transaction.atomic
def restore_option(*, arbitration: Arbitration, option_id: uuid.UUID) -> ArbitrationOption:
    """Put back an option that was removed, as it was, after the others. Twice is once.

    Raises DomainError when there are five, when it was never there, or when the file no longer changes.
    """
    _changes(arbitration)
    there = ArbitrationOption.objects.filter(arbitration=arbitration)
    if known := there.filter(pk=option_id).first():
        return known
    kept = history.versions_of(ArbitrationOption).filter(pgh_obj_id=option_id, arbitration_id=arbitration.pk).last()
    if kept is None:
        raise DomainError("Cette option n’a jamais fait partie de l’arbitrage.")
    count = there.count()
    if count >= MOST:
        raise DomainError(french.typography(ENOUGH))
    values: dict[str, Any] = {field.attname: getattr(kept, field.attname) for field in there.model._meta.fields}
    return ArbitrationOption.objects.create(**{**values, "position": count + 1, "version": kept.version + 1})


def _changes(arbitration: Arbitration) -> Arbitration:
    """The arbitration as it stands, whose options may change. Raises DomainError."""
    current = locked(arbitration)
    check_open(current)
    check_unvoted(current)
    return current
