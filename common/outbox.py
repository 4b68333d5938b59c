"""E-mails that leave by a job: written down in the request with what they tell of, sent once it is over.

The row is the truth; a broker that loses the message or a mail server that is down all night loses nothing. What an
e-mail says, and whether there is still anything to say, is its app's.
"""

import logging
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

from celery import current_app
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from kombu.exceptions import OperationalError

from common.scope import elevated

logger = logging.getLogger(__name__)

TRIES = 12  # the last one a day and a half after the first
UNREACHABLE = "Le serveur de courriel n’a pas pris le message."
REFUSED = "Le serveur de courriel refuse cette adresse."
UNEXPECTED = "Le message n’a pas pu être écrit. La personne qui tient cette installation en est informée."


class Letter(models.Model):
    """An e-mail to one person: asked for here, sent by a job, once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="destinataire"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="demandé par"
    )
    asked_at = models.DateTimeField("demandé le", default=timezone.now)
    sent_at = models.DateTimeField("envoyé le", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    error = models.CharField("erreur", max_length=300, blank=True)

    class Meta:
        abstract = True


class NotSent(Exception):
    """There is no e-mail to send to this person; the message says why."""


def wake(task: str) -> None:
    """Wake the task that sends them. A broker that doesn't answer loses nothing: beat wakes it too."""
    try:
        current_app.send_task(task, retry=False)
    except OperationalError:
        logger.warning("The broker does not answer; %s waits in the database.", task)


def next_try(asked_at: datetime, attempts: int) -> datetime:
    """At once, then 1, 3, 7, 15… minutes after it was asked: a server that is down all night is found up again."""
    return asked_at + timedelta(minutes=2**attempts - 1)


def send_waiting(model: type[Letter], write: Callable[[Any], EmailMultiAlternatives]) -> None:
    """Send each e-mail of a table that waits. One that can’t be sent is tried again later, and holds up no other.

    `write` makes the e-mail, in the scope of the person it is for; it raises NotSent when there is nothing to say.
    """
    now = timezone.now()
    with elevated():
        waiting = model._default_manager.filter(sent_at=None, attempts__lt=TRIES).order_by("asked_at", "pk")
        due = [
            pk
            for pk, asked_at, attempts in waiting.values_list("pk", "asked_at", "attempts")
            if now >= next_try(asked_at, attempts)
        ]
    for letter_id in due:
        try:
            _send_once(model, letter_id, write)
        except NotSent as reason:
            _note(model, letter_id, str(reason), attempts=TRIES)
        except SoftTimeLimitExceeded:
            return  # the others at the next run
        except (OSError, ValueError) as error:  # smtplib's errors are OSError; ValueError: a header that Django refuses
            logger.warning("%s %s could not be sent; it will be tried again.", model.__name__, letter_id, exc_info=True)
            _note(model, letter_id, REFUSED if isinstance(error, SMTPRecipientsRefused) else UNREACHABLE)
        except Exception:  # what one document or one template gets wrong must not hold up the others
            logger.exception("%s %s could not be written.", model.__name__, letter_id)
            _note(model, letter_id, UNEXPECTED)


def _send_once(model: type[Letter], letter_id: uuid.UUID, write: Callable[[Any], EmailMultiAlternatives]) -> None:
    """Write one e-mail as its reader may read it now, and send it, unless another worker has it in hand."""
    with transaction.atomic():
        with elevated():
            rows = model._default_manager.select_for_update(of=("self",), skip_locked=True)
            letter = rows.select_related("user", "asked_by").filter(pk=letter_id, sent_at=None).first()
        if letter is None:
            return
        write(letter).send()
        with elevated():
            model._default_manager.filter(pk=letter_id).update(
                sent_at=timezone.now(), attempts=F("attempts") + 1, error=""
            )


def _note(model: type[Letter], letter_id: uuid.UUID, error: str, attempts: int | None = None) -> None:
    """Keep what went wrong, in words. `attempts`: that it isn't tried again."""
    with elevated():
        model._default_manager.filter(pk=letter_id, sent_at=None).update(
            error=error[:300], attempts=F("attempts") + 1 if attempts is None else attempts
        )
