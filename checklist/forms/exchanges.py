"""What people write to each other about an action."""

from django import forms


class CommentForm(forms.Form):
    text = forms.CharField(
        label="Votre message",
        max_length=4000,
        help_text="Écrivez @ et un nom pour demander quelque chose à quelqu’un.",
        widget=forms.Textarea(attrs={"rows": 2, "data-mentions": "participants"}),
    )
    token = forms.UUIDField(widget=forms.HiddenInput)
