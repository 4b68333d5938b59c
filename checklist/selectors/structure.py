"""The structure of a project's checklist as it stands, and what was done with it."""

from collections import defaultdict
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from checklist.enums import Actor, Letter, Status
from checklist.merging import Facts
from checklist.models import (
    Action,
    ActionDocument,
    ActionPerson,
    Comment,
    Deliverable,
    Deposit,
    Group,
    OpinionRequest,
    RaciEntry,
    Step,
)
from checklist.structure import ActionNode, DeliverableNode, GroupNode, StepNode, Tree
from governance.models import AgendaRequest, Alert
from organisations.models import Project

HANGING: tuple[type[Model], ...] = (Comment, ActionPerson, ActionDocument, OpinionRequest)
ABOUT: tuple[type[Model], ...] = (AgendaRequest, Alert)  # by the id of the action, without a foreign key
WRITTEN = ("note", "ko_blocker", "ko_unblock")
GIVEN = ("status_at", "start_on", "due_on", "done_on", "ko_owner", "ko_review_on", "decision")


def read_structure(project: Project) -> Tree:
    """The whole checklist, retired actions included. Five queries."""
    letters: dict[UUID, set[tuple[Letter, Actor]]] = defaultdict(set)
    for entry in RaciEntry.objects.filter(project=project):
        letters[entry.action_id].add((Letter(entry.letter), Actor(entry.actor)))
    actions: dict[UUID, list[ActionNode]] = defaultdict(list)
    for action in Action.objects.filter(project=project).order_by("position", "number"):
        actions[action.group_id].append(
            ActionNode(
                key=str(action.pk),
                number=action.number,
                label=action.label,
                objective=action.objective,
                decided_by=action.decided_by,
                own=action.own,
                retired=action.retired_at is not None,
                letters=frozenset(letters[action.pk]),
            )
        )
    deliverables: dict[UUID, list[DeliverableNode]] = defaultdict(list)
    for item in Deliverable.objects.filter(project=project).order_by("position", "label"):
        deliverables[item.group_id].append(DeliverableNode(str(item.pk), item.label))
    groups: dict[UUID, list[GroupNode]] = defaultdict(list)
    for group in Group.objects.filter(project=project).order_by("position"):
        node = GroupNode(group.number, group.title, tuple(deliverables[group.pk]), tuple(actions[group.pk]))
        groups[group.step_id].append(node)
    steps = Step.objects.filter(project=project).order_by("number")
    return Tree(tuple(StepNode(step.number, step.title, tuple(groups[step.pk])) for step in steps))


def read_facts(project: Project) -> Facts:
    """What people did, that a merge must not lose. Three queries."""
    actions = Action.objects.filter(project=project)
    touched = ~Q(status=Status.TODO)
    for name in WRITTEN:
        touched |= ~Q(**{name: ""})
    for name in GIVEN:
        touched |= Q(**{f"{name}__isnull": False})
    for model in HANGING:
        touched |= Q(Exists(model._default_manager.filter(action=OuterRef("pk"))))
    for model in ABOUT:
        touched |= Q(Exists(model._default_manager.filter(project=project, source_id=OuterRef("pk"))))
    return Facts(
        touched=_keys(actions.filter(touched)),
        settled=_keys(actions.filter(status=Status.OK, decision=None)),
        filled=frozenset(
            map(str, Deposit.objects.filter(project=project).values_list("deliverable_id", flat=True).distinct())
        ),
    )


def _keys(actions: QuerySet[Action]) -> frozenset[str]:
    return frozenset(map(str, actions.order_by().values_list("pk", flat=True)))
