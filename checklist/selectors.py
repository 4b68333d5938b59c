"""Reads of the checklist: the page, one action, progress, what changed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from checklist.enums import ACTING_LETTERS, OPEN_STATUSES, Actor, DepositKind, Letter, Status, View
from checklist.models import Action, ActionPerson, Comment, Deliverable, Deposit, RaciEntry, Step
from checklist.people import actors_with_roles, people_of_actors
from checklist.rights import Rights, rights_in
from common.history import Entry, entries
from organisations.access import Access
from organisations.models import Membership, Project, User

TRACKED_FIELDS = ("status", "due_on", "note", "not_applicable_reason", "ko_blocker", "ko_unblock", "ko_owner_id", "ko_review_on")


# --- Progress -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Counts:
    """How many actions stand where. `late` counts among the open ones."""

    todo: int = 0
    in_progress: int = 0
    ok: int = 0
    ko: int = 0
    na: int = 0
    late: int = 0

    @property
    def total(self) -> int:
        return self.todo + self.in_progress + self.ok + self.ko + self.na

    @property
    def applicable(self) -> int:
        """All but those « sans objet »: what the percentage is of."""
        return self.total - self.na

    @property
    def percent(self) -> float | None:
        """100 × OK ÷ (all − sans objet); None when nothing applies."""
        return 100 * self.ok / self.applicable if self.applicable else None

    @property
    def segments(self) -> list[tuple[str, int]]:
        """The parts of a progress bar, in order: tone and count."""
        return [("ok", self.ok), ("progress", self.in_progress), ("ko", self.ko)]

    def __add__(self, other: "Counts") -> "Counts":
        names = ("todo", "in_progress", "ok", "ko", "na", "late")
        return Counts(**{name: getattr(self, name) + getattr(other, name) for name in names})


@dataclass(frozen=True)
class StepProgress:
    number: int
    title: str
    counts: Counts


@dataclass(frozen=True)
class Progress:
    """The progress of a checklist: by step, by group number, and in all."""

    steps: list[StepProgress]
    groups: dict[str, Counts]

    @property
    def total(self) -> Counts:
        return sum((step.counts for step in self.steps), Counts())


def progress(project: Project) -> Progress:
    """Progress by step and by group, for who may read the whole checklist. One query."""
    today = timezone.localdate()
    late = Count("pk", filter=Q(status__in=OPEN_STATUSES, due_on__lt=today))
    rows = (
        Action.objects.filter(project=project)
        .values_list("group__step__number", "group__step__title", "group__number", "status")
        .annotate(count=Count("pk"), late=late)
        .order_by("group__step__number", "group__position")
    )
    steps: dict[tuple[int, str], Counts] = {}
    groups: dict[str, Counts] = {}
    for number, title, group, status, count, late_count in rows:
        part = Counts(**{status: count}, late=late_count)
        steps[number, title] = steps.get((number, title), Counts()) + part
        groups[group] = groups.get(group, Counts()) + part
    return Progress([StepProgress(number, title, counts) for (number, title), counts in steps.items()], groups)


def _count(actions: Iterable[Action], today: date) -> Counts:
    numbers: dict[str, int] = defaultdict(int)
    for action in actions:
        numbers[action.status] += 1
        numbers["late"] += action.days_late(today) > 0
    return Counts(**numbers)


# --- The page -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Filters:
    """What the URL asks to see. A view other than « Toutes », or an actor, looks across all steps unless one is named."""

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
    """The checklist as one person sees it: `total` and `steps` count what they may read, `groups` what the filters show."""

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
                counts=_count(actions[group.pk], self.today),
                slots=self.slots[group.pk],
                lines=group_lines,
                may_deposit=any(line.may_change for line in group_lines),
            )
            for group, group_lines in lines.items()
        ]


def read_checklist(project: Project, user: User, access: Access) -> Reading:
    """All that one person may read of a checklist. Five queries, whatever the number of actions, people and comments."""
    today = timezone.localdate()
    people = people_of_actors(project)
    rights = rights_in(project, user, access, [actor for actor, members in people.items() if user in members])
    raci, named = _letters(project)
    lines = [
        _line(action, raci[action.pk], named[action.pk], people, rights, today)
        for action in _actions(project)
        if rights.reads_all or rights.holds(raci[action.pk], named[action.pk])
    ]
    return Reading(rights, lines, _slots(project), today)


def checklist_page(project: Project, user: User, access: Access, filters: Filters) -> ChecklistPage:
    """The page of the checklist. Five queries."""
    reading = read_checklist(project, user, access)
    steps = step_progress(reading)
    step = None
    if filters.step is not None or (not filters.narrowed and reading.rights.reads_all):
        step = next((item for item in steps if item.number == filters.step), steps[0] if steps else None)
    in_step = [line for line in reading.lines if step is None or line.action.group.step.number == step.number]
    shown = [line for line in in_step if _passes(line, filters)]
    groups = reading.blocks(shown, shown if filters.narrowed else in_step)
    return ChecklistPage(
        filters=filters,
        step=step,
        steps=steps,
        total=_count([line.action for line in reading.lines], reading.today),
        shown=_count([line.action for line in in_step], reading.today),
        views=[(view, sum(_passes(line, Filters(view=view, actor=filters.actor)) for line in in_step)) for view in View],
        groups=groups,
        missing_deliverables=[slot.deliverable for block in groups for slot in block.slots if slot.deposit is None],
        rights=reading.rights,
        exists=bool(steps),
    )


def step_progress(reading: Reading) -> list[StepProgress]:
    """Progress by step, of the actions read."""
    by_step: dict[Step, list[Action]] = defaultdict(list)
    for line in reading.lines:
        by_step[line.action.group.step].append(line.action)
    return [StepProgress(step.number, step.title, _count(part, reading.today)) for step, part in by_step.items()]


def _actions(project: Project) -> QuerySet[Action]:
    comments = Comment.objects.filter(action=OuterRef("pk")).order_by().values("action").annotate(n=Count("pk"))
    return (
        Action.objects.filter(project=project)
        .select_related("group__step")
        .annotate(comment_count=Subquery(comments.values("n")))
        .order_by("position")
    )


def _letters(project: Project) -> tuple[dict[Any, list[RaciEntry]], dict[Any, list[ActionPerson]]]:
    raci, named = defaultdict(list), defaultdict(list)
    for entry in RaciEntry.objects.filter(project=project).order_by("pk"):
        raci[entry.action_id].append(entry)
    for person in ActionPerson.objects.filter(project=project).select_related("user").order_by("pk"):
        named[person.action_id].append(person)
    return raci, named


def _line(
    action: Action,
    raci: list[RaciEntry],
    named: list[ActionPerson],
    people: dict[Actor, list[User]],
    rights: Rights,
    today: date,
) -> ActionLine:
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
    fields = ("kind", "file_name", "link", "reason", "deposited_at")
    return Subquery(newest.values(facts=JSONObject(**{name: F(name) for name in fields}))[:1])


def _slots(project: Project) -> dict[Any, list[Slot]]:
    slots = defaultdict(list)
    deliverables = Deliverable.objects.filter(project=project).annotate(newest=latest_deposit()).order_by("position")
    for deliverable in deliverables:
        slots[deliverable.group_id].append(Slot(deliverable, deliverable.newest))
    return slots


# --- One action -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ActionDetail:
    """What the panel beside the work shows."""

    line: ActionLine
    comments: list[Comment]
    history: list[Entry]


def action_detail(action: Action, rights: Rights) -> ActionDetail:
    """One action with its people, exchanges and history. Six queries."""
    raci = list(RaciEntry.objects.filter(action=action).order_by("pk"))
    named = list(ActionPerson.objects.filter(action=action).select_related("user").order_by("pk"))
    return ActionDetail(
        line=_line(action, raci, named, people_of_actors(action.project), rights, timezone.localdate()),
        comments=list(Comment.objects.filter(action=action).select_related("author")),
        history=entries(action, TRACKED_FIELDS),
    )


def latest_writer(action: Action) -> Entry:
    """Who changed the action last, and when. Two queries."""
    return entries(action, ("version",), limit=1)[0]


# --- For other pages and for reports --------------------------------------------------------------------------------


def my_open_actions(user: User) -> list[Action]:
    """Open actions on which this person is Responsable or Acteur, in all their projects, by due date. Two queries."""
    roles: dict[Any, set[str]] = defaultdict(set)
    for project_id, role in Membership.objects.active().filter(user=user).values_list("project_id", "role"):
        roles[project_id].add(role)
    projects: dict[frozenset[Actor], list[Any]] = defaultdict(list)  # many projects, few combinations of roles
    for project_id, held in roles.items():
        projects[frozenset(actors_with_roles(held))].append(project_id)
    mine = Q(pk__in=ActionPerson.objects.filter(user=user, letter__in=ACTING_LETTERS).values("action_id"))
    for actors, project_ids in projects.items():
        held_there = RaciEntry.objects.filter(project__in=project_ids, actor__in=actors, letter__in=ACTING_LETTERS)
        mine |= Q(pk__in=held_there.values("action_id"))
    actions = Action.objects.filter(mine, project__in=list(roles), status__in=OPEN_STATUSES)
    return list(actions.select_related("project").order_by(F("due_on").asc(nulls_last=True), "position"))


def changed_since(project: Project, since: date) -> list["StatusChange"]:
    """The actions whose status isn't what it was at the start of that day, in the order of the checklist. Two queries."""
    start = timezone.make_aware(datetime.combine(since, datetime.min.time()))
    model = Action._meta.get_field("history").related_model
    before = dict(
        model.objects.filter(project=project, pgh_created_at__lt=start)
        .order_by("pgh_obj_id", "-pgh_id")
        .distinct("pgh_obj_id")
        .values_list("pgh_obj_id", "status")
    )
    changed = Action.objects.filter(project=project, status_at__gte=start).select_related("status_by").order_by("position")
    return [
        StatusChange(action, Status(before.get(action.pk, Status.TODO)))
        for action in changed
        if before.get(action.pk, Status.TODO) != action.status
    ]


@dataclass(frozen=True)
class StatusChange:
    """An action whose status moved, and from what."""

    action: Action
    before: Status
