"""Celery tasks of the organisations app."""

import logging
from smtplib import SMTPException

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
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
    """Send each invitation that was not sent yet; one that the mail server refuses waits for the next turn."""
    with elevated():
        waiting = Invitation.objects.filter(
            sent_at=None, accepted_at=None, revoked_at=None, expires_at__gt=timezone.now()
        )
        for invitation in waiting.select_related("project", "invited_by").select_for_update(of=("self",)):
            try:
                _send(invitation)
            except (SMTPException, OSError):
                logger.exception("Invitation %s could not be sent; it will be tried again.", invitation.pk)
            else:
                Invitation.objects.filter(pk=invitation.pk).update(sent_at=timezone.now())


def _send(invitation: Invitation) -> None:
    link = settings.SITE_URL + reverse("invitation", args=[invitation.token])
    body = render_to_string("organisations/invitation_mail.txt", {"invitation": invitation, "link": link})
    send_mail(f"Invitation : {invitation.project.name}", body, None, [invitation.email])
