"""What two people wrote in one form at once, side by side."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms


@dataclass(frozen=True)
class Difference:
    """One field that two people wrote."""

    label: str
    mine: str
    theirs: str


def differences(
    form: type[forms.Form], theirs: Callable[[str], Any], typed: Mapping[str, Any], in_words: Callable[[str, Any], str]
) -> list[Difference]:
    """The fields of `form` in which what was typed is not what is written now (`theirs`, by name of the field)."""
    found = []
    for name, field in form.base_fields.items():
        if isinstance(field.widget, forms.HiddenInput) or name not in typed:
            continue
        mine, other = (in_words(name, value) for value in (typed[name], theirs(name)))
        if mine != other:
            found.append(Difference(str(field.label), mine, other))
    return found
