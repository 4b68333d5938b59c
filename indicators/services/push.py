"""Taking in what a software sends: all of it, or nothing."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from common.errors import DomainError
from common.locks import one_at_a_time
from common.scope import Scope, open_scope
from indicators.entry import Given
from indicators.enums import IndicatorPhase, Origin
from indicators.models import Campaign, Push, PushKey, Statement
from indicators.periods import Period
from indicators.pushed import Fault, Faulty, Sending, given_of, read
from indicators.selectors.asked import asked_of, figures_of
from indicators.selectors.definitions import Followed, by_code, followed
from indicators.selectors.keys import scope_of_key, scope_of_sending
from indicators.services.figures import entering, write_figure
from organisations.models import ESMS

# One sentence for what is not there, and for what this key doesn't open.
NO_STRUCTURE = "Aucune structure de ce nom n’est ouverte à cette clé."
WHICH_STRUCTURE = "Cette clé sert à plusieurs structures : dites laquelle, par son nom court."
OTHER_BODY = "Cette référence (Idempotency-Key) a déjà servi à un autre envoi. Prenez-en une nouvelle."


class NoStructure(DomainError):
    """Nothing of that name under this key."""


class NotNow(DomainError):
    """The figures of this structure for this period may not be written, or no more."""


class Reused(DomainError):
    """A reference that was another sending's."""


@dataclass(frozen=True)
class Receipt:
    """`answer`: what the sender is told; `again`: it was told already."""

    answer: dict[str, Any]
    again: bool


@transaction.atomic
def receive(*, key: PushKey, reference: str, body: bytes, request_id: str) -> Receipt:
    """Write all that a body gives, and keep what is answered under the sender's reference.

    Raises Unreadable and Faulty for the body, NoStructure, NotNow, Reused: then nothing is kept.
    """
    digest = hashlib.sha256(body).hexdigest()
    one_at_a_time(f"push:{key.pk}:{reference}")
    with open_scope(scope_of_key(key), request_id=request_id):
        if known := Push.objects.filter(key=key, reference=reference).first():
            if known.body_digest != digest:
                raise Reused(OTHER_BODY)
            return Receipt(known.answer, again=True)
    sending = read(body)
    esms = _structure(key, sending, request_id)
    with open_scope(scope_of_sending(esms), request_id=request_id):
        answer = _write(key, esms, sending)
    with open_scope(scope_of_key(key), request_id=request_id):
        Push.objects.create(
            project_id=key.project_id,
            og_id=key.og_id,
            esms_id=key.esms_id,
            place=key.place,
            key=key,
            reference=reference,
            body_digest=digest,
            answer=answer,
        )
    return Receipt(answer, again=False)


def _structure(key: PushKey, sending: Sending, request_id: str) -> ESMS:
    """Looked for in the project of the key only: elsewhere is as nowhere."""
    if not sending.structure and key.esms_id is None:
        raise Faulty([Fault("/structure", WHICH_STRUCTURE)])
    with open_scope(Scope(project_ids=frozenset({str(key.project_id)})), request_id=request_id):
        rows = ESMS.objects.select_related("og", "project").filter(project_id=key.project_id)
        if sending.structure:
            rows = rows.filter(slug=sending.structure)
        if key.esms_id:
            rows = rows.filter(pk=key.esms_id)
        esms = rows.first()
    if esms is None:
        raise NoStructure(NO_STRUCTURE)
    return esms


def _write(key: PushKey, esms: ESMS, sending: Sending) -> dict[str, Any]:
    statement = _statement(esms, sending.period)
    asked = asked_of(esms, sending.period, followed(esms.project))
    faults: list[Fault] = []
    lines = _judged(key, sending, asked, faults)
    if faults:
        raise Faulty(faults)
    before = {figure.indicator_id: figure.version for figure in figures_of(statement).values()}
    written: list[str] = []
    unchanged: list[str] = []
    for pointer, one, given in lines:
        try:
            figure = write_figure(
                statement=statement, followed=one, given=given, version=None, by=None, origin=Origin.PUSHED
            )
        except DomainError as error:
            raise Faulty([Fault(pointer, str(error), one.code)]) from error
        same = figure is not None and before.get(one.indicator.pk) == figure.version
        (unchanged if same else written).append(one.code)
    return {"written": written, "unchanged": unchanged, "statement": _state(statement, asked, sending.period)}


def _statement(esms: ESMS, period: Period) -> Statement:
    """The one of this period, held for entry."""
    campaign = Campaign.objects.filter(
        project=esms.project, frequency=period.frequency, period_start=period.start
    ).first()
    if campaign is None:
        raise NotNow(f"Aucune collecte n’est ouverte pour cette période ({period.label}).")
    statement = Statement.objects.filter(campaign=campaign, esms=esms).first()
    if statement is None:
        raise NotNow(f"Aucun relevé n’est demandé à cette structure pour cette période ({period.label}).")
    try:
        current = entering(statement)
    except DomainError as error:
        raise NotNow(str(error)) from error
    current.esms = esms
    return current


def _judged(
    key: PushKey, sending: Sending, asked: Sequence[Followed], faults: list[Fault]
) -> list[tuple[str, Followed, Given]]:
    known = by_code(list(asked))
    found = []
    for line in sending.lines:
        one = known.get(line.indicator)
        if one is None:
            said = "Cet indicateur n’est pas demandé à cette structure pour cette période."
            faults.append(line.fault(said, "indicator"))
        elif key.esms_id is None and one.definition.phase != IndicatorPhase.USAGE:
            faults.append(line.fault("La clé de l’éditeur n’envoie que les indicateurs d’usage.", "indicator"))
        elif (given := given_of(line, one.definition, faults)) is not None:
            found.append((line.pointer, one, given))
    return found


def _state(statement: Statement, asked: Sequence[Followed], period: Period) -> dict[str, Any]:
    """Where the statement stands: what is there and what isn't, never how much."""
    there = figures_of(statement)
    missing = [one.code for one in asked if not (one.indicator.pk in there and there[one.indicator.pk].is_there)]
    campaign = statement.campaign
    return {
        "structure": statement.esms.slug,
        "period": period.code,
        "status": statement.status,
        "entered": len(asked) - len(missing),
        "asked": len(asked),
        "missing": missing,
        "due_on": campaign.due_on.isoformat(),
        "closes_on": max(filter(None, (campaign.closes_on, statement.reopened_until))).isoformat(),
    }
