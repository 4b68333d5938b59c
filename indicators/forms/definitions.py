"""What an indicator means: one of the project's own, the next version of any, those of the catalogue to follow."""

from collections.abc import Sequence
from typing import Any

from django import forms

from common import french
from indicators.catalogue import Indicator as Proposed
from indicators.enums import Breakdown, Direction, Frequency, IndicatorPhase, Kind
from indicators.forms.numbers import NumberField
from indicators.models import Definition
from indicators.services.defining import OF_OWN, OWN_BREAKDOWNS, OWN_KINDS

PEOPLE, THINGS = "people", "things"
ABOUT = [
    (THINGS, "Des dossiers, des tickets, des réunions, du temps…"),
    (PEOPLE, "Ce que font ou pensent des professionnels"),
]


class AdoptForm(forms.Form):
    """`proposed`: what the catalogue has and the project doesn't follow."""

    codes = forms.MultipleChoiceField(
        label="Indicateurs à suivre",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Cochez au moins un indicateur.",
            "invalid_choice": "Un indicateur choisi n’est pas dans le catalogue : relisez la liste.",
        },
    )

    def __init__(self, *args: Any, proposed: Sequence[Proposed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["codes"]
        choices.choices = [(one.code, one.label) for one in proposed]


class DefinitionForm(forms.Form):
    """All that the definition of an own indicator says, but its kind."""

    label = forms.CharField(
        label="Intitulé",
        max_length=120,
        error_messages={"required": "Donnez un intitulé à l’indicateur."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phase = forms.ChoiceField(
        label="Moment",
        choices=IndicatorPhase,
        widget=forms.RadioSelect,
        help_text="Usage : demandé aux structures qui ont ouvert le DUI seulement.",
        error_messages={"required": "Choisissez un moment."},
    )
    numerator = forms.CharField(
        label="Numérateur",
        max_length=120,
        required=False,
        help_text=french.typography("Pour un taux : ce qu’on compte, par exemple « Réunions tenues »."),
    )
    denominator = forms.CharField(
        label="Dénominateur",
        max_length=120,
        required=False,
        help_text=french.typography("Pour un taux : sur combien, par exemple « Réunions prévues »."),
    )
    unit = forms.CharField(
        label="Unité",
        max_length=30,
        help_text=french.typography(
            "Telle qu’elle s’écrit après le nombre : « réunions », « jours ». Pour un taux lu sur 100 : « % »."
        ),
        error_messages={"required": "Donnez l’unité."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    minimum = NumberField(label="Note la plus basse", required=False, help_text="Pour une note.")
    maximum = NumberField(label="Note la plus haute", required=False, help_text="Pour une note.")
    direction = forms.ChoiceField(
        label="Sens",
        choices=Direction,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez un sens."},
    )
    frequency = forms.ChoiceField(
        label="Fréquence",
        choices=Frequency,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une fréquence."},
    )
    breakdown = forms.ChoiceField(
        label="Ventilation",
        required=False,
        choices=[("", "Aucune"), *((one.value, one.label) for one in Breakdown if one in OWN_BREAKDOWNS)],
        widget=forms.RadioSelect,
    )
    about = forms.ChoiceField(
        label="Ce qu’il mesure",
        choices=ABOUT,
        widget=forms.RadioSelect,
        help_text="Ce que font ou pensent des professionnels : les groupes de moins de cinq sont masqués.",
        error_messages={"required": "Dites ce que l’indicateur mesure."},
    )
    help = forms.CharField(
        label="Comment le compter",
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Les structures le liront à côté de la case.",
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if about := found.pop("about", ""):
            found["masked"] = about == PEOPLE
        return {name: french.typography(value) if name in _TEXTS else value for name, value in found.items()}


_TEXTS = {"label", "numerator", "denominator", "unit", "help", "why"}


class OwnForm(DefinitionForm):
    """One more, of the project's own."""

    kind = forms.ChoiceField(
        label="Nature",
        choices=[(one.value, one.label) for one in OWN_KINDS],
        widget=forms.RadioSelect,
        help_text="Elle ne changera plus.",
        error_messages={"required": "Choisissez ce que l’indicateur compte."},
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    field_order = ["label", "kind", "numerator", "denominator", "minimum", "maximum", "unit"]

    def clean_kind(self) -> Kind:
        return Kind(self.cleaned_data["kind"])


class ChangeForm(DefinitionForm):
    """The next version: `current` is the one that was read. Of the catalogue, only what doesn't change what is
    counted."""

    why = forms.CharField(
        label="Pourquoi la définition change",
        max_length=300,
        error_messages={"required": "Dites pourquoi la définition change."},
        help_text="Cela se lira dans l’historique.",
    )
    number = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, current: Definition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        gone: set[str] = set()
        if not current.indicator.own:
            gone = {*OF_OWN, "about"}
        elif current.kind != Kind.RATIO:
            gone |= {"numerator", "denominator"}
        if current.kind != Kind.SCORE:
            gone |= {"minimum", "maximum"}
        for name in gone & self.fields.keys():
            del self.fields[name]


def initial_of(definition: Definition) -> dict[str, Any]:
    """What a form of the next version begins with."""
    names = ("label", "phase", "numerator", "denominator", "unit", "minimum", "maximum", "direction", "frequency")
    return {
        **{name: getattr(definition, name) for name in (*names, "breakdown", "help")},
        "about": PEOPLE if definition.masked else THINGS,
        "number": definition.number,
    }
