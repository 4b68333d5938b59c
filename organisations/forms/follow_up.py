"""What pages that follow structures ask: which ones to look at, and another day for what was asked of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django import forms

from common import french
from organisations.enums import Phase
from organisations.models import ESMS, Wave

NO_WAVE = "aucune"
Item = TypeVar("Item")  # a structure, or what an app knows of one


@dataclass(frozen=True)
class Facet(Generic[Item]):
    """A way to narrow: its name in the address, its label, what « all » is called, what may be chosen (value and
    label), and the value that an item has."""

    name: str
    label: str
    every: str
    options: Sequence[tuple[str, str]]
    has: Callable[[Item], str]


@dataclass(frozen=True)
class Choice:
    """One filter as the page shows it."""

    name: str
    label: str
    every: str
    options: Sequence[tuple[str, str]]
    chosen: str = ""


@dataclass(frozen=True)
class Filters(Generic[Item]):
    """What the address asks for. `known` is False when it asks for what isn't there."""

    choices: Sequence[Choice]
    facets: Sequence[Facet[Item]]
    known: bool = True

    @property
    def parameters(self) -> dict[str, str]:
        return {choice.name: choice.chosen for choice in self.choices if choice.chosen}

    def keeps(self, item: Item) -> bool:
        asked = self.parameters
        return all(facet.has(item) == asked[facet.name] for facet in self.facets if facet.name in asked)


def read_filters(
    given: Mapping[str, str],
    items: Sequence[Item],
    waves: Sequence[Wave],
    *more: Facet[Item],
    structure: Callable[[Item], ESMS],
) -> Filters[Item]:
    """The filters of an address: OG, wave, phase, then `more`. Only what some of the items have may be chosen."""
    ogs = {str(esms.og_id): french.typography(esms.og.short_name) for esms in map(structure, items)}
    facets = (
        Facet("og", "OG", "Tous", sorted(ogs.items(), key=lambda og: og[1]), lambda item: str(structure(item).og_id)),
        Facet(
            "vague",
            "Vague",
            "Toutes",
            [*((str(wave.pk), french.typography(wave.name)) for wave in waves), (NO_WAVE, "Sans vague")],
            lambda item: str(structure(item).wave_id or NO_WAVE),
        ),
        Facet(
            "phase", "Phase", "Toutes", [(one.value, one.label) for one in Phase], lambda item: structure(item).phase
        ),
        *more,
    )
    choices = [_choice(facet, items, given.get(facet.name, "")) for facet in facets]
    known = all(not one.chosen or one.chosen in {value for value, _ in one.options} for one in choices)
    return Filters(choices, facets, known)


def _choice(facet: Facet[Item], items: Sequence[Item], chosen: str) -> Choice:
    there = {facet.has(item) for item in items}
    offered = [option for option in facet.options if option[0] in there]
    return Choice(facet.name, facet.label, facet.every, offered, chosen)


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
