"""A target: of what, how much, from when."""

from collections.abc import Iterable
from typing import Any

from django import forms

from common import french
from indicators.enums import CollectedAt, Kind
from indicators.forms.numbers import NumberField
from indicators.models import Definition
from organisations.models import ESMS, Wave

PROJECT = "projet"


class ValueForm(forms.Form):
    """How much, from when."""

    value = NumberField(label="Cible", min_value=0, error_messages={"required": "Donnez la cible."})
    from_on = forms.DateField(
        label="À partir du",
        widget=forms.DateInput(),
        error_messages={"required": "Donnez la date de départ.", "invalid": "Donnez une date."},
    )

    def __init__(self, *args: Any, definition: Definition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if definition.kind == Kind.LEVEL:
            levels = [(level["rank"], level["label"]) for level in definition.levels]
            self.fields["value"] = forms.TypedChoiceField(
                label="Cible", choices=levels, coerce=int, widget=forms.RadioSelect
            )
        else:
            self.fields["value"].help_text = f"En {definition.unit}." if definition.unit != "%" else "En %, de 0 à 100."


class TargetForm(ValueForm):
    """`of`: the project, a wave or a structure."""

    of = forms.ChoiceField(
        label="Pour qui",
        help_text="La cible la plus proche l’emporte : celle de la structure, sinon de sa vague, sinon du projet.",
        error_messages={"invalid_choice": "Choisissez dans la liste pour qui est cette cible."},
    )

    field_order = ["of", "value", "from_on"]

    def __init__(
        self, *args: Any, definition: Definition, waves: Iterable[Wave], structures: Iterable[ESMS], **kwargs: Any
    ) -> None:
        super().__init__(*args, definition=definition, **kwargs)
        self.waves = {str(wave.pk): wave for wave in waves}
        self.structures = {str(esms.pk): esms for esms in structures}
        choices: list[tuple[str, Any]] = [(PROJECT, "Tout le projet")]
        if definition.collected_at != CollectedAt.PROJECT:
            waves_offered = [(pk, french.typography(wave.name)) for pk, wave in self.waves.items()]
            offered = [(pk, french.typography(esms.name)) for pk, esms in self.structures.items()]
            choices += [
                (title, some) for title, some in (("Une vague", waves_offered), ("Une structure", offered)) if some
            ]
        field: Any = self.fields["of"]
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        of = found.pop("of", PROJECT)
        return {**found, "wave": self.waves.get(of), "esms": self.structures.get(of)}


class ChangeTargetForm(ValueForm):
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class VersionForm(forms.Form):
    version = forms.IntegerField(min_value=1)
