"""Who is named on an action, and its Responsable."""

from typing import Any

from django import forms

from checklist.enums import Actor, Letter
from checklist.models import Action
from checklist.presentation import appointee_label
from checklist.selectors import Appointees
from organisations.models import Project, User
from organisations.selectors import participants


class PersonForm(forms.Form):
    user = forms.ModelChoiceField(User.objects.none(), label="Personne", empty_label="Choisir une personne")
    letter = forms.ChoiceField(
        choices=[(letter.value, f"{letter.label} : {letter.meaning}") for letter in Letter],
        label="À quel titre",
        initial=Letter.A,
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = participants(project)


class AppointForm(forms.Form):
    """The Responsable of an action that has none, in one choice. A page shows several: each its own ids."""

    who = forms.ChoiceField(label="Responsable", error_messages={"required": "Choisissez qui en répond."})

    def __init__(self, *args: Any, action: Action, appointees: Appointees, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{action.pk}_%s", **kwargs)
        self._found: dict[str, Actor | User] = {
            **{actor.value: actor for actor in appointees.actors},
            **{str(user.pk): user for user in appointees.people},
        }
        bodies = [(actor.value, appointee_label(actor, who)) for actor, who in appointees.actors.items()]
        people = [(str(user.pk), user.get_full_name()) for user in appointees.people]
        self.fields["who"].choices = [
            ("", "Choisir un Responsable"),
            ("Instances et fonctions", bodies),
            ("Personnes du projet", people),
        ]

    def clean_who(self) -> Actor | User:
        return self._found[self.cleaned_data["who"]]
