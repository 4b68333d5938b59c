"""The life of an inventory: started, submitted, validated, transmitted, sent back to complete."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from common import french
from common.errors import Conflict, DomainError, Forbidden
from common.locks import one_at_a_time
from common.refusals import refused_in_words
from common.versions import change
from organisations.models import ESMS, ESMSProfile, User, place_of
from structures.catalogue.inventory import questionnaire
from structures.enums.inventory import InventoryStatus
from structures.inventory_answers import progress
from structures.models import Inventory, InventoryAnswer, InventoryLine, InventoryRemark
from structures.readiness import months_after, with_computed
from structures.selectors.inventory import values_of

# What a structure does next with an inventory that is not open, for who tries to change it.
WHY_LOCKED = {
    InventoryStatus.SUBMITTED: "Il est soumis à la direction : elle le valide, ou rouvre la saisie.",
    InventoryStatus.VALIDATED: "La direction l’a validé : elle seule peut rouvrir la saisie.",
    InventoryStatus.TRANSMITTED: "Il est transmis au chef de projet : lui seul peut le renvoyer à compléter.",
}


@transaction.atomic
def start(*, esms: ESMS, by: User) -> Inventory:
    """Begin an inventory, from the answers of the last one if there is one. Asked twice, it is begun once."""
    one_at_a_time(f"inventory:{esms.pk}")
    last = Inventory.objects.filter(esms=esms).order_by("-number").first()
    if last is not None and last.status != InventoryStatus.TRANSMITTED:
        return last
    number = (Inventory.objects.filter(esms=esms).aggregate(last=Max("number"))["last"] or 0) + 1
    with refused_in_words(Inventory):
        inventory = Inventory.objects.create(**place_of(esms), number=number, based_on=last, started_by=by)
    if last is not None:
        _copy(last, inventory)
    else:
        _take_from_profile(inventory, by)
    return inventory


# What the structure's sheet says already is not asked twice: field of the inventory, field of the sheet.
FROM_PROFILE = {"users_to_equip": "users_to_equip", "staff_count": "staff"}


def _take_from_profile(inventory: Inventory, by: User) -> None:
    profile = ESMSProfile.objects.filter(esms=inventory.esms_id).first()
    InventoryAnswer.objects.bulk_create(
        InventoryAnswer(**place_of(inventory.esms), inventory=inventory, field=code, value=value, answered_by=by)
        for code, name in FROM_PROFILE.items()
        if (value := getattr(profile, name, None)) is not None
    )


def _copy(old: Inventory, new: Inventory) -> None:
    """The answers of the last inventory, with who gave them and when."""
    place = {"project_id": new.project_id, "og_id": new.og_id, "esms_id": new.esms_id, "inventory": new}
    answers = InventoryAnswer.objects.filter(inventory=old, answered=True).order_by("field")
    InventoryAnswer.objects.bulk_create(
        InventoryAnswer(
            **place,
            field=one.field,
            value=one.value,
            unknown=one.unknown,
            answered_by_id=one.answered_by_id,
            answered_at=one.answered_at,
        )
        for one in answers
    )
    lines = InventoryLine.objects.filter(inventory=old, removed=False).order_by("field", "position", "id")
    InventoryLine.objects.bulk_create(
        InventoryLine(
            **place,
            field=one.field,
            position=one.position,
            values=one.values,
            written_by_id=one.written_by_id,
            written_at=one.written_at,
        )
        for one in lines
    )


def locked(inventory: Inventory) -> Inventory:
    """The inventory as it stands, held until the transaction ends: who submits waits for who answers."""
    return Inventory.objects.select_for_update(no_key=True).get(pk=inventory.pk)


def open_one(inventory: Inventory) -> Inventory:
    """The inventory as it stands, whose answers may change. Raises DomainError."""
    current = locked(inventory)
    if not current.state.open:
        raise DomainError(f"Rien n’est enregistré : cet état des lieux ne change plus. {WHY_LOCKED[current.state]}")
    return current


@transaction.atomic
def submit(*, inventory: Inventory, version: int, by: User) -> Inventory:
    """Hand it to the direction. Raises DomainError while a required answer is missing, Conflict when it moved."""
    current = _at(inventory, version, InventoryStatus.DRAFT, InventoryStatus.TO_COMPLETE)
    values = with_computed(questionnaire(), values_of([current])[current.pk])
    needed = progress(questionnaire().asked, values).needed
    if needed:
        names = french.listed([f"« {field.label} »" for field in needed[:3]])
        more = f" et {french.plural(len(needed) - 3, 'autre', 'autres')}" if len(needed) > 3 else ""
        missing = french.counted(len(needed), "réponse exigée manque", "réponses exigées manquent", feminine=True)
        raise DomainError(french.typography(f"{french.capital(missing)} : {names}{more}."))
    return _move(current, InventoryStatus.SUBMITTED, submitted_at=timezone.now(), submitted_by=by)


@transaction.atomic
def validate(*, inventory: Inventory, version: int, by: User) -> Inventory:
    """The direction stands by it."""
    current = _at(inventory, version, InventoryStatus.SUBMITTED)
    return _move(current, InventoryStatus.VALIDATED, validated_at=timezone.now(), validated_by=by)


@transaction.atomic
def transmit(*, inventory: Inventory, version: int, by: User) -> Inventory:
    """Give it to the project lead: nothing of it changes any more, and it is to be reviewed six months later."""
    current = _at(inventory, version, InventoryStatus.VALIDATED)
    review_on = months_after(french.today(), questionnaire().review_months)
    return _move(
        current,
        InventoryStatus.TRANSMITTED,
        transmitted_at=timezone.now(),
        transmitted_by=by,
        review_on=review_on,
    )


@transaction.atomic
def reopen(*, inventory: Inventory, version: int, validates: bool) -> Inventory:
    """Back to writing, before it is transmitted; once it is validated, by who `validates` alone (DomainError)."""
    current = _at(inventory, version, InventoryStatus.SUBMITTED, InventoryStatus.VALIDATED)
    if current.state == InventoryStatus.VALIDATED and not validates:
        raise Forbidden(WHY_LOCKED[InventoryStatus.VALIDATED])
    asked = InventoryRemark.objects.filter(inventory=current, sent_at__isnull=False).exists()
    return _move(current, InventoryStatus.TO_COMPLETE if asked else InventoryStatus.DRAFT)


@transaction.atomic
def send_back(*, inventory: Inventory, version: int) -> Inventory:
    """Ask the structure to complete it: the remarks that the lead made go with it.

    Raises DomainError without a remark, when a newer one is begun, Conflict when it moved.
    """
    current = _at(inventory, version, InventoryStatus.TRANSMITTED)
    if Inventory.objects.filter(esms=current.esms_id, number__gt=current.number).exists():
        raise DomainError("La structure en a commencé un nouveau : c’est lui qui sera complété.")
    remarks = InventoryRemark.objects.filter(inventory=current, sent_at=None)
    if not remarks.exists():
        raise DomainError("Dites d’abord ce qui est à compléter : ouvrez une section et écrivez une remarque.")
    remarks.update(sent_at=timezone.now())
    return _move(current, InventoryStatus.TO_COMPLETE)


def _at(inventory: Inventory, version: int, *statuses: InventoryStatus) -> Inventory:
    """The inventory as it stands. Raises Conflict when it is not the one that was read, DomainError when it is not in
    one of these states."""
    current = locked(inventory)
    if current.version != version:
        raise Conflict(current=current, attempted={})
    if current.state not in statuses:
        raise DomainError(f"Cet état des lieux est à l’état « {current.state.label} » : cela ne s’y fait pas.")
    return current


def _move(current: Inventory, status: InventoryStatus, **values: Any) -> Inventory:
    with refused_in_words(Inventory):
        return change(current, version=current.version, status=status, **values)
