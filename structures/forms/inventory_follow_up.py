"""Which structures to follow, by OG, wave, phase and category; when inventories are due."""

from collections.abc import Mapping, Sequence

from django import forms

from organisations.catalogue import esms_categories
from organisations.forms import follow_up
from organisations.models import ESMS, Wave

Filters = follow_up.Filters[ESMS]


def read_filters(given: Mapping[str, str], structures: Sequence[ESMS], waves: Sequence[Wave]) -> Filters:
    """The filters of an address: by OG, wave, phase and category."""
    categories = [(code, item.acronym or item.label) for code, item in esms_categories().items()]
    by_category: follow_up.Facet[ESMS] = follow_up.Facet(
        "categorie", "Catégorie", "Toutes", categories, lambda esms: esms.category
    )
    return follow_up.read_filters(given, structures, waves, by_category, structure=lambda esms: esms)


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
