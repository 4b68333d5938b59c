"""RACI actors and the people they stand for today."""

from collections.abc import Iterable

from django.utils import timezone

from checklist.enums import Actor
from organisations.enums import Role
from organisations.models import Membership, Project, User
from organisations.selectors import holders

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


def people_of_actors(project: Project) -> dict[Actor, list[User]]:
    """Who stands behind each actor today. One query."""
    held = holders(project, {role for roles in ACTOR_ROLES.values() for role in roles})
    return {
        actor: list({user.pk: user for role in roles for user in held.get(role, [])}.values())
        for actor, roles in ACTOR_ROLES.items()
    }


def actors_with_roles(roles: Iterable[str]) -> list[Actor]:
    """The actors that somebody with these roles is part of."""
    roles = set(roles)
    return [actor for actor, needed in ACTOR_ROLES.items() if roles.intersection(needed)]


def actors_of(user: User, project: Project) -> list[Actor]:
    """The actors that this person is part of today. One query."""
    memberships = Membership.objects.active(timezone.localdate()).filter(project=project, user=user)
    return actors_with_roles(memberships.values_list("role", flat=True))
