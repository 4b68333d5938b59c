"""Invitations: an offer of a role to an address, and its acceptance."""

import logging
from datetime import timedelta

from celery import current_app
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from common.errors import DomainError, Forbidden
from common.middleware import current_request_id
from common.refusals import refused_in_words
from common.scope import elevated
from organisations.access import Access, acting_as
from organisations.enums import Role
from organisations.models import Invitation, Membership, User, invitation_id_of
from organisations.services.roles import Target, grant, line_of, may_give

logger = logging.getLogger(__name__)

INVITATION_LIFE = timedelta(days=14)
GONE = "Cette invitation n’est plus valable. Demandez-en une autre à la personne qui invite."


@transaction.atomic
def invite(*, email: str, role: Role, target: Target, invited_by: User, access: Access) -> Invitation:
    """Invite an address to a role. The e-mail leaves once the transaction commits (`tasks.send_invitations`).

    An older invitation to the same that has expired is taken back. Raises Forbidden when `invited_by` may not give
    that role there, DomainError when one is already pending or the person already holds the role.
    """
    if not may_give(access, role, target):
        raise Forbidden("Vous ne pouvez pas donner ce rôle ici.")
    project, og, esms = line_of(target)
    offer = {"role": role, "project_id": project, "og_id": og, "esms_id": esms}
    email, now = email.strip().lower(), timezone.now()
    if Membership.objects.active().filter(user__email__iexact=email, **offer).exists():
        raise DomainError("Cette personne tient déjà ce rôle.", field="email")
    pending = Invitation.objects.filter(email__iexact=email, accepted_at=None, revoked_at=None, **offer)
    pending.filter(expires_at__lte=now).update(revoked_at=now)
    with refused_in_words(Invitation, field="email"):
        invitation = Invitation.objects.create(
            email=email, invited_by=invited_by, expires_at=now + INVITATION_LIFE, **offer
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
            raise DomainError(GONE)
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
        role = Role(invitation.role)
        with acting_as(invitation.invited_by_id) as access:
            still_may = may_give(access, role, target)
        if not still_may:
            raise DomainError(GONE)
        with acting_as(user.pk, request_id=current_request_id.get()):  # the history names who accepted
            grant(user=user, role=role, target=target, granted_by=invitation.invited_by)
            Invitation.objects.filter(pk=invitation.pk).update(accepted_at=timezone.now())
    return user
