"""The checklist as one person reads it: the page by step, and the whole of it for documents."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from checklist.enums import Actor, DepositKind, Letter, Status, View
from checklist.models import Action, ActionPerson, Comment, Deliverable, Deposit, RaciEntry
from checklist.people import people_of_actors
from checklist.rights import Held, Rights, rights_in
from checklist.selectors.progress import Counts, StepProgress, count, progress
from organisations.access import Access
from organisations.models import Project, User


@dataclass(frozen=True)
class Filters:
    """What the URL asks to see.

    A view other than « Toutes », or an actor, looks across all steps unless one is named.
    """

    step: int | None = None
    view: View = View.ALL
    actor: Actor | None = None

    @property
    def narrowed(self) -> bool:
        return self.view != View.ALL or self.actor is not None


@dataclass(frozen=True)
class RaciLine:
    """One letter on one action: the actors that hold it, each with the people it stands for today, and named people."""

    letter: Letter
    actors: list[tuple[Actor, list[User]]]
    people: list[ActionPerson]


@dataclass(frozen=True)
class ActionLine:
    action: Action
    raci: list[RaciLine]
    may_change: bool
    mine: bool
    days_late: int

    @property
    def late(self) -> bool:
        return self.days_late > 0

    @property
    def locked(self) -> bool:
        """Whether the status switch is shown without being offered."""
        return not self.may_change

    @property
    def to_be_named(self) -> bool:
        """Nobody is Responsable."""
        return all(line.letter != Letter.R for line in self.raci)


@dataclass(frozen=True)
class Slot:
    """A deliverable and what fills it, if anything does."""

    deliverable: Deliverable
    deposit: dict[str, Any] | None

    @property
    def kind(self) -> DepositKind | None:
        return DepositKind(self.deposit["kind"]) if self.deposit else None

    @property
    def deposited_at(self) -> datetime | None:
        return datetime.fromisoformat(self.deposit["deposited_at"]) if self.deposit else None


@dataclass(frozen=True)
class GroupBlock:
    number: str
    title: str
    step: int
    counts: Counts
    slots: list[Slot]
    lines: list[ActionLine]
    may_deposit: bool

    @property
    def complete(self) -> bool:
        """All actions OK or « sans objet », and every deliverable there."""
        return self.counts.ok + self.counts.na == self.counts.total and all(slot.deposit for slot in self.slots)

    @property
    def all_done(self) -> bool:
        return self.counts.ok + self.counts.na == self.counts.total


@dataclass(frozen=True)
class ChecklistPage:
    """The checklist as one person sees it.

    `total` and `steps` count what they may read, `groups` what the filters show.
    """

    filters: Filters
    step: StepProgress | None
    steps: list[StepProgress]
    total: Counts
    shown: Counts
    views: list[tuple[View, int]]
    groups: list[GroupBlock]
    missing_deliverables: list[Deliverable]
    rights: Rights
    exists: bool = True


@dataclass(frozen=True)
class Reading:
    """The actions that one person may read, with what they may do, and all the slots by group."""

    rights: Rights
    lines: list[ActionLine]
    slots: dict[Any, list[Slot]]
    today: date

    def matching(self, filters: Filters) -> list[ActionLine]:
        """The actions that the filters of a URL leave, for whatever shows or exports them."""
        return [
            line
            for line in self.lines
            if (filters.step is None or line.action.group.step.number == filters.step) and _passes(line, filters)
        ]

    def blocks(self, shown: list[ActionLine], counted: list[ActionLine]) -> list[GroupBlock]:
        """The groups of the actions `shown`, each with the counts of those `counted`."""
        lines, actions = defaultdict(list), defaultdict(list)
        for line in shown:
            lines[line.action.group].append(line)
        for line in counted:
            actions[line.action.group_id].append(line.action)
        return [
            GroupBlock(
                number=group.number,
                title=group.title,
                step=group.step.number,
                counts=count(actions[group.pk], self.today),
                slots=self.slots[group.pk],
                lines=group_lines,
                may_deposit=any(line.may_change for line in group_lines),
            )
            for group, group_lines in lines.items()
        ]


def read_checklist(project: Project, user: User, access: Access, *, step: int | None = None) -> Reading:
    """All that one person may read of a checklist, or of one step. Five queries, whatever the number of actions."""
    people = people_of_actors(project)
    rights = rights_in(project, user, access, [actor for actor, members in people.items() if user in members])
    return _read(project, people, rights, step)


def _read(project: Project, people: dict[Actor, list[User]], rights: Rights, step: int | None) -> Reading:
    today = timezone.localdate()
    raci, named = _letters(project, step)
    lines = [
        action_line(action, raci[action.pk], named[action.pk], people, rights, today)
        for action in _actions(project, step)
        if rights.reads_all or rights.holds(raci[action.pk], named[action.pk])
    ]
    return Reading(rights, lines, _slots(project, step), today)


def checklist_page(project: Project, user: User, access: Access, filters: Filters) -> ChecklistPage:
    """The page of the checklist. Six queries.

    Who reads the whole checklist is shown a step at a time, unless a filter looks across all of them.
    """
    people = people_of_actors(project)
    rights = rights_in(project, user, access, [actor for actor, members in people.items() if user in members])
    if rights.reads_all:
        steps = progress(project).steps
        wanted = filters.step if filters.step is not None or filters.narrowed or not steps else steps[0].number
        reading = _read(project, people, rights, wanted)
    else:
        reading = _read(project, people, rights, None)
        steps = step_progress(reading)
        wanted = filters.step
    lines = [line for line in reading.lines if wanted is None or line.action.group.step.number == wanted]
    shown = [line for line in lines if _passes(line, filters)]
    groups = reading.blocks(shown, shown if filters.narrowed else lines)
    return ChecklistPage(
        filters=filters,
        step=next((item for item in steps if item.number == wanted), None),
        steps=steps,
        total=sum((item.counts for item in steps), Counts()),
        shown=count([line.action for line in lines], reading.today),
        views=[(view, sum(_passes(line, Filters(view=view, actor=filters.actor)) for line in lines)) for view in View],
        groups=groups,
        missing_deliverables=[slot.deliverable for block in groups for slot in block.slots if slot.deposit is None],
        rights=rights,
        exists=bool(steps),
    )


def step_progress(reading: Reading) -> list[StepProgress]:
    """Progress by step, of the actions read."""
    by_step: dict[tuple[int, str], list[Action]] = defaultdict(list)
    for line in reading.lines:
        step = line.action.group.step
        by_step[step.number, step.title].append(line.action)
    return [StepProgress(number, title, count(part, reading.today)) for (number, title), part in by_step.items()]


def _actions(project: Project, step: int | None) -> QuerySet[Action]:
    comments = Comment.objects.filter(action=OuterRef("pk")).order_by().values("action").annotate(n=Count("pk"))
    in_step = {"group__step__number": step} if step is not None else {}
    actions = Action.objects.current().filter(project=project, **in_step)
    return (
        actions.select_related("group__step", "ko_owner")
        .annotate(comment_count=Subquery(comments.values("n")))
        .order_by("group__position", "position")
    )


def _letters(project: Project, step: int | None) -> tuple[dict[Any, list[Held]], dict[Any, list[ActionPerson]]]:
    raci: dict[Any, list[Held]] = defaultdict(list)
    named: dict[Any, list[ActionPerson]] = defaultdict(list)
    in_step = {"action__group__step__number": step} if step is not None else {}
    entries = RaciEntry.objects.filter(project=project, **in_step).order_by("pk")
    for entry in entries.values_list("action_id", "letter", "actor", named=True):
        raci[entry.action_id].append(entry)
    people = ActionPerson.objects.filter(project=project, **in_step).select_related("user").order_by("pk")
    for person in people:
        named[person.action_id].append(person)
    return raci, named


def action_line(
    action: Action,
    raci: Sequence[Held],
    named: Sequence[ActionPerson],
    people: dict[Actor, list[User]],
    rights: Rights,
    today: date,
) -> ActionLine:
    """One action with its letters resolved to people, and what the reader may do with it."""
    letters = []
    for letter in Letter:
        actors = [(Actor(entry.actor), people[Actor(entry.actor)]) for entry in raci if entry.letter == letter]
        persons = [person for person in named if person.letter == letter]
        if actors or persons:
            letters.append(RaciLine(letter, actors, persons))
    return ActionLine(
        action=action,
        raci=letters,
        may_change=rights.may_change(raci, named),
        mine=rights.acts(raci, named),
        days_late=action.days_late(today),
    )


def _passes(line: ActionLine, filters: Filters) -> bool:
    wanted = {
        View.ALL: True,
        View.MINE: line.mine,
        View.LATE: line.late,
        View.KO: line.action.status == Status.KO,
    }
    held = filters.actor is None or any(actor == filters.actor for item in line.raci for actor, _ in item.actors)
    return wanted[filters.view] and held


def latest_deposit() -> Subquery:
    """The newest deposit of a deliverable, as a dict, in the deliverable's own query."""
    newest = Deposit.objects.filter(deliverable=OuterRef("pk")).order_by("-deposited_at", "-pk")
    fields = ("id", "kind", "file_name", "link", "reason", "deposited_at")
    return Subquery(newest.values(facts=JSONObject(**{name: F(name) for name in fields}))[:1])


def _slots(project: Project, step: int | None) -> dict[Any, list[Slot]]:
    slots = defaultdict(list)
    in_step = {"group__step__number": step} if step is not None else {}
    deliverables = Deliverable.objects.filter(project=project, **in_step).annotate(newest=latest_deposit())
    for deliverable in deliverables.order_by("position"):
        slots[deliverable.group_id].append(Slot(deliverable, deliverable.newest))
    return slots
