"""Keys with which software sends figures: given, used, taken away."""

import base64
import uuid
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from common.errors import DomainError
from common.locks import one_at_a_time
from common.scope import open_scope
from common.versions import change
from indicators.models import PushKey
from indicators.selectors.keys import digest_of, scope_of_key
from organisations.models import ESMS, Project, User, place_of

PREFIX = "dui_"
HINT = 12
LONGEST = timedelta(days=731)
# How long the same form, posted again, shows the key again: a double click, a line that broke.
SHOWN = timedelta(minutes=5)
PAST = "Ce jour est passé : donnez un jour à venir."
TOO_LONG = "Une clé vaut deux ans au plus."
SHOWN_ALREADY = "Cette clé a déjà été donnée, et n’est montrée qu’une fois. Retirez-la si personne ne l’a notée."


@transaction.atomic
def issue_key(
    *, project: Project, esms: ESMS | None, label: str, expires_on: date, token: uuid.UUID, by: User
) -> tuple[PushKey, str]:
    """Give a key for a structure, or for the vendor without one: the row, and the key itself, which is kept nowhere.

    The key is drawn from the form's token and from a secret of the application, so that one form posted twice makes one
    key, and who sees the answer to the second sees it too. Raises DomainError for a day gone by or too far away, and
    when that form is posted again later.
    """
    today = timezone.localdate()
    if expires_on < today:
        raise DomainError(PAST, field="expires_on")
    if expires_on > today + LONGEST:
        raise DomainError(TOO_LONG, field="expires_on")
    place = esms.pk if esms else project.pk
    one_at_a_time(f"push-key:{place}")
    key = _drawn(place, by, token)
    there = PushKey.objects.filter(place=place, digest=digest_of(key)).first()
    if there is not None:
        if there.revoked_at or there.issued_at < timezone.now() - SHOWN:
            raise DomainError(SHOWN_ALREADY)
        return there, key
    row = PushKey.objects.create(
        **(place_of(esms) if esms else {"project": project}),
        place=place,
        label=label.strip(),
        digest=digest_of(key),
        hint=key[:HINT],
        issued_by=by,
        expires_on=expires_on,
    )
    return row, key


def _drawn(place: uuid.UUID, by: User, token: uuid.UUID) -> str:
    secret = salted_hmac("indicators.push_key", f"{place}:{by.pk}:{token}", algorithm="sha256").digest()
    return PREFIX + base64.urlsafe_b64encode(secret).decode().rstrip("=")


@transaction.atomic
def revoke_key(*, key: PushKey, version: int, by: User) -> PushKey:
    """Nothing is taken in under it any more, for ever. Twice is once. Raises Conflict."""
    if key.revoked_at:
        return key
    return change(key, version=version, revoked_at=timezone.now(), revoked_by=by)


@transaction.atomic
def note_use(*, key: PushKey, request_id: str) -> None:
    """That it was used; to the minute, so that those who send at once don't wait for one another."""
    now = timezone.now()
    with open_scope(scope_of_key(key), request_id=request_id):
        rows = PushKey.objects.filter(Q(last_used_at=None) | Q(last_used_at__lt=now - timedelta(minutes=1)), pk=key.pk)
        rows.update(last_used_at=now)
