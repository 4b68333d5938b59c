"""Putting back a row that was taken out, from its history."""

import uuid
from typing import TypeVar

from common import history
from common.errors import DomainError
from common.locks import one_at_a_time
from organisations.models import ESMS, StructureRow

Kept = TypeVar("Kept", bound=StructureRow)


def restore(model: type[Kept], esms: ESMS, row_id: uuid.UUID, never: str) -> Kept:
    """The row as it was when it was deleted. Twice is once. Raises DomainError (`never`) when the structure had
    none."""
    one_at_a_time(f"restore:{row_id}")  # put back twice at once
    rows = model._default_manager.filter(esms=esms)
    if known := rows.filter(pk=row_id).first():
        return known
    kept = history.versions_of(model).filter(pgh_obj_id=row_id, esms_id=esms.pk).last()
    if kept is None:
        raise DomainError(never)
    values = {field.attname: getattr(kept, field.attname) for field in model._meta.concrete_fields}
    # Its form may have been posted again since it was taken out.
    return rows.create(**{**values, "token": uuid.uuid4()})
