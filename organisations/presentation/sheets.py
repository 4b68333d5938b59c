"""Sheets whose fields save themselves, read or written, and what happens when two people write one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import CharField, Model, TextField
from django.forms import BoundField, DateInput
from django.urls import reverse

from common import french, history
from common.ui import Entry
from organisations.catalogue import esms_categories
from organisations.enums import Phase
from organisations.finess import NUMBERS
from organisations.forms import (
    DirectoryForm,
    OGForm,
    PeriodForm,
    ProfileForm,
    ProjectForm,
    SheetForm,
    WaveForm,
    category_name,
)
from organisations.models import ESMS, OG, ESMSProfile, PhasePeriod, Project, Wave


@dataclass(frozen=True)
class Sheet:
    """How the fields of one kind of row are shown and saved."""

    code: str
    form: type[SheetForm]
    url_name: str

    def url(self, row: Model, project: Project, name: str) -> str:
        return reverse(self.url_name, args=[*self._arguments(row, project), name])

    @staticmethod
    def _arguments(row: Model, project: Project) -> list[object]:
        if isinstance(row, ESMS):
            return [project.slug, row.slug]
        if isinstance(row, ESMSProfile):
            return [project.slug, row.esms.slug]
        if isinstance(row, PhasePeriod):
            return [project.slug, row.phase]
        return [project.slug, row.pk] if isinstance(row, OG | Wave) else [project.slug]


PROJECT_SHEET = Sheet("projet", ProjectForm, "project_field")
OG_SHEET = Sheet("og", OGForm, "og_field")
DIRECTORY_SHEET = Sheet("annuaire", DirectoryForm, "esms_field")
PROFILE_SHEET = Sheet("fiche", ProfileForm, "profile_field")
# One a phase: they stand together on one page, each with its own version.
PERIOD_SHEETS = {phase: Sheet(f"phase-{phase}", PeriodForm, "period_field") for phase in Phase}


def wave_sheet(wave_id: UUID) -> Sheet:
    """As those of phases: one a wave."""
    return Sheet(f"vague-{wave_id}", WaveForm, "wave_field")


@dataclass(frozen=True)
class SavedField:
    """A field that saves itself: what `organisations/field.html` needs."""

    id: str
    field: BoundField
    url: str
    version: int
    version_class: str
    warning: str = ""
    saved_at: datetime | None = None

    @property
    def novalidate(self) -> bool:
        """Refused by us, in words; but half a date is for the browser to keep, or it would be sent as none."""
        return not isinstance(self.field.field.widget, DateInput)


@dataclass(frozen=True)
class Fact:
    """A field that the reader may not change."""

    label: str
    value: str
    warning: str = ""


def saved_field(
    sheet: Sheet, form: SheetForm, row: Any, project: Project, name: str, *, saved_at: datetime | None = None
) -> SavedField:
    number = NUMBERS.get(name)
    kept = getattr(row, name)
    return SavedField(
        id=f"{sheet.code}-{name}",
        field=form[name],
        url=sheet.url(row, project, name),
        version=row.version,
        version_class=f"version-{sheet.code}",
        warning=number.warning(kept) if number and not form.errors else "",
        saved_at=saved_at,
    )


def saved_fields(sheet: Sheet, row: Any, project: Project) -> list[SavedField]:
    form = sheet.form(instance=row, auto_id=f"{sheet.code}-id-%s")
    return [saved_field(sheet, form, row, project, name) for name in sheet.form.names()]


def facts(sheet: Sheet, row: Any) -> list[Fact]:
    """The same fields, to read."""
    found = []
    for name in sheet.form.names():
        number = NUMBERS.get(name)
        value = getattr(row, name)
        shown = value_in_words(type(row), name, value) or "Non renseigné"
        found.append(Fact(label_of(type(row), name), shown, number.warning(value) if number else ""))
    return found


def label_of(model: type[Model], name: str) -> str:
    return french.capital(str(model._meta.get_field(name).verbose_name))


def value_in_words(model: type[Model], name: str, value: Any) -> str:
    """A stored value as a reader writes it; nothing for an empty one."""
    if value in (None, ""):
        return ""
    if name == "category":
        category = esms_categories().get(value)
        return french.typography(category_name(category)) if category else str(value)
    choices = dict(model._meta.get_field(name).flatchoices)
    if choices:
        return str(choices.get(value, value))
    if isinstance(value, date):
        return french.long_date(value)
    if isinstance(value, Decimal):
        return french.euros(value)
    if isinstance(value, int):
        return french.number(value)
    return french.typography(str(value))


def history_of(*sheets: tuple[Sheet, Model], waves: Mapping[UUID, str] | None = None) -> list[Entry]:
    """« Historique » of one or several rows that make one page, newest first. `waves`: the names of the waves that a
    structure may have been in; the history knows their ids."""
    # Rows written together are one event to a reader: equal lines are one line.
    lines = {
        Entry(entry.at, entry.who, what(type(row), _named(entry, waves or {})))
        for sheet, row in sheets
        for entry in history.entries(row, [_column(type(row), name) for name in sheet.form.names()])
    }
    return sorted(lines, key=lambda line: (line.at, line.what), reverse=True)


def _column(model: type[Model], name: str) -> str:
    """The column of a field: the history keeps ids, and must not read what each of them names."""
    return model._meta.get_field(name).attname


def _named(entry: history.Entry, waves: Mapping[UUID, str]) -> history.Entry:
    changes = tuple(
        replace(
            change,
            **{
                side: waves.get(value, "une vague retirée")
                for side in ("old", "new")
                if isinstance(value := getattr(change, side), UUID)
            },
        )
        for change in entry.changes
    )
    return replace(entry, changes=changes)


def what(model: type[Model], entry: history.Entry) -> str:
    """The changes of a line of « Historique »."""
    if entry.label == "insert":
        return "fiche créée"
    return " ; ".join(_change(model, item) for item in entry.changes)


def _change(model: type[Model], item: history.Change) -> str:
    name = label_of(model, item.field)
    new, old = (value_in_words(model, item.field, value) for value in (item.new, item.old))
    if not new:
        return french.typography(f"{name} : « {old} » retiré")
    if not old:
        return french.typography(f"{name} : « {new} »")
    return french.typography(f"{name} : « {new} » au lieu de « {old} »")


@dataclass(frozen=True)
class ConflictView:
    """Two writings of one field. `is_text`: long enough to be mended by hand; otherwise one or the other is kept."""

    id: str
    label: str
    name: str
    mine: str
    theirs: str
    mine_in_words: str
    theirs_in_words: str
    who: str
    saved_at: datetime | None
    version: int
    url: str
    keep_url: str
    is_text: bool


def conflict(sheet: Sheet, current: Any, project: Project, name: str, mine: Any, *, page_url: str) -> ConflictView:
    model = type(current)
    latest = next(iter(history.entries(current, [_column(model, name)], limit=5)), None)
    theirs = getattr(current, name)
    field = model._meta.get_field(name)
    return ConflictView(
        id=f"{sheet.code}-{name}",
        label=label_of(model, name),
        name=name,
        mine=str(mine.pk if isinstance(mine, Model) else mine if mine is not None else ""),
        theirs=str(theirs if theirs is not None else ""),
        mine_in_words=value_in_words(model, name, mine) or "Rien",
        theirs_in_words=value_in_words(model, name, theirs) or "Rien",
        who=latest.who if latest else "Quelqu’un",
        saved_at=latest.at if latest else None,
        version=current.version,
        url=sheet.url(current, project, name),
        keep_url=page_url,
        is_text=isinstance(field, CharField | TextField) and not field.choices and name != "category",
    )


def with_version(item: SavedField, version: str) -> SavedField:
    """The same field under the version that was posted, so that a second try meets the same conflict."""
    return replace(item, version=int(version)) if version.isdigit() else item
