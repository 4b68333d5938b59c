"""One answer, which saves itself; who is asked to answer."""

from collections.abc import Sequence
from typing import Any

from django import forms

from common import french
from organisations.models import User
from risks.catalogue import Question
from risks.enums import Capacity
from risks.models import Mark
from risks.scoring import HIGHEST, LOWEST
from risks.selectors.answers import Candidate

NOT_CONCERNED = "nc"
QUESTION, SECTION = "question", "section"  # what the page shows: one question, or a section
MARKS = [str(mark) for mark in range(LOWEST, HIGHEST + 1)]


class MarkForm(forms.Form):
    """What somebody says of one question. `campaign`: the number of the one that the page was about. `whole`: the page
    shows a refusal, so that the answer brings the whole form again."""

    use_required_attribute = False

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    campaign = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    screen = forms.ChoiceField(choices=[(QUESTION, ""), (SECTION, "")], widget=forms.HiddenInput)
    whole = forms.BooleanField(required=False, widget=forms.HiddenInput)
    mark = forms.ChoiceField(
        label="Votre note",
        required=False,
        choices=[*((mark, mark) for mark in MARKS), (NOT_CONCERNED, "Non concerné")],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": french.typography("Choisissez une note de 1 à 10, ou « Non concerné ».")},
    )
    comment = forms.CharField(
        label="Commentaire",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": "Ce commentaire est trop long : %(show_value)d caractères pour %(limit_value)d."},
    )

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{question.anchor}-%s", **kwargs)

    @property
    def stale(self) -> bool:
        """Whether what is wrong isn't what somebody typed."""
        return bool({"version", "campaign", "screen"} & self.errors.keys())

    @property
    def given(self) -> dict[str, Any]:
        """What was said, as the service takes it."""
        mark = self.cleaned_data["mark"]
        return {
            "value": int(mark) if mark and mark != NOT_CONCERNED else None,
            "not_concerned": mark == NOT_CONCERNED,
            "comment": self.cleaned_data["comment"],
        }


def chosen(mark: Mark | None) -> str:
    """The radio that says this mark; empty for none."""
    if mark is None or not mark.given:
        return ""
    return NOT_CONCERNED if mark.not_concerned else str(mark.value)


class RespondentsForm(forms.Form):
    """Whom to ask, and in what capacity each answers."""

    people = forms.MultipleChoiceField(
        label="Personnes à qui demander",
        error_messages={
            "required": "Cochez au moins une personne.",
            "invalid_choice": "Une personne cochée n’est plus dans la liste : vérifiez vos choix.",
        },
    )

    def __init__(self, *args: Any, offered: Sequence[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="repondants-%s", **kwargs)
        self.offered = {str(one.user.pk): one for one in offered}
        people = self.fields["people"]
        people.choices = [(key, str(one.user)) for key, one in self.offered.items()]
        people.initial = [key for key, one in self.offered.items() if one.suggested]
        for key, one in self.offered.items():
            if len(one.capacities) > 1:
                self.fields[f"capacity-{key}"] = capacity_field(one.capacities, one.user)

    @property
    def asked(self) -> list[tuple[User, Capacity]]:
        """Once the form is valid."""
        found = []
        for key in self.cleaned_data["people"]:
            one = self.offered[key]
            said = self.cleaned_data.get(f"capacity-{key}")
            found.append((one.user, Capacity(said) if said else one.capacities[0]))
        return found


def capacity_field(capacities: Sequence[Capacity], user: User) -> forms.ChoiceField:
    """« En qualité de », the likely one chosen."""
    return forms.ChoiceField(
        label="En qualité de",
        required=False,
        choices=[(one.value, one.label) for one in capacities],
        initial=capacities[0],
        widget=forms.Select,
        error_messages={"invalid_choice": f"Choisissez la qualité de {user} dans la liste."},
    )


class CapacityForm(forms.Form):
    """In what capacity a respondent of a structure answers."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    capacity = forms.ChoiceField(label="En qualité de")

    def __init__(self, *args: Any, capacities: Sequence[Capacity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["capacity"].choices = [(one.value, one.label) for one in capacities]
