"""Reads of the organisations app."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from common.scope import as_array
from organisations.access import Access
from organisations.enums import Level, Permission, Phase, Role
from organisations.models import ESMS, OG, AccessReview, Invitation, Membership, PhasePeriod, Project, User, Wave


def projects_of(access: Access) -> QuerySet[Project]:
    """The projects that this person takes part in."""
    return Project.objects.visible_to(access)


def structures_of(access: Access) -> QuerySet[ESMS]:
    """The structures whose inside this person may see through an OG or ESMS of theirs, not project-wide."""
    scope = access.scope()
    own = Q(og_id__in=scope.og_ids) | Q(pk__in=scope.esms_ids)
    return ESMS.objects.filter(own).select_related("project", "og").order_by("project__name", "name")


def structures_followed(project: Project, access: Access, *permissions: Permission) -> list[ESMS]:
    """The structures of a project, for the lead and who has one of these permissions on it; of their OG for the others.
    By OG and name. One query."""
    rows = ESMS.objects.filter(project=project).select_related("og").order_by("og__name", "name")
    if not access.in_project(project, Permission.VIEW_STRUCTURES, *permissions):
        rows = rows.filter(_of_own_og(access, "og_id"))
    found = list(rows)
    for esms in found:
        esms.project = project
    return found


def follows(project: Project, access: Access, *permissions: Permission) -> bool:
    """Whether this person follows structures of the project: all of them, or those of an OG. One query at most."""
    if access.in_project(project, Permission.VIEW_STRUCTURES, *permissions):
        return True
    return OG.objects.filter(_of_own_og(access, "pk"), project=project).exists()


def _of_own_og(access: Access, column: str) -> Q:
    ids = as_array(access.ids_with(Level.OG, Permission.VIEW_STRUCTURES))
    return Q(**{f"{column}__in": RawSQL("select unnest(%s::uuid[])", [ids])})


def holders(project: Project, roles: Iterable[Role], on: date | None = None) -> dict[Role, list[User]]:
    """Who holds each of these roles in the project on a day (today unless said), each person once. One query."""
    found: dict[Role, dict[object, User]] = defaultdict(dict)
    memberships = Membership.objects.active(on).filter(project=project, role__in=list(roles)).select_related("user")
    for membership in memberships.order_by("user__last_name", "user__first_name"):
        found[Role(membership.role)][membership.user_id] = membership.user
    return {role: list(people.values()) for role, people in found.items()}


def participants(project: Project) -> QuerySet[User]:
    """The people who hold a role in the project today, as far as the reader may know."""
    ids = Membership.objects.active().filter(project=project).values("user_id")
    return User.objects.filter(pk__in=ids).order_by("last_name", "first_name")


def periods_of(project: Project) -> list[PhasePeriod]:
    """The dates of each phase of a project, in the order of the phases. One query."""
    order = list(Phase)
    return sorted(PhasePeriod.objects.filter(project=project), key=lambda period: order.index(Phase(period.phase)))


def waves_of(project: Project) -> QuerySet[Wave]:
    """The waves of a project, in their order, each with `count`, how many structures are in it."""
    return Wave.objects.filter(project=project).annotate(count=Count("structures")).order_by("position", "pk")


class Reach(Enum):
    """How far a reader sees people in a project."""

    PROJECT = "project"
    PART = "part"
    SELF = "self"


@dataclass(frozen=True)
class PeoplePage:
    """« Qui a accès à quoi », narrowed to the reader: roles in force, to come and over, invitations not answered."""

    reach: Reach
    active: list[Membership]
    upcoming: list[Membership]
    ended: list[Membership]
    invitations: list[Invitation]


def people_page(project: Project, access: Access) -> PeoplePage:
    """Who has which role, as far as the reader may see people: the whole project, own OG, own structures. Two queries.

    Whoever may see nobody's sees their own roles. Rows carry the project given, so nothing is read again.
    """
    memberships = Membership.objects.filter(project=project).select_related("user", "og", "esms", "granted_by")
    invitations = Invitation.objects.filter(project=project, accepted_at=None, revoked_at=None)
    reach = Reach.PROJECT
    if not access.in_project(project, Permission.VIEW_PEOPLE):
        mine = Q(og_id__in=access.ids_with(Level.OG, Permission.VIEW_PEOPLE)) | Q(
            esms_id__in=access.ids_with(Level.ESMS, Permission.VIEW_PEOPLE)
        )
        memberships = memberships.filter(mine | Q(user_id=access.user_id))
        invitations = invitations.filter(mine)
        reach = Reach.PART if _sees_people_below(project, access) else Reach.SELF
    by_person = ("user__last_name", "user__first_name", "user_id", "role", "esms__name", "og__name", "pk")
    rows = list(memberships.order_by(*by_person))
    waiting = list(invitations.select_related("og", "esms", "invited_by"))
    for membership in rows:
        _hang(membership, project)
    for invitation in waiting:
        _hang(invitation, project)
    today = timezone.localdate()
    return PeoplePage(
        reach=reach,
        active=[row for row in rows if row.starts_on <= today and not _is_over(row, today)],
        upcoming=[row for row in rows if row.starts_on > today and not _is_over(row, today)],
        ended=[row for row in rows if _is_over(row, today)],
        invitations=waiting,
    )


def _sees_people_below(project: Project, access: Access) -> bool:
    """Whether the reader sees people in an OG or a structure of the project. At most two queries."""
    return (
        OG.objects.filter(project=project, pk__in=access.ids_with(Level.OG, Permission.VIEW_PEOPLE)).exists()
        or ESMS.objects.filter(project=project, pk__in=access.ids_with(Level.ESMS, Permission.VIEW_PEOPLE)).exists()
    )


def _is_over(row: Membership, today: date) -> bool:
    return row.ends_on is not None and row.ends_on < today


def _hang(row: Membership | Invitation, project: Project) -> None:
    """Give a row the objects already read, so that asking its place in the tree reads nothing."""
    row.project = project
    if row.og:
        row.og.project = project
    if row.esms and row.og:
        row.esms.project, row.esms.og = project, row.og


def latest_review(project: Project) -> AccessReview | None:
    """The last time somebody confirmed the list of accesses. One query."""
    return AccessReview.objects.filter(project=project).select_related("reviewed_by").first()


def membership_of(project: Project, membership_id: UUID) -> Membership | None:
    """A role of the project that the reader may know of and that isn't over, or None."""
    rows = Membership.objects.filter(project=project).select_related("user", "og", "esms", "granted_by")
    row = rows.filter(Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()), pk=membership_id).first()
    if row is not None:
        _hang(row, project)
    return row


def invitation_of(project: Project, invitation_id: UUID) -> Invitation | None:
    """An invitation without an answer that the reader may see, or None."""
    rows = Invitation.objects.filter(project=project, accepted_at=None, revoked_at=None)
    row = rows.select_related("og", "esms", "invited_by").filter(pk=invitation_id).first()
    if row is not None:
        _hang(row, project)
    return row


def has_account(email: str) -> bool:
    """Whether somebody signs in with this address."""
    return User.objects.filter(email__iexact=email).exists()


def ogs_with_structures(project: Project) -> list[OG]:
    """The OG of a project with their structures and the waves of these, for the directory. Three queries."""
    ogs = list(OG.objects.filter(project=project).prefetch_related("esms__wave"))
    for og in ogs:
        og.project = project
        for esms in og.esms.all():
            esms.project = project
    return ogs


@dataclass(frozen=True)
class Team:
    """Who works in a structure today, and who is invited to."""

    members: list[Membership]
    invitations: list[Invitation]


def team_of(esms: ESMS) -> Team:
    """The roles held on this structure. Two queries."""
    members = Membership.objects.active().filter(esms=esms).order_by("role", "user__last_name", "pk")
    invitations = Invitation.objects.filter(esms=esms, accepted_at=None, revoked_at=None).select_related("invited_by")
    return Team(list(members.select_related("user")), list(invitations))


def roles_of(user: User) -> list[Membership]:
    """The roles that this person holds today, project by project. One query."""
    memberships = Membership.objects.active().filter(user=user).select_related("project", "og", "esms")
    return list(memberships.order_by("project__name", "starts_on"))
