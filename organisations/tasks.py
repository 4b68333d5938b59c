"""Celery tasks of the organisations app."""

import logging
from smtplib import SMTPException
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from common.scope import elevated
from organisations.models import Invitation
from organisations.services import sync_permissions

logger = logging.getLogger(__name__)


@shared_task(name="organisations.follow_memberships", expires=600)
def follow_memberships() -> None:
    """Roles that begin or end today take effect."""
    with elevated():
        sync_permissions()


@shared_task(name="organisations.send_invitations", expires=600)
def send_invitations() -> None:
    """Send each invitation that was not sent yet. One that can’t be sent waits, and holds up no other."""
    waiting = Invitation.objects.filter(sent_at=None, accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())
    with elevated():
        ids = list(waiting.values_list("pk", flat=True))
    for invitation_id in ids:
        try:
            _send_once(waiting, invitation_id)
        except (SMTPException, OSError, ValueError):  # ValueError: a header that Django refuses
            logger.exception("Invitation %s could not be sent; it will be tried again.", invitation_id)


def _send_once(waiting: QuerySet[Invitation], invitation_id: UUID) -> None:
    """Send one invitation, unless another worker has it in hand or somebody took it back meanwhile."""
    with elevated():
        rows = waiting.select_related("project", "invited_by").select_for_update(of=("self",), skip_locked=True)
        invitation = rows.filter(pk=invitation_id).first()
        if invitation is None:
            return
        link = settings.SITE_URL + reverse("invitation", args=[invitation.token])
        body = render_to_string("organisations/invitation_mail.txt", {"invitation": invitation, "link": link})
        subject = " ".join(f"Invitation : {invitation.project.name}".split())
        send_mail(subject, body, None, [invitation.email])
        Invitation.objects.filter(pk=invitation.pk).update(sent_at=timezone.now())
