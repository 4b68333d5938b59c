"""The RACI matrix in French."""

from dataclasses import dataclass, field
from itertools import groupby
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from checklist.enums import Actor, Letter, RaciView
from checklist.models import Action
from checklist.presentation.actors import OF_ACTORS, names
from checklist.presentation.layouts import layouts
from checklist.presentation.letters import letters_in_words
from checklist.presentation.links import crumbs
from checklist.presentation.progress import in_words, some_actions
from checklist.raci import Letters, box
from checklist.selectors import Matrix, RaciFilters, RaciRow
from checklist.selectors.raci import Cell
from common import french
from common.ui import Link, Role
from organisations.models import Project, User

VIEW_ICONS = {RaciView.TO_NAME: "alert", RaciView.DIFFERS: "s-watch"}
LEGEND = tuple(Role(letter.value, letter.label) for letter in Letter)


@dataclass(frozen=True)
class Mark:
    """A letter in a cell; `how` is what the project did to the catalogue's: "added", "removed" or nothing."""

    letter: Letter
    how: str


@dataclass(frozen=True)
class CellView:
    actor: Actor
    marks: list[Mark]


@dataclass(frozen=True)
class RowView:
    number: str
    label: str
    own: bool
    to_be_named: bool
    cells: list[CellView]
    people: str


@dataclass(frozen=True)
class GroupView:
    """The rows of a group; the first group of a step carries the step's title."""

    title: str
    step: str
    rows: list[RowView]


@dataclass(frozen=True)
class Column:
    """An actor, how many people it stands for today, and who."""

    actor: Actor
    count: int
    people: str


@dataclass(frozen=True)
class MatrixView:
    title: str
    lede: str
    to_name: int
    differing: int
    crumbs: list[Link] = field(default_factory=list)
    tabs: list[Link] = field(default_factory=list)
    views: list[Link] = field(default_factory=list)
    steps: list[tuple[int, str]] = field(default_factory=list)
    actors: list[tuple[str, str]] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    groups: list[GroupView] = field(default_factory=list)
    named: bool = False  # whether somebody is named beside the actors
    legend: tuple[Role, ...] = LEGEND

    @property
    def width(self) -> int:
        """How many columns the table has."""
        return 1 + len(self.columns) + self.named


def matrix(found: Matrix, project: Project, query: QueryDict) -> MatrixView:
    """What the page of the matrix says."""
    url = reverse("checklist_raci", args=[project.slug])
    return MatrixView(
        **_counted(found),
        crumbs=crumbs(project, Link("Matrice RACI")),
        tabs=layouts(project, query, "checklist_raci"),
        views=[_view(found, view, url) for view in RaciView],
        steps=[(step.number, french.typography(f"Étape {step.number} : {step.title}")) for step in found.steps],
        actors=[(actor.value, actor.label) for actor in Actor],
        columns=[Column(actor, len(members), names(members)) for actor, members in found.members.items()],
        groups=_groups(found.rows),
        named=any(row.people for row in found.rows),
    )


def counted(found: Matrix) -> MatrixView:
    """The parts of the page that a change of letters changes: its sentences and its counts."""
    return MatrixView(**_counted(found))


def _counted(found: Matrix) -> dict:
    return {
        "title": _title(found),
        "lede": _differences(found.rows),
        "to_name": len(found.matching(RaciView.TO_NAME)),
        "differing": len(found.matching(RaciView.DIFFERS)),
    }


def _title(found: Matrix) -> str:
    """« 95 actions ont un Responsable, cinq attendent qu’on en désigne un », or what the filters leave."""
    where = _where(found.filters)
    count = len(found.rows)
    if found.filters.view == RaciView.TO_NAME:
        verb = french.agree(count, "attend un Responsable", "attendent un Responsable")
        return f"{_actions(count)}{where} {verb}" if count else f"Aucune action{where} n’attend de Responsable"
    if found.filters.view == RaciView.DIFFERS:
        verb = french.agree(count, "diffère du catalogue", "diffèrent du catalogue")
        return f"{_actions(count)}{where} {verb}" if count else f"Aucune action{where} ne diffère du catalogue"
    if not count:
        return f"Aucune action{where}"
    to_name = sum(row.to_be_named for row in found.rows)
    waiting = french.agree(to_name, "attend", "attendent")
    if to_name == count:
        return f"{_actions(count)}{where} {waiting} un Responsable"
    if to_name:
        have = french.agree(count - to_name, "a un Responsable", "ont un Responsable")
        return f"{_actions(count - to_name)}{where} {have}, {in_words(to_name)} {waiting} qu’on en désigne un"
    return (
        f"L’action{where} a un Responsable" if count == 1 else f"Les {count} actions{where} ont toutes un Responsable"
    )


def _actions(count: int) -> str:
    return french.capital(some_actions(count))


def _where(filters: RaciFilters) -> str:
    """« de l’étape 2 », « de l’étape 2 du COMOP »."""
    step = f" de l’étape {filters.step}" if filters.step is not None else ""
    return step + (f" {OF_ACTORS[filters.actor]}" if filters.actor else "")


def _differences(rows: list[RaciRow]) -> str:
    """« Quatre différences avec le catalogue : trois lettres ajoutées, une retirée. »"""
    added, removed = sum(row.added for row in rows), sum(row.removed for row in rows)
    if not added + removed:
        return "Toutes les lettres sont celles du catalogue de l’ANAP."
    parts = [
        french.counted(added, "lettre ajoutée", "lettres ajoutées", feminine=True) if added else "",
        french.counted(removed, "retirée", "retirées", feminine=True) if removed and added else "",
        french.counted(removed, "lettre retirée", "lettres retirées", feminine=True) if not added else "",
    ]
    total = french.capital(french.counted(added + removed, "différence", "différences", feminine=True))
    told = ", ".join(filter(None, parts))
    return french.typography(f"{total} avec le catalogue de l’ANAP : {told}.")


def _view(found: Matrix, view: RaciView, url: str) -> Link:
    values = {"voir": view.value, "etape": found.filters.step, "acteur": found.filters.actor}
    query = urlencode({name: value for name, value in values.items() if value})
    return Link(
        label=view.label,
        url=f"{url}?{query}" if query else url,
        current=view == found.filters.view,
        count=len(found.matching(view)),
        icon=VIEW_ICONS.get(view, ""),
        count_id=f"compte-{view.value}" if view.value else "",
    )


def _groups(rows: list[RaciRow]) -> list[GroupView]:
    groups, step = [], None
    for group, lines in groupby(rows, key=lambda row: row.action.group):
        title = french.typography(f"Étape {group.step.number}. {group.step.title}") if group.step != step else ""
        step = group.step
        groups.append(
            GroupView(f"{group.number} {french.typography(group.title)}", title, [row(line) for line in lines])
        )
    return groups


def row(found: RaciRow) -> RowView:
    action = found.action
    people = [f"{person.letter} : {person.user.get_full_name()}" for person in found.people]
    return RowView(
        number=action.number,
        label=french.typography(action.label),
        own=action.own,
        to_be_named=found.to_be_named,
        cells=[cell(item) for item in found.cells],
        people=french.typography(" ; ".join(people)),
    )


def cell(found: Cell) -> CellView:
    how = {**dict.fromkeys(found.added, "added"), **dict.fromkeys(found.removed, "removed")}
    return CellView(found.actor, [Mark(letter, how.get(letter, "")) for letter in found.letters])


def saved(action: Action, actor: Actor, letters: Letters) -> str:
    """« action 1.1.2, COMOP : R et A »."""
    return french.typography(f"action {action.number}, {actor.label} : {letters_in_words(letters[actor])}")


def conflict(actor: Actor, who: str, now: Letters, wanted: Letters) -> str:
    """« COMOP : Odile Marchassier vient de mettre A ; vous vouliez R. Rien n’a été écrasé. »"""
    theirs = f"mettre {letters_in_words(now[actor])}" if now[actor] else "retirer les lettres"
    mine = letters_in_words(wanted[actor])
    return french.typography(f"{actor.label} : {who} vient de {theirs} ; vous vouliez {mine}. Rien n’a été écrasé.")


@dataclass(frozen=True)
class Difference:
    """A letter that differs from the catalogue, and what coming back to it would do."""

    what: str
    how: str


@dataclass(frozen=True)
class FormRow:
    actor: Actor
    people: str
    boxes: list[tuple[str, Letter, bool]]  # value, letter, ticked


@dataclass(frozen=True)
class RaciActionView:
    """The page where the letters of one action are ticked, without scripts too."""

    title: str
    label: str
    crumbs: list[Link]
    back_url: str
    letters: tuple[Role, ...]
    rows: list[FormRow]
    expected: list[str]
    differences: list[Difference]
    reference: list[str]
    own: bool


def raci_action(
    found: RaciRow, members: dict[Actor, list[User]], project: Project, *, ticked: Letters | None = None
) -> RaciActionView:
    """What that page says; `ticked` is what somebody ticked and could not save."""
    action = found.action
    held = {cell.actor: cell.held for cell in found.cells}
    shown = ticked or held
    matrix_url = reverse("checklist_raci", args=[project.slug])
    return RaciActionView(
        title=f"Qui tient un rôle dans l’action {action.number}",
        label=french.typography(action.label),
        crumbs=crumbs(project, Link("Matrice RACI", matrix_url), Link(f"Action {action.number}")),
        back_url=f"{matrix_url}#r{action.number}",
        letters=LEGEND,
        rows=[
            FormRow(
                actor,
                names(members[actor]),
                [(box(actor, letter), letter, letter in shown[actor]) for letter in Letter],
            )
            for actor in Actor
        ],
        expected=_boxes(held),
        differences=[
            *(Difference(what, "ajouté par le projet, sera retiré") for what in _letters(found, "added")),
            *(Difference(what, "retiré par le projet, sera remis") for what in _letters(found, "removed")),
        ],
        reference=_boxes(found.reference),
        own=action.own,
    )


def _letters(found: RaciRow, which: str) -> list[str]:
    """« COMOP, Acteur » for each letter `added` or `removed`."""
    return [
        f"{cell.actor.label}, {letter.label}"
        for cell in found.cells
        for letter in Letter
        if letter in getattr(cell, which)
    ]


def _boxes(letters: Letters) -> list[str]:
    return [box(actor, letter) for actor in Actor for letter in Letter if letter in letters[actor]]
