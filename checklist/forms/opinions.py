"""Asking for opinions, and answering."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from checklist.enums import Actor, Stance
from checklist.forms.base import DateInput
from checklist.presentation import opinion_choice_label
from checklist.selectors import AskedOpinion, OpinionChoice
from common.ids import new_id
from organisations.models import User

TIME_TO_ANSWER = timedelta(days=10)


class AskOpinionForm(forms.Form):
    """Which Consultés are asked, what, and for when. Without `choices` nobody can be asked."""

    holders = forms.MultipleChoiceField(
        label="À qui",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choisissez au moins un Consulté."},
    )
    question = forms.CharField(
        label="Votre question", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    due_on = forms.DateField(label="Réponse attendue le", widget=DateInput())
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: Sequence[OpinionChoice], **kwargs: Any) -> None:
        today = timezone.localdate()
        heard = {choice.value: choice for choice in choices if choice.heard}
        ticked = [value for value, choice in heard.items() if choice.waiting is None]
        initial = {"holders": ticked, "due_on": today + TIME_TO_ANSWER, "token": new_id()}
        super().__init__(*args, auto_id="avis_%s", initial=initial, **kwargs)
        self.asked = heard
        self.fields["holders"].choices = [(value, opinion_choice_label(choice)) for value, choice in heard.items()]
        self.fields["due_on"].widget.attrs["min"] = today.isoformat()

    def clean_holders(self) -> list[Actor | User]:
        chosen = [self.asked[value] for value in self.cleaned_data["holders"]]
        return [holder for choice in chosen if (holder := choice.actor or choice.user) is not None]


class OpinionForm(forms.Form):
    """The answer to one request. A page may show several: each its own ids."""

    stance = forms.ChoiceField(
        label="Votre avis",
        choices=Stance,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez l’un des quatre avis."},
    )
    text = forms.CharField(
        label="Pourquoi",
        required=False,
        max_length=2000,
        help_text="Dites-le si vous avez des réserves ou êtes défavorable.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, request_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"avis_{request_id}_%s", **kwargs)
        self.request_id = request_id


def opinion_forms(
    asked: Sequence[AskedOpinion], user: User, answered: OpinionForm | None = None
) -> list[OpinionForm | None]:
    """A form for each request that this person may answer, filled with what they said before.

    `answered`: one that was posted, in its place.
    """
    return [
        answered
        if answered and answered.request_id == one.request.pk
        else OpinionForm(request_id=one.request.pk, initial={**_said(one, user), "token": new_id()})
        if one.mine
        else None
        for one in asked
    ]


def _said(one: AskedOpinion, user: User) -> dict[str, str]:
    said = (answer.opinion for answer in one.answers if answer.opinion.author_id == user.pk)
    return next(({"stance": opinion.stance, "text": opinion.text} for opinion in said), {})
