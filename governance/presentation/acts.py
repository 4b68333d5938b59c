"""What may be done with an arbitration, in French: by whom, now, and what comes next."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from common import french
from governance.completeness import lacks_dpo
from governance.enums import ArbitrationStatus, MeetingStatus
from governance.models import Arbitration, Meeting
from governance.presentation.arbitrations import completeness, lacks, meeting_words, over
from governance.presentation.votes import spoken
from governance.rights import Rights
from governance.selectors.votes import Scrutiny, VoiceLine
from organisations.models import User


@dataclass(frozen=True)
class Acts:
    """`lack`: what is still to be written, for who writes it; `next`: what happens now, for everybody.

    `puts`: it may go on the agenda of a meeting; `again`: because the meeting that it was put to is over; `concludes`:
    the vote may be concluded as it is.
    """

    next: str
    lack: str
    edits: bool
    puts: bool
    again: bool
    takes_off: bool
    postpones: bool
    consults: bool
    withdraws: bool
    decides: bool
    concludes: bool
    applies: bool
    cites: bool
    adds_follow_ups: bool


def acts(arbitration: Arbitration, scrutiny: Scrutiny | None, rights: Rights, *, voted: bool) -> Acts:
    """`voted`: whether somebody voted already."""
    status, prepares = ArbitrationStatus(arbitration.status), rights.prepares
    still_open = status in {ArbitrationStatus.DRAFT, ArbitrationStatus.TO_DECIDE, ArbitrationStatus.POSTPONED}
    on_agenda = status == ArbitrationStatus.TO_DECIDE
    again = on_agenda and over(arbitration.meeting) and arbitration.consultation_until is None
    waits = still_open and (not on_agenda or again)
    lacking = prepares and waits and bool(lacks(arbitration))
    return Acts(
        next=_next(arbitration, scrutiny, again=again),
        lack=f"{completeness(arbitration)}." if lacking else "",
        edits=prepares and still_open,
        puts=prepares and waits and not lacking and not voted,
        again=again,
        takes_off=prepares and on_agenda and scrutiny is None and not voted,
        postpones=prepares and on_agenda,
        consults=prepares and on_agenda and arbitration.consultation_until is None and _convened(arbitration.meeting),
        withdraws=prepares and still_open and not voted,
        decides=prepares and scrutiny is not None,
        concludes=prepares and scrutiny is not None and bool(scrutiny.modes),
        applies=prepares and status == ArbitrationStatus.DECIDED,
        cites=prepares and not still_open,
        adds_follow_ups=prepares and status.frozen,
    )


def _convened(meeting: Meeting | None) -> bool:
    return meeting is not None and meeting.status not in {MeetingStatus.DRAFT, MeetingStatus.CANCELLED}


def _next(arbitration: Arbitration, scrutiny: Scrutiny | None, *, again: bool) -> str:
    """What happens now."""
    status, meeting = arbitration.status, arbitration.meeting
    if status == ArbitrationStatus.DRAFT:
        return "Le dossier s’instruit. Complet, il sera inscrit à l’ordre du jour d’une séance du COSTRAT."
    if status == ArbitrationStatus.POSTPONED and arbitration.postponed_to:
        return f"La question reviendra devant le COSTRAT le {french.long_date(arbitration.postponed_to)}."
    if status != ArbitrationStatus.TO_DECIDE or meeting is None:
        return ""
    if again:
        gone = "est annulée" if meeting.status == MeetingStatus.CANCELLED else "est passée"
        return f"La séance à laquelle il était inscrit, {meeting_words(meeting)}, {gone} : une autre est à choisir."
    if scrutiny is None:
        return _awaited(arbitration, meeting)
    if lacks_dpo(arbitration):
        return "L’avis du délégué à la protection des données est obligatoire : rien ne se décide sans lui."
    return _voting(arbitration, scrutiny)


def _voting(arbitration: Arbitration, scrutiny: Scrutiny) -> str:
    """What a vote that may be concluded waits for."""
    if not scrutiny.written:
        return "Le vote est ouvert."
    until = french.long_date(arbitration.consultation_until) if arbitration.consultation_until else ""
    if scrutiny.open:
        return f"Le COSTRAT vote par écrit jusqu’au {until} inclus."
    return f"La consultation écrite s’est terminée le {until}."


def _awaited(arbitration: Arbitration, meeting: Meeting) -> str:
    """Before the vote, and for who reads only what comes out of it."""
    if arbitration.consultation_until:
        until = french.long_date(arbitration.consultation_until)
        return f"Le COSTRAT est consulté par écrit jusqu’au {until}. Sa décision se lira ici."
    if meeting.status == MeetingStatus.IN_SESSION:
        return "Le COSTRAT est en séance. Sa décision se lira ici."
    return f"Le {meeting_words(meeting)} le tranchera. Le vote s’ouvre avec la séance."


@dataclass(frozen=True)
class OwnVoice:
    """A voice that the reader may express. `stands`: what it says already."""

    unit_id: UUID
    title: str
    stands: str
    version: int
    ballot: str
    comment: str


def own_voices(scrutiny: Scrutiny | None, reader: User) -> list[OwnVoice]:
    if scrutiny is None or not scrutiny.open:
        return []
    return [_own(line, scrutiny, reader) for line in scrutiny.voice_of(reader)]


def not_noted(scrutiny: Scrutiny | None, reader: User) -> str:
    """What who holds a voice and isn't noted as attending does to vote."""
    if scrutiny is None or scrutiny.written:
        return ""
    silent = [line.delegation for line in scrutiny.lines if line.speaker is None]
    if not any(reader in {one.holder, *one.substitutes} for one in silent):
        return ""
    return french.typography(
        "Votre présence n’est pas notée : pour voter, demandez au chef de projet de la noter, puis rechargez la page."
    )


def _own(line: VoiceLine, scrutiny: Scrutiny, reader: User) -> OwnVoice:
    weight = french.percent(line.weight)
    of_what = f"au nom de {line.delegation.label}, {weight}" if scrutiny.by_og else f"{weight} des voix"
    if not scrutiny.by_og and line.delegation.holder != reader:
        of_what = f"pour {line.delegation.label}, {weight} des voix"
    stands = ""
    if line.vote:
        by = "" if line.vote.recorded_by_id == reader.pk else f", enregistré par {line.vote.recorded_by}"
        stands = f"Vote enregistré{by} à {french.clock(line.vote.voted_at)}. Il peut changer jusqu’à la décision."
    return OwnVoice(
        unit_id=line.unit_id,
        title=french.typography(f"Votre vote, {of_what}"),
        stands=french.typography(stands),
        version=line.vote.version if line.vote else 0,
        ballot=spoken(line.vote) if line.vote else "",
        comment=line.vote.comment if line.vote else "",
    )


@dataclass(frozen=True)
class RoomVoice:
    """A voice whose vote the lead writes down."""

    unit_id: UUID
    whose: str
    person: str
    version: int
    ballot: str
    comment: str


def room_voices(scrutiny: Scrutiny | None) -> list[RoomVoice]:
    """Those that somebody speaks for."""
    if scrutiny is None or not scrutiny.open:
        return []
    return [
        RoomVoice(
            unit_id=line.unit_id,
            whose=line.delegation.label,
            person=str(line.speaker),
            version=line.vote.version if line.vote else 0,
            ballot=spoken(line.vote) if line.vote else "",
            comment=line.vote.comment if line.vote else "",
        )
        for line in scrutiny.lines
        if line.speaker is not None
    ]


def told_vote(label: str, words: str) -> str:
    """« Le vote de Brumes Claires est enregistré : Pour A. »"""
    return french.typography(f"Le vote de {label} est enregistré : {words}.")


def consultation_ends(days: timedelta) -> str:
    """What opening a consultation does, said beside its button."""
    return french.typography(
        f"Un courriel le demande à chaque voix, qui répond ici sous {french.in_words(days.days)} jours ; "
        "qui ne répond pas s’abstient."
    )
