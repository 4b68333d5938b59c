"""Fields of the matrix that save themselves: headcounts, declarations."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.forms import BoundField, DateInput
from django.urls import reverse

from common import french
from organisations.models import ESMS, Project
from structures.catalogue.habilitations import Catalogue, catalogue
from structures.forms.habilitations import DeclarationForm, ProfileForm
from structures.selectors.habilitations import Reading


@dataclass(frozen=True)
class SavedField:
    """A field that saves itself. `theirs`: what somebody else wrote meanwhile, in a sentence."""

    id: str
    field: BoundField
    url: str
    version: int
    theirs: str = ""

    @property
    def novalidate(self) -> bool:
        """Refused by us, in words; but half a date is for the browser to keep, or it would be sent as none."""
        return not isinstance(self.field.field.widget, DateInput)


def grid_fields(reading: Reading, project: Project, esms: ESMS, profile: str) -> list[SavedField]:
    """What is typed in the grid: how many, or that the profile has no object."""
    return [profile_field(reading, project, esms, profile, name) for name in ("users_count", "unused")]


def profile_field(reading: Reading, project: Project, esms: ESMS, profile: str, name: str) -> SavedField:
    row = reading.profiles[profile]
    form = ProfileForm(instance=row, auto_id=f"effectif-{profile}-%s")
    if most := reading.catalogue.profiles[profile].max_days:
        form.fields["account_days"].help_text = f"{most} jours au plus."
    url = reverse("habilitation_profile_field", args=[project.slug, esms.slug, profile, name])
    return SavedField(f"champ-{profile}-{name}", form[name], url, row.version)


def profile_fields(reading: Reading, project: Project, esms: ESMS, profile: str) -> list[SavedField]:
    """Those that this profile has: only some have accounts that end."""
    ends = reading.catalogue.profiles[profile].expiry_required
    names = [name for name in ProfileForm.names() if ends or name != "account_days"]
    return [profile_field(reading, project, esms, profile, name) for name in names]


def profile_choices(known: Catalogue) -> list[tuple[str, str]]:
    return [(code, profile.label) for code, profile in known.profiles.items()]


def declaration(reading: Reading, project: Project, esms: ESMS, name: str) -> SavedField:
    form = DeclarationForm(instance=reading.matrix, profiles=profile_choices(catalogue()), auto_id="declare-%s")
    url = reverse("habilitation_declaration", args=[project.slug, esms.slug, name])
    return SavedField(f"champ-{name}", form[name], url, reading.matrix.version)


def declarations(reading: Reading, project: Project, esms: ESMS) -> list[SavedField]:
    return [declaration(reading, project, esms, name) for name in DeclarationForm.names()]


@dataclass(frozen=True)
class Declared:
    label: str
    value: str


def declared(reading: Reading) -> list[Declared]:
    """The declarations, to read."""
    matrix, known = reading.matrix, reading.catalogue
    form = DeclarationForm(instance=matrix, profiles=[])
    return [Declared(str(form[name].label), in_words(known, getattr(matrix, name))) for name in DeclarationForm.names()]


def in_words(known: Catalogue, value: Any) -> str:
    """A value as a reader writes it."""
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    if isinstance(value, list):
        return french.listed([known.profiles[code].label for code in value if code in known.profiles]) or "Aucun"
    if isinstance(value, date):
        return french.long_date(value)
    if isinstance(value, int):
        return french.number(value)
    return french.typography(str(value)) if value else "Rien"


def refused(item: SavedField, field: BoundField, version: str) -> SavedField:
    """What was typed, with why it is not written, under the version that was posted."""
    return replace(item, field=field, version=int(version) if version.isdigit() else item.version)


def in_conflict(item: SavedField, current: Any, name: str, mine: Any) -> SavedField:
    """What one typed, over what somebody else wrote meanwhile: sent again, it takes its place."""
    item.field.form.initial[name] = mine
    said = in_words(catalogue(), getattr(current, name))
    theirs = french.typography(f"Quelqu’un a écrit entre-temps : {said}. Rien n’est écrasé ; voici votre réponse.")
    return replace(item, version=current.version, theirs=theirs)
