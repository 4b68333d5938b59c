"""A vote under way: who speaks for each voice, what each said, the count, and how it may be concluded."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from governance.enums import ArbitrationKind, ArbitrationStatus, BodyKind, Choice, DecisionMode, MeetingStatus
from governance.models import Arbitration, ArbitrationVote, Mandate, Meeting
from governance.selectors.voices import Assembly, Delegation, assembly_of, by_og
from governance.voting import Ballot, Quorum, Room, Tally, quorum, spokesmen, tally
from organisations.access import Access
from organisations.enums import ProjectKind
from organisations.models import Project, User


@dataclass(frozen=True)
class VoiceLine:
    """One voice. `speaker`: who speaks for it, None when nobody does; `speakers`: who may express it themselves.

    A vote counts as long as somebody speaks for its voice.
    """

    delegation: Delegation
    speaker: User | None
    speakers: tuple[User, ...]
    vote: ArbitrationVote | None

    @property
    def unit_id(self) -> uuid.UUID:
        return self.delegation.voice.unit_id

    @property
    def weight(self) -> Decimal:
        return self.delegation.voice.weight

    @property
    def counts(self) -> bool:
        return self.vote is not None and self.speaker is not None

    @property
    def waits(self) -> bool:
        return self.vote is None and self.speaker is not None


@dataclass(frozen=True)
class Scrutiny:
    """The vote on an arbitration, as it is now.

    `written`: it is held by writing, until `arbitration.consultation_until`; `open`: votes are taken.
    """

    arbitration: Arbitration
    meeting: Meeting
    lines: Sequence[VoiceLine]
    quorum: Quorum
    tally: Tally
    chair: User | None  # only when they attend
    written: bool
    open: bool

    @property
    def by_og(self) -> bool:
        return by_og(self.meeting)

    @property
    def waiting(self) -> list[VoiceLine]:
        """The voices that somebody speaks for, and that said nothing yet."""
        return [line for line in self.lines if line.waits]

    @property
    def modes(self) -> list[DecisionMode]:
        """How it may be concluded now, the likeliest first; none without a quorum, or before a consultation is over."""
        if not self.quorum.reached:
            return []
        if self.written:
            over = not self.open or not self.waiting
            return [DecisionMode.WRITTEN] if over and self.tally.winner else []
        found = []
        if self.tally.winner and not self.waiting:
            found.append(DecisionMode.WEIGHTED_VOTE)
        if self.tally.tie and not self.waiting and self.chair:
            found.append(DecisionMode.CASTING_VOTE)
        if len(self.agreed) <= 1 and not self.tally.against and not self.tally.abstained:
            found.append(DecisionMode.CONSENSUS)
        return found

    @property
    def agreed(self) -> set[uuid.UUID]:
        """The options that somebody supports."""
        return set(self.tally.for_option)

    @property
    def signature(self) -> str:
        """Changes when something of it does."""
        said = [
            (line.unit_id, line.weight, line.speaker and line.speaker.pk, line.vote and line.vote.version)
            for line in self.lines
        ]
        whole = repr((said, self.open, self.written, self.arbitration.status, self.arbitration.version))
        return hashlib.sha256(whole.encode()).hexdigest()[:12]

    def line(self, unit_id: uuid.UUID) -> VoiceLine | None:
        return next((line for line in self.lines if line.unit_id == unit_id), None)

    @property
    def asked(self) -> list[User]:
        """Those who may express a voice that said nothing yet, each once."""
        return list(dict.fromkeys(person for line in self.waiting for person in line.speakers))

    def voice_of(self, user: User) -> list[VoiceLine]:
        """The voices that this person may express: their own, and those whose proxy they carry."""
        return [line for line in self.lines if user in line.speakers]


def sits(user: User, meeting: Meeting) -> bool:
    """Whether this person, holder or substitute, still sits on the body of a meeting, as more than a guest."""
    seats = Mandate.objects.active().filter(Q(user=user) | Q(substitute=user), body=meeting.body_id, invited=False)
    return seats.exists()


def is_voted(arbitration: Arbitration, meeting: Meeting | None) -> bool:
    """Whether there is a vote to show: at a meeting in session, or by writing."""
    if arbitration.status != ArbitrationStatus.TO_DECIDE or meeting is None:
        return False
    return meeting.status == MeetingStatus.IN_SESSION or arbitration.consultation_until is not None


def scrutiny_of(arbitration: Arbitration, today: date | None = None) -> Scrutiny | None:
    """The vote on an arbitration, None when there is none. `arbitration` comes with its meeting, body and project.

    As many queries as `assembly_of`, and one for the votes unless they were read.
    """
    meeting = arbitration.meeting
    if meeting is None or not is_voted(arbitration, meeting):
        return None
    meeting.project = arbitration.project
    assembly = assembly_of(meeting)
    written = arbitration.consultation_until is not None
    room = _all_asked(assembly) if written else assembly.room
    votes = {vote.unit_id: vote for vote in arbitration.votes.all()}
    lines = _lines(assembly, room, votes, written=written)
    return Scrutiny(
        arbitration=arbitration,
        meeting=meeting,
        lines=lines,
        quorum=_quorum_by_writing(assembly, room) if written else assembly.quorum,
        tally=tally(
            [_ballot(line) for line in lines if line.counts],
            ArbitrationKind(arbitration.kind).majority,
        ),
        chair=_chair(assembly),
        written=written,
        open=not written or (today or timezone.localdate()) <= arbitration.consultation_until,  # type: ignore[operator]
    )


def _all_asked(assembly: Assembly) -> Room:
    """By writing everybody who holds a voice is asked, wherever they are: silence is an abstention."""
    return Room(attending=frozenset(one.holder.pk for one in assembly.delegations if one.holder))


def _quorum_by_writing(assembly: Assembly, room: Room) -> Quorum:
    return quorum(
        assembly.voices,
        room,
        percent=assembly.meeting.body.quorum_percent,
        half_of_voices=by_og(assembly.meeting),
    )


def _lines(
    assembly: Assembly, room: Room, votes: dict[uuid.UUID, ArbitrationVote], *, written: bool
) -> list[VoiceLine]:
    people = {row.user_id: row.user for row in assembly.attendances}
    speaks = spokesmen(assembly.voices, room)
    lines = []
    for one in assembly.delegations:
        speaker = people.get(speaks[one.voice.unit_id]) if one.voice.unit_id in speaks else None
        speakers = (one.holder, *one.substitutes) if written and one.holder else (speaker,) if speaker else ()
        lines.append(VoiceLine(one, speaker, speakers, votes.get(one.voice.unit_id)))
    return lines


def _ballot(line: VoiceLine) -> Ballot:
    assert line.vote is not None  # noqa: S101  a line that counts has one
    return Ballot(line.unit_id, line.weight, Choice(line.vote.choice), line.vote.option_id)


def _chair(assembly: Assembly) -> User | None:
    chair_id = assembly.meeting.body.chair_id
    return next(
        (row.user for row in assembly.attendances if row.user_id == chair_id and chair_id in assembly.room.attending),
        None,
    )


def votes_to_cast(user: User, access: Access) -> list[Arbitration]:
    """The votes that are open and wait for this person, holder or substitute, across their projects, with project and
    meeting: those in session first. One query."""
    sits = Q(user=user) | Q(substitute=user)
    seats = Mandate.objects.active().filter(sits, project=OuterRef("project"), body__kind=BodyKind.COSTRAT, votes=True)
    cast = ArbitrationVote.objects.filter(arbitration=OuterRef("pk"))
    said = ArbitrationVote.objects.filter(arbitration=OuterRef(OuterRef("pk")), og=OuterRef("og"))
    of_ogs = Q(Exists(seats.filter(~Exists(said), og__isnull=False)), project__kind=ProjectKind.MULTI_OG)
    of_members = Q(Exists(seats), ~Exists(cast.filter(voter=user)), project__kind=ProjectKind.SINGLE_OG)
    by_writing = Q(consultation_until__gte=timezone.localdate())
    waiting = Arbitration.objects.filter(
        of_ogs | of_members,
        Q(meeting__status=MeetingStatus.IN_SESSION) | by_writing,
        project__in=Project.objects.visible_to(access),
        status=ArbitrationStatus.TO_DECIDE,
    )
    return list(
        waiting.select_related("project", "meeting__body").order_by(F("consultation_until").asc(nulls_first=True), "pk")
    )
