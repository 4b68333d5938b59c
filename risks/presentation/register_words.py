"""What the pages of the register say alike: the matrix, fields that save themselves, lateness, history."""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from common import french, history
from common.sensitive import warning
from common.ui import Entry
from organisations.forms import SheetForm
from organisations.models import Project, User
from organisations.presentation import sheets
from risks.criticality import criticality
from risks.enums import IMPACT_WORDS, PROBABILITY_WORDS, Category, Scale
from risks.forms.actions import ActionForm
from risks.forms.register import RiskForm
from risks.models import Risk, RiskAction
from risks.places import Place
from risks.presentation.words import CRITICALITIES, Mark

SOMEBODY = "quelqu’un"
FREE_TEXTS = {"title", "description", "cause", "consequence", "label"}

# --- The matrix ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cell:
    """One of sixteen. `current`: the one that is chosen; `count`: how many risks stand there, where that is counted."""

    value: str
    mark: Mark
    spoken: str
    current: bool = False
    count: int | None = None
    url: str = ""


@dataclass(frozen=True)
class Matrix:
    """Probability downwards from the highest, impact to the right: (word of the row, its cells)."""

    impacts: list[str]
    rows: list[tuple[str, list[Cell]]]
    id: str = "matrice"


def matrix(make: Callable[[int, int, Mark], Cell], *, id: str = "matrice") -> Matrix:
    rows = []
    for probability in reversed(Scale.values):
        cells = [make(probability, impact, CRITICALITIES[criticality(probability, impact)]) for impact in Scale.values]
        rows.append((PROBABILITY_WORDS[probability], cells))
    return Matrix([IMPACT_WORDS[impact] for impact in Scale.values], rows, id)


def choosing(chosen: tuple[int | None, int | None], *, id: str = "matrice") -> Matrix:
    """A matrix in which one cell is chosen."""

    def make(probability: int, impact: int, mark: Mark) -> Cell:
        current = chosen == (probability, impact)
        return Cell(f"{probability}-{impact}", mark, spoken_cell(probability, impact), current=current)

    return matrix(make, id=id)


def spoken_cell(probability: int, impact: int) -> str:
    """« probable, grave : criticité élevée »."""
    level = CRITICALITIES[criticality(probability, impact)].word.lower()
    words = f"{PROBABILITY_WORDS[probability].lower()}, {IMPACT_WORDS[impact].lower()} : criticité {level}"
    return french.typography(words)


# --- Lateness --------------------------------------------------------------------------------------------------------


def late_by(due_on: date, today: date) -> str:
    """« en retard de trois jours », « en retard d’un jour »."""
    days = (today - due_on).days
    return "en retard d’un jour" if days == 1 else f"en retard de {french.counted(days, 'jour', 'jours')}"


def due_words(due_on: date | None, today: date) -> str:
    """« pour demain », « pour le 12 déc. », « en retard de trois jours », « sans date »."""
    if due_on is None:
        return "sans date"
    if due_on < today:
        return late_by(due_on, today)
    near = {0: "pour aujourd’hui", 1: "pour demain"}.get((due_on - today).days)
    return near or f"pour le {french.short_date(due_on, now=today)}"


# --- Fields that save themselves -------------------------------------------------------------------------------------


def place_of(row: Risk) -> Place:
    return Place(row.project, row.esms)


class RiskSheet(sheets.Sheet):
    """As the sheets of organisations, under the address of a risk in its place."""

    def url(self, row: Any, project: Project, name: str) -> str:
        return place_of(row).url(self.url_name, row.number, name)


class ActionSheet(sheets.Sheet):
    """The same for an action, under the address of its risk."""

    def url(self, row: Any, project: Project, name: str) -> str:
        return place_of(row.risk).url(self.url_name, row.risk.number, row.pk, name)


RISK_SHEET = RiskSheet("risque", RiskForm, "risk_field")
ACTION_SHEET = ActionSheet("action", ActionForm, "risk_action_field")


def saved_field(
    sheet: sheets.Sheet, form: SheetForm, row: Any, name: str, *, saved_at: datetime | None = None
) -> sheets.SavedField:
    """As that of organisations, with a warning when a text looks like a patient's data."""
    item = sheets.saved_field(sheet, form, row, row.project, name, saved_at=saved_at)
    text = getattr(row, name) if name in FREE_TEXTS else ""
    return replace(item, warning=warning(text)) if text else item


def saved_fields(sheet: sheets.Sheet, row: Any, names: Sequence[str]) -> list[sheets.SavedField]:
    form = sheet.form(instance=row, auto_id=f"{sheet.code}-id-%s")
    return [saved_field(sheet, form, row, name) for name in names]


def value_in_words(model: type[Model], name: str, value: Any) -> str:
    """A stored value as a reader writes it; nothing for an empty one."""
    if name == "category":
        return str(Category(value).label) if value else ""
    if isinstance(value, datetime):
        return french.long_datetime(value)
    if isinstance(value, User):
        return str(value.get_full_name())
    return sheets.value_in_words(model, name, value)


def facts(sheet: sheets.Sheet, row: Any, names: Sequence[str]) -> list[sheets.Fact]:
    """The same fields, to read; those that say nothing are left out."""
    said = [(name, value_in_words(type(row), name, getattr(row, name))) for name in names]
    return [sheets.Fact(label_of(sheet.form, name), words) for name, words in said if words]


def label_of(form: type[SheetForm], name: str) -> str:
    return str(form.base_fields[name].label)


def conflict(
    sheet: sheets.Sheet, current: Any, project: Project, name: str, mine: Any, *, page_url: str
) -> sheets.ConflictView:
    """As that of organisations, in the words of the register."""
    view = sheets.conflict(sheet, current, project, name, mine, page_url=page_url)
    theirs = getattr(current, name)
    return replace(
        view,
        label=label_of(sheet.form, name),
        theirs=str(theirs.pk) if isinstance(theirs, Model) else view.theirs,
        mine_in_words=value_in_words(type(current), name, mine) or "Rien",
        theirs_in_words=value_in_words(type(current), name, theirs) or "Rien",
    )


# --- History ---------------------------------------------------------------------------------------------------------


def history_of(row: Risk | RiskAction, fields: Iterable[str], first: str) -> list[Entry]:
    """« Historique » of one row, newest first; `first`: how its first line is told. Three queries at most."""
    entries = history.entries(row, [type(row)._meta.get_field(name).attname for name in fields])
    ids = {value for entry in entries for change in entry.changes for value in (change.old, change.new)}
    people = _names(value for value in ids if isinstance(value, uuid.UUID))
    lines = []
    for entry in entries:
        told = [_change(type(row), change, people) for change in entry.changes]
        lines.append(Entry(entry.at, entry.who, first if entry.label == "insert" else " ; ".join(told)))
    return lines


def _names(ids: Iterable[uuid.UUID]) -> dict[object, str]:
    wanted = list(ids)
    return {user.pk: user.get_full_name() for user in User.objects.filter(pk__in=wanted)} if wanted else {}


def _change(model: type[Model], change: history.Change, people: Mapping[object, str]) -> str:
    label = sheets.label_of(model, change.field)
    new, old = (_said(model, change.field, value, people) for value in (change.new, change.old))
    if not new:
        return french.typography(f"{label} : « {old} » retiré")
    if not old:
        return french.typography(f"{label} : « {new} »")
    return french.typography(f"{label} : « {new} » au lieu de « {old} »")


def _said(model: type[Model], name: str, value: Any, people: Mapping[object, str]) -> str:
    if isinstance(value, uuid.UUID):
        return people.get(value, SOMEBODY)
    return value_in_words(model, name, value)
