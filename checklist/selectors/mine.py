"""What the checklists of all their projects ask of one person, and what moved where they are Informé."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q

from checklist.enums import ACTING_LETTERS, OPEN_STATUSES, Actor, Letter
from checklist.models import Action, ActionPerson, OpinionRequest, RaciEntry
from checklist.people import actors_with_roles
from checklist.selectors.changes import StatusChange, changes_among
from checklist.selectors.requests import waiting_requests
from organisations.access import Access
from organisations.enums import Permission
from organisations.models import Membership, User


@dataclass(frozen=True)
class Seats:
    """The projects whose checklist a person reads, by the bodies and functions they are part of there today.

    `whole`: ids of the projects of which they read every action, as texts.
    """

    user: User
    projects: dict[frozenset[Actor], list[UUID]]  # many projects, few combinations
    whole: frozenset[str]

    @property
    def project_ids(self) -> list[UUID]:
        return [project_id for ids in self.projects.values() for project_id in ids]

    def holding(self, *letters: Letter) -> Q:
        """Actions on which they hold one of these letters today, by name or through a body."""
        named = ActionPerson.objects.filter(user=self.user, letter__in=letters)
        held = Q(pk__in=named.values("action_id"))
        for actors, project_ids in self.projects.items():
            entries = RaciEntry.objects.filter(project__in=project_ids, actor__in=actors, letter__in=letters)
            held |= Q(pk__in=entries.values("action_id"))
        return held & Q(project__in=self.project_ids)

    def readable(self) -> Q:
        """Actions that they may read: all of a project, or those on which they hold a letter."""
        part = [project_id for project_id in self.project_ids if str(project_id) not in self.whole]
        readable = Q(project__in=self.whole)
        return readable | (Q(project__in=part) & self.holding(*Letter)) if part else readable


def seats_of(user: User, access: Access) -> Seats:
    """One query."""
    readable = access.projects_with(Permission.VIEW_CHECKLIST, Permission.VIEW_OWN_ACTIONS)
    roles: dict[UUID, set[str]] = defaultdict(set)
    for project_id, role in Membership.objects.active().filter(user=user).values_list("project_id", "role"):
        if str(project_id) in readable:
            roles[project_id].add(role)
    projects: dict[frozenset[Actor], list[UUID]] = defaultdict(list)
    for project_id, held in roles.items():
        projects[frozenset(actors_with_roles(held))].append(project_id)
    return Seats(user, dict(projects), access.projects_with(Permission.VIEW_CHECKLIST))


def my_open_actions(user: User, access: Access) -> list[Action]:
    """Open actions on which this person is Responsable or Acteur and which they may read, by due date. Two queries."""
    mine = seats_of(user, access).holding(*ACTING_LETTERS)
    actions = Action.objects.current().filter(mine, status__in=OPEN_STATUSES)
    return list(
        actions.select_related("project").order_by(F("due_on").asc(nulls_last=True), "group__position", "position")
    )


def opinions_asked_of(user: User, access: Access) -> list[OpinionRequest]:
    """The requests that wait for this person, or for a body they are part of today, by due date. Two queries.

    Each with `action.project` and `asked_by`.
    """
    seats = seats_of(user, access)
    asked = Q(user=user)
    for actors, project_ids in seats.projects.items():
        asked |= Q(project__in=project_ids, actor__in=actors)
    readable = Action.objects.current().filter(seats.readable())
    waiting = waiting_requests().filter(asked, action__in=readable)
    return list(waiting.select_related("action__project", "asked_by").order_by("due_on", "asked_at", "pk"))


def news_for(user: User, access: Access, since: date) -> list[StatusChange]:
    """The actions on which this person is Informé and whose status somebody else changed since that day, latest first.

    For « Mon travail », the digest and the minutes. Three queries. Each with `action.project` and `status_by`.
    """
    informed = Action.objects.current().filter(seats_of(user, access).holding(Letter.I)).exclude(status_by=user)
    return changes_among(informed.select_related("project").order_by("-status_at", "pk"), since)
