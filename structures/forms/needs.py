"""Needs: noted, completed, put to the direction; merged by the project lead."""

import uuid
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from common.french import typography
from organisations.forms import SheetForm
from structures.enums.needs import (
    CollectionScope,
    CommonStatus,
    Method,
    NeedDomain,
    NeedSource,
    Outcome,
    Priority,
    Served,
)
from structures.models import CommonNeed, Need, NeedCollection
from structures.selectors.needs.project import DECIDED_VIEWS, Filters
from structures.services.needs.entries import TITLE_LENGTH

NO_NAMES = typography("Pas de nom d’usager ni de donnée de santé : un besoin se lit à plusieurs.")


def _grouped(choices: type[Any], empty: str) -> list[tuple[str, str]]:
    return [("", empty), *choices.choices]


class SeveralField(forms.MultipleChoiceField):
    """Several choices shown whole; as one text, « a,b », they come back from a conflict."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value: Any) -> list[str]:
        values = super().to_python(value)
        return [part for item in values for part in item.split(",") if part]

    def clean(self, value: Any) -> list[str]:
        chosen = super().clean(value)
        return [code for code, _ in self.choices if code in chosen]


class NeedForm(SheetForm):
    """The fields of a need, saved one by one."""

    title = forms.CharField(
        label="Le besoin, en une ligne",
        max_length=TITLE_LENGTH,
        help_text=NO_NAMES,
        error_messages={"required": "Le besoin ne peut pas être vide."},
    )
    priority = forms.ChoiceField(label="Priorité", choices=Priority, required=False, widget=forms.RadioSelect)
    domain = forms.ChoiceField(label="Domaine", choices=_grouped(NeedDomain, "Choisir un domaine"), required=False)
    serves = SeveralField(label="À qui il sert", choices=Served, required=False)
    source = forms.ChoiceField(label="D’où il vient", choices=NeedSource, required=False, widget=forms.RadioSelect)
    description = forms.CharField(
        label="Ce qu’il faut savoir",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="La situation vécue, ce que le logiciel doit permettre, un exemple.",
    )

    class Meta:
        model = Need
        fields = ("title", "priority", "domain", "serves", "source", "description")


class CollectionForm(SheetForm):
    """How a structure collects its needs, field by field."""

    scope = forms.ChoiceField(
        label="Qui est consulté", choices=CollectionScope, required=False, widget=forms.RadioSelect
    )
    users_voice = forms.CharField(
        label="Comment la parole des usagers est entendue",
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Par exemple : le CVS, un groupe d’expression, un questionnaire en facile à lire.",
    )
    methods = SeveralField(label="Sous quelles formes", choices=Method, required=False)

    class Meta:
        model = NeedCollection
        fields = (
            "scope",
            "users_voice",
            "methods",
            "starts_on",
            "ends_on",
            "professionals",
            "managers",
            "users",
            "relatives",
            "shared_on",
            "shared_how",
        )
        widgets = {
            "starts_on": forms.DateInput(),
            "ends_on": forms.DateInput(),
            "shared_on": forms.DateInput(),
            "shared_how": forms.TextInput(),
        }
        labels = {
            "starts_on": "Début du recueil",
            "ends_on": "Fin du recueil",
            "professionals": "Professionnels",
            "managers": "Cadres",
            "users": "Usagers",
            "relatives": "Proches",
            "shared_on": "Diffusée le",
            "shared_how": "Comment",
        }
        help_texts = {"shared_how": "Par exemple : réunion d’équipe, affichage, courriel aux cadres, CVS."}


class CommonForm(SheetForm):
    """The words of a common need, field by field."""

    title = forms.CharField(
        label="Le besoin commun",
        max_length=TITLE_LENGTH,
        error_messages={"required": "Le besoin commun ne peut pas être vide."},
    )
    priority = forms.ChoiceField(label="Priorité", choices=Priority, widget=forms.RadioSelect)
    domain = forms.ChoiceField(label="Domaine", choices=NeedDomain)
    description = forms.CharField(
        label="Description", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    class Meta:
        model = CommonNeed
        fields = ("title", "priority", "domain", "description")


class NoteForm(forms.Form):
    """One need, in one line."""

    title = forms.CharField(
        label="Noter un besoin",
        max_length=TITLE_LENGTH,
        help_text=typography("Une ligne suffit ; la priorité et le domaine viennent ensuite."),
        error_messages={"required": "Écrivez le besoin en quelques mots."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    token = forms.UUIDField(widget=forms.HiddenInput)


class PasteForm(forms.Form):
    """Several needs, one a line."""

    lines = forms.CharField(
        label="Vos besoins, un par ligne",
        max_length=15_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Depuis un courriel ou un compte rendu : les tirets et les numéros de liste s’enlèvent seuls.",
        error_messages={"required": "Collez au moins une ligne."},
    )
    token = forms.UUIDField(widget=forms.HiddenInput)


class MessageForm(forms.Form):
    text = forms.CharField(
        label="Votre message",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="La structure, son OG et le chef de projet le lisent.",
        error_messages={"required": "Écrivez votre message."},
    )
    token = forms.UUIDField(widget=forms.HiddenInput)


class VersionForm(forms.Form):
    """The version that a row was read at."""

    version = forms.IntegerField(min_value=1)


def read_versions(data: MultiValueDict, name: str = "besoin") -> dict[uuid.UUID, int]:
    """Chosen needs as boxes carry them, « id:version »; one that means nothing is left out."""
    chosen = {}
    for item in data.getlist(name):
        key, _, version = item.partition(":")
        try:
            chosen[uuid.UUID(key)] = int(version)
        except ValueError:
            continue
    return chosen


class MergeForm(forms.Form):
    """A new common need, or one that carries these too."""

    into = forms.ChoiceField(label="Où les porter", widget=forms.Select)
    title = forms.CharField(
        label="Le besoin commun, en une ligne",
        max_length=TITLE_LENGTH,
        required=False,
        help_text="Les structures et les instances liront ces mots, sans savoir de qui ils viennent.",
    )
    domain = forms.ChoiceField(label="Domaine", choices=NeedDomain)
    priority = forms.ChoiceField(label="Priorité", choices=Priority, widget=forms.RadioSelect)
    description = forms.CharField(
        label="Description", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    NEW = "nouveau"

    def __init__(self, *args: Any, commons: list[CommonNeed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.commons = {str(common.number): common for common in commons}
        self.fields["into"].choices = [
            (self.NEW, "Un nouveau besoin commun"),
            *((number, typography(f"n° {number}, {common.title}")) for number, common in self.commons.items()),
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("into") == self.NEW and not given.get("title", "").strip() and "title" not in self.errors:
            self.add_error("title", "Écrivez le besoin commun en quelques mots.")
        return given

    @property
    def common(self) -> CommonNeed | None:
        """The common need that was chosen; None for a new one."""
        return self.commons.get(self.cleaned_data["into"])


class DecisionForm(forms.Form):
    """A need that the project doesn't carry."""

    outcome = forms.ChoiceField(
        label="Ce besoin",
        choices=[(Outcome.LOCAL.value, "reste local"), (Outcome.DISMISSED.value, "est écarté")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une des deux réponses."},
    )
    reason = forms.CharField(
        label="Pourquoi",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="La structure lira ce motif.",
        error_messages={"required": "Dites pourquoi : la structure lira ce motif."},
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class StatusForm(forms.Form):
    """What becomes of a common need."""

    status = forms.ChoiceField(label="Suite donnée", choices=CommonStatus, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Motif",
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Obligatoire pour écarter ; les structures concernées le lisent.",
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class CallForm(forms.Form):
    """Until when the needs of structures are awaited."""

    due_on = forms.DateField(
        label="À transmettre avant le",
        widget=forms.DateInput,
        error_messages={"required": "Choisissez une date.", "invalid": "Écrivez une date entière."},
    )
    message = forms.CharField(
        label="Message aux structures",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    anew = forms.BooleanField(
        label=typography("Nouveau recueil : redemander aussi à celles qui ont déjà transmis"),
        required=False,
    )
    version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)


def read_filters(query: MultiValueDict) -> Filters:
    """The filters that the URL asks for. One that means nothing is left out."""
    shown, domain, priority = query.get("vue", ""), query.get("domaine", ""), query.get("priorite", "")
    return Filters(
        shown=shown if shown in DECIDED_VIEWS else "",
        domain=domain if domain in NeedDomain.values else "",
        priority=priority if priority in Priority.values else "",
        structure=query.get("structure", "").replace("\0", ""),
        og=_uuid(query.get("og", "")),
    )


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def read_ids(query: MultiValueDict, name: str = "besoin") -> list[uuid.UUID]:
    """The needs that an address names, with or without their version."""
    found = (_uuid(item.partition(":")[0]) for item in query.getlist(name)[:60])
    return [item for item in found if item is not None]
