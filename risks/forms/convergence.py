"""What is posted of the convergence and of the life of an assessment."""

from django import forms

from risks.scoring import HIGHEST, LOWEST

NOT_CONCERNED = "nc"


class ActForm(forms.Form):
    """Something done with the version that was read."""

    version = forms.IntegerField(min_value=1)


class SendBackForm(ActForm):
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    note = forms.CharField(
        label="Ce qui est à reprendre",
        help_text="La structure le lira en tête de son analyse.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Dites ce qui est à reprendre."},
    )


class KeptForm(forms.Form):
    """The agreed mark that was read, if there was one."""

    kept = forms.UUIDField(required=False)
    version = forms.IntegerField(min_value=0)


class AgreeForm(KeptForm):
    """The mark to keep; `one`: from the screen of one question, which goes on to the next."""

    mark = forms.ChoiceField(
        label="Note retenue",
        choices=[(NOT_CONCERNED, "Non concerné"), *((str(mark), str(mark)) for mark in range(LOWEST, HIGHEST + 1))],
        error_messages={
            "required": "Choisissez une note de 1 à 10, ou « non concerné ».",
            "invalid_choice": "Choisissez une note de 1 à 10, ou « non concerné ».",
        },
    )
    comment = forms.CharField(label="Commentaire", required=False, max_length=1000)
    one = forms.BooleanField(required=False)

    @property
    def value(self) -> int | None:
        """None for « non concerné »."""
        mark = self.cleaned_data["mark"]
        return None if mark == NOT_CONCERNED else int(mark)
