"""Nobody overwrites what they have not seen: rows carry a version, a writer says which one it read."""

from typing import Any, TypeVar

from django.db import models
from django.db.models import F

from common.errors import Conflict
from common.refusals import refused_in_words

Row = TypeVar("Row", bound="Versioned")


class Versioned(models.Model):
    """An editable row. Its forms post `version`; its services write through `change` or `change_fields`."""

    version = models.PositiveIntegerField("version", default=1, editable=False)

    class Meta:
        abstract = True


def change(row: Row, *, version: int, **values: object) -> Row:
    """Write `values` to `row` if it is still at `version`, and return it as it is now. One query.

    Raises Conflict, which carries the row as the other person left it and what was about to be written.
    """
    model = type(row)
    written = model._default_manager.filter(pk=row.pk, version=version).update(version=F("version") + 1, **values)
    if not written:
        raise Conflict(current=model._default_manager.get(pk=row.pk), attempted=values)
    for name, value in values.items():
        setattr(row, name, value)
    row.version = version + 1
    return row


def change_fields(row: Row, *, version: int, **values: object) -> Row:
    """Write fields that save themselves one by one, and return the row as it is now.

    A version that moved because of another field, or that brought the very same values, is no conflict: the row must
    be tracked (`common.history`) for that to be known. Raises Conflict when one of these fields changed, DomainError
    for what the constraints of the model refuse.
    """
    field = next(iter(values)) if len(values) == 1 else None
    with refused_in_words(type(row), field=field):
        try:
            return change(row, version=version, **values)
        except Conflict:
            # Locked, so that a third person's field does not slip in between reading and writing.
            current = type(row)._default_manager.select_for_update().get(pk=row.pk)
            if all(getattr(current, name) == value for name, value in values.items()):
                return current
            events: Any = current
            read = events.history.filter(version=version).order_by("-pgh_id").first()
            if read is None or not all(getattr(current, name) == getattr(read, name) for name in values):
                raise
        return change(current, version=current.version, **values)
