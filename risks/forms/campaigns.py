"""Opening a campaign, giving more time, the thresholds of the project."""

from collections.abc import Sequence
from typing import Any

from django import forms

from organisations.enums import Phase
from organisations.models import ESMS
from risks.enums import CampaignKind

DUE = {"required": "Donnez la date à laquelle les analyses sont à rendre.", "invalid": "Donnez une date."}


class WhoForm(forms.Form):
    """Whom to ask. `structures`: those that may be."""

    structures = forms.MultipleChoiceField(
        label="Structures",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Une structure choisie ne peut plus l’être : relisez la liste."},
    )
    with_project = forms.BooleanField(label="Le projet lui-même", required=False)

    def __init__(self, *args: Any, structures: Sequence[ESMS], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(esms.pk): esms for esms in structures}
        choices: Any = self.fields["structures"]
        choices.choices = [(pk, esms.name) for pk, esms in self.offered.items()]

    def clean_structures(self) -> list[ESMS]:
        return [self.offered[pk] for pk in self.cleaned_data["structures"]]


class CampaignForm(WhoForm):
    kind = forms.ChoiceField(
        label="Quand",
        choices=CampaignKind.choices,
        widget=forms.RadioSelect,
        help_text="Au début, les cent questions ; en fin de phase, les trente-huit qui bougent, "
        "sauf pour qui n’a encore rien transmis.",
    )
    phase = forms.ChoiceField(label="Phase", choices=Phase.choices)
    due_on = forms.DateField(label="À rendre le", widget=forms.DateInput(), error_messages=DUE)
    message = forms.CharField(
        label="Message aux structures",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Elles le liront avec la demande : à quoi cela va servir, qui peut les aider.",
    )
    token = forms.UUIDField(widget=forms.HiddenInput)


class AddForm(WhoForm):
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class VersionForm(forms.Form):
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


def _number(label: str, lowest: int, highest: int, help_text: str) -> forms.IntegerField:
    between = f"Donnez un nombre de {lowest} à {highest}."
    return forms.IntegerField(
        label=label,
        min_value=lowest,
        max_value=highest,
        help_text=help_text,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), between),
    )


class ThresholdsForm(forms.Form):
    moderate_from = _number("Risque modéré à partir de", 11, 99, "Score d’une section, de 10 à 100 points.")
    certain_from = _number("Risque certain à partir de", 12, 100, "Score d’une section, plus haut que « modéré ».")
    action_from = _number("Action proposée à partir de la note", 2, 10, "Note d’une question, de 1 à 10.")
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        moderate, certain = found.get("moderate_from"), found.get("certain_from")
        if moderate and certain and certain <= moderate:
            self.add_error("certain_from", "« Certain » commence plus haut que « modéré ».")
        return found
