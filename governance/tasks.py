"""Celery tasks of the governance app."""

import logging
import uuid
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from common.scope import elevated
from governance import invitation_mail, minutes_mail  # noqa: F401  how each kind is written
from governance.enums import DispatchKind
from governance.mailing import builders
from governance.models import Dispatch
from organisations.access import acting_as
from organisations.enums import Permission

logger = logging.getLogger(__name__)

TRIES = 12  # the last one a day and a half after the first
UNREACHABLE = "Le serveur de courriel n’a pas pris le message."
REFUSED = "Le serveur de courriel refuse cette adresse."
UNEXPECTED = "Le message n’a pas pu être écrit. La personne qui tient cette installation en est informée."
NO_RIGHT = "Cette personne n’a plus de rôle dans le projet : rien ne lui est envoyé."
NOTHING_LEFT = "Il n’y avait plus rien à lui dire : la séance a changé, ou cette personne n’y est plus conviée."


class NotSent(Exception):
    """There is no e-mail to send to this person; the message says why."""


@shared_task(name="governance.send_dispatches", expires=600)
def send_dispatches() -> None:
    """Send each e-mail about a meeting that waits. One that can’t be sent is tried again later, and holds up no
    other."""
    now = timezone.now()
    with elevated():
        waiting = Dispatch.objects.filter(sent_at=None, attempts__lt=TRIES).order_by("asked_at", "pk")
        due = [
            pk
            for pk, asked_at, attempts in waiting.values_list("pk", "asked_at", "attempts")
            if now >= next_try(asked_at, attempts)
        ]
    for dispatch_id in due:
        try:
            _send_once(dispatch_id)
        except NotSent as reason:
            _note(dispatch_id, str(reason), attempts=TRIES)
        except SoftTimeLimitExceeded:
            return  # the others at the next run
        except (OSError, ValueError) as error:  # smtplib's errors are OSError; ValueError: a header that Django refuses
            logger.warning("Dispatch %s could not be sent; it will be tried again.", dispatch_id, exc_info=True)
            _note(dispatch_id, REFUSED if isinstance(error, SMTPRecipientsRefused) else UNREACHABLE)
        except Exception:  # what one document or one template gets wrong must not hold up the others
            logger.exception("Dispatch %s could not be written.", dispatch_id)
            _note(dispatch_id, UNEXPECTED)


def next_try(asked_at: datetime, attempts: int) -> datetime:
    """At once, then 1, 3, 7, 15… minutes after it was asked: a server that is down all night is found up again."""
    return asked_at + timedelta(minutes=2**attempts - 1)


def _send_once(dispatch_id: uuid.UUID) -> None:
    """Write one e-mail as its reader may read it now, and send it, unless another worker has it in hand.

    Raises NotSent when there is nothing to say to them any more.
    """
    with transaction.atomic():
        with elevated():
            rows = Dispatch.objects.select_for_update(of=("self",), skip_locked=True).select_related("user", "asked_by")
            dispatch = rows.filter(pk=dispatch_id, sent_at=None).first()
        if dispatch is None:
            return
        _written(dispatch).send()
        with elevated():
            Dispatch.objects.filter(pk=dispatch_id).update(sent_at=timezone.now(), attempts=F("attempts") + 1, error="")


def _written(dispatch: Dispatch) -> EmailMultiAlternatives:
    """The e-mail, made in the scope of the person it is for."""
    with acting_as(dispatch.user_id, request_id=f"dispatch:{dispatch.pk}") as access:
        if not dispatch.user.is_active or str(dispatch.project_id) not in access.projects_with(Permission.VIEW_PROJECT):
            raise NotSent(NO_RIGHT)
        message = builders[DispatchKind(dispatch.kind)](dispatch, access)
    if message is None:
        raise NotSent(NOTHING_LEFT)
    return message


def _note(dispatch_id: uuid.UUID, error: str, attempts: int | None = None) -> None:
    """Keep what went wrong, in words. `attempts`: that it isn't tried again."""
    with elevated():
        Dispatch.objects.filter(pk=dispatch_id, sent_at=None).update(
            error=error[:300], attempts=F("attempts") + 1 if attempts is None else attempts
        )
