"""Who speaks for whom, quorum, majority: the rules of a vote (governance.yaml, quorum, decision_rule, vote_rules).

A voice is an OG (COSTRAT of several OG) or a member (single OG, COMOP, working group), with its weight in percent.
No row is read or written here.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from governance.enums import Choice, Majority

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Voice:
    """One voice: its weight in percent, who holds it and who sits for them, in the order in which they are asked."""

    unit_id: uuid.UUID
    weight: Decimal
    holder_id: uuid.UUID | None  # None: nobody was named for it
    substitute_ids: tuple[uuid.UUID, ...] = ()


@dataclass(frozen=True)
class Room:
    """Who attends, and who of the absent gave their voice to whom (`proxies`: absent person → person)."""

    attending: frozenset[uuid.UUID] = frozenset()
    proxies: Mapping[uuid.UUID, uuid.UUID] = field(default_factory=dict)
    proxies_each: int = 1

    def accepted(self) -> dict[uuid.UUID, uuid.UUID]:
        """The proxies that count: of an absent person to one who attends, as many each as the body allows."""
        carried: Counter[uuid.UUID] = Counter()
        accepted = {}
        for absent, bearer in self.proxies.items():
            if absent in self.attending or bearer not in self.attending or carried[bearer] >= self.proxies_each:
                continue
            carried[bearer] += 1
            accepted[absent] = bearer
        return accepted


def spokesmen(voices: Iterable[Voice], room: Room) -> dict[uuid.UUID, uuid.UUID]:
    """Who speaks for each voice: its holder, otherwise a substitute who attends, otherwise who has a proxy of the
    holder. A voice that nobody speaks for is not there."""
    proxies = room.accepted()
    found = {}
    for voice in voices:
        in_order = [voice.holder_id, *voice.substitute_ids]
        proxy = proxies.get(voice.holder_id) if voice.holder_id else None
        present = next((user_id for user_id in in_order if user_id in room.attending), proxy)
        if present is not None:
            found[voice.unit_id] = present
    return found


@dataclass(frozen=True)
class Quorum:
    """What is represented and what is needed: weight in percent, and number of voices (0: not asked)."""

    represented: Decimal
    needed: Decimal
    voices: int
    voices_needed: int
    second_call: bool = False

    @property
    def reached(self) -> bool:
        """A second call deliberates whoever is there; but somebody has to be."""
        enough = self.represented >= self.needed and self.voices >= self.voices_needed
        return self.voices > 0 and (self.second_call or enough)


def quorum(
    voices: Sequence[Voice], room: Room, *, percent: int, half_of_voices: bool = False, second_call: bool = False
) -> Quorum:
    """`percent`: the share of the weight that must be represented. `half_of_voices`: half of the voices, rounded up,
    as well (COSTRAT of several OG)."""
    there = spokesmen(voices, room)
    return Quorum(
        represented=sum((voice.weight for voice in voices if voice.unit_id in there), NOTHING),
        needed=Decimal(percent),
        voices=len(there),
        voices_needed=-(-len(voices) // 2) if half_of_voices else 0,
        second_call=second_call,
    )


@dataclass(frozen=True)
class Ballot:
    """One vote: the weight of the voice, what it says, and the option that it supports when it is for one."""

    unit_id: uuid.UUID
    weight: Decimal
    choice: Choice
    option_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Tally:
    """The weights of a vote, in percent. Abstentions count for the quorum, not among the votes expressed."""

    for_option: Mapping[uuid.UUID, Decimal]
    against: Decimal
    abstained: Decimal
    majority: Majority
    percent: Decimal  # of the votes expressed, that an option must pass (simple) or reach (qualified)

    @property
    def expressed(self) -> Decimal:
        return sum(self.for_option.values(), self.against)

    @property
    def leaders(self) -> list[uuid.UUID]:
        """The option with most weight; several on a tie, none when nobody is for one."""
        most = max(self.for_option.values(), default=NOTHING)
        return [option for option, weight in self.for_option.items() if most and weight == most]

    @property
    def winner(self) -> uuid.UUID | None:
        """The option that the vote adopts by itself, if one."""
        if len(self.leaders) != 1:
            return None
        (leader,) = self.leaders
        return leader if self._passes(self.for_option[leader]) else None

    @property
    def tie(self) -> list[uuid.UUID]:
        """The options between which the chair's casting vote decides: at a simple majority only, when the leaders are
        equal, or the one that leads has exactly half of what was expressed. Where more than half is against, nothing
        is adopted."""
        if self.majority == Majority.QUALIFIED or self.winner or not self.leaders or self.against * 2 > self.expressed:
            return []
        half = self.for_option[self.leaders[0]] * 2 == self.expressed
        return self.leaders if len(self.leaders) > 1 or half else []

    def _passes(self, weight: Decimal) -> bool:
        needed = self.percent * self.expressed / 100
        return weight >= needed if self.majority == Majority.QUALIFIED else weight > needed


SIMPLE_PERCENT, QUALIFIED_PERCENT = Decimal(50), Decimal(66)


def tally(ballots: Iterable[Ballot], majority: Majority) -> Tally:
    """Count a vote. Raises ValueError when a voice votes twice, or is for nothing."""
    for_option: dict[uuid.UUID, Decimal] = defaultdict(Decimal)
    other: dict[Choice, Decimal] = defaultdict(Decimal)
    seen: set[uuid.UUID] = set()
    for ballot in ballots:
        if ballot.unit_id in seen:
            raise ValueError("A voice votes once.")
        seen.add(ballot.unit_id)
        if ballot.choice == Choice.FOR:
            if ballot.option_id is None:
                raise ValueError("A vote for says for which option.")
            for_option[ballot.option_id] += ballot.weight
        else:
            other[ballot.choice] += ballot.weight
    return Tally(
        for_option=dict(for_option),
        against=other[Choice.AGAINST],
        abstained=other[Choice.ABSTENTION],
        majority=majority,
        percent=QUALIFIED_PERCENT if majority == Majority.QUALIFIED else SIMPLE_PERCENT,
    )
