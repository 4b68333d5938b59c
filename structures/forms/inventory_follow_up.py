"""Which structures to follow, by OG, wave, phase and category; when inventories are due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms

from common import french
from organisations.catalogue import esms_categories
from organisations.enums import Phase
from organisations.models import ESMS, Wave

NO_WAVE = "aucune"


@dataclass(frozen=True)
class Choice:
    """One filter: its name in the address, its label, what may be chosen, what is."""

    name: str
    label: str
    every: str
    options: Sequence[tuple[str, str]]
    chosen: str = ""


@dataclass(frozen=True)
class Filters:
    """What the address asks for. `known` is False when it asks for what isn't there."""

    choices: Sequence[Choice]
    known: bool = True

    @property
    def parameters(self) -> dict[str, str]:
        return {choice.name: choice.chosen for choice in self.choices if choice.chosen}

    def keeps(self, esms: ESMS) -> bool:
        asked, has = self.parameters, _traits(esms)
        return all(has[name] == value for name, value in asked.items())


def read_filters(given: Mapping[str, str], structures: Sequence[ESMS], waves: Sequence[Wave]) -> Filters:
    """The filters of an address. Only what some of these structures have may be chosen."""
    traits = [_traits(esms) for esms in structures]
    there = {name: {one[name] for one in traits} for name in ("og", "vague", "phase", "categorie")}
    ogs = {str(esms.og_id): french.typography(esms.og.short_name) for esms in structures}
    options = {
        "og": sorted(ogs.items(), key=lambda item: item[1]),
        "vague": [*((str(wave.pk), french.typography(wave.name)) for wave in waves), (NO_WAVE, "Sans vague")],
        "phase": [(phase.value, phase.label) for phase in Phase],
        "categorie": [(code, item.acronym or item.label) for code, item in esms_categories().items()],
    }
    labels = {
        "og": ("OG", "Tous"),
        "vague": ("Vague", "Toutes"),
        "phase": ("Phase", "Toutes"),
        "categorie": ("Catégorie", "Toutes"),
    }
    choices, known = [], True
    for name, found in options.items():
        offered = [option for option in found if option[0] in there[name]]
        chosen = given.get(name, "")
        known = known and (not chosen or chosen in {value for value, _ in offered})
        choices.append(Choice(name, *labels[name], offered, chosen))
    return Filters(choices, known)


def _traits(esms: ESMS) -> dict[str, str]:
    return {
        "og": str(esms.og_id),
        "vague": str(esms.wave_id) if esms.wave_id else NO_WAVE,
        "phase": esms.phase,
        "categorie": esms.category,
    }


class CollectionForm(forms.Form):
    """Ask the structures for their inventory."""

    due_on = forms.DateField(
        label="Attendus pour le",
        widget=forms.DateInput(),
        error_messages={"required": "Donnez une date : sans elle, rien ne presse.", "invalid": "Donnez une date."},
    )
    counts_from = forms.DateField(
        label="Compter ce qui est transmis depuis le",
        widget=forms.DateInput(),
        help_text="Un état des lieux transmis ce jour ou après n’est pas redemandé.",
        error_messages={
            "required": "Dites depuis quel jour un état des lieux compte.",
            "invalid": "Donnez une date.",
        },
    )
    message = forms.CharField(
        label="Message aux structures",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Elles le liront avec la demande : à quoi cela va servir, qui peut les aider.",
    )
    token = forms.UUIDField(widget=forms.HiddenInput)


class PutOffForm(forms.Form):
    """Give the structures another day."""

    due_on = forms.DateField(
        label="Nouvelle date",
        widget=forms.DateInput(),
        error_messages={"required": "Donnez la nouvelle date.", "invalid": "Donnez une date."},
    )
    reason = forms.CharField(
        label="Pourquoi la date change",
        max_length=300,
        help_text="Les structures le liront.",
        error_messages={"required": "Dites pourquoi la date change : les structures le liront."},
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
