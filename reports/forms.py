"""The edges of the reports app."""

from django import forms

from reports.enums import ReportKind


class AskForm(forms.Form):
    since = forms.DateField(
        label="Montrer ce qui a changé depuis le",
        help_text="Par exemple la date du dernier COSTRAT.",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    token = forms.UUIDField(widget=forms.HiddenInput)


class ChecklistForm(forms.Form):
    """« Checklist du projet », as the page that one comes from was filtered."""

    kind = forms.CharField(widget=forms.HiddenInput, initial=ReportKind.CHECKLIST)
    filters = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    token = forms.UUIDField(widget=forms.HiddenInput)
