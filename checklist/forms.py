"""The edges of the checklist: what is posted, turned into values or refused in words."""

import re
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.datastructures import MultiValueDict

from checklist.enums import Actor, DepositKind, Letter, Status, View
from checklist.models import Action
from checklist.selectors import Filters
from common.uploads import ACCEPT
from organisations.enums import Role
from organisations.models import Membership, Project, User
from organisations.selectors import participants


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class StatusForm(forms.Form):
    """One tap: the new status, and the version it was read at."""

    status = forms.ChoiceField(choices=Status)
    version = forms.IntegerField(min_value=1)
    reason = forms.CharField(required=False, max_length=300)


class FieldForm(forms.ModelForm):
    """One field of an action, saved by itself. The other fields of the form are dropped, so they can't be touched."""

    version = forms.IntegerField(min_value=1)

    class Meta:
        model = Action
        fields = ("due_on", "note", "ko_blocker", "ko_unblock", "ko_owner", "ko_review_on")
        widgets = {
            "due_on": DateInput(),
            "ko_review_on": DateInput(),
            "ko_blocker": forms.Textarea(attrs={"rows": 2}),
            "ko_unblock": forms.Textarea(attrs={"rows": 2}),
            "note": forms.Textarea(attrs={"rows": 2}),
        }
        labels = {
            "due_on": "Échéance",
            "note": "Où en est-on, en une phrase",
            "ko_blocker": "Ce qui bloque",
            "ko_unblock": "Ce qui la débloquerait",
            "ko_owner": "Qui peut la débloquer",
            "ko_review_on": "À revoir le",
        }

    def __init__(self, *args: Any, project: Project, instance: Action, **kwargs: Any) -> None:
        # A page shows these fields for several actions: each its own ids.
        super().__init__(*args, instance=instance, auto_id=f"id_{instance.pk}_%s", **kwargs)
        self.fields["ko_owner"].queryset = _who_can_help(project, instance)
        self.fields["ko_owner"].empty_label = "À préciser"

    def clean_version(self) -> int:
        # A ModelForm would write its instance; the service does, under this version.
        return self.cleaned_data["version"]


def _who_can_help(project: Project, action: Action) -> QuerySet[User]:
    """Those who work on the checklist, not those who only watch, and who is named already."""
    watch = (Role.VENDOR, Role.OBSERVER)
    work = Membership.objects.active().filter(project=project).exclude(role__in=watch).values("user_id")
    return participants(project).filter(Q(pk__in=work) | Q(pk=action.ko_owner_id))


class PersonForm(forms.Form):
    user = forms.ModelChoiceField(User.objects.none(), label="Personne", empty_label="Choisir une personne")
    letter = forms.ChoiceField(choices=Letter, label="À quel titre", initial=Letter.A)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = participants(project)


class CommentForm(forms.Form):
    text = forms.CharField(label="Votre message", max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))
    token = forms.UUIDField(widget=forms.HiddenInput)


class DepositForm(forms.Form):
    """What fills the slot of a deliverable."""

    kind = forms.ChoiceField(label="Comment le fournir", choices=DepositKind, widget=forms.RadioSelect)
    file = forms.FileField(
        label="Document",
        required=False,
        help_text="PDF, document de bureautique ou image, 20 Mo au plus.",
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    link = forms.CharField(
        label="Adresse du document", required=False, max_length=500, help_text="Une adresse qui commence par https://."
    )
    reason = forms.CharField(
        label="Pourquoi s’en dispenser",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Cette raison est lue par le COSTRAT.",
    )
    token = forms.UUIDField(widget=forms.HiddenInput)


def read_filters(query: MultiValueDict) -> tuple[Filters, bool]:
    """The filters that the URL asks for, and whether they all mean something. One that doesn't drops the others too."""
    step, known = _step(query.get("etape", ""))
    actor = query.get("acteur")
    try:
        view = View(query.get("vue", ""))
        return Filters(step=step, view=view, actor=Actor(actor) if actor else None), known
    except ValueError:
        return Filters(step=step), False


def _step(value: str) -> tuple[int | None, bool]:
    if not value:
        return None, True
    number = int(value) if re.fullmatch(r"[0-9]{1,2}", value) else None
    return number, number is not None
