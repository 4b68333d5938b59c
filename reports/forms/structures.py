"""Asking for a document about one structure."""

from collections.abc import Sequence
from typing import Any

from django import forms

from common import french
from common.ids import new_id
from indicators.periods import Period
from reports.selectors.structure_indicators import period_filter
from risks.models import Assessment
from structures.models import HabilitationMatrix


class MatrixForm(forms.Form):
    """« Matrice des habilitations »: which version, and whether people are named."""

    matrix = forms.ChoiceField(label="Quelle version", widget=forms.RadioSelect)
    named = forms.BooleanField(
        label="Nommer la direction et qui a validé",
        help_text="Sans cela, le document dit les fonctions et ne nomme personne.",
        required=False,
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, matrices: Sequence[HabilitationMatrix], names: bool, asked: str = ""
    ) -> None:
        """`matrices`: the latest first; `names`: whether one may have people named; `asked`: the version that the page
        one comes from showed, as its address has it."""
        self.known = {str(matrix.pk): matrix for matrix in matrices}
        shown = next((matrix for matrix in matrices if str(matrix.number) == asked), matrices[0])
        super().__init__(data, initial={"matrix": str(shown.pk), "token": new_id()})
        self.fields["matrix"].choices = [(pk, _version(matrix)) for pk, matrix in self.known.items()]
        if not names:
            del self.fields["named"]
        if len(matrices) == 1:
            self.fields["matrix"].widget = forms.HiddenInput()

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes, once the form is valid."""
        return {
            "token": self.cleaned_data["token"],
            "matrix": self.known[self.cleaned_data["matrix"]],
            "named": self.cleaned_data.get("named", False),
        }


def _version(matrix: HabilitationMatrix) -> str:
    """« Version 2, validée le 31 mars 2026 »."""
    if matrix.approved_at and matrix.validated:
        return french.typography(f"Version {matrix.number}, validée le {french.long_date(matrix.approved_at)}")
    return f"Version {matrix.number}, en préparation"


class AnalysisForm(forms.Form):
    """« Analyse de risques »: of which campaign, and whether people are named."""

    assessment = forms.ChoiceField(label="De quelle campagne", widget=forms.RadioSelect)
    named = forms.BooleanField(
        label="Nommer les personnes",
        help_text="Sans cela, le document dit les fonctions et ne nomme personne.",
        required=False,
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, analyses: Sequence[Assessment], names: bool, asked: str = "") -> None:
        """`analyses`: the latest first, with their campaign; `names`: whether one may have people named; `asked`: the
        number of the campaign that the page one comes from showed, as its address has it."""
        self.known = {str(analysis.pk): analysis for analysis in analyses}
        shown = next((one for one in analyses if str(one.campaign.number) == asked), analyses[0])
        super().__init__(data, initial={"assessment": str(shown.pk), "token": new_id()})
        self.fields["assessment"].choices = [(pk, _campaign(analysis)) for pk, analysis in self.known.items()]
        if not names:
            del self.fields["named"]

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes, once the form is valid."""
        return {
            "token": self.cleaned_data["token"],
            "assessment": self.known[self.cleaned_data["assessment"]],
            "named": self.cleaned_data.get("named", False),
        }


def _campaign(analysis: Assessment) -> str:
    """« Début du projet, transmise le 31 mars 2026 »; what isn't transmitted says who will read it."""
    if analysis.transmitted and analysis.transmitted_at:
        return french.typography(
            f"{analysis.campaign.title}, transmise le {french.long_date(analysis.transmitted_at)} : le document se lit "
            "aussi à la direction de l’OG et par le chef de projet"
        )
    return french.typography(
        f"{analysis.campaign.title}, pas encore transmise : un document de travail, que seule la structure lit"
    )


class FiguresForm(forms.Form):
    """« Indicateurs de la structure »: up to which period."""

    period = forms.ChoiceField(label="Jusqu’à quelle période", widget=forms.RadioSelect)
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, periods: Sequence[Period], asked: str = "") -> None:
        """`periods`: those that were given, the latest first; `asked`: the code of that of the page one comes from."""
        self.known = {period.code: period for period in periods}
        shown = asked if asked in self.known else next(iter(self.known), None)
        super().__init__(data, initial={"period": shown, "token": new_id()})
        self.fields["period"].choices = [(code, french.capital(period.label)) for code, period in self.known.items()]

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes, once the form is valid."""
        return {
            "token": self.cleaned_data["token"],
            "filters": period_filter(self.known[self.cleaned_data["period"]]),
        }
