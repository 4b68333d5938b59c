"""The edges of the reports app."""

from django import forms


class AskForm(forms.Form):
    since = forms.DateField(
        label="Montrer ce qui a changé depuis le",
        help_text="Par exemple la date du dernier COSTRAT.",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    token = forms.UUIDField(widget=forms.HiddenInput)
