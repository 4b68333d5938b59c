"""Documents beside an action, and what fills the slot of a deliverable."""

from typing import Any

from django import forms

from checklist.enums import DepositKind
from common.uploads import ACCEPT, limit


def _file() -> forms.FileField:
    return forms.FileField(
        label="Document",
        required=False,
        help_text=f"PDF, document de bureautique ou image, {limit()} au plus.",
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )


def _link(label: str) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=500, help_text="Une adresse qui commence par https://."
    )


class DocumentForm(forms.Form):
    """A document or a link put beside an action."""

    file = _file()
    link = _link("Ou un lien")
    label = forms.CharField(label="Comment l’appeler", required=False, max_length=200)
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="document_%s", **kwargs)


class DepositForm(forms.Form):
    """What fills the slot of a deliverable."""

    kind = forms.ChoiceField(label="Comment le fournir", choices=DepositKind, widget=forms.RadioSelect)
    file = _file()
    link = _link("Adresse du document")
    reason = forms.CharField(
        label="Pourquoi s’en dispenser",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Cette raison est lue par le COSTRAT.",
    )
    token = forms.UUIDField(widget=forms.HiddenInput)
