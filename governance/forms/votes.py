"""What a voice says, and how the vote is concluded."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from common import french
from governance.enums import Choice, DecisionMode
from governance.models import ArbitrationOption
from governance.presentation.votes import choices_of
from organisations.models import User

NOTHING_CHOSEN = french.typography("Choisissez une option, « Contre » ou « Abstention ».")


class VoteForm(forms.Form):
    """One voice. `ballot`: « for:<option> », « against », « abstention »; `version`: of the vote read, 0 without."""

    ballot = forms.ChoiceField(label="Votre vote")
    comment = forms.CharField(label="Explication de vote", max_length=500, required=False)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, options: Sequence[ArbitrationOption], unit_id: uuid.UUID, whose: str = "", **kwargs: Any
    ) -> None:
        """`whose`: the voice whose vote the lead writes down, in a list; otherwise the reader's own, shown whole."""
        super().__init__(*args, auto_id=f"voix-{unit_id}-%s", **kwargs)
        self.options = {str(option.pk): option for option in options}
        choices = choices_of(options)
        ballot = self.fields["ballot"]
        if whose:
            ballot.label = french.typography(f"Vote de {whose}")
            ballot.choices = [("", "Pas encore voté"), *choices]
        else:
            ballot.widget = forms.RadioSelect()
            ballot.choices = choices
        ballot.error_messages["required"] = NOTHING_CHOSEN

    @property
    def said(self) -> dict[str, Any]:
        """As the service takes it."""
        kind, _, option_id = self.cleaned_data["ballot"].partition(":")
        return {
            "choice": Choice(kind),
            "option": self.options.get(option_id),
            "comment": self.cleaned_data["comment"],
            "version": self.cleaned_data["version"],
        }


class OptionChoice(forms.ModelChoiceField):
    widget = forms.RadioSelect

    def label_from_instance(self, option: ArbitrationOption) -> str:
        return french.typography(str(option))


class DecideForm(forms.Form):
    """The decision: how it was taken, which option, in which words."""

    mode = forms.ChoiceField(label="Comment la décision est prise", widget=forms.RadioSelect)
    option = OptionChoice(
        ArbitrationOption.objects.none(),
        label="L’option retenue",
        empty_label=None,
        error_messages={"required": "Choisissez l’option retenue."},
    )
    text = forms.CharField(
        label="Le texte de la décision",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Tel qu’il se lira dans le compte rendu et dans le registre. Il ne changera plus.",
        error_messages={"required": "Écrivez la décision."},
    )
    reasons = forms.CharField(
        label="Les motifs", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    conditions = forms.CharField(
        label="Réserves et conditions", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    decided_on = forms.DateField(label="Prise le", widget=forms.DateInput(attrs={"type": "date"}))
    token = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, modes: Sequence[DecisionMode], options: QuerySet[ArbitrationOption], **kwargs: Any
    ) -> None:
        super().__init__(*args, auto_id="decision_%s", **kwargs)
        self.fields["mode"].choices = [(mode.value, str(mode.label)) for mode in modes]
        self.fields["option"].queryset = options


class ToDoForm(forms.Form):
    """Something to do once it is decided: all of it, or nothing."""

    label = forms.CharField(label="Ce qu’il y a à faire", max_length=300, required=False)
    owner = forms.ModelChoiceField(
        User.objects.none(), label="Qui s’en charge", required=False, empty_label="Choisir une personne"
    )
    due_on = forms.DateField(label="Pour le", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if any(given.get(name) for name in ("label", "owner", "due_on")):
            for name, words in (
                ("label", "Dites ce qu’il y a à faire."),
                ("owner", "Choisissez qui s’en charge."),
                ("due_on", "Dites pour quand."),
            ):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return given


class NewToDoForm(ToDoForm):
    """One more, after the decision."""

    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="suite_%s", **kwargs)
        for name in ("label", "owner", "due_on"):
            self.fields[name].required = True


ToDoFormSet = forms.formset_factory(ToDoForm, extra=3, max_num=10)
