"""Seats: given, changed, accepted or declined."""

from typing import Any

from django import forms

from common import french
from governance.enums import BodyKind, Representation
from governance.models import Body, Mandate
from organisations.enums import ComopCategory, ProjectKind
from organisations.models import ESMS, OG, User
from organisations.selectors import participants

VOTES, SITS, INVITED = "vote", "siege", "invite"


class PersonChoice(forms.ModelChoiceField):
    """Somebody who takes part in the project, with what they do."""

    def label_from_instance(self, user: User) -> str:
        return french.typography(f"{user}, {user.title[:1].lower()}{user.title[1:]}" if user.title else str(user))


class EsmsChoice(forms.ModelChoiceField):
    def label_from_instance(self, esms: ESMS) -> str:
        return french.typography(f"{esms.name} ({esms.og.short_name})")


class OGChoice(forms.ModelChoiceField):
    def label_from_instance(self, og: OG) -> str:
        return french.typography(og.name)


class AppointForm(forms.Form):
    """Who sits on a body, how, and in what name."""

    user = PersonChoice(
        User.objects.none(),
        label="Personne",
        empty_label="Choisir une personne",
        error_messages={"required": "Choisissez une personne dans la liste."},
    )
    place = forms.ChoiceField(label="Sa place", widget=forms.RadioSelect)
    representation = forms.ChoiceField(
        label="À quel titre", choices=Representation, required=False, widget=forms.RadioSelect
    )
    og = OGChoice(OG.objects.none(), label="OG représenté", required=False, empty_label="Aucun")
    esms = EsmsChoice(
        ESMS.objects.none(), label="Structure représentée", required=False, empty_label="Choisir une structure"
    )
    categories = forms.MultipleChoiceField(
        label="Catégories de structures représentées",
        choices=ComopCategory,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Une même personne peut en porter plusieurs.",
    )
    territory = forms.CharField(label="Territoire représenté", max_length=80, required=False)
    substitute = PersonChoice(
        User.objects.none(),
        label="Suppléance",
        required=False,
        empty_label="Personne",
        help_text=french.typography(
            "Cette personne siège, et vote, en cas d’absence : elle lit donc les mêmes documents."
        ),
    )
    starts_on = forms.DateField(label="Depuis le", widget=forms.DateInput())
    ends_on = forms.DateField(
        label="Jusqu’au", required=False, widget=forms.DateInput(), help_text="Laissez vide si rien n’est fixé."
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        project = body.project
        people = participants(project)
        self.project = project
        self.fields["user"].queryset = self.fields["substitute"].queryset = people
        self.fields["og"].queryset = OG.objects.filter(project=project)
        self.fields["esms"].queryset = ESMS.objects.filter(project=project).select_related("og")
        council = body.kind == BodyKind.COSTRAT
        self.fields["place"].choices = [
            *([(VOTES, "Membre, vote"), (SITS, "Membre, ne vote pas")] if council else [(SITS, "Membre")]),
            (INVITED, "Sur invitation"),
        ]
        if project.kind == ProjectKind.SINGLE_OG:
            del self.fields["og"]

    def clean(self) -> dict[str, Any]:
        """What the choices leave aside is dropped: the page hides it."""
        given = super().clean()
        title = given["representation"] = (
            Representation(given["representation"]) if given.get("representation") else None
        )
        given["votes"], given["invited"] = given.get("place") == VOTES, given.get("place") == INVITED
        given["categories"] = [ComopCategory(value) for value in given.get("categories") or ()]
        if given["invited"]:
            return given | {"representation": None, "og": None, "esms": None, "categories": [], "territory": ""}
        if title is Representation.OWN_ESMS:
            given["og"], given["categories"] = None, []
        else:
            given["esms"] = None
        if title is Representation.OG_AMBASSADOR:
            given["categories"] = []
        if title is not Representation.TERRITORY:
            given["territory"] = ""
        if "og" not in self.fields:
            given["og"] = OG.objects.filter(project=self.project).order_by("name").first()
        return given


class SeatForm(forms.Form):
    """What changes of a seat: who stands in, and until when."""

    substitute = PersonChoice(User.objects.none(), label="Suppléance", required=False, empty_label="Personne")
    ends_on = forms.DateField(
        label="Jusqu’au", required=False, widget=forms.DateInput(), help_text="Laissez vide si rien n’est fixé."
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, seat: Mandate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = participants(seat.body.project).exclude(pk=seat.user_id)
        if seat.substitute_id:  # who has left is still shown, until somebody else is chosen
            people = people | User.objects.filter(pk=seat.substitute_id)
        self.fields["substitute"].queryset = people


class VersionForm(forms.Form):
    version = forms.IntegerField(min_value=1)


class SeatAnswerForm(forms.Form):
    """Accept, or decline and say why."""

    answer = forms.ChoiceField(choices=[("oui", "J’accepte"), ("non", "Je décline")])
    reason = forms.CharField(
        label="Pourquoi vous déclinez ce siège",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Le chef de projet le lira, pour solliciter quelqu’un d’autre.",
    )

    @property
    def accepts(self) -> bool:
        return self.cleaned_data["answer"] == "oui"
