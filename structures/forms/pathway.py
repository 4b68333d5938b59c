"""The pathway: what is posted about a line, and what the follow-up is narrowed to."""

import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.utils.datastructures import MultiValueDict

from common import french
from common.uploads import ACCEPT, limit
from organisations.enums import Phase
from organisations.models import User
from structures.enums.pathway import LineState

NO_NAMES = french.typography("Pas de nom d’usager ni de donnée de santé.")


class DoneForm(forms.Form):
    """A line is done: the day, and what shows it."""

    evidence = forms.CharField(
        label="Ce qui le montre",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NO_NAMES,
    )
    done_on = forms.DateField(label="Faite le", widget=forms.DateInput)
    link = forms.CharField(
        label="Un lien", required=False, max_length=500, help_text="Une adresse qui commence par https://."
    )
    file = forms.FileField(
        label="Un document",
        required=False,
        help_text=f"PDF, document de bureautique ou image, {limit()} au plus.",
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class OtherStateForm(forms.Form):
    """Where else a line stands; `why` for one that is blocked or without object.

    `sets_aside`: whether the person may say that it is without object.
    """

    state = forms.ChoiceField(
        label="Où en est-elle",
        choices=[
            (item, item.label)
            for item in (LineState.TODO, LineState.IN_PROGRESS, LineState.BLOCKED, LineState.NOT_APPLICABLE)
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez un état."},
    )
    why = forms.CharField(
        label="Ce qui bloque, ou pourquoi elle est sans objet",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=NO_NAMES,
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, sets_aside: bool, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="other_%s", **kwargs)
        if not sets_aside:
            self.fields["state"].choices = self.fields["state"].choices[:-1]
            self.fields["state"].help_text = "La direction valide cette étape : elle seule peut la dire sans objet."


class VersionForm(forms.Form):
    """One tap on what was read."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class ReturnForm(VersionForm):
    why = forms.CharField(
        label="Ce qui manque",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Le référent local le lira sur cette étape.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="return_%s", **kwargs)


class DelegationForm(forms.Form):
    """To which referent; the lines and their versions come beside it."""

    referent = forms.ModelChoiceField(
        User.objects.none(),
        label="À qui",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez un référent local.", "invalid_choice": "Choisissez un référent local."},
    )

    def __init__(self, *args: Any, referents: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["referent"].queryset = User.objects.filter(pk__in=[user.pk for user in referents])
        self.fields["referent"].label_from_instance = lambda user: user.get_full_name()
        if len(referents) == 1:
            self.initial["referent"] = referents[0].pk


class RemindForm(forms.Form):
    """A word that goes with a reminder; empty most of the time."""

    message = forms.CharField(
        label="Un mot pour elles",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="La relance dit déjà ce qui attend. Ce mot s’y ajoute.",
    )
    token = forms.UUIDField(widget=forms.HiddenInput)


class Shown(models.TextChoices):
    """What the page of the pathway shows."""

    ALL = "tout", "Tout"
    MINE = "a-moi", "À moi"
    TO_VALIDATE = "a-valider", "À valider"
    LATE = "en-retard", "En retard"


def read_shown(query: MultiValueDict) -> Shown:
    asked = query.get("vue", "")
    return Shown(asked) if asked in Shown.values else Shown.ALL


class Order(models.TextChoices):
    NAME = "nom", "Nom"
    PROGRESS = "avancement", "Avancement"
    LATE = "retard", "Retard"


@dataclass(frozen=True)
class FollowUpFilters:
    """What the follow-up is narrowed to, and its order. One that means nothing is left out."""

    og: uuid.UUID | None = None
    phase: str = ""
    wave: uuid.UUID | None = None
    order: Order = Order.LATE
    page: int = 1


def read_follow_up(query: MultiValueDict) -> FollowUpFilters:
    phase, order, page = query.get("phase", ""), query.get("ordre", ""), query.get("page", "")
    return FollowUpFilters(
        og=_uuid(query.get("og", "")),
        phase=phase if phase in Phase.values else "",
        wave=_uuid(query.get("vague", "")),
        order=Order(order) if order in Order.values else Order.LATE,
        page=int(page) if page.isdecimal() and len(page) < 6 else 1,
    )


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
