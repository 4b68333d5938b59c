"""Celery tasks of the structures app."""

from celery import shared_task
from django.core.mail import EmailMultiAlternatives

from common.outbox import NotSent, send_waiting
from organisations.access import acting_as
from organisations.enums import Permission
from organisations.models import ESMS
from structures.models import ReminderLetter
from structures.reminder_mail import reminder_mail

NO_RIGHT = "Cette personne n’a plus de rôle dans la structure : rien ne lui est envoyé."
TAKEN_BACK = "Cette relance a été reprise, ou lue avant d’être envoyée."


@shared_task(name="structures.send_reminders", expires=600)
def send_reminders() -> None:
    """Send each e-mail of a reminder that waits."""
    send_waiting(ReminderLetter, _written)


def _written(letter: ReminderLetter) -> EmailMultiAlternatives:
    """The e-mail, made in the scope of the person it is for."""
    with acting_as(letter.user_id, request_id=f"reminder:{letter.pk}") as access:
        esms = ESMS.objects.select_related("project", "og").filter(pk=letter.esms_id).first()
        if esms is None or not letter.user.is_active or not access.in_esms(esms, Permission.FILL_STRUCTURES):
            raise NotSent(NO_RIGHT)
        message = reminder_mail(letter, esms)
    if message is None:
        raise NotSent(TAKEN_BACK)
    return message
