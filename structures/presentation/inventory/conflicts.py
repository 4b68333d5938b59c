"""Two people gave one answer, or wrote one line."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from common import history
from organisations.models import ESMS
from structures.catalogue.inventory import UNKNOWN, UNKNOWN_CODE, Field
from structures.enums.inventory import FieldType
from structures.forms.inventory import NO, YES
from structures.inventory_answers import MISSING
from structures.models import InventoryAnswer, InventoryLine
from structures.presentation.inventory import words


@dataclass(frozen=True)
class AnswerConflict:
    """`posted`: the inputs that write one's own answer over the other's."""

    id: str
    label: str
    mine: str
    theirs: str
    who: str
    saved_at: datetime | None
    version: int
    number: int
    url: str
    keep_url: str
    posted: list[tuple[str, str]]
    text: str | None  # a long text, to mend by hand


def answer(
    esms: ESMS, field: Field, theirs: InventoryAnswer, mine: Any, number: int, latest: history.Entry | None
) -> AnswerConflict:
    return AnswerConflict(
        id=f"q-{field.code}-form",
        label=field.label,
        mine=words.answer(field, mine),
        theirs=words.answer(field, _value(field, theirs)),
        who=latest.who if latest else "Quelqu’un",
        saved_at=latest.at if latest else None,
        version=theirs.version,
        number=number,
        url=words.url("inventory_answer", esms, field.code),
        keep_url=words.field_url(esms, field),
        posted=_posted(field, mine),
        text=str(mine) if field.type == FieldType.TEXT and isinstance(mine, str) else None,
    )


def _value(field: Field, row: InventoryAnswer) -> Any:
    if not row.answered:
        return MISSING
    if row.unknown:
        return UNKNOWN
    none = [] if field.is_table else None
    return none if row.value is None else field.value(row.value)


def _posted(field: Field, value: Any) -> list[tuple[str, str]]:
    if value is MISSING:
        return [("value", "")]
    if value is UNKNOWN:
        chosen = field.type in {FieldType.BOOLEAN, FieldType.CHOICE}
        return [("value", UNKNOWN_CODE)] if chosen else [("unknown", "on")]
    if value is None or value == []:
        return [("none", "on")]
    if isinstance(value, bool):
        return [("value", YES if value else NO)]
    return [("value", str(field.stored(value)))]


@dataclass(frozen=True)
class Side:
    label: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class LineConflict:
    """`removed`: the other person took the line away."""

    who: str
    saved_at: datetime | None
    sides: list[Side]
    removed: bool


def line(table: Field, theirs: InventoryLine, mine: dict[str, Any], latest: history.Entry | None) -> LineConflict:
    known = {
        column.code: column.value(theirs.values[column.code])
        for column in table.columns
        if column.code in theirs.values
    }
    sides = []
    for column in table.columns:
        one, other = (words.answer(column, values.get(column.code, MISSING)) for values in (mine, known))
        if one != other:
            sides.append(Side(column.label, one, other))
    return LineConflict(
        who=latest.who if latest else "Quelqu’un",
        saved_at=latest.at if latest else None,
        sides=sides,
        removed=theirs.removed,
    )
