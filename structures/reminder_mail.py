"""The e-mail of a reminder: what waits in the structure, and where."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from common import french
from organisations.models import ESMS
from structures.models import Reminder, ReminderLetter


def reminder_mail(letter: ReminderLetter, esms: ESMS) -> EmailMultiAlternatives | None:
    """In the scope of who it is for; None once the reminder was taken back or read."""
    reminder = Reminder.objects.filter(pk=letter.reminder_id, taken_back_at=None, seen_at=None).first()
    if reminder is None:
        return None
    name = french.typography(esms.name)
    context = {
        "person": letter.user,
        "who": letter.asked_by.get_full_name(),
        "structure": name,
        "project": french.typography(esms.project.name),
        "about": reminder.about,
        "message": french.typography(reminder.message),
        "url": settings.SITE_URL + reverse("structure", args=[esms.project.slug, esms.slug]),
    }
    return EmailMultiAlternatives(
        subject=" ".join(french.typography(f"Relance : {name}, {esms.project.short_name}").split()),
        body=render_to_string("structures/mail/reminder.txt", context),
        to=[letter.user.email],
        reply_to=[letter.asked_by.email],
    )
