"""The answers of an inventory: how many there are, which are still needed, what changed since another. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from structures.catalogue.inventory import UNKNOWN, Field, Questionnaire
from structures.readiness import is_asked

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Progress:
    """`answered` of the `asked` questions; `needed`: those without which it can't be submitted."""

    answered: int
    asked: int
    needed: tuple[Field, ...]

    @property
    def complete(self) -> bool:
        return not self.needed


def progress(fields: Sequence[Field], values: Values) -> Progress:
    """Where the answers to some questions stand; without what is computed, or not asked in view of other answers."""
    asked = [field for field in fields if not field.computed and is_asked(field, values)]
    return Progress(
        answered=sum(1 for field in asked if is_answered(field, values)),
        asked=len(asked),
        needed=tuple(field for field in asked if field.required and not is_answered(field, values)),
    )


def is_answered(field: Field, values: Values) -> bool:
    if field.code not in values:
        return False
    value = values[field.code]
    return value is UNKNOWN or not field.is_table or len(value) >= field.min_rows


@dataclass(frozen=True)
class Difference:
    """An answer that is not what it was. A value is `MISSING` where there was no answer."""

    field: Field
    old: Any
    new: Any


class Missing:
    """No answer."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING = Missing()


def differences(form: Questionnaire, old: Values, new: Values) -> list[Difference]:
    """What changed between two inventories, in the order of the form."""
    found = []
    for field in form.asked:
        before, after = old.get(field.code, MISSING), new.get(field.code, MISSING)
        if before != after:
            found.append(Difference(field, before, after))
    return found
