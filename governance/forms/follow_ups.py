"""How far an action decided is; which of them the address of the list asks for."""

import uuid
from collections.abc import Mapping

from django import forms

from governance.enums import FollowUpState
from governance.selectors.follow_ups import Filters, Which


class MoveForm(forms.Form):
    version = forms.IntegerField(min_value=1)
    state = forms.ChoiceField(choices=FollowUpState)
    comment = forms.CharField(
        max_length=500,
        required=False,
        error_messages={"max_length": "Cinq cents caractères suffisent : raccourcissez."},
    )

    def clean_state(self) -> FollowUpState:
        return FollowUpState(self.cleaned_data["state"])


class VersionForm(forms.Form):
    version = forms.IntegerField(min_value=1)


def read_filters(query: Mapping[str, str]) -> Filters:
    """The filters that the URL asks for. One that means nothing is left out."""
    which = query.get("etat", "")
    return Filters(
        which=Which(which) if which in Which.values else Which.OPEN,
        body=_uuid(query.get("instance", "")),
        owner=_uuid(query.get("responsable", "")),
    )


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
