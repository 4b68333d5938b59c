"""How a body meets, and working groups."""

from typing import Any

from django import forms

from common import french
from governance.models import Body
from governance.selectors.bodies import people_on
from organisations.forms import CountField, SheetForm, typed


def _count(label: str, least: int, most: int) -> CountField:
    refusal = f"Écrivez un nombre de {least} à {most}."
    return CountField(
        label=label,
        min_value=least,
        max_value=most,
        widget=typed("numeric"),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), refusal),
    )


class BodySettingsForm(SheetForm):
    """What the lead settles of a COSTRAT or a COMOP; its fields save themselves one by one."""

    frequency_months = _count("Une séance tous les combien de mois", 1, 12)
    quorum_percent = _count("Quorum, en %", 0, 100)
    convocation_days = _count("Convocation, en jours avant la séance", 0, 60)
    minutes_days = _count("Compte rendu, en jours après la séance", 0, 60)
    report_days = _count("Rapport préparé, en jours avant la séance", 0, 60)
    proxies_each = _count("Pouvoirs qu’une personne peut porter", 0, 9)

    class Meta:
        model = Body
        fields = (
            "chair",
            "secretary",
            "frequency_months",
            "quorum_percent",
            "convocation_days",
            "minutes_days",
            "report_days",
            "proxies_each",
        )
        labels = {"chair": "Présidence", "secretary": "Secrétariat"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"chair", "secretary"} & self.fields.keys():
            self.fields[name].queryset = people_on(self.instance)
            self.fields[name].empty_label = "À désigner"


class GroupSettingsForm(BodySettingsForm):
    """What the lead settles of a working group: it decides of nothing, so it has no quorum, report nor proxies."""

    quorum_percent = report_days = proxies_each = None

    class Meta(BodySettingsForm.Meta):
        fields = ("purpose", "chair", "secretary", "frequency_months", "convocation_days", "minutes_days")
        widgets = {"purpose": forms.Textarea(attrs={"rows": 3})}
        labels = {"purpose": "Ce que fait le groupe", "chair": "Animation", "secretary": "Secrétariat"}


class GroupForm(forms.Form):
    """A new working group."""

    name = forms.CharField(
        label="Nom du groupe",
        max_length=80,
        help_text=french.typography("En quelques mots : « Reprise des données », « Formation »."),
        error_messages={"required": "Donnez un nom au groupe."},
    )
    purpose = forms.CharField(
        label="Ce que fait le groupe",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ce qu’il prépare, et pour quelle instance.",
    )
    closes_on = forms.DateField(
        label="Fin du groupe",
        required=False,
        widget=forms.DateInput(),
        help_text=french.typography("Laissez vide si elle n’est pas connue : vous pourrez le dissoudre à tout moment."),
    )
    token = forms.UUIDField(widget=forms.HiddenInput)
