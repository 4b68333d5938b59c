"""From a draft to the project: proposed to the direction, validated, transmitted. Some, or all at once."""

import uuid
from collections.abc import Mapping

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from common.errors import Conflict, DomainError
from organisations.models import ESMS, User
from structures.enums.needs import NeedStatus
from structures.models import Need

Versions = Mapping[uuid.UUID, int]  # of each chosen need, as it was read


@transaction.atomic
def propose_needs(*, esms: ESMS, chosen: Versions) -> list[Need]:
    """Whoever fills puts needs to the direction. Raises DomainError, or Conflict when one changed since it was read."""
    return _move(esms, chosen, {NeedStatus.DRAFT}, NeedStatus.PROPOSED, {})


@transaction.atomic
def validate_needs(*, esms: ESMS, chosen: Versions, user: User) -> list[Need]:
    """The direction validates needs, proposed to it or not. Raises DomainError, or Conflict when one changed since it
    was read: the direction validates what it saw."""
    held = {"validated_by": user, "validated_at": timezone.now()}
    return _move(esms, chosen, {NeedStatus.DRAFT, NeedStatus.PROPOSED}, NeedStatus.VALIDATED, held)


@transaction.atomic
def transmit_needs(*, esms: ESMS, chosen: Versions, user: User) -> list[Need]:
    """The direction validates what isn't yet, and transmits all of it to the project lead.

    Raises DomainError, or Conflict when one changed since it was read.
    """
    now = timezone.now()
    held = {"validated_by": user, "validated_at": now}
    needs = _read(esms, chosen)
    already = [need for need in needs if need.status == NeedStatus.VALIDATED]
    fresh = {need.pk: chosen[need.pk] for need in needs if need.status != NeedStatus.VALIDATED}
    if fresh:
        open_ones = {NeedStatus.DRAFT, NeedStatus.PROPOSED}
        _move(esms, fresh, open_ones, NeedStatus.TRANSMITTED, {**held, "transmitted_at": now})
    if already:
        kept = {need.pk: chosen[need.pk] for need in already}
        _move(esms, kept, {NeedStatus.VALIDATED}, NeedStatus.TRANSMITTED, {"transmitted_at": now})
    return needs


@transaction.atomic
def reopen_need(*, need: Need, version: int) -> Need:
    """The direction takes back what it validated, before it is transmitted: it is a proposal again.

    Raises DomainError once transmitted, Conflict when somebody changed it since `version`.
    """
    chosen = {need.pk: version}
    back: dict[str, object] = {"validated_by": None, "validated_at": None}
    return _move(need.esms, chosen, {NeedStatus.VALIDATED}, NeedStatus.PROPOSED, back)[0]


def _read(esms: ESMS, chosen: Versions) -> list[Need]:
    """The chosen needs as they stand, which nobody changes meanwhile. Raises DomainError, Conflict."""
    if not chosen:
        raise DomainError("Cochez au moins un besoin.")
    rows = Need.objects.kept().filter(esms=esms, pk__in=list(chosen)).select_for_update(of=("self",))
    needs = list(rows.order_by("number"))
    if len(needs) != len(chosen):
        raise DomainError("Un des besoins choisis a été retiré : voici ceux qui restent.")
    for need in needs:
        if need.version != chosen[need.pk]:
            raise Conflict(current=need, attempted={})
    return needs


def _move(
    esms: ESMS, chosen: Versions, before: set[NeedStatus], after: NeedStatus, values: dict[str, object]
) -> list[Need]:
    needs = _read(esms, chosen)
    for need in needs:
        if NeedStatus(need.status) not in before:
            raise DomainError(
                f"Le besoin n° {need.number} est « {NeedStatus(need.status).label.lower()} » : rien à faire."
            )
        if not need.is_complete:
            raise DomainError(f"Le besoin n° {need.number} n’a pas encore son domaine et sa priorité.")
    rows = Need.objects.filter(pk__in=[need.pk for need in needs])
    rows.update(status=after, version=F("version") + 1, **values)
    for need in needs:
        need.status = after
        need.version += 1
    return needs
