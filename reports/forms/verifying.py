"""Verifying a document: by what is printed at its foot, by the file itself, or both."""

from typing import Any

from django import forms

from reports.fingerprint import typed


class VerifyForm(forms.Form):
    code = forms.CharField(
        label="L’empreinte imprimée au bas de ses pages",
        help_text="Seize caractères par groupes de quatre, comme 3F2A 91C0 7B11 0E2D. Les espaces ne comptent pas.",
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label="Le fichier lui-même",
        help_text="Il est comparé octet pour octet à celui qui a été émis, et n’est pas gardé.",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
    )

    def clean_code(self) -> str:
        text = self.cleaned_data["code"].strip()
        if not text:
            return ""
        if not (start := typed(text)):
            raise forms.ValidationError("Une empreinte compte seize caractères, de 0 à 9 et de A à F.")
        return start

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("code") and not cleaned.get("file"):
            raise forms.ValidationError("Tapez l’empreinte, ou déposez le fichier.")
        return cleaned
