"""Nobody overwrites what they have not seen: rows carry a version, a writer says which one it read."""

from typing import TypeVar

from django.db import models
from django.db.models import F

from common.errors import Conflict

Row = TypeVar("Row", bound="Versioned")


class Versioned(models.Model):
    """An editable row. Its forms post `version`; its services write through `change`."""

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
