"""The actions as the rows of a spreadsheet: plain values, that a file can hold and be compared with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from checklist.enums import Actor, Letter, Status
from checklist.models import Action
from checklist.raci import Letters, by_actor
from checklist.selectors.page import ActionLine
from common.spreadsheets.texts import plain
from organisations.models import Project

Actors = tuple[Actor, ...]  # in the order of the enumeration


@dataclass
class ActionRow:
    """One action. Its status is a cross under one of four headings; « À faire » is none."""

    number: str
    version: int
    label: str
    decided_by: str
    ok: bool
    in_progress: bool
    ko: bool
    na: bool
    reason: str
    responsible: Actors
    acting: Actors
    consulted: Actors
    informed: Actors
    start_on: date | None
    due_on: date | None
    done_on: date | None
    note: str
    step: str
    people: str
    deliverables: str = ""

    @property
    def crosses(self) -> list[Status]:
        marks = {Status.OK: self.ok, Status.IN_PROGRESS: self.in_progress, Status.KO: self.ko}
        return [status for status, crossed in {**marks, Status.NOT_APPLICABLE: self.na}.items() if crossed]

    @property
    def status(self) -> Status:
        return next(iter(self.crosses), Status.TODO)

    @property
    def letters(self) -> Letters:
        held = {
            Letter.R: self.responsible,
            Letter.A: self.acting,
            Letter.C: self.consulted,
            Letter.I: self.informed,
        }
        return by_actor((actor, letter) for letter, actors in held.items() for actor in actors)


def action_rows(lines: Sequence[ActionLine]) -> list[ActionRow]:
    """The rows of these actions."""
    return [_row(line) for line in lines]


def _row(line: ActionLine) -> ActionRow:
    action, status = line.action, line.action.state
    held = {item.letter: {actor for actor, _ in item.actors} for item in line.raci}

    def actors(letter: Letter) -> Actors:
        return tuple(actor for actor in Actor if actor in held.get(letter, ()))

    return ActionRow(
        number=action.number,
        version=action.version,
        label="\nObjectif : ".join(filter(None, [action.label, action.objective])),
        decided_by=action.decided_by,
        ok=status == Status.OK,
        in_progress=status == Status.IN_PROGRESS,
        ko=status == Status.KO,
        na=status == Status.NOT_APPLICABLE,
        reason=plain(action.not_applicable_reason).strip(),
        responsible=actors(Letter.R),
        acting=actors(Letter.A),
        consulted=actors(Letter.C),
        informed=actors(Letter.I),
        start_on=action.start_on,
        due_on=action.due_on,
        done_on=action.done_on,
        note=plain(action.note).strip(),
        step=f"Étape {action.group.step.number}",
        people=" ; ".join(
            f"{item.letter} : {', '.join(person.user.get_full_name() for person in item.people)}"
            for item in line.raci
            if item.people
        ),
    )


def retired_numbers(project: Project) -> set[str]:
    """The numbers of the actions that the project retired. One query."""
    return set(Action.objects.filter(project=project, retired_at__isnull=False).values_list("number", flat=True))
