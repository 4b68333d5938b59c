"""A spreadsheet of figures given back."""

from django import forms

from common.spreadsheets.files import ACCEPT


class FileForm(forms.Form):
    """The file, once."""

    file = forms.FileField(
        label="Fichier",
        help_text="Classeur .xlsx ou fichier CSV, 10 Mo au plus.",
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    token = forms.UUIDField(widget=forms.HiddenInput)
