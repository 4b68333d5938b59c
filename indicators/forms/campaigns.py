"""Opening a campaign, adding structures to it, letting one structure take its statement up again."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from common import french
from indicators.enums import Frequency, StatementStatus
from indicators.periods import Period
from indicators.selectors.campaigns import Standing
from organisations.forms.follow_up import Facet, Filters, read_filters
from organisations.models import ESMS, Wave
from risks.forms import campaigns as risks

# How many periods back may still be caught up.
BACK = {Frequency.WEEKLY: 12, Frequency.MONTHLY: 24, Frequency.QUARTERLY: 8}


def _day(label: str, help_text: str) -> forms.DateField:
    errors = {"required": "Donnez une date.", "invalid": "Donnez une date."}
    return forms.DateField(label=label, help_text=help_text, widget=forms.DateInput(), error_messages=errors)


class WhoForm(risks.WhoForm):
    """Which structures to ask."""

    with_project = None


class OpenForm(WhoForm):
    period = forms.ChoiceField(
        label="Période",
        widget=forms.Select,
        help_text="Une période passée peut être rattrapée ; une seule campagne par période.",
        error_messages={
            "required": "Choisissez une période.",
            "invalid_choice": "Cette période a déjà sa campagne, ou ne se demande pas encore : prenez-en une autre.",
        },
    )
    opens_on = _day("Ouverture de la saisie", "Les structures peuvent saisir à partir de ce jour.")
    due_on = _day("À rendre le", "Le lendemain, ce qui n’est pas rendu est en retard.")
    closes_on = _day("Clôture", "Dernier jour de saisie, retardataires compris.")
    message = forms.CharField(
        label="Message aux structures",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Elles le liront avec la demande : à quoi ces chiffres vont servir, qui peut les aider.",
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, periods: Iterable[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.periods = {period.code: period for period in periods}
        field: Any = self.fields["period"]
        field.choices = [
            (frequency.label, [(code, one.label) for code, one in self.periods.items() if one.frequency == frequency])
            for frequency in Frequency
            if any(one.frequency == frequency for one in self.periods.values())
        ]

    def clean_period(self) -> Period:
        return self.periods[self.cleaned_data["period"]]


class AddForm(WhoForm):
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class VersionForm(forms.Form):
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class AgainForm(forms.Form):
    """Let one structure take its statement up again. `until_needed`: its campaign is over, a day has to be said."""

    until = _day("Jusqu’au", "Dernier jour où la structure peut saisir.")
    reason = forms.CharField(
        label="Pourquoi",
        max_length=300,
        help_text="La structure le lira.",
        error_messages={"required": "Dites pourquoi : la structure le lira."},
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, until_needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not until_needed:
            del self.fields["until"]


def periods_offered(frequencies: Iterable[Frequency], taken: Iterable[Period]) -> list[Period]:
    """Those that may be asked for today, the latest first: the one that runs and those before it, without those that
    have their campaign."""
    there = set(taken)
    found = []
    for frequency in frequencies:
        current = Period.of(frequency, french.today())
        found += [period for period in current.last(BACK[frequency] + 1)[::-1] if period not in there]
    return found


def state_of(one: Standing) -> str:
    """The value of the filter « État »."""
    if one.given:
        return "rendu"
    if one.statement.status == StatementStatus.SUBMITTED:
        return "soumis"
    return "en-cours" if one.progress.filled else "non-commence"


STATES = [
    ("non-commence", "Non commencé"),
    ("en-cours", "En cours"),
    ("soumis", "Soumis à la direction"),
    ("rendu", "Rendu"),
]


def read_standings(given: dict[str, str], standings: Sequence[Standing], waves: Sequence[Wave]) -> Filters[Standing]:
    """The filters of the page of a campaign: OG, wave, phase, state, delay."""
    return read_filters(
        given,
        standings,
        waves,
        Facet("etat", "État", "Tous", STATES, state_of),
        Facet("delai", "Délai", "Tous", [("retard", "En retard"), ("temps", "À temps")], _delay),
        structure=_structure,
    )


def _delay(one: Standing) -> str:
    return "retard" if one.days_late or (one.given and not one.on_time) else "temps"


def _structure(one: Standing) -> ESMS:
    return one.esms
