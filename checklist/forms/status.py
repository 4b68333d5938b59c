"""The status of an action."""

from typing import Any

from django import forms

from checklist.enums import Status
from checklist.forms.base import VersionForm
from checklist.models import Action


class StatusForm(VersionForm):
    """One tap: the new status, with the reason of « sans objet » or the decision cited when one is needed."""

    status = forms.ChoiceField(choices=Status)
    reason = forms.CharField(required=False, max_length=300)
    decision = forms.UUIDField(required=False)


class CiteForm(forms.Form):
    """The decision that makes an action OK, among those of the body that decides it."""

    decision = forms.ChoiceField(label="Décision")

    def __init__(self, *args: Any, action: Action, choices: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"id_{action.pk}_%s", **kwargs)
        self.fields["decision"].choices = choices
