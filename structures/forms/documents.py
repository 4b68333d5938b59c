"""Forms of the documentary base."""

from collections.abc import Sequence
from typing import Any

from django import forms

from common import french
from common.uploads import ACCEPT, limit
from organisations.models import ESMS
from structures.enums.documents import MAY_BE_LACKING, DocumentKind

NO_PATIENTS = french.typography(
    "Ni nom d’usager, ni donnée de santé, ni mot de passe : retirez-les du document avant de le déposer."
)
DATED = "Celle que porte le document."
VALID = "Quand il faudra le relire. Nous vous le rappellerons."


class ContentForm(forms.Form):
    """What is deposited: a file or a link, with its dates."""

    file = forms.FileField(
        label="Fichier",
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=f"PDF, bureautique ou image, {limit()} au plus. {NO_PATIENTS}",
    )
    link = forms.CharField(
        label="ou son adresse, s’il est déjà en ligne",
        required=False,
        max_length=500,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    dated_on = forms.DateField(label="Date du document", required=False, help_text=DATED)
    valid_until = forms.DateField(label="À revoir avant le", required=False, help_text=VALID)
    token = forms.UUIDField(widget=forms.HiddenInput)


class DocumentForm(ContentForm):
    """A new document."""

    kind = forms.ChoiceField(
        label="Type de document",
        choices=[("", "Choisir un type"), *DocumentKind.choices],
        error_messages={"required": "Choisissez un type dans la liste."},
    )
    title = forms.CharField(
        label="Intitulé", required=False, max_length=200, help_text="Sans intitulé, ce sera le nom du fichier."
    )
    place = forms.CharField(
        label="Où les équipes le trouvent",
        required=False,
        max_length=200,
        help_text=french.typography(
            "Par exemple : « Intranet, rubrique DUI » ou « Classeur du bureau des veilleurs »."
        ),
    )

    field_order = ("kind", "file", "link", "title", "dated_on", "valid_until", "place", "token")


class SheetForm(forms.Form):
    """What is said of a document: its content is a version's."""

    kind = forms.ChoiceField(label="Type de document", choices=DocumentKind.choices)
    title = forms.CharField(
        label="Intitulé", max_length=200, error_messages={"required": "Donnez un intitulé à ce document."}
    )
    dated_on = forms.DateField(label="Date du document", required=False, help_text=DATED)
    valid_until = forms.DateField(label="À revoir avant le", required=False, help_text=VALID)
    place = forms.CharField(label="Où les équipes le trouvent", required=False, max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput)


class AbsenceForm(forms.Form):
    """« N’existe pas », with a word."""

    kind = forms.ChoiceField(choices=[(kind.value, kind.label) for kind in MAY_BE_LACKING], widget=forms.HiddenInput)
    word = forms.CharField(required=False, max_length=300)


ALL, SOME = "all", "some"


class RequestForm(forms.Form):
    """Documents asked of structures. `structures`: those that may be asked."""

    kinds = forms.MultipleChoiceField(
        label="Quels documents",
        choices=[(kind.value, kind.label) for kind in MAY_BE_LACKING],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choisissez au moins un type de document."},
    )
    due_on = forms.DateField(
        label="À répondre avant le", error_messages={"required": "Donnez une date : elle est rappelée aux structures."}
    )
    message = forms.CharField(
        label="Message",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="À quoi ces documents vont servir, et ce qui suffit.",
    )
    whom = forms.ChoiceField(
        label="À qui",
        choices=[(ALL, "À toutes les structures"), (SOME, "À celles que je choisis")],
        widget=forms.RadioSelect,
        initial=ALL,
    )
    structures = forms.MultipleChoiceField(
        label="Les structures choisies",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=french.typography("Seulement si vous avez coché « À celles que je choisis »."),
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, structures: Sequence[ESMS], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {esms.slug: esms for esms in structures}
        self.fields["structures"].choices = [(slug, french.typography(esms.name)) for slug, esms in self.known.items()]

    def asked(self) -> list[ESMS]:
        """The structures that are asked, once valid."""
        if self.cleaned_data["whom"] == ALL:
            return list(self.known.values())
        return [self.known[slug] for slug in self.cleaned_data["structures"]]
