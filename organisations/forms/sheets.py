"""The sheets of a project, its OG, structures, phases and waves: fields that save themselves, and what adds a row."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from common import french
from organisations.catalogue import esms_categories
from organisations.enums import ComopCategory
from organisations.forms.fields import (
    NEEDED,
    AmountField,
    CountField,
    NumbersMixin,
    cannot_be_empty,
    category_choices,
    number_field,
    typed,
)
from organisations.models import ESMS, OG, ESMSProfile, PhasePeriod, Project, Wave


class SheetForm(NumbersMixin, forms.ModelForm):
    """The fields of a sheet, which save themselves one by one: `only` keeps the one that was posted."""

    version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, only: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in list(self.fields):
            if only and name not in {only, "version"}:
                del self.fields[name]
        self.fields["version"].required = only is not None
        for name in NEEDED.keys() & self.fields.keys():
            self.fields[name].error_messages["required"] = cannot_be_empty(name)

    def say_nothing_is_saved(self, name: str) -> None:
        """Begin what is refused in this field with « Rien n’est enregistré »."""
        said = " ".join(str(error) for error in self.errors[name])
        first = said[:1] if said[1:2].isupper() else said[:1].lower()
        self.errors[name].data = [french.typography(f"Rien n’est enregistré : {first}{said[1:]}")]

    @classmethod
    def names(cls) -> tuple[str, ...]:
        return tuple(cls._meta.fields)


class ProjectForm(SheetForm):
    class Meta:
        model = Project
        fields = (
            "name",
            "short_name",
            "summary",
            "product",
            "publisher",
            "started_on",
            "planned_end_on",
            "budget_voted",
            "phase",
        )
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 3}),
            "started_on": forms.DateInput(),
            "planned_end_on": forms.DateInput(),
            "budget_voted": typed("decimal"),
        }
        field_classes = {"budget_voted": AmountField}
        help_texts = {"short_name": "Celui du bandeau, en quelques lettres."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "started_on" in self.fields:
            # Refused below, in words: a browser that finds it empty would send nothing and say nothing.
            self.fields["started_on"].required = False

    def clean_started_on(self) -> Any:
        if self.cleaned_data["started_on"] is None:
            raise ValidationError(cannot_be_empty("started_on"), code="required")
        return self.cleaned_data["started_on"]


class PeriodForm(SheetForm):
    """When a phase takes place: as planned, and as it went."""

    class Meta:
        model = PhasePeriod
        fields = ("planned_start", "planned_end", "started_on", "ended_on")


class WaveForm(SheetForm):
    """A wave of deployment."""

    class Meta:
        model = Wave
        fields = ("name", "planned_start", "planned_end")


class NewWaveForm(forms.Form):
    """A wave to add; its dates may come later."""

    name = forms.CharField(
        label="Nom de la vague",
        max_length=60,
        help_text=french.typography("Par exemple : « Vague 3 »."),
        error_messages={"required": "Donnez un nom à la vague."},
    )
    planned_start = forms.DateField(label="Ouverture prévue", required=False, widget=forms.DateInput)
    planned_end = forms.DateField(label="Fin prévue", required=False, widget=forms.DateInput)


class OGForm(SheetForm):
    finess_ej = number_field("FINESS de l’entité juridique", "9 caractères.")
    siren = number_field("SIREN", "9 chiffres.")

    class Meta:
        model = OG
        fields = ("name", "short_name", "legal_form", "city", "finess_ej", "siren")
        help_texts = {"short_name": "Celui des tableaux, en un ou deux mots."}


class DirectoryForm(SheetForm):
    """What the whole project reads of a structure."""

    category = forms.ChoiceField(label="Catégorie FINESS", choices=category_choices)

    class Meta:
        model = ESMS
        fields = ("name", "category", "comop_category", "city", "phase", "wave", "opened_on")
        widgets = {"opened_on": forms.DateInput()}
        help_texts = {"opened_on": "Le jour où la première unité a ouvert le DUI ; vide tant qu’aucune ne l’a ouvert."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "wave" in self.fields:
            self.fields["wave"].queryset = Wave.objects.filter(project=self.instance.project_id)
            self.fields["wave"].empty_label = "Sans vague"
            self.fields["wave"].label_from_instance = lambda wave: french.typography(wave.name)

    def clean_opened_on(self) -> date | None:
        opened_on: date | None = self.cleaned_data["opened_on"]
        if opened_on and opened_on > french.today():
            raise ValidationError("Cette date n’est pas encore passée : elle se note le jour de l’ouverture.")
        return opened_on


class ProfileForm(SheetForm):
    """What a structure tells of itself."""

    finess_et = number_field("FINESS de l’établissement", "9 caractères.")
    siret = number_field("SIRET", "14 chiffres.")

    class Meta:
        model = ESMSProfile
        fields = ("finess_et", "siret", "capacity", "staff", "users_to_equip")
        widgets = {"capacity": typed("numeric"), "staff": typed("numeric"), "users_to_equip": typed("numeric")}
        field_classes = {"capacity": CountField, "staff": CountField, "users_to_equip": CountField}
        help_texts = {
            "capacity": "Places autorisées, ou file active pour un service.",
            "staff": "Nombre de personnes, pas d’équivalents temps plein.",
            "users_to_equip": "Les professionnels qui ouvriront le DUI.",
        }


class NewOGForm(OGForm):
    """A new OG."""


class NewEsmsForm(NumbersMixin, forms.Form):
    """A new structure: what the directory needs; the rest is filled in on its page."""

    og = forms.ModelChoiceField(OG.objects.none(), label="OG", empty_label="Choisir un OG")
    name = forms.CharField(label="Nom", max_length=160)
    category = forms.ChoiceField(label="Catégorie FINESS", choices=category_choices)
    comop_category = forms.ChoiceField(
        label="Catégorie au COMOP",
        choices=[("", "Celle d’ordinaire"), *ComopCategory.choices],
        required=False,
        widget=forms.Select,
        help_text="Sans choix de votre part, celle qui va d’ordinaire avec la catégorie FINESS.",
    )
    city = forms.CharField(label="Ville", max_length=80, required=False)
    finess_et = number_field("FINESS de l’établissement", "9 caractères. La structure pourra l’ajouter elle-même.")

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["og"].queryset = OG.objects.filter(project=project)
        self.fields["og"].label_from_instance = lambda og: french.typography(og.name)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("category") and not given.get("comop_category"):
            given["comop_category"] = esms_categories()[given["category"]].comop_category
        return given
