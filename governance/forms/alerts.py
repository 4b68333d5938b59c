"""Raising, handling and answering alerts; what the list of them is narrowed to."""

import uuid
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from common.french import typography
from governance.enums import ArbitrationKind, Severity
from governance.models import Alert
from governance.selectors.alerts import Filters, Shown, handlers
from organisations.models import ESMS, User

SHOWN_WHOLE = 6  # as the field component: a short choice is shown whole
PROJECT = ":projet"  # about the project itself, not one structure: no structure has such an address
NO_NAMES = typography("Pas de nom d’usager ni de donnée de santé : une alerte se lit à plusieurs.")


def read_filters(query: MultiValueDict) -> Filters:
    """The filters that the URL asks for. One that means nothing is left out."""
    shown, severity = query.get("vue", ""), query.get("gravite", "")
    return Filters(
        shown=Shown(shown) if shown in Shown.values else Shown.ALL,
        severity=severity if severity in Severity.values else "",
        structure=query.get("structure", "").replace("\0", ""),
        og=_uuid(query.get("og", "")),
    )


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


class AlertForm(forms.Form):
    """An alert about a thing that is known: how much it presses, and what happens."""

    severity = forms.ChoiceField(label="Gravité", choices=Severity, initial=Severity.WARNING, widget=forms.RadioSelect)
    text = forms.CharField(
        label="Ce que le COMOP doit savoir",
        max_length=2000,
        help_text=NO_NAMES,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Dites ce qui se passe, en une phrase ou deux."},
    )
    token = forms.UUIDField(widget=forms.HiddenInput)


class RaiseForm(AlertForm):
    """An alert from the page of alerts. `structures`: those that its author may choose; `on_project`: whether it may
    be about none of them."""

    about = forms.ChoiceField(
        label="À quel propos",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une structure, ou le projet."},
    )
    subject = forms.CharField(
        label="De quoi il s’agit, en quelques mots",
        max_length=200,
        help_text=typography("Par exemple : « Le réseau tombe chaque soir »."),
        error_messages={"required": "Dites de quoi il s’agit, en quelques mots."},
    )

    field_order = ("about", "subject", "text", "severity", "token")

    def __init__(
        self, *args: Any, structures: Sequence[ESMS], on_project: bool, project_label: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.structures = {structure.slug: structure for structure in structures}
        field = self.fields["about"]
        whole = [(PROJECT, project_label)] if on_project else []
        field.choices = [*whole, *((slug, typography(esms.name)) for slug, esms in self.structures.items())]
        if len(field.choices) > SHOWN_WHOLE:
            field.widget = forms.Select()
            field.choices = [
                *whole,
                *(
                    (typography(og), [(esms.slug, typography(esms.name)) for esms in found])
                    for og, found in groupby(structures, lambda esms: esms.og.name)
                ),
            ]
        if self.initial.get("about") not in {PROJECT if on_project else None, *self.structures}:
            only = whole[0][0] if whole else next(iter(self.structures), None)
            self.initial["about"] = only if whole or len(self.structures) == 1 else None

    @property
    def esms(self) -> ESMS | None:
        """The structure that was chosen; None for the project."""
        return self.structures.get(self.cleaned_data["about"])


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label="Votre réponse",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Elle ferme l’alerte et revient à la personne qui l’a donnée.",
        error_messages={"required": "Écrivez votre réponse."},
    )


class OwnerChoice(forms.ModelChoiceField):
    def label_from_instance(self, user: User) -> str:
        return typography(f"{user}, {user.title}" if user.title else str(user))


class OwnerForm(forms.Form):
    """Who has an alert in hand; nobody when it is empty."""

    owner = OwnerChoice(User.objects.none(), label="La confier à", required=False, empty_label="Choisir une personne")
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, alert: Alert, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="main-%s", **kwargs)
        self.fields["owner"].queryset = handlers(alert)


class EscalateForm(forms.Form):
    """The question that the COSTRAT is asked."""

    question = forms.CharField(
        label="La question posée au COSTRAT",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Une seule question, à laquelle on répond en choisissant une option.",
        error_messages={"required": "Écrivez la question que le COSTRAT doit trancher."},
    )
    kind = forms.ChoiceField(
        label="Nature",
        choices=[("", "Choisir une nature"), *ArbitrationKind.choices],
        help_text="Elle détermine la majorité requise.",
        error_messages={"required": "Choisissez une nature dans la liste."},
    )
    context = forms.CharField(
        label="Ce que le COSTRAT doit savoir",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Les membres du COSTRAT et du COMOP et les directions d’OG le liront.",
        error_messages={"required": "Écrivez ce que le COSTRAT doit savoir pour trancher."},
    )
    deadline = forms.DateField(label="À trancher avant le", required=False, widget=forms.DateInput)
    token = forms.UUIDField(widget=forms.HiddenInput)
