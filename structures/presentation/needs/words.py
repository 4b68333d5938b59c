"""What the pages of needs say alike: tones, the ways to them, fields that save themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.urls import reverse

from common import french, history
from common.sensitive import warning
from common.ui import Entry, Link
from organisations.forms import SheetForm
from organisations.models import ESMS, Project
from organisations.presentation import sheets
from structures.enums.needs import CommonStatus, Method, NeedDomain, NeedStatus, Outcome, Priority, Served
from structures.forms.needs import CollectionForm, CommonForm, NeedForm
from structures.models import CommonNeed, Need, NeedCollection

STATUS_TONES = {
    NeedStatus.DRAFT: ("todo", "s-todo"),
    NeedStatus.PROPOSED: ("progress", "s-progress"),
    NeedStatus.VALIDATED: ("accent", "check"),
    NeedStatus.TRANSMITTED: ("ok", "s-ok"),
}
OUTCOME_TONES = {
    Outcome.UNDECIDED: ("progress", "s-progress"),
    Outcome.COMMON: ("ok", "s-ok"),
    Outcome.LOCAL: ("accent", "building"),
    Outcome.DISMISSED: ("none", "s-na"),
}
COMMON_TONES = {
    CommonStatus.STUDIED: ("progress", "s-progress"),
    CommonStatus.RETAINED: ("ok", "s-ok"),
    CommonStatus.POSTPONED: ("late", "clock"),
    CommonStatus.OUT_OF_SCOPE: ("none", "s-na"),
    CommonStatus.DISMISSED: ("none", "s-na"),
}
FREE_TEXTS = {"title", "description", "users_voice", "shared_how"}
SEVERAL = {"serves": Served, "methods": Method}


@dataclass(frozen=True)
class Mark:
    """A state: its word, shape and tone."""

    text: str
    tone: str
    icon: str


def status_mark(need: Need) -> Mark:
    """Where a need is in its structure, then what the project made of it."""
    status = NeedStatus(need.status)
    if status is NeedStatus.TRANSMITTED:
        return outcome_mark(need)
    return Mark(str(status.label), *STATUS_TONES[status])


def outcome_mark(need: Need) -> Mark:
    outcome = Outcome(need.outcome)
    text = "En attente d’une suite" if outcome is Outcome.UNDECIDED else str(outcome.label)
    return Mark(text, *OUTCOME_TONES[outcome])


def common_mark(common: CommonNeed) -> Mark:
    status = CommonStatus(common.status)
    return Mark(str(status.label), *COMMON_TONES[status])


def domain_of(need: Need | CommonNeed) -> str:
    return str(NeedDomain(need.domain).label) if need.domain else "Domaine à préciser"


def priority_of(need: Need | CommonNeed) -> str:
    return str(Priority(need.priority).label) if need.priority else "Priorité à préciser"


def detail_of(need: Need | CommonNeed) -> str:
    """« Indispensable, circuit du médicament »."""
    domain = domain_of(need)
    return f"{priority_of(need)}, {domain[:1].lower()}{domain[1:]}"


def several_in_words(name: str, values: Sequence[str]) -> str:
    return ", ".join(str(SEVERAL[name](value).label) for value in values)


# --- Ways ------------------------------------------------------------------------------------------------------------


def own_url(name: str, esms: ESMS, *more: object) -> str:
    return reverse(name, args=[esms.project.slug, esms.slug, *more])


def own_crumbs(esms: ESMS, *more: str) -> list[Link]:
    """The way to a page of the needs of a structure."""
    steps = [Link(esms.project.short_name, reverse("project", args=[esms.project.slug]))]
    steps.append(Link(french.typography(esms.name), own_url("structure", esms)))
    if not more:
        return [*steps, Link("Besoins")]
    return [*steps, Link("Besoins", own_url("need_home", esms)), *(Link(label) for label in more)]


def own_tabs(esms: ESMS, here: str) -> list[Link]:
    names = (
        ("need_home", "Les besoins"),
        ("need_collection", "Le recueil"),
        ("need_synthesis", "Ce qu’ils deviennent"),
    )
    return [Link(label, own_url(name, esms), current=name == here) for name, label in names]


def project_crumbs(project: Project, *more: str) -> list[Link]:
    """The way to a page of the needs of all structures."""
    steps = [
        Link(project.short_name, reverse("project", args=[project.slug])),
        Link("Structures", reverse("structures", args=[project.slug])),
    ]
    if not more:
        return [*steps, Link("Besoins")]
    return [
        *steps,
        Link("Besoins", reverse("need_follow_up", args=[project.slug])),
        *(Link(label) for label in more),
    ]


def project_tabs(project: Project, here: str, *, reads_needs: bool) -> list[Link]:
    names = [("need_expression", "Expression commune")]
    if reads_needs:
        names = [("need_follow_up", "Besoins transmis"), *names, ("need_progress", "Où en sont les structures")]
    return [Link(label, reverse(name, args=[project.slug]), current=name == here) for name, label in names]


# --- Fields that save themselves -------------------------------------------------------------------------------------


class OwnSheet(sheets.Sheet):
    """As the sheets of organisations, under the address of a need, of a collection or of a common need."""

    @staticmethod
    def _arguments(row: Model, project: Project) -> list[object]:
        if isinstance(row, Need):
            return [project.slug, row.esms.slug, row.number]
        if isinstance(row, NeedCollection):
            return [project.slug, row.esms.slug]
        return [project.slug, row.number] if isinstance(row, CommonNeed) else [project.slug]


NEED_SHEET = OwnSheet("besoin", NeedForm, "need_field")
COLLECTION_SHEET = OwnSheet("recueil", CollectionForm, "need_collection_field")
COMMON_SHEET = OwnSheet("commun", CommonForm, "need_common_field")


def saved_field(
    sheet: sheets.Sheet, form: SheetForm, row: Any, project: Project, name: str, *, saved_at: datetime | None = None
) -> sheets.SavedField:
    """As that of organisations, with a warning when a text looks like a patient's data."""
    item = sheets.saved_field(sheet, form, row, project, name, saved_at=saved_at)
    text = getattr(row, name) if name in FREE_TEXTS else ""
    return replace(item, warning=warning(text)) if text else item


def saved_fields(sheet: sheets.Sheet, row: Any, project: Project, names: Sequence[str]) -> list[sheets.SavedField]:
    form = sheet.form(instance=row, auto_id=f"{sheet.code}-id-%s")
    return [saved_field(sheet, form, row, project, name) for name in names]


def facts(sheet: sheets.Sheet, row: Any, names: Sequence[str]) -> list[sheets.Fact]:
    """The same fields, to read."""
    form = sheet.form(instance=row)
    found = []
    for name in names:
        value = getattr(row, name)
        shown = several_in_words(name, value) if name in SEVERAL else sheets.value_in_words(type(row), name, value)
        found.append(sheets.Fact(str(form[name].label), shown or "Non renseigné"))
    return found


def conflict(
    sheet: sheets.Sheet, current: Any, project: Project, name: str, mine: Any, *, page_url: str
) -> sheets.ConflictView:
    """As that of organisations; several choices travel as one text."""
    view = sheets.conflict(sheet, current, project, name, mine, page_url=page_url)
    view = replace(view, label=str(sheet.form.base_fields[name].label))
    if name not in SEVERAL:
        return view
    return replace(
        view,
        mine=",".join(mine),
        theirs=",".join(getattr(current, name)),
        mine_in_words=several_in_words(name, mine) or "Rien",
        theirs_in_words=several_in_words(name, getattr(current, name)) or "Rien",
        is_text=False,
    )


def history_of(row: Any, names: Sequence[str]) -> list[Entry]:
    """« Historique » of one row, newest first. Two queries."""
    return [Entry(entry.at, entry.who, sheets.what(type(row), entry)) for entry in history.entries(row, names)]
