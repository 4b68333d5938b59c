"""The letters of an action."""

from django import forms

from checklist.enums import Actor, Letter
from checklist.raci import Letters, box, by_actor


class RaciForm(forms.Form):
    """The letters of an action: those `held` from now on, among those that were read (`expected`).

    `actor`: the cell of the matrix that asks, if one does.
    """

    BOXES = [(box(actor, letter), f"{letter.label} : {actor.label}") for actor in Actor for letter in Letter]

    held = forms.MultipleChoiceField(choices=BOXES, required=False)
    expected = forms.MultipleChoiceField(choices=BOXES, required=False)
    actor = forms.ChoiceField(choices=Actor, required=False)

    def letters(self, name: str) -> Letters:
        return by_actor(value.split("-") for value in self.cleaned_data[name])
