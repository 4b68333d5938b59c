"""What is noted during a meeting."""

from typing import Any

from django import forms

from common import french
from governance.enums import ItemState, Presence
from governance.models import AgendaItem, Attendance, Meeting
from governance.presentation.attendance import CHOICES, bearer_choices, giver_choices, why_no_proxy
from governance.selectors.sessions import reachable, uncalled
from governance.selectors.voices import Assembly
from organisations.models import User


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class PresenceForm(forms.Form):
    version = forms.IntegerField(min_value=1)
    presence = forms.ChoiceField(choices=[(item.value, item.label) for item in CHOICES])

    def clean_presence(self) -> Presence:
        return Presence(self.cleaned_data["presence"])


class RowChoice(forms.ModelChoiceField):
    """An attendance, by the name of the person."""

    def label_from_instance(self, row: Attendance) -> str:
        return f"{row.user} ({row.og.short_name})" if row.og else str(row.user)


class ProxyForm(forms.Form):
    """Who gives their voice to whom: those who may, as things stand. Any person called can be posted: the service says
    in words why one can't."""

    giver = RowChoice(
        Attendance.objects.none(),
        label="Qui donne pouvoir",
        empty_label="Choisir",
        error_messages={"required": "Choisissez qui donne pouvoir."},
    )
    to = RowChoice(
        Attendance.objects.none(),
        label="À qui",
        empty_label="Choisir",
        error_messages={"required": "Choisissez qui le porte."},
    )

    def __init__(self, *args: Any, assembly: Assembly, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.why_not = why_no_proxy(assembly)
        called = Attendance.objects.filter(meeting=assembly.meeting).select_related("user", "og")
        for name, offered in (("giver", giver_choices(assembly)), ("to", bearer_choices(assembly))):
            field = self.fields[name]
            field.queryset = called
            field.choices = [("", "Choisir"), *((str(row.pk), field.label_from_instance(row)) for row in offered)]


class PersonForm(forms.Form):
    """Somebody who came without being called."""

    person = forms.ModelChoiceField(
        User.objects.none(),
        label=french.typography("Qui d’autre est là ?"),
        empty_label="Choisir",
        error_messages={"required": "Choisissez une personne dans la liste."},
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = uncalled(meeting)


class NotesForm(forms.Form):
    version = forms.IntegerField(min_value=1)
    notes = forms.CharField(
        label="Ce qui se dit", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        initial = {"notes": item.notes, "version": item.version}
        super().__init__(*args, auto_id=f"notes-{item.pk}-%s", initial=initial, **kwargs)


class ItemStateForm(forms.Form):
    version = forms.IntegerField(min_value=1)
    state = forms.ChoiceField(choices=ItemState)

    def clean_state(self) -> ItemState:
        return ItemState(self.cleaned_data["state"])


class PointDecisionForm(forms.Form):
    """A decision taken on a point: what about, and what was decided."""

    title = forms.CharField(
        label="Sur quoi porte la décision",
        max_length=200,
        error_messages={"required": "Dites sur quoi porte la décision."},
    )
    text = forms.CharField(
        label="Ce qui a été décidé",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Écrivez ce qui a été décidé."},
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"decision-{item.pk}-%s", **kwargs)


class PointActionForm(forms.Form):
    """Something to do: what, who, by when."""

    label = forms.CharField(
        label="Ce qu’il y a à faire", max_length=300, error_messages={"required": "Dites ce qu’il y a à faire."}
    )
    owner = forms.ModelChoiceField(
        User.objects.none(),
        label="Qui s’en charge",
        empty_label="Choisir",
        error_messages={"required": "Choisissez qui s’en charge."},
    )
    due_on = forms.DateField(label="Pour le", widget=DateInput(), error_messages={"required": "Dites pour quand."})
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"action-{item.pk}-%s", **kwargs)
        self.fields["owner"].queryset = reachable(item.meeting)


class SummaryForm(forms.Form):
    version = forms.IntegerField(min_value=1)
    summary = forms.CharField(
        label="Ce qu’il faut retenir",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=french.typography(
            "Quelques phrases : elles ouvriront le compte rendu et se figent avec lui à la clôture."
        ),
    )
