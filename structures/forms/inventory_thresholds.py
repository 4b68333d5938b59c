"""A threshold that replaces the proposal, field by field."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from common import french
from organisations.forms import AmountField, SheetForm, typed
from structures.catalogue.inventory import Field, questionnaire
from structures.enums.inventory import FieldType, Operator
from structures.models import InventoryThreshold


class LimitField(AmountField):
    """A threshold as French writes it, to the hundredth; nothing for the proposal."""

    default_error_messages = {
        "invalid": "Écrivez un nombre en chiffres, par exemple 4 ou 0,5.",
        "min_value": "Écrivez un nombre positif.",
        "max_decimal_places": "Écrivez un nombre au centième près.",
        "max_digits": "Ce nombre est trop grand.",
        "max_whole_digits": "Ce nombre est trop grand.",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_digits=9, decimal_places=2, widget=typed("decimal"), **kwargs)


class ThresholdForm(SheetForm):
    """`instance` names the prerequisite."""

    threshold = LimitField(label="Seuil")
    minimum = LimitField(label="Sans descendre sous")

    class Meta:
        model = InventoryThreshold
        fields = ("threshold", "minimum", "source", "dated_on")
        widgets = {"dated_on": forms.DateInput()}
        labels = {"source": "D’où vient ce seuil", "dated_on": "Date de ce document"}
        help_texts = {"source": "Le document de l’éditeur, le cahier des charges, une décision du COMOP…"}
        error_messages = {"dated_on": {"invalid": "Donnez une date."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field, flag = self.field_of, self.field_of.flag
        if flag is None:
            return
        for name, proposed in (("threshold", flag.threshold), ("minimum", flag.minimum)):
            if name in self.fields and proposed is not None:
                unit = "mois" if flag.operator == Operator.BEFORE_MONTHS else field.unit
                said = f"{french.number(proposed)} {unit}"
                self.fields[name].label = f"{self.fields[name].label}, en {unit}"
                self.fields[name].help_text = french.typography(f"Vide, c’est la proposition qui vaut : {said}.")

    @property
    def field_of(self) -> Field:
        return questionnaire().by_code[self.instance.field]

    def clean_threshold(self) -> Decimal | None:
        value: Decimal | None = self.cleaned_data["threshold"]
        field = self.field_of
        if value is None or field.flag is None:
            return value
        months = field.flag.operator == Operator.BEFORE_MONTHS
        if months and (value < 1 or value > 120):
            raise ValidationError("Écrivez un nombre de mois, de 1 à 120.")
        if (months or field.type == FieldType.INTEGER) and value != int(value):
            raise ValidationError("Écrivez un nombre entier.")
        if field.maximum is not None and value > field.maximum:
            raise ValidationError(f"Ce seuil ne dépasse pas {french.number(field.maximum)}.")
        return value
