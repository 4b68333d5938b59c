"""Who is invited to what, when a role ends, the account that an invitation makes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from common import french
from organisations.access import Access
from organisations.enums import Level, Role
from organisations.models import OG, Project
from organisations.services import Target, grantable_roles

PASSWORD_LENGTH = 14
SHOWN_WHOLE = 6  # as the field component: a short choice is shown whole


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
