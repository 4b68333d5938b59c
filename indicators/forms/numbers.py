"""Numbers as French writes them, in targets, bounds and thresholds."""

from decimal import Decimal
from typing import Any

from django import forms

from common import french
from organisations.forms import plain_number


class NumberField(forms.DecimalField):
    """« 1 234,5 », « −20 ». A text field: a number field would send nothing for what it refuses."""

    default_error_messages = {
        "invalid": french.typography("Écrivez un nombre en chiffres, par exemple 12,5."),
        "min_value": "Écrivez un nombre positif.",
        "max_decimal_places": "Deux décimales au plus.",
        "max_digits": "Ce nombre est trop grand.",
        "max_whole_digits": "Ce nombre est trop grand.",
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(**{"max_digits": 12, "decimal_places": 2, "widget": widget, **kwargs})

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_number(value).replace("−", "-") if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return french.number(value) if isinstance(value, Decimal) else value
