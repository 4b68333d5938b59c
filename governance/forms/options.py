"""The options of an arbitration: added, and each field saved by itself."""

from typing import Any

from django import forms

from governance.models import ArbitrationOption
from organisations.forms import AmountField, CountField, SheetForm, typed


class NewOptionForm(forms.Form):
    """A new option: what it does to cost, delay, quality and risk is said on its page."""

    label = forms.CharField(
        label="Intitulé de l’option", max_length=120, error_messages={"required": "Donnez un nom à cette option."}
    )
    description = forms.CharField(
        label="Ce qu’elle fait, en une ou deux phrases",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="option_%s", **kwargs)


class OptionForm(SheetForm):
    """The fields of an option, each saved by itself."""

    cost_amount = AmountField(
        label="Montant estimé, en euros",
        required=False,
        max_digits=12,
        decimal_places=2,
        widget=typed("decimal"),
        help_text="Une économie, quand l’incidence est favorable.",
    )
    delay_days = CountField(
        label="Décalage estimé, en jours",
        required=False,
        min_value=0,
        max_value=3650,
        widget=typed("numeric"),
        help_text="Un gain, quand l’incidence est favorable.",
    )

    class Meta:
        model = ArbitrationOption
        fields = (
            "label",
            "description",
            "cost_impact",
            "cost_amount",
            "delay_impact",
            "delay_days",
            "quality_impact",
            "risk_impact",
            "comment",
        )
        widgets = {
            "description": forms.Textarea(attrs={"rows": 3}),
            "comment": forms.Textarea(attrs={"rows": 2}),
        }
