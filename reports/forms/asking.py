"""Asking for a document: of a committee or a meeting, of the checklist."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from common import french
from common.ids import new_id
from governance.models import Meeting
from organisations.models import Project
from reports.kinds import Kind, Section
from reports.selectors.listing import meetings_for, next_of
from reports.selectors.period import body_of, closed_meetings, last_closed, last_day

OTHER = "autre"  # a day of one's own
MOST_PERIODS = 12


class MeetingChoice(forms.ModelChoiceField):
    """A meeting, as people call it."""

    def label_from_instance(self, meeting: Meeting) -> str:
        when = french.long_date(meeting.starts_at, weekday=True)
        return f"{meeting.body} du {when} ({meeting.get_status_display().lower()})"


class SectionsWidget(forms.CheckboxSelectMultiple):
    """Boxes of which those of required sections are checked for good."""

    required_values: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.required_values:
            option["attrs"] |= {"checked": True, "disabled": True}
        return option


class SectionsField(forms.MultipleChoiceField):
    """The parts of a report, all of them unless left out."""

    widget = SectionsWidget

    def __init__(self, sections: Sequence[Section], **kwargs: Any) -> None:
        choices = [(item.code, f"{item.label} (toujours)" if item.required else item.label) for item in sections]
        every = [item.code for item in sections]
        super().__init__(choices=choices, required=False, initial=every, label="Ce qu’il contient", **kwargs)
        self.widget.required_values = frozenset(item.code for item in sections if item.required)


class AskForm(forms.Form):
    """A document of a committee, or of one of its meetings. It asks only what this kind takes."""

    meeting = MeetingChoice(Meeting.objects.none(), label="Pour quelle séance", empty_label="Aucune en particulier")
    period = forms.ChoiceField(label="Montrer ce qui a changé depuis", required=False)
    since = forms.DateField(
        label="Si c’est un autre jour, lequel",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, project: Project, kind: Kind, number: int | None = None, **kwargs: Any) -> None:
        """`number`: of the meeting that one comes from, if one."""
        self.project, self.kind = project, kind
        meetings = meetings_for(project, kind)
        self.known = list(meetings)
        asked = next((meeting for meeting in self.known if meeting.number == number), None)
        chosen = asked or next_of(self.known, kind)
        initial = {"token": new_id(), "meeting": chosen.pk if chosen else None}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["meeting"].queryset = meetings
        self.fields["meeting"].required = kind.about_a_meeting
        if kind.about_a_meeting:
            self.fields["meeting"].empty_label = None
            del self.fields["period"], self.fields["since"]
        else:
            self._offer_periods(chosen)
        if kind.sections:
            self.fields["sections"] = SectionsField(kind.sections)

    def _offer_periods(self, meeting: Meeting | None) -> None:
        """The last meetings of the body, the first day of the project, or another day."""
        body = body_of(self.project, self.kind.body) if self.kind.body else None
        held = list(closed_meetings(body)[:MOST_PERIODS]) if body else []
        days = dict.fromkeys(last_day(row, self.project) for row in held)
        choices = [(day.isoformat(), f"{body} du {french.long_date(day)}") for day in days]
        start = self.project.started_on
        if start not in days:
            choices.append((start.isoformat(), f"Le début du projet, {french.long_date(start)}"))
        self.fields["period"].choices = [*choices, (OTHER, "Un autre jour")]
        before = meeting.starts_at if meeting else timezone.now()
        last = last_closed(body, before=before) if body else None
        self.initial["period"] = last_day(last, self.project).isoformat()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("period") == OTHER and not cleaned.get("since") and "since" not in self.errors:
            self.add_error("since", "Dites quel jour.")
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes, once the form is valid."""
        return {
            "token": self.cleaned_data["token"],
            "meeting": self.cleaned_data.get("meeting"),
            "since": self._since(),
            "sections": self.cleaned_data.get("sections", []),
        }

    def _since(self) -> date | None:
        """A day that was typed counts, whatever the list says."""
        period, typed = self.cleaned_data.get("period"), self.cleaned_data.get("since")
        if typed:
            return typed
        return date.fromisoformat(period) if period and period != OTHER else None


class StateForm(forms.Form):
    """« État de la checklist pour le COSTRAT »."""

    since = forms.DateField(
        label="Montrer ce qui a changé depuis le",
        help_text="Par exemple la date du dernier COSTRAT.",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes, once the form is valid."""
        return {"token": self.cleaned_data["token"], "since": self.cleaned_data["since"]}


class ChecklistForm(forms.Form):
    """« Checklist du projet », as the page that one comes from was filtered."""

    filters = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    token = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes, once the form is valid."""
        return {"token": self.cleaned_data["token"], "filters": self.cleaned_data["filters"]}
