"""Actions on risks: what is posted, turned into values or refused in words."""

from typing import Any

from django import forms

from common.french import typography
from organisations.forms import SheetForm
from organisations.models import User
from risks.enums import ActionKind
from risks.forms.register import PersonField
from risks.models import Risk, RiskAction
from risks.people import and_the_current, owners_of

LABEL_LENGTH = 300


class NewActionForm(forms.Form):
    """An action to write beside a risk."""

    label = forms.CharField(
        label="Ce qu’il y a à faire",
        max_length=LABEL_LENGTH,
        error_messages={"required": "Dites ce qu’il y a à faire."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label="Nature",
        choices=ActionKind,
        widget=forms.RadioSelect,
        initial=ActionKind.PREVENTIVE,
        help_text=typography("Préventive : pour qu’il n’arrive pas. Corrective : pour y répondre s’il arrive."),
    )
    owner = PersonField(User.objects.none(), label="Qui la fait", required=False, empty_label="Personne encore")
    due_on = forms.DateField(
        label="Pour le",
        required=False,
        widget=forms.DateInput,
        error_messages={"invalid": "Écrivez une date entière."},
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, risk: Risk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners_of(risk)


class ActionForm(SheetForm):
    """The fields of an action, saved one by one."""

    label = forms.CharField(
        label="Ce qu’il y a à faire",
        max_length=LABEL_LENGTH,
        error_messages={"required": "Ce qu’il y a à faire ne peut pas être vide."},
    )
    kind = forms.ChoiceField(label="Nature", choices=ActionKind, widget=forms.RadioSelect)
    owner = PersonField(User.objects.none(), label="Qui la fait", required=False, empty_label="Personne encore")

    class Meta:
        model = RiskAction
        fields = ("label", "kind", "owner", "due_on")
        widgets = {"due_on": forms.DateInput()}
        labels = {"due_on": "Pour le"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "owner" in self.fields:
            self.fields["owner"].queryset = and_the_current(owners_of(self.instance.risk), self.instance.owner_id)


class FollowForm(forms.Form):
    """How far an action is."""

    progress = forms.IntegerField(
        label="Avancement, en %",
        min_value=0,
        max_value=100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=typography("À 100, l’action est faite."),
        error_messages={
            "required": "Écrivez un nombre de 0 à 100.",
            "invalid": "Écrivez un nombre de 0 à 100.",
            "min_value": "Écrivez un nombre de 0 à 100.",
            "max_value": "Écrivez un nombre de 0 à 100.",
        },
    )
    note = forms.CharField(
        label="Où on en est", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
