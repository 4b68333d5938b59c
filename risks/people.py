"""Who may be named in the register: who carries a risk, does an action, accepts a risk."""

import uuid

from django.db.models import Q, QuerySet

from organisations.enums import ROLE_PERMISSIONS, Level, Permission, Role
from organisations.models import Membership, User
from organisations.selectors import participants
from risks.models import Risk
from risks.places import Place

IN_A_STRUCTURE = (Role.ESMS_DIRECTOR, Role.LOCAL_REFERENT)
# Those who read the project's own risks.
READING = tuple(role for role in Role if Permission.VIEW_RISKS in ROLE_PERMISSIONS[role].get(Level.PROJECT, []))


def risk_owners(place: Place, *, transmitted: bool) -> QuerySet[User]:
    """Who may carry a risk of this place: who may read it."""
    if place.esms is None:
        return _holding(place, Q(role__in=READING))
    return _of_the_structure(place, above=transmitted)


def action_owners(place: Place, *, transmitted: bool) -> QuerySet[User]:
    """Who may be given an action: the people of the structure, those above too once the risk is transmitted; anybody
    of the project about a risk of the project."""
    if place.esms is None:
        return participants(place.project)
    return _of_the_structure(place, above=transmitted)


def accepting(place: Place) -> QuerySet[User]:
    """Who may accept a risk: the direction of the structure; of the project, its lead."""
    if place.esms is None:
        return _holding(place, Q(role=Role.PROJECT_LEAD))
    return _holding(place, Q(role=Role.ESMS_DIRECTOR, esms=place.esms))


def and_the_current(offered: QuerySet[User], user_id: uuid.UUID | None) -> QuerySet[User]:
    """Those offered, and who is named already, who may have left since."""
    return offered | User.objects.filter(pk=user_id) if user_id else offered


def owners_of(risk: Risk) -> QuerySet[User]:
    """As `action_owners`, for one risk."""
    return action_owners(Place(risk.project, risk.esms), transmitted=risk.transmitted_at is not None)


def _of_the_structure(place: Place, *, above: bool) -> QuerySet[User]:
    esms = place.esms
    held = Q(role__in=IN_A_STRUCTURE, esms=esms)
    if above and esms is not None:
        held |= Q(role=Role.PROJECT_LEAD) | Q(role=Role.OG_DIRECTOR, og=esms.og_id)
    return _holding(place, held)


def _holding(place: Place, held: Q) -> QuerySet[User]:
    ids = Membership.objects.active().filter(held, project=place.project).values("user_id")
    return User.objects.filter(pk__in=ids).order_by("last_name", "first_name", "pk")
