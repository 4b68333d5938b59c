"""Quorum, proxies, majority: what holds whatever the room and whatever the vote."""

import uuid
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from governance.enums import Choice, Majority
from governance.voting import Ballot, Room, Tally, Voice, quorum, spokesmen, tally
from governance.weights import shares

ON_ANY_ROOM = settings(deadline=None, max_examples=200)
PEOPLE = [uuid.UUID(int=number) for number in range(1, 13)]
UNITS = [uuid.UUID(int=number) for number in range(101, 113)]
OPTIONS = [uuid.UUID(int=number) for number in range(201, 206)]
WEIGHTS = some.lists(some.integers(0, 500), min_size=1, max_size=8).filter(any)


@some.composite
def assemblies(draw: some.DrawFn) -> list[Voice]:
    """Voices that weigh 100 together; each person holds one at most and may stand in for others."""
    weights = shares(dict(zip(UNITS, draw(WEIGHTS), strict=False)))
    holders = draw(some.permutations(PEOPLE))
    others = some.lists(some.sampled_from(PEOPLE), max_size=2, unique=True)
    return [
        Voice(
            unit,
            weight,
            holder := (holders[number] if draw(some.integers(0, 9)) else None),
            tuple(person for person in draw(others) if person != holder) if holder else (),
        )
        for number, (unit, weight) in enumerate(weights.items())
    ]


@some.composite
def rooms(draw: some.DrawFn) -> Room:
    """Any room, proxies given to oneself, to the absent and beyond the limit included."""
    return Room(
        attending=draw(some.frozensets(some.sampled_from(PEOPLE))),
        proxies=draw(some.dictionaries(some.sampled_from(PEOPLE), some.sampled_from(PEOPLE))),
        proxies_each=draw(some.integers(0, 3)),
    )


# --- Who speaks for whom ---------------------------------------------------------------------------------------------


@ON_ANY_ROOM
@given(assemblies(), rooms())
def test_only_who_attends_speaks_and_each_voice_has_one_spokesman(voices: list[Voice], room: Room) -> None:
    there = spokesmen(voices, room)
    assert set(there) <= {voice.unit_id for voice in voices}
    assert set(there.values()) <= room.attending


@ON_ANY_ROOM
@given(assemblies(), rooms())
def test_who_holds_a_voice_and_attends_speaks_for_it(voices: list[Voice], room: Room) -> None:
    there = spokesmen(voices, room)
    for voice in voices:
        if voice.holder_id in room.attending:
            assert there[voice.unit_id] == voice.holder_id


@ON_ANY_ROOM
@given(assemblies(), rooms())
def test_a_substitute_adds_nothing_to_the_titular(voices: list[Voice], room: Room) -> None:
    alone = [Voice(voice.unit_id, voice.weight, voice.holder_id) for voice in voices]
    everybody = Room(frozenset(PEOPLE))
    assert spokesmen(voices, everybody) == spokesmen(alone, everybody)
    with_them = quorum(voices, room, percent=50)
    holders = {voice.holder_id for voice in voices}
    if holders - {None} <= room.attending:
        assert with_them == quorum(alone, room, percent=50)


@ON_ANY_ROOM
@given(assemblies(), rooms())
def test_a_proxy_is_of_an_absent_to_one_who_attends_and_never_beyond_the_limit(voices: list[Voice], room: Room) -> None:
    accepted = room.accepted()
    bearers = list(accepted.values())
    assert room.attending.isdisjoint(accepted)
    assert set(bearers) <= room.attending
    assert all(bearers.count(bearer) <= room.proxies_each for bearer in bearers)
    # What one person says: their own voice, those of the absent whom they stand in for, and as many proxies as allowed.
    there = spokesmen(voices, room)
    for voice in voices:
        speaker = there.get(voice.unit_id)
        if speaker is not None and speaker != voice.holder_id and speaker not in voice.substitute_ids:
            assert accepted[voice.holder_id] == speaker


@ON_ANY_ROOM
@given(assemblies(), rooms(), some.sampled_from(PEOPLE), some.sampled_from(PEOPLE))
def test_a_proxy_counts_once(voices: list[Voice], room: Room, absent: uuid.UUID, bearer: uuid.UUID) -> None:
    """A proxy more brings the voice of who gives it, or nothing."""
    without = Room(room.attending, {}, room.proxies_each)
    one = Room(room.attending, {absent: bearer}, room.proxies_each)
    of_theirs = sum((voice.weight for voice in voices if voice.holder_id == absent), Decimal(0))
    gained = quorum(voices, one, percent=0).represented - quorum(voices, without, percent=0).represented
    assert gained in {Decimal(0), of_theirs}
    if absent in room.attending or bearer not in room.attending or not room.proxies_each:
        assert gained == 0


# --- Quorum ----------------------------------------------------------------------------------------------------------


@ON_ANY_ROOM
@given(assemblies(), rooms(), some.sampled_from(PEOPLE), some.integers(0, 100), some.booleans(), some.booleans())
def test_one_person_more_never_loses_the_quorum(
    voices: list[Voice], room: Room, late: uuid.UUID, percent: int, half: bool, second: bool
) -> None:
    def count(attending: frozenset[uuid.UUID]) -> object:
        now = Room(attending, room.proxies, room.proxies_each)
        return quorum(voices, now, percent=percent, half_of_voices=half, second_call=second)

    before, after = count(room.attending), count(room.attending | {late})
    assert after.represented >= before.represented
    assert after.voices >= before.voices
    assert after.reached >= before.reached


@ON_ANY_ROOM
@given(assemblies(), rooms())
def test_the_weight_represented_is_between_nothing_and_the_whole(voices: list[Voice], room: Room) -> None:
    found = quorum(voices, room, percent=60)
    assert 0 <= found.represented <= 100
    assert 0 <= found.voices <= len(voices)
    everybody = Room(frozenset(PEOPLE))
    held = sum((voice.weight for voice in voices if voice.holder_id), Decimal(0))
    assert quorum(voices, everybody, percent=60).represented == held


@ON_ANY_ROOM
@given(assemblies(), rooms(), some.integers(0, 100))
def test_a_second_call_asks_for_somebody_only(voices: list[Voice], room: Room, percent: int) -> None:
    found = quorum(voices, room, percent=percent, half_of_voices=True, second_call=True)
    assert found.reached == bool(spokesmen(voices, room))


@ON_ANY_ROOM
@given(assemblies(), rooms(), some.integers(0, 100))
def test_half_of_the_voices_is_asked_for_as_well_rounded_up(voices: list[Voice], room: Room, percent: int) -> None:
    found = quorum(voices, room, percent=percent, half_of_voices=True)
    assert found.voices_needed * 2 >= len(voices) > (found.voices_needed - 1) * 2
    if found.reached:
        assert found.voices * 2 >= len(voices)
        assert quorum(voices, room, percent=percent).reached


def test_nobody_in_the_room_is_no_quorum_however_low_it_is() -> None:
    voices = [Voice(UNITS[0], Decimal(100), PEOPLE[0])]
    assert not quorum(voices, Room(), percent=0).reached
    assert not quorum(voices, Room(), percent=0, second_call=True).reached


def test_the_substitute_speaks_before_the_bearer_of_a_proxy() -> None:
    titular, substitute, other = PEOPLE[:3]
    voices = [Voice(UNITS[0], Decimal(100), titular, (substitute,))]
    assert spokesmen(voices, Room(frozenset({substitute, other}), {titular: other})) == {UNITS[0]: substitute}
    assert spokesmen(voices, Room(frozenset({other}), {titular: other})) == {UNITS[0]: other}


# --- Majority --------------------------------------------------------------------------------------------------------


@some.composite
def ballots(draw: some.DrawFn) -> list[Ballot]:
    weights = shares(dict(zip(UNITS, draw(WEIGHTS), strict=False)))
    cast = []
    for unit, weight in weights.items():
        choice = draw(some.sampled_from([Choice.FOR, Choice.FOR, Choice.AGAINST, Choice.ABSTENTION, None]))
        if choice is not None:  # absent
            option = draw(some.sampled_from(OPTIONS[:3])) if choice == Choice.FOR else None
            cast.append(Ballot(unit, weight, choice, option))
    return cast


MAJORITIES = some.sampled_from(list(Majority))


@ON_ANY_ROOM
@given(ballots(), MAJORITIES)
def test_the_weights_add_up_to_what_was_cast(cast: list[Ballot], majority: Majority) -> None:
    found = tally(cast, majority)
    assert found.expressed + found.abstained == sum(ballot.weight for ballot in cast) <= 100
    assert found.expressed == sum(found.for_option.values()) + found.against


def outcome(found: Tally) -> tuple[object, list[uuid.UUID]]:
    return found.winner, sorted(found.tie)


@ON_ANY_ROOM
@given(ballots(), MAJORITIES)
def test_what_wins_has_the_majority_and_nothing_else_could(cast: list[Ballot], majority: Majority) -> None:
    found = tally(cast, majority)
    if found.winner is None:
        return
    weight = found.for_option[found.winner]
    assert weight * 2 > found.expressed
    assert all(other < weight for option, other in found.for_option.items() if option != found.winner)
    assert found.tie == []
    if majority == Majority.QUALIFIED:
        assert weight >= found.expressed * 66 / 100


@ON_ANY_ROOM
@given(ballots(), MAJORITIES)
def test_abstentions_change_nothing_of_the_outcome(cast: list[Ballot], majority: Majority) -> None:
    without = [ballot for ballot in cast if ballot.choice != Choice.ABSTENTION]
    assert outcome(tally(cast, majority)) == outcome(tally(without, majority))


@ON_ANY_ROOM
@given(ballots(), MAJORITIES, some.sampled_from(OPTIONS[:3]), some.sets(some.sampled_from(UNITS)))
def test_an_option_gains_nothing_when_its_supporters_abstain(
    cast: list[Ballot], majority: Majority, option: uuid.UUID, silent: set[uuid.UUID]
) -> None:
    then = [
        Ballot(ballot.unit_id, ballot.weight, Choice.ABSTENTION)
        if ballot.option_id == option and ballot.unit_id in silent
        else ballot
        for ballot in cast
    ]
    if tally(then, majority).winner == option:
        assert tally(cast, majority).winner == option


@ON_ANY_ROOM
@given(ballots())
def test_a_qualified_majority_is_a_simple_one_too(cast: list[Ballot]) -> None:
    qualified = tally(cast, Majority.QUALIFIED).winner
    if qualified:
        assert tally(cast, Majority.SIMPLE).winner == qualified


@ON_ANY_ROOM
@given(ballots(), MAJORITIES)
def test_the_chair_decides_at_a_simple_majority_only_between_equals_that_are_not_turned_down(
    cast: list[Ballot], majority: Majority
) -> None:
    found = tally(cast, majority)
    if found.tie:
        assert majority == Majority.SIMPLE
        assert found.winner is None
        assert len({found.for_option[option] for option in found.tie}) == 1
        assert found.tie == found.leaders
        assert found.against * 2 <= found.expressed


def vote(*weights: tuple[int, Choice, int | None], majority: Majority = Majority.SIMPLE) -> Tally:
    cast = [
        Ballot(UNITS[number], Decimal(weight), choice, None if option is None else OPTIONS[option])
        for number, (weight, choice, option) in enumerate(weights)
    ]
    return tally(cast, majority)


def test_half_is_not_a_simple_majority_and_the_chair_decides() -> None:
    found = vote((50, Choice.FOR, 0), (50, Choice.AGAINST, None))
    assert (found.winner, found.tie) == (None, [OPTIONS[0]])
    found = vote((40, Choice.FOR, 0), (40, Choice.FOR, 1), (20, Choice.ABSTENTION, None))
    assert (found.winner, found.tie) == (None, OPTIONS[:2])


def test_two_thirds_less_a_hair_is_not_a_qualified_majority_and_nobody_decides_alone() -> None:
    for weight, winner in ((66, OPTIONS[0]), (65, None)):
        found = vote((weight, Choice.FOR, 0), (100 - weight, Choice.AGAINST, None), majority=Majority.QUALIFIED)
        assert (found.winner, found.tie) == (winner, [])


def test_more_than_half_against_adopts_nothing_whoever_leads() -> None:
    found = vote((20, Choice.FOR, 0), (20, Choice.FOR, 1), (60, Choice.AGAINST, None))
    assert (found.winner, found.tie) == (None, [])


def test_nobody_said_anything() -> None:
    for found in (vote(), vote((100, Choice.ABSTENTION, None))):
        assert (found.winner, found.tie, found.leaders, found.expressed) == (None, [], [], 0)


def test_a_voice_votes_once_and_says_for_what() -> None:
    ballot = Ballot(UNITS[0], Decimal(50), Choice.AGAINST)
    with pytest.raises(ValueError, match="votes once"):
        tally([ballot, ballot], Majority.SIMPLE)
    with pytest.raises(ValueError, match="for which option"):
        tally([Ballot(UNITS[0], Decimal(50), Choice.FOR)], Majority.SIMPLE)
