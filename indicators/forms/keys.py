"""Giving a key, taking it away."""

from django import forms


class KeyForm(forms.Form):
    label = forms.CharField(
        label="Nom de la clé",
        max_length=80,
        help_text="Le logiciel qui s’en servira, par exemple « DUI de production ».",
        error_messages={"required": "Donnez un nom à la clé : le logiciel qui s’en servira."},
    )
    expires_on = forms.DateField(
        label="Valable jusqu’au",
        widget=forms.DateInput(),
        help_text="Deux ans au plus. Après ce jour, donnez-en une autre.",
        error_messages={"required": "Donnez le dernier jour de la clé.", "invalid": "Donnez une date."},
    )
    token = forms.UUIDField(widget=forms.HiddenInput)


class RevokeForm(forms.Form):
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
