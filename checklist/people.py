"""RACI actors and the people they stand for today."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from checklist.enums import Actor
from organisations.enums import ROLE_PERMISSIONS, Level, Permission, Role
from organisations.models import Membership, Project, User
from organisations.selectors import holders, participants

# A seat on the COSTRAT or the COMOP gives the role of the same name (governance.services.appoint).
# Business and user referents are people of the structures: no role stands for them.
ACTOR_ROLES: dict[Actor, tuple[Role, ...]] = {
    Actor.COSTRAT: (Role.COSTRAT,),
    Actor.COMOP: (Role.COMOP,),
    Actor.PROJECT_LEAD: (Role.PROJECT_LEAD,),
    Actor.OG_DIRECTORS: (Role.OG_DIRECTOR, Role.ESMS_DIRECTOR),
    Actor.BUSINESS_REFERENTS: (),
    Actor.USER_REFERENTS: (),
    Actor.PURCHASING: (Role.PURCHASING,),
    Actor.VENDOR: (Role.VENDOR,),
    Actor.DPO: (Role.DPO,),
}
# The roles that open the checklist, or at least the actions on which one holds a letter.
READING_ROLES = tuple(
    role
    for role, granted in ROLE_PERMISSIONS.items()
    if {Permission.VIEW_CHECKLIST, Permission.VIEW_OWN_ACTIONS}.intersection(granted[Level.PROJECT])
)


def people_of_actors(project: Project) -> dict[Actor, list[User]]:
    """Who stands behind each actor today. One query."""
    held = holders(project, {role for roles in ACTOR_ROLES.values() for role in roles})
    return {
        actor: list({user.pk: user for role in roles for user in held.get(role, [])}.values())
        for actor, roles in ACTOR_ROLES.items()
    }


def seats_among(people: Mapping[Actor, Iterable[User]], user: User) -> list[Actor]:
    """The actors that this person is part of, of those whose people were read (`people_of_actors`)."""
    return [actor for actor, members in people.items() if user in members]


def actors_with_roles(roles: Iterable[str]) -> list[Actor]:
    """The actors that somebody with these roles is part of."""
    roles = set(roles)
    return [actor for actor, needed in ACTOR_ROLES.items() if roles.intersection(needed)]


def actors_of(user: User, project: Project) -> list[Actor]:
    """The actors that this person is part of today. One query."""
    memberships = Membership.objects.active(timezone.localdate()).filter(project=project, user=user)
    return actors_with_roles(memberships.values_list("role", flat=True))


def people_at_work(project: Project) -> QuerySet[User]:
    """Those who work on the checklist today, not those who only watch."""
    watch = (Role.VENDOR, Role.OBSERVER)
    work = Membership.objects.active().filter(project=project).exclude(role__in=watch).values("user_id")
    return participants(project).filter(pk__in=work)


def is_heard(actor: Actor, members: Iterable[User]) -> bool:
    """Whether somebody stands behind this actor today who may read the actions on which it holds a letter."""
    return any(members) and bool(set(ACTOR_ROLES[actor]).intersection(READING_ROLES))


def readers_among(project: Project, users: Iterable[User]) -> set[UUID]:
    """The ids of those of these people to whom the checklist is open today. One query, none for nobody."""
    memberships = Membership.objects.active().filter(project=project, role__in=READING_ROLES, user__in=list(users))
    return set(memberships.values_list("user_id", flat=True))
