"""The register: what is posted, turned into values or refused in words."""

import uuid
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from common.french import NBSP, typography
from organisations.forms import SheetForm
from organisations.models import User
from risks.enums import (
    IMPACT_WORDS,
    PROBABILITY_WORDS,
    ActionKind,
    Category,
    Criticality,
    RiskStatus,
    Scale,
    Treatment,
)
from risks.models import Risk
from risks.people import accepting, and_the_current, risk_owners
from risks.places import Place
from risks.selectors.register import ALL_STATES, OWN, RAISED, TRANSMITTED, Filters

TITLE_LENGTH = 200
CELLS = [f"{probability}-{impact}" for probability in Scale.values for impact in Scale.values]


def read_cell(text: str) -> tuple[int, int] | None:
    """« 3-4 » as probability and impact; None for what is no cell."""
    if text not in CELLS:
        return None
    probability, impact = text.split("-")
    return int(probability), int(impact)


def scale_choices(words: dict[int, str]) -> list[tuple[int, str]]:
    return [(step, f"{step}, {word.lower()}") for step, word in words.items()]


class PersonField(forms.ModelChoiceField):
    """Somebody, by name."""

    def label_from_instance(self, user: User) -> str:
        return str(user.get_full_name())


class RiskForm(SheetForm):
    """The fields of a risk, saved one by one."""

    title = forms.CharField(
        label="Ce qui peut arriver",
        max_length=TITLE_LENGTH,
        error_messages={"required": "Ce qui peut arriver ne peut pas être vide."},
    )
    category = forms.ChoiceField(label="Catégorie", choices=Category, widget=forms.RadioSelect)
    status = forms.ChoiceField(
        label="État",
        choices=[item for item in RiskStatus.choices if item[0] != RiskStatus.CLOSED],
        widget=forms.RadioSelect,
    )
    treatment = forms.ChoiceField(
        label="Ce qu’on en fait",
        choices=[item for item in Treatment.choices if item[0] != Treatment.ACCEPT],
        required=False,
        widget=forms.RadioSelect,
        help_text=typography("Accepter un risque se fait plus bas : on y dit qui l’accepte, et pourquoi."),
    )
    owner = PersonField(User.objects.none(), label="Qui le suit", required=False, empty_label="Personne encore")

    class Meta:
        model = Risk
        fields = (
            "title",
            "category",
            "description",
            "cause",
            "consequence",
            "owner",
            "status",
            "treatment",
            "review_on",
        )
        widgets = {
            "description": forms.Textarea(attrs={"rows": 3}),
            "cause": forms.Textarea(attrs={"rows": 2}),
            "consequence": forms.Textarea(attrs={"rows": 2}),
            "review_on": forms.DateInput(),
        }
        labels = {"description": "Description", "cause": "D’où il vient", "consequence": "Ce qu’il entraînerait"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "owner" in self.fields:
            risk = self.instance
            place = Place(risk.project, risk.esms)
            offered = risk_owners(place, transmitted=risk.transmitted_at is not None)
            self.fields["owner"].queryset = and_the_current(offered, risk.owner_id)
        if "category" in self.fields:
            self.fields["category"].error_messages["required"] = "Choisissez une catégorie."


class NewRiskForm(forms.Form):
    """A risk in three answers; the rest is written on its page."""

    title = forms.CharField(
        label="Ce qui peut arriver",
        max_length=TITLE_LENGTH,
        help_text=typography("En une phrase. Pas de nom d’usager ni de donnée de santé."),
        error_messages={"required": "Dites en quelques mots ce qui peut arriver."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    category = forms.ChoiceField(
        label="Catégorie",
        choices=Category,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une catégorie."},
    )
    cell = forms.ChoiceField(
        label="Sa place dans la matrice",
        choices=[(cell, cell) for cell in CELLS],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une case : la probabilité et l’impact."},
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    @property
    def placed(self) -> tuple[int, int]:
        """Probability and impact."""
        probability, impact = self.cleaned_data["cell"].split("-")
        return int(probability), int(impact)


class VersionForm(forms.Form):
    """The version that a row was read at."""

    version = forms.IntegerField(min_value=1)


class CellForm(VersionForm):
    """A cell of the matrix, clicked."""

    cell = forms.ChoiceField(choices=[(cell, cell) for cell in CELLS])


class ResidualForm(VersionForm):
    """What will remain; « none » takes it away."""

    NONE = "aucune"
    cell = forms.ChoiceField(choices=[(NONE, NONE), *((cell, cell) for cell in CELLS)])


class AcceptForm(forms.Form):
    who = PersonField(
        User.objects.none(),
        label="Qui accepte ce risque",
        empty_label="Choisir une personne",
        error_messages={"required": "Dites qui accepte ce risque."},
    )
    why = forms.CharField(
        label="Pourquoi",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Dites pourquoi le risque est accepté."},
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].queryset = accepting(place)


class WhyForm(forms.Form):
    """An act that gives its reason. `asked`: what is asked; `lacking`: when it is empty; `longest`: in characters."""

    why = forms.CharField()
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, asked: str, lacking: str, longest: int = 1000, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"] = forms.CharField(
            label=asked,
            max_length=longest,
            widget=forms.Textarea(attrs={"rows": 2}),
            error_messages={"required": lacking},
        )


class LinkForm(forms.Form):
    """Something to link, « source:id », among what the reader is offered."""

    target = forms.ChoiceField(
        label="Relier à",
        error_messages={
            "required": "Choisissez ce qui est à relier.",
            "invalid_choice": "Choisissez dans la liste ce qui est à relier.",
        },
    )

    def __init__(self, *args: Any, choices: list[tuple[str, list[tuple[str, str]]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = [("", "Choisir une action ou une alerte"), *choices]

    @property
    def chosen(self) -> tuple[str, uuid.UUID]:
        source, _, key = self.cleaned_data["target"].partition(":")
        return source, uuid.UUID(key)


class ProposeForm(forms.Form):
    """An action made of a mark; `cell` places the risk that it brings up, if that is a new one."""

    kind = forms.ChoiceField(label="Nature", choices=ActionKind, widget=forms.RadioSelect)
    owner = PersonField(User.objects.none(), label="Qui la fait", required=False, empty_label="Personne encore")
    due_on = forms.DateField(label="Pour le", required=False, widget=forms.DateInput)
    probability = forms.TypedChoiceField(label="Probabilité du risque", coerce=int, choices=())
    impact = forms.TypedChoiceField(label="Impact du risque", coerce=int, choices=())
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, owners: Any, places: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners
        if places:
            self.fields["probability"].choices = scale_choices(PROBABILITY_WORDS)
            self.fields["impact"].choices = scale_choices(IMPACT_WORDS)
        else:
            del self.fields["probability"], self.fields["impact"]


class FilterForm(forms.Form):
    """What the register is narrowed to, in its address."""

    des = forms.CharField(required=False, widget=forms.HiddenInput)
    categorie = forms.ChoiceField(label="Catégorie", required=False, choices=[("", "Toutes"), *Category.choices])
    etat = forms.ChoiceField(
        label="État",
        required=False,
        choices=[("", "Ouverts"), *RiskStatus.choices, (ALL_STATES, "Tous, clos compris")],
    )
    criticite = forms.ChoiceField(label="Criticité", required=False, choices=[("", "Toutes"), *Criticality.choices])
    porteur = forms.ChoiceField(label="Suivi par", required=False)
    retard = forms.BooleanField(label="En retard seulement", required=False)

    def __init__(self, *args: Any, owners: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(user.pk), user.get_full_name()) for user in owners]
        self.fields["porteur"].choices = [("", f"Tout{NBSP}le monde"), *people]


def read_filters(query: MultiValueDict, *, leads: bool) -> Filters:
    """The filters that the address asks for. One that means nothing is left out."""
    whose, status = query.get("des", ""), query.get("etat", "")
    category, level = query.get("categorie", ""), query.get("criticite", "")
    known = {OWN, RAISED, TRANSMITTED} if leads else {OWN, RAISED}
    return Filters(
        whose=whose if whose in known else "",
        category=category if category in Category.values else "",
        status=status if status in {*RiskStatus.values, ALL_STATES} else "",
        criticality=level if level in Criticality.values else "",
        owner=_uuid(query.get("porteur", "")),
        late=bool(query.get("retard")),
        cell=read_cell(query.get("case", "")),
    )


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
