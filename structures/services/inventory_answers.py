"""The answers of an inventory: fields that save themselves, lines of tables, and what the lead remarks on them."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from common.errors import Conflict, DomainError
from common.versions import change
from organisations.models import User
from structures.catalogue.inventory import UNKNOWN, Field
from structures.enums.inventory import InventoryStatus
from structures.inventory_answers import MISSING
from structures.models import Inventory, InventoryAnswer, InventoryLine, InventoryRemark
from structures.services.inventory import locked, open_one


@transaction.atomic
def answer(*, inventory: Inventory, field: Field, version: int, value: Any, by: User) -> InventoryAnswer:
    """Write the answer to one question: a typed value, None (« aucun »), `UNKNOWN`, or `MISSING` to take it away.

    `version`: that of the answer that was read, 0 when there was none. Raises Conflict when somebody else answered
    otherwise meanwhile, DomainError when the inventory is not open.
    """
    current = open_one(inventory)
    known = InventoryAnswer.objects.filter(inventory=current, field=field.code).first()
    given = _given(field, value)
    if known is None:
        if not given["answered"]:
            return InventoryAnswer(**_place(current), field=field.code, version=0, **given, answered_by=by)
        return InventoryAnswer.objects.create(**_place(current), field=field.code, **given, answered_by=by)
    if all(getattr(known, name) == wanted for name, wanted in given.items()):
        return known
    if known.version != version:
        raise Conflict(current=known, attempted=given)
    return change(known, version=version, **given, answered_by=by, answered_at=timezone.now())


def _given(field: Field, value: Any) -> dict[str, Any]:
    if value is MISSING:
        return {"value": None, "unknown": False, "answered": False}
    if value is UNKNOWN:
        return {"value": None, "unknown": True, "answered": True}
    return {"value": field.stored(value), "unknown": False, "answered": True}


def _place(inventory: Inventory) -> dict[str, Any]:
    return {
        "project_id": inventory.project_id,
        "og_id": inventory.og_id,
        "esms_id": inventory.esms_id,
        "inventory_id": inventory.pk,
    }


def _stored(field: Field, values: Mapping[str, Any]) -> dict[str, Any]:
    """The cells of a line, without the empty ones."""
    return {
        column.code: column.stored(values[column.code])
        for column in field.columns
        if values.get(column.code) not in (None, "")
    }


@transaction.atomic
def add_line(
    *, inventory: Inventory, field: Field, values: Mapping[str, Any], token: uuid.UUID, by: User
) -> InventoryLine:
    """Add a line to a table; the same one posted twice is added once. Raises DomainError when it is not open."""
    current = open_one(inventory)
    known = InventoryLine.objects.filter(esms=current.esms_id, token=token).first()
    if known is not None:
        return known
    lines = InventoryLine.objects.filter(inventory=current, field=field.code)
    last = lines.aggregate(last=Max("position"))["last"] or 0
    return InventoryLine.objects.create(
        **_place(current),
        field=field.code,
        position=last + 1,
        values=_stored(field, values),
        token=token,
        written_by=by,
    )


@transaction.atomic
def edit_line(*, line: InventoryLine, field: Field, version: int, values: Mapping[str, Any], by: User) -> InventoryLine:
    """Write a line. Raises Conflict when somebody else wrote or removed it meanwhile, DomainError when the inventory is
    not open."""
    open_one(line.inventory)
    current = InventoryLine.objects.get(pk=line.pk)
    stored = _stored(field, values)
    if current.values == stored and not current.removed:
        return current
    if current.version != version:
        raise Conflict(current=current, attempted={"values": stored})
    return change(current, version=version, values=stored, removed=False, written_by=by, written_at=timezone.now())


@transaction.atomic
def remove_line(*, line: InventoryLine, version: int, by: User) -> InventoryLine:
    """Take a line away; `restore_line` puts it back. Raises Conflict when somebody changed it since `version`."""
    open_one(line.inventory)
    current = InventoryLine.objects.get(pk=line.pk)
    if current.removed:
        return current
    return change(line, version=version, removed=True, written_by=by, written_at=timezone.now())


@transaction.atomic
def restore_line(*, line: InventoryLine, by: User) -> InventoryLine:
    """Put back a line that was taken away. Twice is once."""
    open_one(line.inventory)
    current = InventoryLine.objects.get(pk=line.pk)
    if not current.removed:
        return current
    return change(current, version=current.version, removed=False, written_by=by, written_at=timezone.now())


@transaction.atomic
def remark(*, inventory: Inventory, section: str, field: str, text: str, token: uuid.UUID, by: User) -> InventoryRemark:
    """What the lead asks to complete; the structure reads it once the inventory is sent back. Posted twice it is made
    once. Raises DomainError (field) when it is empty or when nothing is to be sent back."""
    current = locked(inventory)
    text = text.strip()
    if not text:
        raise DomainError("Écrivez ce qui est à compléter.", field="text")
    if current.status != InventoryStatus.TRANSMITTED:
        raise DomainError("Seul un état des lieux transmis se renvoie à compléter.", field="text")
    known = InventoryRemark.objects.filter(esms=current.esms_id, token=token).first()
    return known or InventoryRemark.objects.create(
        **_place(current), section=section, field=field, text=text, token=token, made_by=by
    )


@transaction.atomic
def withdraw_remark(*, remark: InventoryRemark) -> None:
    """Take back a remark that was not sent. Raises DomainError once it is."""
    current = InventoryRemark.objects.select_for_update().filter(pk=remark.pk).first()
    if current is None:
        return
    if current.sent_at is not None:
        raise DomainError("Cette remarque est envoyée : la structure y répond.")
    current.delete()


@transaction.atomic
def resolve_remark(*, remark: InventoryRemark, by: User) -> InventoryRemark:
    """The structure has completed what was asked. Twice is once. Raises DomainError when the inventory isn't open."""
    open_one(remark.inventory)
    current = InventoryRemark.objects.select_for_update().get(pk=remark.pk)
    if current.sent_at is not None and current.resolved_at is None:
        current.resolved_at, current.resolved_by = timezone.now(), by
        current.save(update_fields=["resolved_at", "resolved_by"])
    return current
