"""Asking for the consolidated analysis of risks."""

from collections.abc import Sequence
from typing import Any

from django import forms

from common import french
from common.ids import new_id
from reports.selectors.campaigns import campaign_filter
from risks.selectors.campaigns import Counted


class ConsolidatedForm(forms.Form):
    """« Analyse de risques consolidée »: of which campaign."""

    campaign = forms.ChoiceField(label="De quelle campagne", widget=forms.RadioSelect)
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, campaigns: Sequence[Counted], asked: str = "") -> None:
        """`campaigns`: the latest first; `asked`: the number of that of the page one comes from."""
        self.known = {str(item.campaign.number): item for item in campaigns}
        shown = asked if asked in self.known else next(iter(self.known), None)
        super().__init__(data, initial={"campaign": shown, "token": new_id()})
        self.fields["campaign"].choices = [(number, _label(item)) for number, item in self.known.items()]

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes, once the form is valid."""
        return {"token": self.cleaned_data["token"], "filters": campaign_filter(int(self.cleaned_data["campaign"]))}


def _label(item: Counted) -> str:
    """« N° 2, fin de la phase Pilote : 11 analyses transmises sur 12 »."""
    title = f"{item.campaign.title[0].lower()}{item.campaign.title[1:]}"
    sent = french.plural(item.transmitted, "analyse transmise", "analyses transmises")
    return french.typography(f"N°{french.NBSP}{item.campaign.number}, {title} : {sent} sur {item.asked}")
