"""Planning a meeting, moving it, calling it off."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from common import french
from governance.agenda import agendas_of
from governance.forms.agendas import READ_BY_ALL
from governance.models import Body, Meeting
from governance.schedule import MOST, Slot, series

EMPTY = "vide"  # the agenda that has no point
FARTHEST = timedelta(days=5 * 365)  # no body plans beyond


class WhenForm(forms.Form):
    """When, where and why a body meets."""

    day = forms.DateField(
        label="Date",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Choisissez une date."},
    )
    time = forms.TimeField(
        label="Heure de début",
        widget=forms.TimeInput(attrs={"type": "time"}),
        error_messages={"required": "Dites à quelle heure elle commence."},
    )
    duration_minutes = forms.IntegerField(label="Durée, en minutes", min_value=10, max_value=600)
    place = forms.CharField(label="Lieu", max_length=200, required=False)
    link = forms.URLField(
        label="Lien de visioconférence", max_length=500, required=False, assume_scheme="https", widget=forms.URLInput
    )
    objective = forms.CharField(label="Objet", max_length=300, required=False)

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > timezone.localdate() + FARTHEST:
            raise forms.ValidationError("Cette date est trop lointaine : choisissez un jour dans les cinq ans.")
        return day

    def starts(self, day: date) -> datetime:
        """The moment at which a meeting of that day begins."""
        at: time = self.cleaned_data["time"]
        return datetime.combine(day, at, tzinfo=french.PARIS)


class PlanForm(WhenForm):
    """One meeting of a body, or a series."""

    agenda = forms.ChoiceField(label="Ordre du jour de départ", widget=forms.RadioSelect)
    count = forms.IntegerField(
        label="Combien de séances", min_value=1, max_value=MOST, initial=1, help_text=f"Une seule, ou jusqu’à {MOST}."
    )
    every = forms.IntegerField(
        label="Une séance tous les… mois",
        min_value=1,
        max_value=12,
        help_text=french.typography(
            "Chacune tombe le même jour du mois que la première : le deuxième jeudi, par exemple. "
            "Vous verrez les dates avant de valider."
        ),
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["duration_minutes"].required = False
        models = agendas_of(body)
        self.fields["agenda"].choices = [
            *((model.code, f"{model.label} ({model.duration_minutes} minutes)") for model in models),
            (EMPTY, french.typography("Vide : j’écris les points")),
        ]
        if models:
            self.fields["duration_minutes"].help_text = "Laissez vide pour celle de l’ordre du jour choisi."
        else:
            del self.fields["agenda"]

    def clean_agenda(self) -> str:
        """The code of the agenda; nothing for an empty one."""
        chosen: str = self.cleaned_data["agenda"]
        return "" if chosen == EMPTY else chosen

    def slots(self) -> list[Slot]:
        """The days of the series, once the form is valid."""
        values = self.cleaned_data
        return series(values["day"], values["every"], values["count"])


class DaysForm(forms.Form):
    """The days kept of a series."""

    days = forms.MultipleChoiceField(
        label="Les dates",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Gardez au moins une date."},
    )

    def __init__(self, *args: Any, slots: list[Slot], hours: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].choices = [
            (slot.day.isoformat(), f"{french.capital(french.long_date(slot.day, weekday=True))}, {hours}")
            for slot in slots
        ]

    def kept(self) -> list[date]:
        return [date.fromisoformat(value) for value in self.cleaned_data["days"]]


class ChangeForm(WhenForm):
    """A meeting that was planned; `message` goes with what is told of a convened one."""

    message = forms.CharField(
        label="Un mot pour accompagner l’annonce",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=READ_BY_ALL,
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, meeting: Meeting, told: bool, **kwargs: Any) -> None:
        super().__init__(*args, initial=initial_of(meeting), **kwargs)
        if not told:
            del self.fields["message"]

    def values(self) -> dict[str, Any]:
        """What the service is given."""
        given = self.cleaned_data
        kept = ("duration_minutes", "place", "link", "objective", "version")
        return {
            "starts_at": self.starts(given["day"]),
            "message": given.get("message", ""),
            **{name: given[name] for name in kept},
        }


class CancelForm(forms.Form):
    reason = forms.CharField(
        label="Pourquoi cette séance est annulée",
        max_length=300,
        help_text="Ce motif va avec l’annonce, à chaque personne conviée.",
        error_messages={"required": "Dites pourquoi, en une phrase."},
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


def initial_of(meeting: Meeting) -> dict[str, Any]:
    starts = french.moment(meeting.starts_at)
    names = ("duration_minutes", "place", "link", "objective", "version")
    return {"day": starts.date(), "time": starts.time(), **{name: getattr(meeting, name) for name in names}}
