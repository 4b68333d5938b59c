"""The checklist as one person reads it: the page by step, and the whole of it for documents."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat, JSONObject
from django.utils import timezone

from checklist.enums import Actor, DepositKind, Letter, Status, View
from checklist.models import Action, ActionPerson, Comment, Deliverable, Deposit, Group, RaciEntry
from checklist.people import people_of_actors, seats_among
from checklist.rights import Held, Rights, rights_in
from checklist.selectors.changes import start_of
from checklist.selectors.exchanges import messages_waiting
from checklist.selectors.filters import Filters
from checklist.selectors.progress import Counts, StepProgress, count, progress
from checklist.selectors.requests import opinions_waiting
from checklist.selectors.since import Happened, happened_since
from organisations.access import Access
from organisations.models import Project, User


@dataclass
class Holder:
    """A letter held by an actor, read with its action."""

    letter: str
    actor: str


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
    reads_decisions: bool
    mine: bool
    days_late: int
    due_soon: bool
    happened: Sequence[Happened] = ()  # since the day that the filters name

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

    @property
    def deposited_by(self) -> str:
        """The name of who did; empty for the application."""
        return self.deposit["who"].strip() if self.deposit else ""

    def filled_since(self, since: date) -> bool:
        return self.deposited_at is not None and self.deposited_at >= start_of(since)


@dataclass(frozen=True)
class GroupBlock:
    number: str
    title: str
    step: int
    counts: Counts
    slots: list[Slot]
    lines: list[ActionLine]

    @property
    def complete(self) -> bool:
        """All actions OK or « sans objet », and every deliverable there."""
        return self.counts.all_done and all(slot.deposit for slot in self.slots)

    @property
    def changeable(self) -> bool:
        """Whether the reader may change one of its actions, and so fill its slots."""
        return any(line.may_change for line in self.lines)


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
    """The actions that one person may read, with what they may do, and all the slots by group.

    `since`: the day since which what happened was read too, if one.
    """

    rights: Rights
    lines: list[ActionLine]
    slots: dict[UUID, list[Slot]]
    today: date
    since: date | None = None

    def matching(self, filters: Filters) -> list[ActionLine]:
        """The actions that the filters of a URL leave, for whatever shows or exports them.

        ValueError when they name a day that this reading didn't look back to.
        """
        if filters.since != self.since:
            raise ValueError(f"What happened since {filters.since} was not read.")
        return [line for line in self.of_step(filters.step) if _passes(line, filters)]

    def of_step(self, step: int | None) -> list[ActionLine]:
        """The actions of a step, or all of them."""
        return [line for line in self.lines if step is None or line.action.group.step.number == step]

    def blocks(self, shown: list[ActionLine], counted: list[ActionLine]) -> list[GroupBlock]:
        """The groups of the actions `shown`, each with the counts of those `counted`."""
        return self._blocks([line.action.group for line in shown], shown, counted, self.slots)

    def blocks_since(self, day: date, shown: list[ActionLine], readable: list[ActionLine]) -> list[GroupBlock]:
        """The groups of the actions `shown` and, among those of the actions `readable`, where a deliverable came.

        Only the deliverables that came since the day are there.
        """
        fresh = {group_id: [slot for slot in slots if slot.filled_since(day)] for group_id, slots in self.slots.items()}
        numbers = {line.action.group_id for line in shown} | {group_id for group_id, slots in fresh.items() if slots}
        groups = [line.action.group for line in readable if line.action.group_id in numbers]
        return self._blocks(groups, shown, shown, fresh)

    def _blocks(
        self, groups: list[Group], shown: list[ActionLine], counted: list[ActionLine], slots: dict[UUID, list[Slot]]
    ) -> list[GroupBlock]:
        lines, actions = defaultdict(list), defaultdict(list)
        for line in shown:
            lines[line.action.group_id].append(line)
        for line in counted:
            actions[line.action.group_id].append(line.action)
        return [
            GroupBlock(
                number=group.number,
                title=group.title,
                step=group.step.number,
                counts=count(actions[group.pk], self.today),
                slots=slots.get(group.pk, []),
                lines=lines[group.pk],
            )
            for group in dict.fromkeys(groups)
        ]


def read_checklist(
    project: Project, user: User, access: Access, *, step: int | None = None, since: date | None = None
) -> Reading:
    """All that one person may read of a checklist, or of one step; with what happened since a day, if asked.

    Three queries whatever the number of actions, one more for a day.
    """
    people = people_of_actors(project)
    rights = rights_in(project, user, access, seats_among(people, user))
    return _read(project, people, rights, step, since)


def _read(
    project: Project, people: dict[Actor, list[User]], rights: Rights, step: int | None, since: date | None
) -> Reading:
    today = timezone.localdate()
    happened = happened_since(project, since) if since else {}
    lines = []
    for action in _actions(project, step):
        raci = [Holder(**held) for held in action.holders]
        named = [_person(action, held) for held in action.named]
        if rights.reads_all or rights.holds(raci, named):
            line = action_line(action, raci, named, people, rights, today)
            lines.append(replace(line, happened=happened[action.pk]) if action.pk in happened else line)
    return Reading(rights, lines, _slots(project, step), today, since)


def checklist_page(project: Project, user: User, access: Access, filters: Filters) -> ChecklistPage:
    """The page of the checklist. Four queries, one more for what happened since a day.

    Who reads the whole checklist is shown a step at a time, unless a filter looks across all of them.
    """
    people = people_of_actors(project)
    rights = rights_in(project, user, access, seats_among(people, user))
    if rights.reads_all and not filters.narrowed:  # the page that is opened most reads one step only
        steps = progress(project).steps
        wanted = filters.step if filters.step is not None or not steps else steps[0].number
        reading = _read(project, people, rights, wanted, None)
    else:
        reading = _read(project, people, rights, None, filters.since)
        steps = step_progress(reading)
        wanted = filters.step
    lines = reading.of_step(wanted)
    shown = [line for line in lines if _passes(line, filters)]
    if filters.since and filters.view == View.ALL and filters.actor is None:
        groups = reading.blocks_since(filters.since, shown, lines)
    else:
        groups = reading.blocks(shown, shown if filters.narrowed else lines)
    return ChecklistPage(
        filters=filters,
        step=next((item for item in steps if item.number == wanted), None),
        steps=steps,
        total=sum((item.counts for item in steps), Counts()),
        shown=count([line.action for line in lines], reading.today),
        views=[(view, sum(_passes(line, replace(filters, view=view)) for line in lines)) for view in View],
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


def _actions(project: Project, step: int | None) -> QuerySet[Any]:
    comments = Comment.objects.filter(action=OuterRef("pk")).order_by().values("action").annotate(n=Count("pk"))
    held = RaciEntry.objects.filter(action=OuterRef("pk")).order_by("pk")
    named = ActionPerson.objects.filter(action=OuterRef("pk")).order_by("pk")
    names = {name: f"user__{name}" for name in ("first_name", "last_name", "title")}
    in_step = {"group__step__number": step} if step is not None else {}
    actions = Action.objects.current().filter(project=project, **in_step)
    return (
        actions.select_related("group__step", "ko_owner", "decision")
        .annotate(
            comment_count=Subquery(comments.values("n")),
            waiting_count=messages_waiting(),
            opinions_waiting=opinions_waiting(),
            holders=ArraySubquery(held.values(pair=JSONObject(letter="letter", actor="actor"))),
            named=ArraySubquery(named.values(facts=JSONObject(id="pk", letter="letter", user="user_id", **names))),
        )
        .order_by("group__position", "position")
    )


def _person(action: Action, held: dict[str, Any]) -> ActionPerson:
    """Somebody named on an action, read with it."""
    names = {name: held[name] for name in ("first_name", "last_name", "title")}
    user = User(pk=UUID(held["user"]), **names)
    return ActionPerson(pk=UUID(held["id"]), action=action, letter=held["letter"], user=user)


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
        reads_decisions=rights.reads_decisions,
        mine=rights.acts(raci, named),
        days_late=action.days_late(today),
        due_soon=action.due_soon(today),
    )


def read_line(action: Action, rights: Rights, people: dict[Actor, list[User]], today: date) -> ActionLine:
    """One action as a line of the page; `people`: who stands behind each actor today. Two queries."""
    entries = list(RaciEntry.objects.filter(action=action).order_by("pk"))
    named = list(ActionPerson.objects.filter(action=action).select_related("user").order_by("pk"))
    return action_line(action, entries, named, people, rights, today)


def _passes(line: ActionLine, filters: Filters) -> bool:
    wanted = {
        View.ALL: True,
        View.MINE: line.mine,
        View.LATE: line.late,
        View.SOON: line.due_soon,
        View.KO: line.action.status == Status.KO,
        View.TO_NAME: line.to_be_named,
    }
    held = filters.actor is None or any(actor == filters.actor for item in line.raci for actor, _ in item.actors)
    changed = filters.since is None or bool(line.happened)
    return wanted[filters.view] and held and changed


def latest_deposit() -> Subquery:
    """The newest deposit of a deliverable, as a dict, in the deliverable's own query."""
    newest = Deposit.objects.filter(deliverable=OuterRef("pk")).order_by("-deposited_at", "-pk")
    fields = ("id", "kind", "file_name", "link", "reason", "deposited_at")
    who = Concat("deposited_by__first_name", Value(" "), "deposited_by__last_name")
    return Subquery(newest.values(facts=JSONObject(**{name: F(name) for name in fields}, who=who))[:1])


def _slots(project: Project, step: int | None) -> dict[UUID, list[Slot]]:
    slots = defaultdict(list)
    in_step = {"group__step__number": step} if step is not None else {}
    deliverables = Deliverable.objects.filter(project=project, **in_step).annotate(newest=latest_deposit())
    for deliverable in deliverables.order_by("position"):
        slots[deliverable.group_id].append(Slot(deliverable, deliverable.newest))
    return slots
