"""Sending minutes, and mending them."""

from django import forms


class SendForm(forms.Form):
    message = forms.CharField(
        label="Un mot pour accompagner l’envoi",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AmendmentForm(forms.Form):
    text = forms.CharField(
        label="Ce que le rectificatif corrige",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Il sera daté, signé, et lu au-dessus du compte rendu. Rien d’autre ne change.",
        error_messages={"required": "Écrivez ce qu’il faut lire à la place."},
    )
    token = forms.UUIDField(widget=forms.HiddenInput)
