"""Roles, and the permissions that follow from them.

They are written together, in the elevated role: a person never writes permission tables, and whoever ends their own
role would lose sight of the row halfway.
"""

import uuid
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import Permission as AuthPermission
from django.db.models import F
from django.utils import timezone

from common.errors import DomainError
from common.refusals import refused_in_words
from common.scope import elevated
from organisations.access import Access
from organisations.enums import ROLE_PERMISSIONS, Level, Permission, Role
from organisations.models import (
    ESMS,
    OG,
    AccessReview,
    ESMSPermission,
    Membership,
    OGPermission,
    Project,
    ProjectPermission,
    User,
)

Target = Project | OG | ESMS
PERMISSION_MODELS: dict[Level, Any] = {
    Level.PROJECT: ProjectPermission,
    Level.OG: OGPermission,
    Level.ESMS: ESMSPermission,
}


def grantable_roles(access: Access, target: Target) -> list[Role]:
    """The roles that this person may give on this object, in the order of declaration."""
    project = target if isinstance(target, Project) else target.project
    if access.in_project(project, Permission.MANAGE_PROJECT):
        level = Level.PROJECT if isinstance(target, Project) else Level.OG if isinstance(target, OG) else Level.ESMS
        # A seat on the COSTRAT or the COMOP comes from a mandate (governance), not from this page.
        return [role for role in Role if role.level == level and role not in {Role.COSTRAT, Role.COMOP}]
    if isinstance(target, OG) and access.in_og(target, Permission.MANAGE_TEAM):
        return [Role.OG_DIRECTOR]
    if isinstance(target, ESMS):
        if access.in_og(target.og, Permission.MANAGE_TEAM):
            return [Role.ESMS_DIRECTOR, Role.LOCAL_REFERENT]
        if access.in_esms(target, Permission.MANAGE_TEAM):
            return [Role.LOCAL_REFERENT]
    return []


def may_give(access: Access, role: Role, target: Target) -> bool:
    """Whether this person may give that role on this object, and so end it."""
    return role in grantable_roles(access, target)


def grant(
    *,
    user: User,
    role: Role,
    target: Target,
    granted_by: User | None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Membership:
    """Give a role on an object, with the permissions that follow.

    The caller has checked that `granted_by` may (`grantable_roles`). Raises DomainError when the person already
    holds the role or the role isn't held on that type of object.
    """
    project, og, esms = line_of(target)
    with elevated():
        with refused_in_words(Membership):
            membership = Membership.objects.create(
                user=user,
                role=role,
                project_id=project,
                og_id=og,
                esms_id=esms,
                granted_by=granted_by,
                starts_on=starts_on or timezone.localdate(),
                ends_on=ends_on,
            )
        sync_permissions([user.pk])
    return membership


def end(membership: Membership, *, last_day: date | None = None) -> None:
    """End a role: yesterday was its last day, unless said otherwise. Open sessions of the person end too.

    Raises DomainError when it would leave the project without a lead.
    """
    last_day = last_day or timezone.localdate() - timedelta(days=1)
    with elevated():
        if membership.role == Role.PROJECT_LEAD and not _another_lead_stays(membership, last_day):
            raise DomainError("Un projet garde toujours un chef de projet : nommez d’abord la personne qui reprend.")
        # A role given today ends before it began: it counts for no day.
        starts_on = min(membership.starts_on, last_day)
        Membership.objects.filter(pk=membership.pk).update(starts_on=starts_on, ends_on=last_day)
        sync_permissions([membership.user_id])
        User.objects.filter(pk=membership.user_id).update(session_epoch=F("session_epoch") + 1)


def _another_lead_stays(membership: Membership, last_day: date) -> bool:
    """Whether somebody else leads the project after that day. Locks its leads: two of them can't end each other."""
    leads = Membership.objects.active().filter(project_id=membership.project_id, role=Role.PROJECT_LEAD)
    return any(
        lead.pk != membership.pk and (lead.ends_on is None or lead.ends_on > last_day)
        for lead in leads.order_by("pk").select_for_update()
    )


def sync_permissions(user_ids: Collection[uuid.UUID] | None = None) -> int:
    """Make the permission tables say what the memberships of today say. Returns the number of rows changed.

    For these people, or for everybody. Call it in the elevated role.
    """
    wanted = _wanted_permissions(user_ids)
    permission_ids = {
        (item.content_type.model, item.codename): item.pk
        for item in AuthPermission.objects.filter(
            content_type__app_label="organisations", codename__in=Permission.values
        ).select_related("content_type")
    }
    changed = 0
    for level, model in PERMISSION_MODELS.items():
        rows = model.objects.all() if user_ids is None else model.objects.filter(user_id__in=user_ids)
        present = {(row.user_id, row.permission_id, row.content_object_id): row for row in rows}
        target = {
            (user_id, permission_ids[level.value, permission], object_id): until
            for (user_id, object_level, object_id, permission), until in wanted.items()
            if object_level == level
        }
        missing = [
            model(user_id=key[0], permission_id=key[1], content_object_id=key[2], until=until)
            for key, until in target.items()
            if key not in present
        ]
        stale = [row.pk for key, row in present.items() if key not in target]
        moved = [row for key, row in present.items() if key in target and row.until != target[key]]
        for row in moved:
            row.until = target[row.user_id, row.permission_id, row.content_object_id]
        model.objects.bulk_create(missing)
        model.objects.filter(pk__in=stale).delete()
        model.objects.bulk_update(moved, ["until"])
        changed += len(missing) + len(stale) + len(moved)
    return changed


def _wanted_permissions(
    user_ids: Iterable[uuid.UUID] | None,
) -> dict[tuple[uuid.UUID, Level, uuid.UUID | None, Permission], date | None]:
    """(person, type of object, object, permission) → last day (None: no end), from the memberships in force."""
    memberships = Membership.objects.active()
    if user_ids is not None:
        memberships = memberships.filter(user_id__in=user_ids)
    wanted: dict[tuple[uuid.UUID, Level, uuid.UUID | None, Permission], date | None] = {}
    for membership in memberships:
        objects = {
            Level.PROJECT: membership.project_id,
            Level.OG: membership.og_id,
            Level.ESMS: membership.esms_id,
        }
        for level, permissions in ROLE_PERMISSIONS[Role(membership.role)].items():
            for permission in permissions:
                key = (membership.user_id, level, objects[level], permission)
                wanted[key] = _later(wanted.get(key, date.min), membership.ends_on)
    return wanted


def _later(one: date | None, other: date | None) -> date | None:
    """The later of two last days; None, no end, is the latest."""
    return None if one is None or other is None else max(one, other)


def review_access(*, project: Project, user: User, roles: int) -> AccessReview:
    """Confirm that the list of who has access to what, `roles` lines long, was read through today."""
    return AccessReview.objects.create(project=project, reviewed_by=user, roles=roles)


def line_of(target: Target) -> tuple[uuid.UUID, uuid.UUID | None, uuid.UUID | None]:
    """The project, OG and ESMS ids that place this object in the tree."""
    if isinstance(target, Project):
        return target.pk, None, None
    if isinstance(target, OG):
        return target.project_id, target.pk, None
    return target.project_id, target.og_id, target.pk
