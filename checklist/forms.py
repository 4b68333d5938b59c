"""The edges of the checklist: what is posted, turned into values or refused in words."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from checklist.enums import Actor, DepositKind, Letter, RaciView, Status, View
from checklist.models import Action
from checklist.raci import Letters, by_actor
from checklist.selectors import Filters, RaciFilters
from checklist.services import Dates
from common import french
from common.spreadsheets.files import ACCEPT as SPREADSHEETS
from common.uploads import ACCEPT
from organisations.enums import Role
from organisations.models import Membership, Project, User
from organisations.selectors import participants


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class VersionForm(forms.Form):
    """The version that an action was read at."""

    version = forms.IntegerField(min_value=1)


class StatusForm(VersionForm):
    """One tap: the new status, with the reason of « sans objet » or the decision cited when one is needed."""

    status = forms.ChoiceField(choices=Status)
    reason = forms.CharField(required=False, max_length=300)
    decision = forms.UUIDField(required=False)


class CiteForm(forms.Form):
    """The decision that makes an action OK, among those of the body that decides it."""

    decision = forms.ChoiceField(label="Décision")

    def __init__(self, *args: Any, action: Action, choices: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"id_{action.pk}_%s", **kwargs)
        self.fields["decision"].choices = choices


class FieldForm(forms.ModelForm):
    """One field of an action, saved by itself. The other fields of the form are dropped, so they can't be touched."""

    version = forms.IntegerField(min_value=1)

    class Meta:
        model = Action
        fields = ("start_on", "due_on", "note", "ko_blocker", "ko_unblock", "ko_owner", "ko_review_on")
        widgets = {
            "start_on": DateInput(),
            "due_on": DateInput(),
            "ko_review_on": DateInput(),
            "ko_blocker": forms.Textarea(attrs={"rows": 2}),
            "ko_unblock": forms.Textarea(attrs={"rows": 2}),
            "note": forms.Textarea(attrs={"rows": 2}),
        }
        labels = {
            "start_on": "Début",
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
    letter = forms.ChoiceField(
        choices=[(letter.value, f"{letter.label} : {letter.meaning}") for letter in Letter],
        label="À quel titre",
        initial=Letter.A,
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = participants(project)


class CommentForm(forms.Form):
    text = forms.CharField(
        label="Votre message",
        max_length=4000,
        help_text="Écrivez @ et un nom pour demander quelque chose à quelqu’un.",
        widget=forms.Textarea(attrs={"rows": 2, "data-mentions": "participants"}),
    )
    token = forms.UUIDField(widget=forms.HiddenInput)


class DocumentForm(forms.Form):
    """A document or a link put beside an action."""

    file = forms.FileField(
        label="Document",
        required=False,
        help_text="PDF, document de bureautique ou image, 20 Mo au plus.",
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    link = forms.CharField(
        label="Ou un lien", required=False, max_length=500, help_text="Une adresse qui commence par https://."
    )
    label = forms.CharField(label="Comment l’appeler", required=False, max_length=200)
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="document_%s", **kwargs)


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


class ImportForm(forms.Form):
    """A spreadsheet of the checklist given back."""

    file = forms.FileField(
        label="Fichier",
        help_text="Classeur .xlsx ou fichier CSV, 10 Mo au plus.",
        widget=forms.FileInput(attrs={"accept": SPREADSHEETS}),
    )
    token = forms.UUIDField(widget=forms.HiddenInput)


def read_filters(query: MultiValueDict) -> tuple[Filters, bool]:
    """The filters that the URL asks for, and whether they all mean something. One that doesn't drops the others too."""
    step, known = _step(query.get("etape", ""))
    actor, since = query.get("acteur"), query.get("depuis")
    try:
        filters = Filters(
            step=step,
            view=View(query.get("vue", "")),
            actor=Actor(actor) if actor else None,
            since=_past_day(since) if since else None,
        )
    except ValueError:
        return Filters(step=step), False
    return filters, known


def read_month(query: MultiValueDict) -> tuple[date, bool]:
    """The first day of the month of the URL (`?mois=2026-11`), and whether it means one; of this month otherwise."""
    this_month, asked = timezone.localdate().replace(day=1), query.get("mois", "")
    if re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", asked):
        return date.fromisoformat(f"{asked}-01"), True
    return this_month, not asked


def _past_day(value: str) -> date:
    """« 2026-10-01 ». ValueError for what is no day, or a day to come."""
    day = date.fromisoformat(value)
    if not date(2000, 1, 1) <= day <= timezone.localdate():
        raise ValueError(value)
    return day


def _step(value: str) -> tuple[int | None, bool]:
    if not value:
        return None, True
    number = int(value) if re.fullmatch(r"[0-9]{1,2}", value) else None
    return number, number is not None


def read_raci_filters(query: MultiValueDict) -> tuple[RaciFilters, bool]:
    """The filters that the URL of the RACI matrix asks for, and whether they all mean something; none otherwise."""
    step, known = _step(query.get("etape", ""))
    actor = query.get("acteur")
    try:
        filters = RaciFilters(RaciView(query.get("voir", "")), step, Actor(actor) if actor else None)
    except ValueError:
        known = False
    return (filters, True) if known else (RaciFilters(), False)


class RaciForm(forms.Form):
    """The letters of an action: those `held` from now on, among those that were read (`expected`).

    A box is an actor and a letter, « comop-A ». `actor`: the cell of the matrix that asks, if one does.
    """

    BOXES = [(f"{actor}-{letter}", f"{letter.label} : {actor.label}") for actor in Actor for letter in Letter]

    held = forms.MultipleChoiceField(choices=BOXES, required=False)
    expected = forms.MultipleChoiceField(choices=BOXES, required=False)
    actor = forms.ChoiceField(choices=Actor, required=False)

    def letters(self, name: str) -> Letters:
        return by_actor(box.split("-") for box in self.cleaned_data[name])


class OwnActionForm(forms.Form):
    """The words of an action of the project's own."""

    label = forms.CharField(
        label="Ce qui est à faire",
        max_length=300,
        help_text="En quelques mots, avec un verbe : « Former… », « Valider… ».",
    )
    objective = forms.CharField(label="Objectif", max_length=300, required=False)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


FIRST = "premier"  # the place before all others


class NewOwnActionForm(OwnActionForm):
    """A new one: its words, who holds which letter, and its place in the group."""

    version = None
    after = forms.ChoiceField(label="Sa place dans le bloc", widget=forms.Select)
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, actions: Sequence[Action], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actions = {action.number: action for action in actions}
        self.fields["after"].choices = [
            (FIRST, "En premier"),
            *((number, french.typography(f"Après {number} {action.label}")) for number, action in self.actions.items()),
        ]
        self.fields["after"].initial = next(reversed(self.actions), FIRST)
        for letter in Letter:
            self.fields[letter.value] = forms.MultipleChoiceField(
                label=letter.label, choices=Actor.choices, required=False, widget=forms.CheckboxSelectMultiple
            )

    @property
    def letter_fields(self) -> list[forms.BoundField]:
        return [self[letter.value] for letter in Letter]

    @property
    def letters(self) -> dict[Letter, list[Actor]]:
        return {letter: [Actor(value) for value in self.cleaned_data[letter.value]] for letter in Letter}

    @property
    def neighbour(self) -> Action | None:
        """The action after which it goes; None to go first."""
        return self.actions.get(self.cleaned_data["after"])


def read_dates(posted: Iterable[str]) -> list[Dates]:
    """« 2.4.3|version|start|due » for each action, as `write_dates` wrote it. Raises ValueError for anything else."""
    found = []
    for item in posted:
        number, version, start, due = item.split("|")
        found.append(Dates(number, int(version), *(date.fromisoformat(day) if day else None for day in (start, due))))
    return found


def write_dates(item: Dates) -> str:
    return "|".join(str(part) if part is not None else "" for part in (item.number, item.version, item.start, item.due))
