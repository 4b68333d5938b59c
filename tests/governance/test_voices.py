"""Whose the voices of a meeting are, what each weighs, and who speaks for it."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from common.scope import elevated
from governance.enums import BodyKind, Presence
from governance.models import Attendance, Meeting
from governance.selectors.voices import Assembly, assembly_of, by_og, weights_on
from organisations.enums import ProjectKind
from tests import factories
from tests.governance.room import Room, committee, costrat_of_three, weigh
from tests.harness.queries import counted

pytestmark = pytest.mark.django_db


def assembly(room: Room) -> Assembly:
    with elevated():
        return assembly_of(room.fresh())


def weights(room: Room) -> dict[str, Decimal]:
    return {one.label: one.voice.weight for one in assembly(room).delegations}


# --- COSTRAT of several OG -------------------------------------------------------------------------------------------


def test_in_a_costrat_of_several_og_each_og_is_a_voice_and_weighs_what_was_decided() -> None:
    room = costrat_of_three()
    assert by_og(room.fresh())
    assert weights(room) == {"Amont": Decimal("41.67"), "Aval": Decimal("33.33"), "Delta": Decimal("25.00")}
    holders = {one.label: one.holder for one in assembly(room).delegations}
    assert holders == room.people
    aval = next(one for one in assembly(room).delegations if one.label == "Aval")
    assert aval.substitutes == (room.others["suppléante"],)


def test_before_any_weights_each_og_weighs_the_same() -> None:
    room = costrat_of_three()
    early = room.project.started_on - timedelta(days=1)
    with elevated():
        start = datetime(early.year, early.month, early.day, 12, tzinfo=ZoneInfo("Europe/Paris"))
        Meeting.objects.filter(pk=room.meeting.pk).update(starts_at=start)
    assert sorted(weights(room).values()) == [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")]


def test_the_weights_are_those_of_the_day_in_paris() -> None:
    """Half past midnight in Paris is still the day before in Greenwich."""
    room = costrat_of_three()
    new = {"Amont": Decimal(50), "Aval": Decimal(30), "Delta": Decimal(20)}
    weigh(room, new, number=2, on=date(2027, 6, 10))
    for hour, same in ((0, True), (23, False)):
        day = date(2027, 6, 10) if same else date(2027, 6, 9)
        with elevated():
            start = datetime(day.year, day.month, day.day, hour, 30, tzinfo=ZoneInfo("Europe/Paris"))
            Meeting.objects.filter(pk=room.meeting.pk).update(starts_at=start)
            found = weights_on(room.fresh())
        assert (max(found.values()) == 50) is same


def test_the_quorum_of_a_costrat_asks_for_the_weight_and_for_half_of_the_og() -> None:
    room = costrat_of_three(quorum=40)
    room.come("Amont")
    quorum = assembly(room).quorum
    assert (quorum.represented, quorum.voices, quorum.voices_needed) == (Decimal("41.67"), 1, 2)
    assert not quorum.reached  # the weight is there, half of the OG isn't
    room.come("Delta", presence=Presence.REMOTE)
    assert assembly(room).quorum.reached


def test_an_og_that_nobody_represents_is_not_there_however_many_came() -> None:
    room = costrat_of_three(quorum=80)
    with elevated():
        Attendance.objects.filter(meeting=room.meeting, user=room.people["Amont"]).delete()
    room.come("Aval", "Delta", "suppléante", "DPD")
    quorum = assembly(room).quorum
    assert quorum.represented == Decimal("58.33")
    assert not quorum.reached


def test_the_substitute_speaks_for_who_is_absent_and_a_proxy_for_who_has_none() -> None:
    room = costrat_of_three()
    room.come("suppléante", "Delta")
    with elevated():
        Attendance.objects.filter(meeting=room.meeting, user=room.people["Amont"]).update(proxy=room.people["Delta"])
    assert assembly(room).quorum.represented == 100
    room.come("Aval")
    assert assembly(room).quorum.represented == 100  # both attend: Aval weighs no more


def test_a_guest_and_who_does_not_vote_weigh_nothing() -> None:
    room = costrat_of_three()
    room.come("DPD")
    assert assembly(room).quorum.represented == 0


def test_a_second_call_needs_somebody_only() -> None:
    first = costrat_of_three()
    with elevated():
        Meeting.objects.filter(pk=first.meeting.pk).update(
            second_call_of=factories.MeetingFactory(body=first.body, number=7)
        )
    assert not assembly(first).quorum.reached
    first.come("Delta")
    assert assembly(first).quorum.reached


# --- Members ---------------------------------------------------------------------------------------------------------


def test_in_a_costrat_of_one_og_those_who_vote_weigh_the_same() -> None:
    room = committee(BodyKind.COSTRAT, members=3)
    assert not by_og(room.fresh())
    assert sorted(weights(room).values()) == [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")]
    assert set(weights(room)) == {user.get_full_name() for user in room.people.values()}
    room.come("rapporteur", "éditeur", "membre 1")
    quorum = assembly(room).quorum
    assert (quorum.voices, quorum.voices_needed) == (1, 0)
    assert not quorum.reached


def test_a_comop_counts_its_members_whatever_the_project() -> None:
    for kind in ProjectKind:
        room = committee(BodyKind.COMOP, kind)
        assert not by_og(room.fresh())
        assert set(weights(room).values()) == {Decimal("20.00")}  # four members and the reporter, not the guest
        room.come("membre 1", "rapporteur", "éditeur")
        assert not assembly(room).quorum.reached
        room.come("membre 2")
        assert assembly(room).quorum.reached


def test_an_assembly_reads_as_many_rows_as_it_has_in_as_many_queries() -> None:
    room = costrat_of_three()
    counts = []
    for more in (0, 2, 20):
        for number in range(more):
            factories.AttendanceFactory(meeting=room.meeting, user=factories.UserFactory(), invited=number % 2 == 0)
        with elevated():
            meeting = room.fresh()
            with counted() as queries:
                found = assembly_of(meeting)
                for row in found.attendances:
                    assert row.user.get_full_name()
                assert found.quorum.represented == 0
        counts.append(len(queries))
    assert len(set(counts)) == 1
