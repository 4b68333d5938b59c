"""The words and the place of an action of the project’s own."""

from collections.abc import Sequence
from typing import Any

from django import forms

from checklist.enums import Actor, Letter
from checklist.models import Action
from common import french


class OwnActionForm(forms.Form):
    """The words of an action of the project's own."""

    label = forms.CharField(
        label="Ce qui est à faire",
        max_length=300,
        help_text="En quelques mots, avec un verbe : « Former… », « Valider… ».",
    )
    objective = forms.CharField(label="Objectif", max_length=300, required=False)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


FIRST = "premier"  # the place before all others


class NewOwnActionForm(OwnActionForm):
    """A new one: its words, who holds which letter, and its place in the group."""

    version = None
    after = forms.ChoiceField(label="Sa place dans le bloc", widget=forms.Select)
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, actions: Sequence[Action], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actions = {action.number: action for action in actions}
        self.fields["after"].choices = [
            (FIRST, "En premier"),
            *((number, french.typography(f"Après {number} {action.label}")) for number, action in self.actions.items()),
        ]
        self.fields["after"].initial = next(reversed(self.actions), FIRST)
        for letter in Letter:
            self.fields[letter.value] = forms.MultipleChoiceField(
                label=letter.label, choices=Actor.choices, required=False, widget=forms.CheckboxSelectMultiple
            )

    @property
    def letter_fields(self) -> list[forms.BoundField]:
        return [self[letter.value] for letter in Letter]

    @property
    def letters(self) -> dict[Letter, list[Actor]]:
        return {letter: [Actor(value) for value in self.cleaned_data[letter.value]] for letter in Letter}

    @property
    def neighbour(self) -> Action | None:
        """The action after which it goes; None to go first."""
        return self.actions.get(self.cleaned_data["after"])
