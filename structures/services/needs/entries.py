"""Noting needs, one line at a time or many at once; their fields; taking one away and back."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from common.errors import DomainError
from common.locks import one_at_a_time
from common.versions import change, change_fields
from organisations.enums import Phase
from organisations.models import ESMS, User, place_of
from structures.enums.needs import NeedStatus
from structures.models import Need, NeedMessage

EDITABLE = ("title", "priority", "domain", "serves", "source", "description")
TITLE_LENGTH = 200
AT_ONCE = 60  # lines pasted at once
DEPLOYED = (Phase.USAGE, Phase.ROUTINE)  # from there on, a new need is a demand for evolution


@transaction.atomic
def note_needs(*, esms: ESMS, titles: Sequence[str], user: User, token: uuid.UUID) -> list[Need]:
    """Note needs, one a title, in their order. The same form posted twice notes them once.

    Raises DomainError when there is none, too many, or one is too long.
    """
    titles = [line for title in titles if (line := " ".join(title.split()))]
    if not titles:
        raise DomainError("Écrivez le besoin en quelques mots.", field="title")
    if len(titles) > AT_ONCE:
        raise DomainError(f"Pas plus de {AT_ONCE} besoins à la fois : collez-les en deux fois.", field="lines")
    for number, title in enumerate(titles, start=1):
        if len(title) > TITLE_LENGTH:
            where = f"La ligne {number} est trop longue" if len(titles) > 1 else "C’est trop long"
            raise DomainError(f"{where} : {TITLE_LENGTH} caractères au plus, le détail vient ensuite.", field="title")
    one_at_a_time(f"need:{esms.pk}")  # so that numbers follow one another
    tokens = [uuid.uuid5(token, str(number)) for number in range(len(titles))]
    if known := list(Need.objects.filter(esms=esms, token__in=tokens).order_by("number")):
        return known
    first = (Need.objects.filter(esms=esms).aggregate(last=Max("number"))["last"] or 0) + 1
    return Need.objects.bulk_create(
        Need(
            **place_of(esms),
            number=first + place,
            title=title,
            evolution=esms.phase in DEPLOYED,
            written_by=user,
            token=tokens[place],
        )
        for place, title in enumerate(titles)
    )


@transaction.atomic
def edit_need(*, need: Need, version: int, values: dict[str, Any]) -> Need:
    """Write one field of a need that the direction hasn't validated.

    Raises DomainError once it is validated or taken away, or for what a proposed one can't do without; Conflict when
    somebody changed that field since `version`.
    """
    if not set(values) <= set(EDITABLE):
        raise ValueError(f"{', '.join(values)}: not edited one by one.")
    row = _locked(need)
    _check_open(row)
    return change_fields(row, version=version, **values)


@transaction.atomic
def remove_need(*, need: Need, version: int) -> Need:
    """Take a need away: it stays in memory, and comes back as it was.

    Raises DomainError once it is validated, Conflict when somebody changed it since `version`.
    """
    row = _locked(need)
    if row.removed_at is not None:
        return row
    _check_open(row)
    return change(row, version=version, removed_at=timezone.now())


@transaction.atomic
def restore_need(*, need: Need) -> Need:
    """Bring back a need that was taken away. Twice is once."""
    row = _locked(need)
    return row if row.removed_at is None else change(row, version=row.version, removed_at=None)


@transaction.atomic
def write_message(*, need: Need, user: User, text: str, token: uuid.UUID) -> NeedMessage:
    """Add to what is said of a need; the same form posted twice says it once. Raises DomainError when empty."""
    text = text.strip()
    if not text:
        raise DomainError("Écrivez votre message.", field="text")
    said, _ = NeedMessage.objects.get_or_create(
        need=need, token=token, defaults={**place_of(need.esms), "author": user, "text": text}
    )
    return said


def _check_open(need: Need) -> None:
    """Raises DomainError when the words of a need no longer change."""
    if need.is_open:
        return
    if need.removed_at is not None:
        raise DomainError("Ce besoin est retiré, remettez-le pour le changer.")
    if need.status == NeedStatus.TRANSMITTED:
        raise DomainError(
            "Ce besoin est transmis, il ne change plus. Écrivez un message à son sujet, ou notez un nouveau besoin."
        )
    raise DomainError("La direction a validé ce besoin, et le rouvre avant qu’il change.")


def _locked(need: Need) -> Need:
    return Need.objects.select_for_update(of=("self",)).select_related("esms").get(pk=need.pk)
