"""The RACI matrix: who holds which letter on each action, and what differs from the catalogue."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from checklist.enums import Actor, Letter, RaciView
from checklist.models import Action, ActionPerson, Checklist, RaciEntry, Step
from checklist.people import people_of_actors, seats_among
from checklist.raci import Letters, by_actor, catalogue_letters, letters_held
from checklist.rights import Rights, rights_in
from organisations.access import Access
from organisations.models import Project, User


@dataclass(frozen=True)
class RaciFilters:
    """What the URL asks to see of the matrix."""

    view: RaciView = RaciView.ALL
    step: int | None = None
    actor: Actor | None = None

    @property
    def narrowed(self) -> bool:
        return self != RaciFilters()


@dataclass(frozen=True)
class Cell:
    """What one actor holds on one action, and what the catalogue gives it there."""

    actor: Actor
    held: frozenset[Letter]
    reference: frozenset[Letter]

    @property
    def letters(self) -> list[Letter]:
        """Those held and those that the catalogue alone has, in the order of RACI."""
        return [letter for letter in Letter if letter in self.held | self.reference]

    @property
    def added(self) -> frozenset[Letter]:
        return self.held - self.reference

    @property
    def removed(self) -> frozenset[Letter]:
        return self.reference - self.held


@dataclass(frozen=True)
class RaciRow:
    """One action of the matrix: a cell an actor, and the people named beside them."""

    action: Action
    cells: list[Cell]
    people: list[ActionPerson]

    @property
    def added(self) -> int:
        return sum(len(cell.added) for cell in self.cells)

    @property
    def removed(self) -> int:
        return sum(len(cell.removed) for cell in self.cells)

    @property
    def differs(self) -> bool:
        return any(cell.held != cell.reference for cell in self.cells)

    @property
    def to_be_named(self) -> bool:
        """Nobody is Responsable: no body or function, no person by name."""
        held = any(Letter.R in cell.held for cell in self.cells)
        return not held and all(person.letter != Letter.R for person in self.people)

    @property
    def reference(self) -> Letters:
        return {cell.actor: cell.reference for cell in self.cells}


@dataclass(frozen=True)
class Matrix:
    """The matrix as one person reads it: the `rows` that the filters leave, of all those that they may `readable`.

    `members`: the people behind each actor today.
    """

    filters: RaciFilters
    rows: list[RaciRow]
    readable: list[RaciRow]
    steps: list[Step]
    members: dict[Actor, list[User]]
    rights: Rights

    def matching(self, view: RaciView) -> list[RaciRow]:
        """The rows of a view, under the same step and actor."""
        filters = RaciFilters(view, self.filters.step, self.filters.actor)
        return [row for row in self.readable if _passes(row, filters)]


def raci_matrix(project: Project, user: User, access: Access, filters: RaciFilters) -> Matrix:
    """The matrix of a project. Five queries."""
    members = people_of_actors(project)
    rights = rights_in(project, user, access, seats_among(members, user))
    entries: dict[UUID, list[RaciEntry]] = defaultdict(list)
    for entry in RaciEntry.objects.filter(project=project).only("action_id", "actor", "letter").order_by("pk"):
        entries[entry.action_id].append(entry)
    named: dict[UUID, list[ActionPerson]] = defaultdict(list)
    for person in ActionPerson.objects.filter(project=project).select_related("user").order_by("pk"):
        named[person.action_id].append(person)
    actions = Action.objects.current().filter(project=project).select_related("group__step")
    reference = _reference(project)
    readable = [
        _row(action, by_actor((e.actor, e.letter) for e in entries[action.pk]), named[action.pk], reference)
        for action in actions.order_by("group__position", "position")
        if rights.reads_all or rights.holds(entries[action.pk], named[action.pk])
    ]
    rows = [row for row in readable if _passes(row, filters)]
    steps = list({row.action.group.step: None for row in readable})
    return Matrix(filters, rows, readable, steps, members, rights)


def raci_row(action: Action) -> RaciRow:
    """One action of the matrix. Three queries."""
    people = list(ActionPerson.objects.filter(action=action).select_related("user").order_by("pk"))
    return _row(action, letters_held(action), people, _reference(action.project))


def _reference(project: Project) -> dict[str, Letters]:
    checklist = Checklist.objects.filter(project=project).select_related("catalogue").first()
    return catalogue_letters(checklist.catalogue) if checklist else {}


def _row(action: Action, held: Letters, people: list[ActionPerson], reference: dict[str, Letters]) -> RaciRow:
    # An action of the project's own differs from nothing.
    same = held if action.own else reference.get(action.number, held)
    return RaciRow(action, [Cell(actor, held[actor], same[actor]) for actor in Actor], people)


def _passes(row: RaciRow, filters: RaciFilters) -> bool:
    wanted = {RaciView.ALL: True, RaciView.TO_NAME: row.to_be_named, RaciView.DIFFERS: row.differs}
    return (
        wanted[filters.view]
        and (filters.step is None or row.action.group.step.number == filters.step)
        and (filters.actor is None or any(cell.held for cell in row.cells if cell.actor == filters.actor))
    )
