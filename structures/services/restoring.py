"""Putting back a row that was taken out, from its history."""

import uuid
from typing import TypeVar

from common import history
from common.errors import DomainError
from organisations.models import ESMS, StructureRow

Kept = TypeVar("Kept", bound=StructureRow)


def restore(model: type[Kept], esms: ESMS, row_id: uuid.UUID, never: str) -> Kept:
    """The row as it was when it was deleted. Twice is once. Raises DomainError (`never`) when the structure had
    none."""
    rows = model._default_manager.filter(esms=esms)
    if known := rows.filter(pk=row_id).first():
        return known
    kept = history.versions_of(model).filter(pgh_obj_id=row_id, esms_id=esms.pk).last()
    if kept is None:
        raise DomainError(never)
    return rows.create(**{field.attname: getattr(kept, field.attname) for field in model._meta.concrete_fields})
