"""Numbers, amounts and choices as French writes them, turned into values or refused in words."""

import re
from decimal import Decimal
from typing import Any

from django import forms

from common import french
from organisations.catalogue import EsmsCategory, esms_categories
from organisations.finess import NUMBERS


def category_name(item: EsmsCategory) -> str:
    """« IME, institut médico-éducatif », or the label alone when nobody says an acronym."""
    return f"{item.acronym}, {item.label[:1].lower()}{item.label[1:]}" if item.acronym else item.label


def category_choices() -> list[tuple[str, Any]]:
    """The FINESS categories, the usual ones first, in the order of their names."""
    groups: dict[bool, list[tuple[str, str]]] = {True: [], False: []}
    for item in esms_categories().values():
        groups[item.core].append((item.code, french.typography(f"{category_name(item)} ({item.code})")))
    return [
        ("", "Choisir une catégorie"),
        ("Les plus courantes", sorted(groups[True], key=lambda choice: choice[1].lower())),
        ("Les autres", sorted(groups[False], key=lambda choice: choice[1].lower())),
    ]


class NumbersMixin:
    """Clean the identity numbers of a form: malformed is an error, a wrong key isn't (the page warns of it)."""

    def _clean_fields(self) -> None:
        super()._clean_fields()
        for name in NUMBERS.keys() & self.fields.keys() & self.cleaned_data.keys():
            try:
                self.cleaned_data[name] = NUMBERS[name].read(self.cleaned_data[name])
            except ValueError as error:
                self.add_error(name, str(error))


def number_field(label: str, help_text: str = "") -> forms.CharField:
    """An identity number, typed with spaces or without."""
    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(label=label, required=False, max_length=30, help_text=help_text, widget=widget)


def plain_number(text: str) -> str:
    """« 412 000,50 € » as Python reads a number."""
    return re.sub(r"[\s€]+", "", text).replace(",", ".")


class AmountField(forms.DecimalField):
    """An amount of money as French writes it. A text field: a number field would send nothing for what it refuses."""

    default_error_messages = {
        "invalid": french.typography("Écrivez un montant en chiffres, par exemple 412 000."),
        "min_value": "Écrivez un montant positif.",
        "max_decimal_places": "Écrivez un montant au centime près.",
        "max_digits": "Ce montant est trop grand.",
        "max_whole_digits": "Ce montant est trop grand.",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0, **kwargs})

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_number(value) if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return french.number(value, 0 if value == int(value) else 2) if isinstance(value, Decimal) else value


class CountField(forms.IntegerField):
    """A whole number as French writes it. A text field, as AmountField."""

    default_error_messages = {
        "invalid": "Écrivez un nombre entier, en chiffres.",
        "min_value": "Écrivez un nombre positif.",
        "max_value": "Ce nombre est trop grand.",
    }

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_number(value) if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return french.number(value) if isinstance(value, int) else value


def typed(keyboard: str) -> forms.TextInput:
    """A text field with this keyboard on a phone."""
    return forms.TextInput(attrs={"inputmode": keyboard, "autocomplete": "off"})


# « … ne peut pas être vide »: what a sheet can't do without.
NEEDED = {
    "name": "Le nom",
    "short_name": "Le nom court",
    "started_on": "La date de début",
    "category": "La catégorie FINESS",
    "comop_category": "La catégorie au COMOP",
    "phase": "La phase",
}


def cannot_be_empty(name: str) -> str:
    return f"{NEEDED[name]} ne peut pas être vide."
