"""For other pages and documents: what is asked of a person, what changed since a day."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from checklist.enums import ACTING_LETTERS, OPEN_STATUSES, Actor, Status
from checklist.models import Action, ActionPerson, RaciEntry
from checklist.people import actors_with_roles
from organisations.access import Access
from organisations.enums import Permission
from organisations.models import Membership, Project, User


def my_open_actions(user: User, access: Access) -> list[Action]:
    """Open actions on which this person is Responsable or Acteur and which they may read, by due date. Two queries."""
    readable = access.projects_with(Permission.VIEW_CHECKLIST, Permission.VIEW_OWN_ACTIONS)
    roles: dict[Any, set[str]] = defaultdict(set)
    for project_id, role in Membership.objects.active().filter(user=user).values_list("project_id", "role"):
        if str(project_id) in readable:
            roles[project_id].add(role)
    projects: dict[frozenset[Actor], list[Any]] = defaultdict(list)  # many projects, few combinations of roles
    for project_id, held in roles.items():
        projects[frozenset(actors_with_roles(held))].append(project_id)
    mine = Q(pk__in=ActionPerson.objects.filter(user=user, letter__in=ACTING_LETTERS).values("action_id"))
    for actors, project_ids in projects.items():
        held_there = RaciEntry.objects.filter(project__in=project_ids, actor__in=actors, letter__in=ACTING_LETTERS)
        mine |= Q(pk__in=held_there.values("action_id"))
    actions = Action.objects.current().filter(mine, project__in=list(roles), status__in=OPEN_STATUSES)
    return list(
        actions.select_related("project").order_by(F("due_on").asc(nulls_last=True), "group__position", "position")
    )


def changed_since(project: Project, since: date) -> list["StatusChange"]:
    """The actions whose status isn't what it was at the start of that day, in order. Two queries."""
    start = timezone.make_aware(datetime.combine(since, datetime.min.time()))
    versions: Any = Action._meta.get_field("history").related_model
    before = dict(
        versions.objects.filter(project=project, pgh_created_at__lt=start)
        .order_by("pgh_obj_id", "-pgh_id")
        .distinct("pgh_obj_id")
        .values_list("pgh_obj_id", "status")
    )
    changed = (
        Action.objects.current()
        .filter(project=project, status_at__gte=start)
        .select_related("status_by")
        .order_by("group__position", "position")
    )
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
