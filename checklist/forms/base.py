"""What several forms of the checklist are made of."""

from typing import Any

from django import forms


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class VersionForm(forms.Form):
    """The version that an action was read at."""

    version = forms.IntegerField(min_value=1)
