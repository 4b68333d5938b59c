"""The private address under which a calendar reads one person's meetings."""

import secrets

from django.db import transaction
from django.utils import timezone

from common.refusals import refused_in_words
from governance.models import CalendarFeed
from governance.models.feeds import digest_of
from organisations.models import User


@transaction.atomic
def open_feed(*, user: User) -> str:
    """A new address for this person: its token, which is told this once. Raises DomainError when one is open."""
    token = secrets.token_urlsafe(32)
    with refused_in_words(CalendarFeed):
        CalendarFeed.objects.create(user=user, digest=digest_of(token))
    return token


@transaction.atomic
def revoke_feed(*, user: User) -> None:
    """Calendars that read the address of this person find nothing there any more. Twice is once."""
    CalendarFeed.objects.filter(user=user, revoked_at=None).update(revoked_at=timezone.now())
