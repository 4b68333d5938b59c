"""Voting: a voice said in the meeting or by writing, and consultations opened."""

import uuid
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from common import french
from common.errors import Conflict, DomainError
from common.refusals import refused_in_words
from common.versions import change
from governance.enums import ArbitrationStatus, Choice, MeetingStatus
from governance.models import Arbitration, ArbitrationOption, ArbitrationVote, Meeting
from governance.selectors.votes import Scrutiny, VoiceLine, scrutiny_of, sits
from governance.services.arbitrations import check_open, locked
from governance.services.outbox import consult
from organisations.models import OG, User

TIME_TO_ANSWER = timedelta(days=10)  # governance.yaml, decision_modes, written_consultation


@transaction.atomic
def open_consultation(*, arbitration: Arbitration, version: int, user: User) -> Arbitration:
    """Have an arbitration decided by writing, in ten days, and write to who may vote; silence will be an abstention.
    Twice is once.

    The voices are those of the meeting that it was put to. Raises DomainError before it is put to one that is convened;
    Conflict when it changed since `version`.
    """
    current = locked(arbitration)
    check_open(current)
    if current.consultation_until is not None:
        return current
    meeting = current.meeting
    if current.status != ArbitrationStatus.TO_DECIDE or meeting is None:
        raise DomainError("Inscrivez d’abord l’arbitrage à une séance : ses membres seront consultés.")
    if meeting.status in {MeetingStatus.DRAFT, MeetingStatus.CANCELLED}:
        raise DomainError("Cette séance n’est pas convoquée : personne n’y est encore appelé à voter.")
    change(arbitration, version=version, consultation_until=timezone.localdate() + TIME_TO_ANSWER)
    opened = locked(arbitration)
    if scrutiny := scrutiny_of(opened):
        consult(arbitration=opened, people=scrutiny.asked, user=user)
    return opened


@transaction.atomic
def cast_vote(
    *,
    arbitration: Arbitration,
    unit_id: uuid.UUID,
    choice: Choice,
    user: User,
    version: int,
    option: ArbitrationOption | None = None,
    comment: str = "",
    records: bool = False,
) -> ArbitrationVote:
    """Say what one voice says, or say otherwise: it has one vote, which may change until the decision.

    `version`: that of the vote which was read, 0 without one. `records`: `user` writes down what was said in the room,
    for any voice that somebody speaks for. Raises DomainError (field) outside a vote, for a voice that isn't theirs or
    nobody speaks for, for an option of another arbitration; Conflict when it said something else meanwhile.
    """
    scrutiny = _open_scrutiny(_held(arbitration))
    line = scrutiny.line(unit_id)
    if line is None:
        raise DomainError("Cette voix ne vote pas à cette séance.")
    _check_speaks(line, user, records=records)
    if not records:
        _check_sits(scrutiny.meeting, user)
    if option is not None and option.arbitration_id != arbitration.pk:
        raise DomainError("Cette option n’est pas de cet arbitrage.", field="ballot")
    values: dict[str, Any] = {
        "choice": choice,
        "option": option if choice == Choice.FOR else None,
        "comment": comment.strip(),
        "weight": line.weight,
        "voter": line.speaker if records else user,
        "recorded_by": user,
    }
    with refused_in_words(ArbitrationVote, field="ballot"):
        if line.vote is None and not version:
            return ArbitrationVote.objects.create(
                project_id=arbitration.project_id,
                arbitration=arbitration,
                unit_id=unit_id,
                og=_og(line, arbitration),
                **values,
            )
        return _again(line, version, values)


def _held(arbitration: Arbitration) -> Arbitration:
    """The arbitration as it stands; nobody closes the meeting, votes or decides meanwhile. The meeting first."""
    if arbitration.meeting_id:
        Meeting.objects.select_for_update(no_key=True).get(pk=arbitration.meeting_id)
    current = locked(arbitration)
    check_open(current)
    return current


def _open_scrutiny(arbitration: Arbitration) -> Scrutiny:
    scrutiny = scrutiny_of(arbitration)
    if scrutiny is None:
        raise DomainError("Le vote n’est pas ouvert : il se tient en séance, ou par consultation écrite.")
    if not scrutiny.open:
        day = french.long_date(arbitration.consultation_until or timezone.localdate())
        raise DomainError(french.typography(f"La consultation s’est terminée le {day} : le silence vaut abstention."))
    return scrutiny


def _check_speaks(line: VoiceLine, user: User, *, records: bool) -> None:
    if line.speaker is None:
        raise DomainError(
            french.typography(f"Personne ne représente {line.delegation.label} : sa voix ne peut pas s’exprimer.")
        )
    if not records and user not in line.speakers:
        raise DomainError(french.typography(f"Vous ne portez pas la voix de {line.delegation.label}."))


def _check_sits(meeting: Meeting, user: User) -> None:
    """Who was called to the meeting may have left the body since: a consultation lasts."""
    if not sits(user, meeting):
        raise DomainError(french.typography(f"Vous ne siégez plus au {meeting.body} : vous n’y votez plus."))


def _og(line: VoiceLine, arbitration: Arbitration) -> OG:
    """Whose OG a voice is: in a project of one OG, that one."""
    found = line.delegation.og or OG.objects.filter(project=arbitration.project_id).order_by("name").first()
    if found is None:
        raise DomainError("Le projet n’a pas encore d’OG : personne ne peut voter.")
    return found


def _again(line: VoiceLine, version: int, values: dict[str, Any]) -> ArbitrationVote:
    """Change a vote. What it says already is no conflict."""
    vote = line.vote
    if vote is None:
        raise Conflict(current=None, attempted=values)
    if (vote.choice, vote.option, vote.comment) == (values["choice"], values["option"], values["comment"]):
        return vote
    return change(vote, version=version, voted_at=timezone.now(), **values)
