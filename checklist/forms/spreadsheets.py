"""A spreadsheet of the checklist given back."""

from django import forms

from common.spreadsheets.files import ACCEPT as SPREADSHEETS


class ImportForm(forms.Form):
    """A spreadsheet of the checklist given back."""

    file = forms.FileField(
        label="Fichier",
        help_text="Classeur .xlsx ou fichier CSV, 10 Mo au plus.",
        widget=forms.FileInput(attrs={"accept": SPREADSHEETS}),
    )
    token = forms.UUIDField(widget=forms.HiddenInput)
