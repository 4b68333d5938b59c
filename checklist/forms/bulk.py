"""A selection of actions, and what to do with it."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import TextChoices

from checklist.enums import Letter, Status
from checklist.forms.base import DateInput
from organisations.models import Project
from organisations.selectors import participants

_PAIR = re.compile(r"([0-9a-f-]{36}):([1-9][0-9]{0,8})")


class Change(TextChoices):
    """What may be done with a selection."""

    STATUS = "status", "Changer l’état"
    DUE = "due_on", "Donner une échéance"
    START = "start_on", "Donner un début"
    PERSON = "person", "Nommer une personne"


class SelectionForm(forms.Form):
    """What to do with a selection. Who changes only own actions is offered the status alone."""

    change = forms.ChoiceField(
        label="Avec ces actions", choices=Change, widget=forms.RadioSelect, initial=Change.STATUS
    )
    status = forms.ChoiceField(label="Nouvel état", choices=Status, widget=forms.RadioSelect, required=False)
    reason = forms.CharField(label="Pourquoi sont-elles sans objet ?", max_length=300, required=False)
    due_on = forms.DateField(
        label="Échéance", widget=DateInput(), required=False, help_text="Vide : elles n’ont plus d’échéance."
    )
    start_on = forms.DateField(
        label="Début", widget=DateInput(), required=False, help_text="Vide : elles n’ont plus de début."
    )
    user = forms.ModelChoiceField(None, label="Personne", empty_label="Choisir une personne", required=False)
    letter = forms.ChoiceField(label="À quel titre", choices=Letter, initial=Letter.A, required=False)

    def __init__(self, *args: Any, project: Project, manages: bool, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="lot_%s", **kwargs)
        if manages:
            self.fields["user"].queryset = participants(project)
        else:
            self.fields["change"].choices = [(Change.STATUS.value, Change.STATUS.label)]
            for name in ("due_on", "start_on", "user", "letter"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("change") == Change.STATUS and not given.get("status") and "status" not in self.errors:
            self.add_error("status", "Choisissez l’état à donner.")
        if given.get("change") == Change.PERSON and not given.get("user") and "user" not in self.errors:
            self.add_error("user", "Choisissez la personne à nommer.")
        return {**given, "letter": given.get("letter") or Letter.A}


def read_selection(posted: Sequence[str]) -> dict[UUID, int]:
    """The versions by action of « id:version » pairs. ValueError for anything else."""
    found = {}
    for pair in posted:
        match = _PAIR.fullmatch(pair)
        if match is None:
            raise ValueError(pair)
        found[UUID(match[1])] = int(match[2])
    return found
