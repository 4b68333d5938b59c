"""What is posted to the habilitation matrix."""

from typing import Any

from django import forms

from common import french
from structures.catalogue.habilitations import Catalogue
from structures.enums.habilitations import AccessLevel, Perimeter
from structures.habilitation_rules import min_length
from structures.models import HabilitationMatrix, MatrixProfile
from structures.services.habilitations import Wanted

CANNOT = "Choisissez l’un des niveaux proposés."


class CellForm(forms.Form):
    """An access. What is not posted stays as it is (the keyboard sets a level alone). `restore`: the version to come
    back to."""

    level = forms.ChoiceField(
        label="Niveau", required=False, widget=forms.RadioSelect, error_messages={"invalid_choice": CANNOT}
    )
    perimeter = forms.ChoiceField(
        label="Périmètre",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choisissez l’un des périmètres proposés."},
    )
    justification = forms.CharField(
        label="Pourquoi cet accès", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    restore = forms.IntegerField(min_value=0, required=False)

    def __init__(self, *args: Any, catalogue: Catalogue, profile: str, domain: str, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"c-{profile}-{domain}-%s", **kwargs)
        self.profile, self.domain = profile, domain
        technical = catalogue.domains[domain].technical
        self.fields["level"].choices = [
            (level.value, level.label) for level in AccessLevel if technical or level != AccessLevel.ADMIN
        ]
        allowed = catalogue.profiles[profile].og_perimeter_allowed
        self.fields["perimeter"].choices = [
            (item.value, item.label) for item in Perimeter if allowed or item != Perimeter.OG
        ]
        if not allowed:
            self.fields["perimeter"].help_text = "Pour ce profil, le périmètre OG n’est pas prévu."
        self.fields["justification"].help_text = f"{min_length(catalogue)} caractères au moins."

    def wanted(self) -> Wanted:
        """What is posted, and nothing else."""
        data = self.cleaned_data
        return Wanted(
            profile=self.profile,
            domain=self.domain,
            version=data["version"],
            level=AccessLevel(data["level"]) if data["level"] else None,
            perimeter=Perimeter(data["perimeter"]) if data["perimeter"] else None,
            justification=data["justification"] if "justification" in self.data else None,
        )


class OneFieldForm(forms.ModelForm):
    """Fields that save themselves one by one: `only` is the one that was posted."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, only: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in list(self.fields):
            if only and name not in {only, "version"}:
                del self.fields[name]

    @classmethod
    def names(cls) -> tuple[str, ...]:
        return tuple(cls._meta.fields)


def _count() -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 4})


class ProfileForm(OneFieldForm):
    users_count = forms.IntegerField(
        label="Nombre d’utilisateurs",
        required=False,
        min_value=0,
        max_value=9999,
        widget=_count(),
        error_messages={"invalid": "Écrivez un nombre entier, sans lettre."},
    )
    account_days = forms.IntegerField(
        label="Durée des comptes, en jours",
        required=False,
        min_value=1,
        max_value=999,
        widget=_count(),
        error_messages={"invalid": "Écrivez un nombre de jours."},
    )

    class Meta:
        model = MatrixProfile
        fields = ("users_count", "unused", "account_days", "comment")
        labels = {"unused": "Sans objet dans la structure", "comment": "Commentaire"}
        widgets = {"comment": forms.Textarea(attrs={"rows": 2})}


class DeclarationForm(OneFieldForm):
    """What the matrix declares as a whole."""

    generic_accounts = forms.IntegerField(
        label="Comptes génériques ou partagés",
        min_value=0,
        max_value=9999,
        widget=_count(),
        help_text="Un compte utilisé par plusieurs personnes. Il n’en faut aucun.",
        error_messages={"invalid": "Écrivez un nombre.", "required": "Écrivez un nombre, zéro s’il n’y en a pas."},
    )
    emergency_profiles = forms.MultipleChoiceField(
        label="Profils qui ont l’accès d’urgence",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Ouvrir une fois un dossier hors de son périmètre, quand la vie d’une personne l’exige.",
    )
    emergency_hours = forms.IntegerField(
        label="Durée de l’accès d’urgence, en heures",
        required=False,
        min_value=1,
        max_value=999,
        widget=_count(),
        error_messages={"invalid": "Écrivez un nombre d’heures."},
    )

    class Meta:
        model = HabilitationMatrix
        fields = (
            "og_backup_declared",
            "generic_accounts",
            "emergency_profiles",
            "emergency_hours",
            "emergency_reason",
            "emergency_logged",
            "publisher_access",
            "publisher_until",
            "publisher_ticket",
        )
        labels = {
            "og_backup_declared": "Un suppléant administre depuis l’OG",
            "emergency_reason": "L’accès d’urgence demande un motif",
            "emergency_logged": "L’accès d’urgence laisse une trace",
            "publisher_access": "L’éditeur a un accès d’assistance",
            "publisher_until": "Cet accès est fermé après le",
            "publisher_ticket": "Numéro de la demande d’assistance",
        }
        widgets = {"publisher_until": forms.DateInput()}

    def __init__(self, *args: Any, profiles: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "emergency_profiles" in self.fields:
            self.fields["emergency_profiles"].choices = profiles


class CommentForm(forms.Form):
    """A remark on a shared version."""

    about = forms.ChoiceField(label="Ce dont vous parlez", required=False)
    text = forms.CharField(
        label="Votre remarque",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Écrivez votre remarque."},
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, catalogue: Catalogue, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="remarque-%s", **kwargs)
        self.fields["about"].choices = [
            ("", "Toute la matrice"),
            ("Un profil", [(f"p-{code}", item.label) for code, item in catalogue.profiles.items()]),
            ("Un domaine", [(f"d-{code}", item.label) for code, item in catalogue.domains.items()]),
        ]

    def about_what(self) -> dict[str, str]:
        kind, _, code = self.cleaned_data["about"].partition("-")
        return {"profile": code if kind == "p" else "", "domain": code if kind == "d" else ""}


class PasteForm(forms.Form):
    """A block copied from a spreadsheet, and where its first cell falls. `seen`: versions of the accesses that were
    not as proposed when it was pasted, « profile/domain:version »."""

    profile = forms.ChoiceField(label="Première ligne")
    domain = forms.ChoiceField(label="Première colonne")
    text = forms.CharField(
        label="Ce que vous avez copié",
        max_length=20000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Des lettres (–, L, E, V, A) ou des mots (Lecture, Écriture…) ; le périmètre peut suivre : « L u ».",
        error_messages={"required": "Collez ici les cases copiées."},
    )

    def __init__(self, *args: Any, catalogue: Catalogue, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="coller-%s", **kwargs)
        self.fields["profile"].choices = [(code, item.label) for code, item in catalogue.profiles.items()]
        self.fields["domain"].choices = [(code, item.label) for code, item in catalogue.domains.items()]
        self.fields["text"].help_text = french.typography(self.fields["text"].help_text)

    def seen(self) -> dict[tuple[str, str], int]:
        found = {}
        for item in self.data.getlist("seen"):
            place, _, version = item.rpartition(":")
            profile, _, domain = place.partition("/")
            if version.isdecimal() and len(version) < 10:
                found[profile, domain] = int(version)
        return found
