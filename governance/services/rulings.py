"""What becomes of an arbitration that was put to the body: decided, or postponed."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from common import french
from common.errors import DomainError
from common.refusals import refused_in_words
from common.versions import change
from governance.completeness import lacks_dpo
from governance.enums import (
    ARBITRATION_SOURCE,
    ArbitrationKind,
    ArbitrationStatus,
    Choice,
    DecisionMode,
    ItemState,
    Majority,
    MeetingStatus,
)
from governance.models import Arbitration, ArbitrationOption, ArbitrationVote, Body, Meeting
from governance.selectors.votes import Scrutiny, VoiceLine, scrutiny_of
from governance.services.alerts import answer_from_arbitration
from governance.services.arbitrations import agenda_items, check_open, locked, settle_item
from governance.services.decisions import record_decision, settle_requests
from governance.services.follow_ups import add_follow_up
from organisations.models import OG, User

SILENCE = "Sans réponse : le silence vaut abstention."


@dataclass(frozen=True)
class ToDo:
    """What is to be done once it is decided."""

    label: str
    owner: User
    due_on: date


@transaction.atomic
def decide(
    *,
    arbitration: Arbitration,
    version: int,
    mode: DecisionMode,
    option: ArbitrationOption,
    text: str,
    user: User,
    token: uuid.UUID,
    reasons: str = "",
    conditions: str = "",
    decided_on: date | None = None,
    follow_ups: Sequence[ToDo] = (),
) -> Arbitration:
    """Decide: the votes are kept with their weight, a decision is recorded that other apps may cite, and the alerts
    that led to it are answered by its text. From here on the database refuses any change. Posted twice, once.

    `decided_on`: today unless said. Raises DomainError (field) outside a vote, without a quorum, when the votes don't
    say so, when the DPD wasn't heard; Conflict when the file changed since `version`.
    """
    text = text.strip()
    if arbitration.meeting_id:
        Meeting.objects.select_for_update(no_key=True).get(pk=arbitration.meeting_id)
    current = locked(arbitration)
    if current.decision is not None and current.decision.token == token:
        return current
    check_open(current)
    scrutiny = scrutiny_of(current)
    if scrutiny is None:
        raise DomainError("Un arbitrage se décide en séance, ou à l’issue d’une consultation écrite.")
    _check_heard(current)
    _check_quorum(scrutiny)
    _check_mode(scrutiny, mode, option)
    item = agenda_items(current).first()
    decision = record_decision(
        body=_body(scrutiny.meeting),
        decided_on=decided_on or timezone.localdate(),
        title=current.question,
        text=text,
        user=user,
        token=token,
        meeting=None if scrutiny.written else scrutiny.meeting,
        item=None if scrutiny.written else item,
    )
    _keep_votes(scrutiny, user)
    with refused_in_words(Arbitration):
        decided = change(
            arbitration,
            version=version,
            status=ArbitrationStatus.DECIDED,
            mode=mode,
            chosen=option,
            decision_text=text,
            reasons=reasons.strip(),
            conditions=conditions.strip(),
            decided_on=decision.decided_on,
            decision=decision,
            quorum_reached=scrutiny.quorum.reached,
            quorum_percent=0 if scrutiny.quorum.second_call else int(scrutiny.quorum.needed),
            represented_percent=scrutiny.quorum.represented,
        )
    settle_item(current, ItemState.TREATED)
    settle_requests(decision=decision, source=ARBITRATION_SOURCE, source_id=arbitration.pk)
    answer_from_arbitration(arbitration=decided, answer=text, user=user)
    for index, todo in enumerate(follow_ups):
        add_follow_up(
            project=current.project,
            label=todo.label,
            owner=todo.owner,
            due_on=todo.due_on,
            user=user,
            token=uuid.uuid5(token, str(index)),
            arbitration=decided,
        )
    return decided


def _body(meeting: Meeting) -> Body:
    meeting.body.project = meeting.project
    return meeting.body


def _check_heard(arbitration: Arbitration) -> None:
    if lacks_dpo(arbitration):
        raise DomainError(
            "L’avis du délégué à la protection des données manque : il est obligatoire pour décider de ce sujet."
        )


def _check_quorum(scrutiny: Scrutiny) -> None:
    if not scrutiny.quorum.reached:
        raise DomainError(french.typography(f"Le quorum n’est pas atteint : {WITHOUT_QUORUM}"))


WITHOUT_QUORUM = (
    "reportez l’arbitrage, ou convoquez une seconde fois sous quinze jours ; le comité délibère alors sans condition "
    "de quorum."
)


def _check_mode(scrutiny: Scrutiny, mode: DecisionMode, option: ArbitrationOption) -> None:
    """Whether this option may be adopted in this way. Raises DomainError."""
    if option.arbitration_id != scrutiny.arbitration.pk:
        raise DomainError("Cette option n’est pas de cet arbitrage.", field="option")
    if (mode == DecisionMode.WRITTEN) != scrutiny.written:
        raise DomainError("La consultation écrite et la séance ne se concluent pas de la même façon.", field="mode")
    if mode == DecisionMode.CONSENSUS:
        return _check_consensus(scrutiny, option)
    if mode == DecisionMode.WRITTEN:
        if scrutiny.open and scrutiny.waiting:
            day = french.long_date(scrutiny.arbitration.consultation_until)  # type: ignore[arg-type]
            raise DomainError(french.typography(f"La consultation court jusqu’au {day} : tous n’ont pas répondu."))
    elif scrutiny.waiting:
        names = french.listed([line.delegation.label for line in scrutiny.waiting])
        raise DomainError(
            french.typography(f"Il manque le vote de {names} : enregistrez-le, ou son abstention, avant de conclure.")
        )
    if mode == DecisionMode.CASTING_VOTE:
        return _check_casting(scrutiny, option)
    return _check_winner(scrutiny, option)


def _check_consensus(scrutiny: Scrutiny, option: ArbitrationOption) -> None:
    other = next((line for line in scrutiny.lines if line.counts and not _supports(line, option)), None)
    if other is not None:
        raise DomainError(
            french.typography(
                f"{other.delegation.label} ne soutient pas cette option : ce n’est pas un consensus. "
                "Concluez par le vote."
            ),
            field="mode",
        )


def _supports(line: VoiceLine, option: ArbitrationOption) -> bool:
    return line.vote is not None and line.vote.choice == Choice.FOR and line.vote.option_id == option.pk


def _check_casting(scrutiny: Scrutiny, option: ArbitrationOption) -> None:
    if ArbitrationKind(scrutiny.arbitration.kind).majority == Majority.QUALIFIED:
        raise DomainError(
            "Cette décision demande une majorité qualifiée : la présidence ne peut pas départager.", field="mode"
        )
    if option.pk not in scrutiny.tally.tie:
        raise DomainError("La présidence départage les options à égalité : celle-ci ne l’est pas.", field="option")
    chair = scrutiny.chair
    if chair is None:
        raise DomainError(
            french.typography("La présidence n’est pas en séance, ou n’est pas nommée : personne ne peut départager."),
            field="mode",
        )
    own = [line for line in scrutiny.lines if line.counts and line.speaker == chair]
    if any(not _supports(line, option) for line in own if line.vote and line.vote.choice == Choice.FOR):
        raise DomainError(
            french.typography(f"{chair} a voté pour une autre option : sa voix départage pour celle-là."),
            field="option",
        )


def _check_winner(scrutiny: Scrutiny, option: ArbitrationOption) -> None:
    tally = scrutiny.tally
    if tally.winner == option.pk:
        return
    if tally.winner is not None:
        raise DomainError("Le vote adopte une autre option : retenez celle-là.", field="option")
    if tally.majority == Majority.QUALIFIED:
        why = f"Aucune option n’atteint la majorité qualifiée, {french.percent(tally.percent)} des votes exprimés."
    else:
        why = "Aucune option ne dépasse la moitié des votes exprimés."
    raise DomainError(french.typography(f"{why} Reportez l’arbitrage, ou cherchez un accord."), field="mode")


def _keep_votes(scrutiny: Scrutiny, user: User) -> None:
    """Freeze what each voice weighs; a vote of a voice that nobody speaks for any more is dropped, silence after a
    consultation is written down as what it is worth."""
    for line in scrutiny.lines:
        if line.vote is None:
            if scrutiny.written and line.speaker is not None:
                _write_silence(line, line.speaker, scrutiny.arbitration, user)
        elif line.speaker is None:
            line.vote.delete()
        elif line.vote.weight != line.weight:
            ArbitrationVote.objects.filter(pk=line.vote.pk).update(weight=line.weight, version=F("version") + 1)


def _write_silence(line: VoiceLine, voter: User, arbitration: Arbitration, user: User) -> None:
    ArbitrationVote.objects.create(
        project_id=arbitration.project_id,
        arbitration=arbitration,
        unit_id=line.unit_id,
        og=line.delegation.og or OG.objects.filter(project=arbitration.project_id).order_by("name")[0],
        voter=voter,
        recorded_by=user,
        weight=line.weight,
        choice=Choice.ABSTENTION,
        comment=SILENCE,
    )


@transaction.atomic
def postpone(*, arbitration: Arbitration, version: int, to: date, reason: str) -> Arbitration:
    """Put off an arbitration to a day, for a reason; the votes already cast are dropped, since all vote again.

    Raises DomainError (field) for a day that isn't to come, without a reason, or unless it is on an agenda; Conflict.
    """
    reason = reason.strip()
    if to <= timezone.localdate():
        raise DomainError("Choisissez un jour à venir.", field="to")
    if not reason:
        raise DomainError("Dites pourquoi l’arbitrage est reporté.", field="reason")
    current = locked(arbitration)
    check_open(current)
    if current.status != ArbitrationStatus.TO_DECIDE or current.meeting is None:
        raise DomainError("Seul un arbitrage inscrit à l’ordre du jour se reporte.")
    current.votes.all().delete()
    if current.meeting.status in {MeetingStatus.DRAFT, MeetingStatus.CONVENED}:
        agenda_items(current).delete()
    else:
        settle_item(current, ItemState.POSTPONED)
    return change(
        arbitration,
        version=version,
        status=ArbitrationStatus.POSTPONED,
        postponed_to=to,
        postponement_reason=reason,
        meeting=None,
        consultation_until=None,
    )
