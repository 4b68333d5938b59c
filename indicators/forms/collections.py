"""How one frequency is collected."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from common import french
from indicators.models import Collection
from organisations.enums import Phase
from organisations.models import Wave


def _days(label: str, highest: int, help_text: str = "", lowest: int = 0) -> forms.IntegerField:
    between = f"Donnez un nombre de jours, de {lowest} à {highest}."
    return forms.IntegerField(
        label=label,
        min_value=lowest,
        max_value=highest,
        help_text=help_text,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), between),
    )


class CollectionForm(forms.Form):
    automatic = forms.BooleanField(label="Les campagnes s’ouvrent seules", required=False)
    opens_after = _days("Ouverture, en jours après la fin de la période", 60, lowest=1)
    due_after = _days(
        "À rendre, en jours après la fin de la période", 90, "Au-delà, le relevé est en retard.", lowest=1
    )
    closes_after = _days(
        "Clôture, en jours après la fin de la période", 180, "Au-delà, il ne se saisit plus.", lowest=1
    )
    validated = forms.BooleanField(label="La direction de la structure valide chaque relevé", required=False)
    phases = forms.MultipleChoiceField(
        label="Structures en phase",
        choices=Phase,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins une phase : sinon personne n’est sollicité."},
    )
    waves = forms.MultipleChoiceField(
        label="Vagues",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Rien de coché : toutes, et les structures sans vague.",
        error_messages={"invalid_choice": "Une vague choisie n’existe plus : relisez la liste."},
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, waves: Iterable[Wave], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(str(wave.pk), french.typography(wave.name)) for wave in waves]
        field: Any = self.fields["waves"]
        field.choices = offered
        if not offered:
            del self.fields["waves"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        found["wave_ids"] = [UUID(pk) for pk in found.pop("waves", [])]
        opens, due, closes = (found.get(name) for name in ("opens_after", "due_after", "closes_after"))
        if opens is not None and due is not None and due <= opens:
            self.add_error("due_after", "L’échéance vient après l’ouverture.")
        if due is not None and closes is not None and closes < due:
            self.add_error("closes_after", "La clôture ne vient pas avant l’échéance.")
        return found


def initial_of(row: Collection) -> dict[str, Any]:
    """What the form of a frequency begins with."""
    names = ("automatic", "opens_after", "due_after", "closes_after", "validated", "phases", "version")
    return {**{name: getattr(row, name) for name in names}, "waves": [str(pk) for pk in row.wave_ids]}
