"""The points of an agenda, and convening."""

from typing import Any

from django import forms
from django.db.models import Q

from governance.enums import ItemKind
from governance.models import AgendaItem
from organisations.models import Project, User
from organisations.selectors import participants

READ_BY_ALL = "Il est lu par toutes les personnes conviées, invités compris."


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, user: User) -> str:
        return f"{user.get_full_name()}, {user.title}" if user.title else user.get_full_name()


class PointForm(forms.Form):
    """The words of a point, how long it takes and who brings it."""

    label = forms.CharField(label="Le point", max_length=300, error_messages={"required": "Dites de quoi il s’agit."})
    detail = forms.CharField(
        label="Ce qu’il faut savoir avant", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    minutes = forms.IntegerField(
        label="Durée, en minutes",
        min_value=0,
        max_value=300,
        error_messages={"required": "Écrivez un nombre de minutes, de 0 à 300."},
    )
    kind = forms.ChoiceField(label="Nature", choices=ItemKind, widget=forms.RadioSelect)
    owner = PersonChoice(User.objects.none(), label="Porté par", required=False, empty_label="Personne pour l’instant")

    def __init__(self, *args: Any, project: Project, item: AgendaItem | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = participants(project)
        if item is not None and item.owner_id:  # who has left since stays readable
            people = User.objects.filter(Q(pk__in=people.values("pk")) | Q(pk=item.owner_id))
        self.fields["owner"].queryset = people.order_by("last_name", "first_name")

    def values(self) -> dict[str, Any]:
        """What the services are given."""
        given = self.cleaned_data
        return {**given, "kind": ItemKind(given["kind"])}


class NewPointForm(PointForm):
    token = forms.UUIDField(widget=forms.HiddenInput)


class EditPointForm(PointForm):
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class OfferForm(forms.Form):
    """An offer that is put on the agenda."""

    offer = forms.CharField(max_length=100, widget=forms.HiddenInput)


class ConveneForm(forms.Form):
    message = forms.CharField(
        label="Un mot pour accompagner l’invitation",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=READ_BY_ALL,
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
