"""The convention: what is typed, chosen and signed."""

from typing import Any

from django import forms
from django.utils import timezone

from common.french import typography
from common.uploads import ACCEPT, limit
from governance.models import Agreement, AgreementArticle
from organisations.models import OG, Project

ARTICLE_LENGTH = 8000


class OgsChoice(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, og: OG) -> str:
        return typography(og.name)


class OgChoice(forms.ModelChoiceField):
    def label_from_instance(self, og: OG) -> str:
        return typography(og.name)


class StartForm(forms.Form):
    """The first version: the OG that it binds, all of them at first."""

    ogs = OgsChoice(
        OG.objects.none(),
        label="Les OG qui s’engagent",
        error_messages={"required": "Choisissez les OG qui s’engagent."},
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        ogs = OG.objects.filter(project=project).order_by("name")
        kwargs["initial"] = {"ogs": ogs, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["ogs"].queryset = ogs


class VersionForm(StartForm):
    """The next version: what it changes, and the OG that it will bind."""

    reason = forms.CharField(
        label="Ce que cette version change, et pourquoi",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=typography("Par exemple : « L’OG Amont quitte le projet ; le financement est réparti autrement. »"),
        error_messages={"required": "Dites ce que cette version change, et pourquoi."},
    )
    field_order = ("reason", "ogs")

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        parties = OG.objects.filter(pk__in=agreement.parties.values("og_id")).order_by("name")
        super().__init__(*args, initial={"ogs": parties}, **kwargs)
        self.fields["ogs"].help_text = "Cochez un OG qui entre, décochez un OG qui sort."


class ArticleForm(forms.Form):
    """The text of one article, which saves itself."""

    text = forms.CharField(required=False, max_length=ARTICLE_LENGTH, widget=forms.Textarea(attrs={"rows": 4}))
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, article: AgreementArticle, **kwargs: Any) -> None:
        initial = {"text": article.text, "version": article.version}
        super().__init__(*args, auto_id=f"{article.code}-%s", initial=initial, **kwargs)
        self.fields["text"].label = typography(f"Article {article.position} : {article.title}")
        self.fields["text"].help_text = typography(article.guide)


class PartyForm(forms.Form):
    """An OG that joins a draft."""

    og = OgChoice(
        OG.objects.none(),
        label="Ajouter un OG",
        empty_label="Choisir un OG",
        error_messages={"required": "Choisissez un OG dans la liste."},
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="partie-%s", **kwargs)
        self.fields["og"].queryset = OG.objects.filter(project=project).order_by("name")


class VersionedForm(forms.Form):
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class SignatureForm(VersionedForm):
    """Who signed for an OG, and the document that shows it."""

    signatory = forms.CharField(
        label="Qui a signé",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Écrivez le nom de la personne qui a signé."},
    )
    capacity = forms.CharField(
        label="En quelle qualité",
        max_length=120,
        help_text=typography("Par exemple : directrice générale, habilitée par le conseil du 3 mars."),
        error_messages={"required": "Dites en quelle qualité cette personne a signé."},
    )
    signed_on = forms.DateField(
        label="Signée le", widget=forms.DateInput, error_messages={"required": "Choisissez le jour de la signature."}
    )
    file = forms.FileField(
        label="Le document signé",
        required=False,
        help_text=typography(f"PDF, document de bureautique ou image, {limit()} au plus. Il reste dans l’application."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    field_order = ("signatory", "capacity", "signed_on", "file", "version")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signed_on"].widget.attrs["max"] = timezone.localdate().isoformat()
