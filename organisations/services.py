"""Writes: projects and their OG and ESMS, roles, invitations.

Roles and the permissions that follow from them are written together, in the elevated role: a person never writes
permission tables, and whoever ends their own role would lose sight of the row halfway.
"""

import logging
import uuid
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any, TypeVar

from celery import current_app
from django.contrib.auth.models import Permission as AuthPermission
from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction
from django.db.models import F, Model
from django.utils import timezone
from django.utils.text import slugify
from kombu.exceptions import OperationalError

from common.errors import Conflict, DomainError, Forbidden
from common.scope import elevated
from common.versions import Versioned, change
from organisations.access import Access
from organisations.enums import ROLE_PERMISSIONS, Level, Permission, Role
from organisations.models import (
    ESMS,
    OG,
    ESMSPermission,
    ESMSProfile,
    Invitation,
    Membership,
    OGPermission,
    Project,
    ProjectPermission,
    User,
    invitation_id_of,
)

logger = logging.getLogger(__name__)
Created = TypeVar("Created", bound=Model)
Written = TypeVar("Written", bound=Versioned)

INVITATION_LIFE = timedelta(days=14)

Target = Project | OG | ESMS
PERMISSION_MODELS = {Level.PROJECT: ProjectPermission, Level.OG: OGPermission, Level.ESMS: ESMSPermission}


# --- The tree -------------------------------------------------------------------------------------------------------


def create_project(*, name: str, slug: str, **fields: object) -> Project:
    """A new project, without anybody in it yet. For operators and set-up."""
    with elevated():
        return Project.objects.create(name=name, slug=slug, **fields)


@transaction.atomic
def update_project(project: Project, *, version: int, **values: object) -> Project:
    """Raises Conflict when somebody else changed the same field meanwhile, DomainError for what the rules refuse."""
    return _changed(project, version=version, **values)


@transaction.atomic
def add_og(*, project: Project, name: str, short_name: str, **fields: object) -> OG:
    """Raises DomainError when the project already has an OG of that name."""
    return _created(
        OG, "name", "Un OG de ce projet porte déjà ce nom.", project=project, name=name, short_name=short_name, **fields
    )


@transaction.atomic
def update_og(og: OG, *, version: int, **values: object) -> OG:
    """As `update_project`."""
    return _changed(og, version=version, **values)


@transaction.atomic
def add_esms(
    *, og: OG, name: str, category: str, comop_category: str, profile: dict[str, object] | None = None, **fields: object
) -> ESMS:
    """A structure and its profile. Raises DomainError when the OG already has one of that name."""
    esms = _created(
        ESMS,
        "name",
        "Une structure de cet OG porte déjà ce nom.",
        project_id=og.project_id,
        og=og,
        name=name,
        slug=_free_slug(og.project_id, name),
        category=category,
        comop_category=comop_category,
        **fields,
    )
    ESMSProfile.objects.create(project_id=og.project_id, og=og, esms=esms, **(profile or {}))
    return esms


@transaction.atomic
def update_esms(esms: ESMS, *, version: int, **values: object) -> ESMS:
    """As `update_project`. The structure keeps its address (slug)."""
    return _changed(esms, version=version, **values)


@transaction.atomic
def update_profile(profile: ESMSProfile, *, version: int, **values: object) -> ESMSProfile:
    """As `update_project`."""
    return _changed(profile, version=version, **values)


# --- Roles ----------------------------------------------------------------------------------------------------------


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
    project, og, esms = _line(target)
    with elevated():
        membership = _created(
            Membership,
            None,
            "Cette personne tient déjà ce rôle, ou ce rôle ne se donne pas à ce niveau.",
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
        others = Membership.objects.active().filter(project_id=membership.project_id, role=Role.PROJECT_LEAD)
        if membership.role == Role.PROJECT_LEAD and not others.exclude(pk=membership.pk).exists():
            raise DomainError("Un projet garde toujours un chef de projet : nommez d’abord la personne qui reprend.")
        # A role given today ends before it began: it counts for no day.
        starts_on = min(membership.starts_on, last_day)
        Membership.objects.filter(pk=membership.pk).update(starts_on=starts_on, ends_on=last_day)
        sync_permissions([membership.user_id])
        User.objects.filter(pk=membership.user_id).update(session_epoch=F("session_epoch") + 1)


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
) -> dict[tuple[uuid.UUID, Level, uuid.UUID, Permission], date | None]:
    """(person, type of object, object, permission) → last day (None: no end), from the memberships in force."""
    memberships = Membership.objects.active()
    if user_ids is not None:
        memberships = memberships.filter(user_id__in=user_ids)
    wanted: dict[tuple[uuid.UUID, Level, uuid.UUID, Permission], date | None] = {}
    for membership in memberships:
        objects = {
            Level.PROJECT: membership.project_id,
            Level.OG: membership.og_id,
            Level.ESMS: membership.esms_id,
        }
        for level, permissions in ROLE_PERMISSIONS[Role(membership.role)].items():
            for permission in permissions:
                key = (membership.user_id, level, objects[level], permission)
                known = wanted.get(key, date.min)
                no_end = membership.ends_on is None or known is None
                wanted[key] = None if no_end else max(membership.ends_on, known)
    return wanted


# --- Oneself --------------------------------------------------------------------------------------------------------


def update_oneself(user: User, *, first_name: str, last_name: str, title: str) -> User:
    """Change the name and title of a person, by that person. The address is that of the invitation: it stays."""
    user.first_name, user.last_name, user.title = first_name, last_name, title
    user.save(update_fields=["first_name", "last_name", "title"])
    return user


# --- Invitations ----------------------------------------------------------------------------------------------------


@transaction.atomic
def invite(*, email: str, role: Role, target: Target, invited_by: User, access: Access) -> Invitation:
    """Invite an address to a role. The e-mail leaves once the transaction commits (`tasks.send_invitations`).

    An older invitation to the same that has expired is taken back. Raises Forbidden when `invited_by` may not give
    that role there, DomainError when one is already pending or the person already holds the role.
    """
    if not may_give(access, role, target):
        raise Forbidden("Vous ne pouvez pas donner ce rôle ici.")
    project, og, esms = _line(target)
    offer = {"role": role, "project_id": project, "og_id": og, "esms_id": esms}
    email, now = email.strip().lower(), timezone.now()
    if Membership.objects.active().filter(user__email__iexact=email, **offer).exists():
        raise DomainError("Cette personne tient déjà ce rôle.", field="email")
    pending = Invitation.objects.filter(email__iexact=email, accepted_at=None, revoked_at=None, **offer)
    pending.filter(expires_at__lte=now).update(revoked_at=now)
    invitation = _created(
        Invitation,
        "email",
        "Une invitation à ce rôle attend déjà une réponse à cette adresse.",
        email=email,
        invited_by=invited_by,
        expires_at=now + INVITATION_LIFE,
        **offer,
    )
    transaction.on_commit(tell_sender)
    return invitation


@transaction.atomic
def revoke(invitation: Invitation) -> None:
    """Take back an invitation that nobody accepted."""
    Invitation.objects.filter(pk=invitation.pk, accepted_at=None).update(revoked_at=timezone.now())


@transaction.atomic
def resend(invitation: Invitation) -> None:
    """Send an invitation again, valid for as long as a new one. Raises DomainError when it no longer stands."""
    standing = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    if not standing.update(sent_at=None, expires_at=timezone.now() + INVITATION_LIFE):
        raise DomainError("Cette invitation a déjà été acceptée ou retirée.")
    transaction.on_commit(tell_sender)


def tell_sender() -> None:
    """Wake the task that sends invitations. A broker that doesn't answer loses nothing: beat wakes it too."""
    try:
        current_app.send_task("organisations.send_invitations", retry=False)
    except OperationalError:
        logger.warning("The broker does not answer; invitations wait in the database.")


def find_invitation(token: str) -> Invitation | None:
    """The pending invitation that this token opens, or None: forged, used, taken back and expired look the same."""
    invitation_id = invitation_id_of(token)
    if invitation_id is None:
        return None
    with elevated():
        found = (
            Invitation.objects.select_related("project", "og", "esms", "invited_by").filter(pk=invitation_id).first()
        )
    return found if found and found.pending else None


def accept_invitation(
    *,
    invitation: Invitation,
    user: User | None,
    first_name: str = "",
    last_name: str = "",
    title: str = "",
    password: str = "",
) -> User:
    """Accept an invitation, as the signed-in `user` or by making an account for its address.

    Raises DomainError when the invitation no longer stands, is for another address, or when the address already
    has an account (which must sign in), and ValidationError when the password is too weak.
    """
    with elevated():
        invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
        if not invitation.pending:
            raise DomainError("Cette invitation n’est plus valable. Demandez-en une autre à la personne qui invite.")
        if user is not None and user.email.lower() != invitation.email.lower():
            raise DomainError(f"Cette invitation est destinée à {invitation.email}. Connectez-vous avec cette adresse.")
        if user is None:
            if User.objects.filter(email__iexact=invitation.email).exists():
                raise DomainError("Un compte existe déjà à cette adresse : connectez-vous, puis rouvrez l’invitation.")
            user = User(email=invitation.email, first_name=first_name, last_name=last_name, title=title)
            validate_password(password, user)
            user.set_password(password)
            user.save()
        target = invitation.esms or invitation.og or invitation.project
        grant(user=user, role=Role(invitation.role), target=target, granted_by=invitation.invited_by)
        Invitation.objects.filter(pk=invitation.pk).update(accepted_at=timezone.now())
    return user


def _changed(row: Written, *, version: int, **values: object) -> Written:
    """Write `values` under `version`, and return the row as it is now.

    Fields save themselves one by one, so a version that moved because of another field, or that brought the very
    same values, is no conflict. Raises Conflict when one of these fields changed, DomainError for what the
    database's constraints refuse.
    """
    try:
        return _written(row, version, values)
    except Conflict as conflict:
        current: Written = conflict.current
        if all(getattr(current, name) == value for name, value in values.items()):
            return current
        events: Any = current
        read = events.history.filter(version=version).order_by("-pgh_id").first()
        if read is None or not all(getattr(current, name) == getattr(read, name) for name in values):
            raise
    return _written(current, current.version, values)


def _written(row: Written, version: int, values: dict[str, object]) -> Written:
    try:
        with transaction.atomic():
            return change(row, version=version, **values)
    except IntegrityError as error:
        refusal: Any = error.__cause__  # psycopg2's error, which names the constraint
        name = refusal.diag.constraint_name
        broken = next((item for item in row._meta.constraints if item.name == name), None)
        if broken is None:
            raise
        field = next(iter(values)) if len(values) == 1 else None
        raise DomainError(str(broken.get_violation_error_message()), field=field) from error


def _line(target: Target) -> tuple[uuid.UUID, uuid.UUID | None, uuid.UUID | None]:
    """The project, OG and ESMS ids that place this object in the tree."""
    if isinstance(target, Project):
        return target.pk, None, None
    if isinstance(target, OG):
        return target.project_id, target.pk, None
    return target.project_id, target.og_id, target.pk


def _free_slug(project_id: uuid.UUID, name: str) -> str:
    base = slugify(name)[:70] or "structure"
    taken = set(ESMS.objects.filter(project_id=project_id, slug__startswith=base).values_list("slug", flat=True))
    number = 1
    slug = base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def _created(model: type[Created], field: str | None, message: str, **values: object) -> Created:
    """Create a row; what the database refuses becomes a DomainError in words."""
    try:
        with transaction.atomic():
            return model.objects.create(**values)
    except IntegrityError as error:
        raise DomainError(message, field=field) from error
