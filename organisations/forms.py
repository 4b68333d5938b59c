"""The edges of the organisations app: what is posted, turned into values or refused in words."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from common import french
from organisations.access import Access
from organisations.catalogue import EsmsCategory, esms_categories
from organisations.enums import ComopCategory, Level, Role
from organisations.finess import NUMBERS
from organisations.models import ESMS, OG, ESMSProfile, PhasePeriod, Project
from organisations.services import Target, grantable_roles

PASSWORD_LENGTH = 14
SHOWN_WHOLE = 6  # as the field component: a short choice is shown whole


def category_name(item: EsmsCategory) -> str:
    """« IME, institut médico-éducatif », or the label alone when nobody says an acronym."""
    return f"{item.acronym}, {item.label[:1].lower()}{item.label[1:]}" if item.acronym else item.label


def category_choices() -> list[tuple[str, Any]]:
    """The FINESS categories, the usual ones first, in the order of their names."""
    groups: dict[bool, list[tuple[str, str]]] = {True: [], False: []}
    for item in esms_categories().values():
        groups[item.core].append((item.code, french.typography(f"{category_name(item)} ({item.code})")))
    return [
        ("", "Choisir une catégorie"),
        ("Les plus courantes", sorted(groups[True], key=lambda choice: choice[1].lower())),
        ("Les autres", sorted(groups[False], key=lambda choice: choice[1].lower())),
    ]


class NumbersMixin:
    """Clean the identity numbers of a form: malformed is an error, a wrong key isn't (the page warns of it)."""

    def _clean_fields(self) -> None:
        super()._clean_fields()
        for name in NUMBERS.keys() & self.fields.keys() & self.cleaned_data.keys():
            try:
                self.cleaned_data[name] = NUMBERS[name].read(self.cleaned_data[name])
            except ValueError as error:
                self.add_error(name, str(error))


def number_field(label: str, help_text: str = "") -> forms.CharField:
    """An identity number, typed with spaces or without."""
    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(label=label, required=False, max_length=30, help_text=help_text, widget=widget)


def plain_number(text: str) -> str:
    """« 412 000,50 € » as Python reads a number."""
    return re.sub(r"[\s€]+", "", text).replace(",", ".")


class AmountField(forms.DecimalField):
    """An amount of money as French writes it. A text field: a number field would send nothing for what it refuses."""

    default_error_messages = {
        "invalid": french.typography("Écrivez un montant en chiffres, par exemple 412 000."),
        "min_value": "Écrivez un montant positif.",
        "max_decimal_places": "Écrivez un montant au centime près.",
        "max_digits": "Ce montant est trop grand.",
        "max_whole_digits": "Ce montant est trop grand.",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0, **kwargs})

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_number(value) if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return french.number(value, 0 if value == int(value) else 2) if isinstance(value, Decimal) else value


class CountField(forms.IntegerField):
    """A whole number as French writes it. A text field, as AmountField."""

    default_error_messages = {
        "invalid": "Écrivez un nombre entier, en chiffres.",
        "min_value": "Écrivez un nombre positif.",
        "max_value": "Ce nombre est trop grand.",
    }

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_number(value) if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return french.number(value) if isinstance(value, int) else value


def typed(keyboard: str) -> forms.TextInput:
    """A text field with this keyboard on a phone."""
    return forms.TextInput(attrs={"inputmode": keyboard, "autocomplete": "off"})


# « … ne peut pas être vide »: what a sheet can't do without.
NEEDED = {
    "name": "Le nom",
    "short_name": "Le nom court",
    "started_on": "La date de début",
    "category": "La catégorie FINESS",
    "comop_category": "La catégorie au COMOP",
    "phase": "La phase",
}


def cannot_be_empty(name: str) -> str:
    return f"{NEEDED[name]} ne peut pas être vide."


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
        fields = ("name", "category", "comop_category", "city", "phase")


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


class InviteForm(forms.Form):
    """An address, a role, and where; offers only what the reader may give."""

    email = forms.EmailField(
        label="Adresse électronique",
        help_text="L’invitation ne vaut que pour cette adresse.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label="Rôle")
    where = forms.ChoiceField(label="Où")

    def __init__(self, *args: Any, access: Access, project: Project, ogs: list[OG], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.targets: dict[str, Target] = {}
        self.by_role: dict[Role, list[str]] = {}
        for code, target in self._places(project, ogs):
            for role in grantable_roles(access, target):
                self.targets[code] = target
                self.by_role.setdefault(role, []).append(code)
        self.roles = [role for role in Role if role in self.by_role]
        self.fields["role"].choices = [("", "Choisir un rôle"), *((role.value, role.label) for role in self.roles)]
        if "projet" in self.targets:
            self.fields["role"].help_text = french.typography(
                "Les sièges au COSTRAT et au COMOP se donnent dans « Gouvernance », page « Instances »."
            )
        if len(self.roles) == 1:
            self.fields["role"].initial = self.initial["role"] = self.roles[0].value
            self.fields["role"].widget = forms.HiddenInput()
        self.fields["where"].choices = self._where(self.chosen_role)
        codes = self._codes(self.chosen_role)
        if len(codes) == 1:
            self.fields["where"].initial = self.initial["where"] = codes[0]
            self.fields["where"].widget = forms.HiddenInput()
            # A role of the project says where by itself.
            self.fields["where"].required = False

    @staticmethod
    def _places(project: Project, ogs: list[OG]) -> list[tuple[str, Target]]:
        places: list[tuple[str, Target]] = [("projet", project)]
        places += [(f"og:{og.pk}", og) for og in ogs]
        return places + [(f"esms:{esms.pk}", esms) for og in ogs for esms in og.esms.all()]

    @property
    def chosen_role(self) -> Role | None:
        """The role that the form stands at, if it is one of those offered."""
        value = self.data.get("role") if self.is_bound else self.initial.get("role")
        return next((role for role in self.roles if role.value == value), None)

    @property
    def only_place(self) -> Target | None:
        """The one place where the chosen role may be given, when there is no choice."""
        codes = self._codes(self.chosen_role)
        return self.targets[codes[0]] if len(codes) == 1 else None

    def _codes(self, role: Role | None) -> list[str]:
        return self.by_role[role] if role else list(self.targets)

    def _where(self, role: Role | None) -> list[tuple[str, Any]]:
        codes = self._codes(role)
        if len(codes) <= SHOWN_WHOLE:
            return [("", "Choisir où"), *((code, self._place(code)) for code in codes)]
        groups: dict[str, list[tuple[str, str]]] = {"Projet": [], "OG": [], "Structures": []}
        for code in codes:
            group = {"projet": "Projet", "og": "OG", "esms": "Structures"}[code.partition(":")[0]]
            groups[group].append((code, self._place(code)))
        return [("", "Choisir où"), *((name, choices) for name, choices in groups.items() if choices)]

    def _place(self, code: str) -> str:
        return french.typography(str(self.targets[code]))

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        role = self.chosen_role
        if role and not given.get("where") and "where" not in self.errors:
            given["where"] = self.by_role[role][0]
        if role and given.get("where") and given["where"] not in self.by_role[role]:
            kind = {Level.PROJECT: "le projet", Level.OG: "un OG", Level.ESMS: "une structure"}[role.level]
            sentence = f"Choisissez {kind} : c’est là que se tient le rôle « {role.label} »."
            raise ValidationError({"where": french.typography(sentence)})
        return given


class ReferentForm(forms.Form):
    """Name a local referent from the structure's own page; the rest is known."""

    email = forms.EmailField(label="Son adresse électronique", widget=forms.EmailInput(attrs={"autocomplete": "off"}))


class EndForm(forms.Form):
    """When a role ends."""

    last_day = forms.DateField(
        label="Dernier jour du rôle",
        required=False,
        widget=forms.DateInput(),
        help_text="Laissez vide pour y mettre fin tout de suite.",
    )

    def clean_last_day(self) -> Any:
        last_day = self.cleaned_data["last_day"]
        if last_day and last_day < timezone.localdate():
            sentence = "Ce jour est passé : laissez vide pour mettre fin au rôle tout de suite."
            raise ValidationError(french.typography(sentence))
        return last_day


class AccountForm(forms.Form):
    """The account that an invitation makes."""

    first_name = forms.CharField(
        label="Prénom", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label="Nom", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    title = forms.CharField(
        label="Fonction",
        max_length=120,
        required=False,
        help_text=french.typography("Par exemple : cheffe de service."),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    password = forms.CharField(
        label="Mot de passe",
        strip=False,
        help_text=french.typography(
            f"{PASSWORD_LENGTH} caractères ou plus, sans autre règle : une phrase que vous retenez convient."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label="Le même mot de passe",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        first, second = given.get("password"), given.get("password_again")
        if first and second and first != second:
            self.add_error("password_again", "Les deux mots de passe sont différents.")
        return given
