"""The project lead gives a matrix back to its structure."""

from django import forms


class SendBackForm(forms.Form):
    note = forms.CharField(
        label="Ce qu’il faut reprendre",
        help_text="Votre mot apparaît en tête de la matrice, pour la direction et son référent.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Dites ce qu’il faut reprendre."},
    )
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
