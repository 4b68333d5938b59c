"""Recording what a body decided."""

from typing import Any

from django import forms

from common import french
from governance import selectors
from governance.enums import DECIDING
from governance.models import AgendaRequest, Body
from organisations.models import Project


class DecisionForm(forms.Form):
    """What was decided, and when: enough where the body and the subject are known."""

    decided_on = forms.DateField(
        label="Prise le",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Choisissez le jour où elle a été prise."},
    )
    text = forms.CharField(
        label="Ce qui a été décidé",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Écrivez ce qui a été décidé."},
    )
    token = forms.UUIDField(widget=forms.HiddenInput)


class BodyChoice(forms.ModelChoiceField):
    """The bodies of a project, two of them: shown whole."""

    widget = forms.RadioSelect


class QuestionsChoice(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, request: AgendaRequest) -> str:
        return french.typography(f"{request.body} : {request.question}")


class RecordForm(DecisionForm):
    """A decision from the page of governance, and the questions that it answers."""

    body = BodyChoice(
        Body.objects.none(),
        label="Qui a décidé",
        empty_label=None,
        error_messages={"required": "Choisissez l’instance qui a décidé."},
    )
    title = forms.CharField(
        label="Sur quoi porte la décision, en quelques mots",
        max_length=200,
        error_messages={"required": "Dites sur quoi porte la décision."},
    )
    settles = QuestionsChoice(
        AgendaRequest.objects.none(),
        label="Les questions auxquelles elle répond",
        required=False,
        help_text="Cochées, elles quittent l’ordre du jour.",
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = Body.objects.filter(project=project, kind__in=DECIDING).order_by("-kind")
        questions = selectors.open_requests(project)
        if questions.exists():
            self.fields["settles"].queryset = questions
        else:
            del self.fields["settles"]
