"""A meeting opened, noted, closed: what is written, what is refused and in which words, what the database holds."""

import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from common.errors import Conflict, DomainError
from common.scope import elevated
from governance.enums import QUESTION_SOURCE, BodyKind, ItemState, MeetingStatus, Presence
from governance.models import (
    AgendaItem,
    AgendaRequest,
    Attendance,
    Decision,
    FollowUp,
    Meeting,
    Minutes,
)
from governance.models.meetings import LOCKED
from governance.services.attendance import add_attendee, give_proxy, mark_presence, take_back_proxy
from governance.services.decisions import put_on_agenda
from governance.services.minutes import write_summary
from governance.services.outcomes import decide, note_action, set_item_state, write_notes
from governance.services.sessions import close_session, open_session
from organisations.access import acting_as
from tests import factories
from tests.governance.room import Room, committee, costrat_of_three

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Iterator[Room]:
    found = costrat_of_three()
    with acting_as(found.lead.pk):
        yield found


def mark(room: Room, name: str, presence: Presence = Presence.PRESENT) -> Attendance:
    row = room.attendance(name)
    return mark_presence(attendance=row, version=row.version, presence=presence)


def proxy(room: Room, giver: str, to: str) -> Attendance:
    row = room.attendance(giver)
    bearer = room.people.get(to) or room.others[to]
    return give_proxy(attendance=row, version=row.version, to=bearer)


def close(room: Room, summary: str = "", version: int = 1) -> Meeting:
    return close_session(meeting=room.meeting, summary=summary, version=version, user=room.lead)


def decision(item: AgendaItem, user: object, **values: object) -> Decision:
    return decide(item=item, user=user, **{"title": "Le budget", "text": "Validé.", "token": uuid.uuid4(), **values})


# --- Opening ---------------------------------------------------------------------------------------------------------


def convened(days: int, **values: object) -> Room:
    starts_at = timezone.now() + timedelta(days=days)
    return costrat_of_three(in_session=False, starts_at=starts_at, **values)


def test_a_meeting_opens_on_its_day_and_once() -> None:
    room = convened(0)
    with acting_as(room.lead.pk):
        opened = open_session(meeting=room.meeting)
        assert (opened.status, opened.opened_at is not None) == (MeetingStatus.IN_SESSION, True)
        again = open_session(meeting=room.meeting)
    assert (again.version, again.opened_at) == (opened.version, opened.opened_at)


def test_a_meeting_opens_after_its_day_too() -> None:
    room = convened(-2)
    with acting_as(room.lead.pk):
        assert open_session(meeting=room.meeting).status == MeetingStatus.IN_SESSION


def test_a_meeting_does_not_open_before_its_day() -> None:
    room = convened(2)
    with acting_as(room.lead.pk), pytest.raises(DomainError, match="elle s’ouvre ce jour-là"):
        open_session(meeting=room.meeting)
    assert room.fresh().status == MeetingStatus.CONVENED


def test_a_draft_is_convened_before_it_opens() -> None:
    room = convened(0, draft=True)
    with acting_as(room.lead.pk), pytest.raises(DomainError, match="une fois convoquée"):
        open_session(meeting=room.meeting)


@pytest.mark.parametrize("write", ["presence", "notes", "state", "summary", "decision", "action", "person"])
def test_nothing_is_noted_before_it_opens(write: str) -> None:
    room = convened(0)
    item = room.point()
    with acting_as(room.lead.pk), pytest.raises(DomainError, match="n’est pas ouverte"):
        attempt(room, item, write)


def attempt(room: Room, item: AgendaItem, write: str) -> object:
    """One write of a session, by the services that its pages call."""
    version = item.version
    return {
        "presence": lambda: mark(room, "Amont"),
        "notes": lambda: write_notes(item=item, version=version, notes="Encore un mot."),
        "state": lambda: set_item_state(item=item, version=version, state=ItemState.TREATED),
        "summary": lambda: write_summary(meeting=room.meeting, version=2, summary="Autre chose."),
        "decision": lambda: decision(item, room.lead),
        "action": lambda: note_action(
            item=item,
            label="Chiffrer",
            owner=room.lead,
            due_on=timezone.localdate(),
            user=room.lead,
            token=uuid.uuid4(),
        ),
        "person": lambda: add_attendee(meeting=room.meeting, person=factories.UserFactory()),
    }[write]()


# --- Who is here -----------------------------------------------------------------------------------------------------


def test_one_tap_says_how_a_person_attends(room: Room) -> None:
    assert mark(room, "Amont", Presence.REMOTE).version == 2
    assert room.attendance("Amont").presence == Presence.REMOTE


def test_two_taps_on_one_person_the_second_is_told(room: Room) -> None:
    read = room.attendance("Amont")
    mark(room, "Amont", Presence.EXCUSED)
    with pytest.raises(Conflict) as conflict:
        mark_presence(attendance=read, version=read.version, presence=Presence.PRESENT)
    assert conflict.value.current.presence == Presence.EXCUSED
    assert room.attendance("Amont").presence == Presence.EXCUSED
    # The same tap twice is one.
    assert mark_presence(attendance=read, version=read.version, presence=Presence.EXCUSED).version == 2


def test_an_absent_holder_gives_their_voice_to_one_who_attends_and_is_excused(room: Room) -> None:
    room.come("Delta")
    given = proxy(room, "Amont", "Delta")
    assert (given.proxy, given.presence) == (room.people["Delta"], Presence.EXCUSED)


def test_who_comes_after_all_takes_back_the_voice_that_they_gave(room: Room) -> None:
    room.come("Delta")
    proxy(room, "Amont", "Delta")
    mark(room, "Amont")
    assert room.attendance("Amont").proxy is None


def test_a_voice_given_is_taken_back(room: Room) -> None:
    room.come("Delta")
    given = proxy(room, "Amont", "Delta")
    assert take_back_proxy(attendance=given, version=given.version).proxy_id is None


REFUSED_PROXIES = {
    "to somebody who is not here": ((), "Amont", "Delta", "to", "n’est pas là"),
    "to a guest": (("DPD",), "Amont", "DPD", "to", "un invité ne vote pas"),
    "of one who is here": (("Amont", "Delta"), "Amont", "Delta", "giver", "sa voix ne se donne pas"),
    "of a guest": (("Delta",), "DPD", "Delta", "giver", "n’a pas de voix à donner"),
    "of a substitute": (("Delta",), "suppléante", "Delta", "giver", "n’a pas de voix à donner"),
    "of one whose substitute is here": (("Delta", "suppléante"), "Aval", "Delta", "giver", "est là et vote"),
}


@pytest.mark.parametrize("case", REFUSED_PROXIES)
def test_a_proxy_that_can_not_be_is_refused_in_words(room: Room, case: str) -> None:
    there, giver, to, field, words = REFUSED_PROXIES[case]
    room.come(*there)
    with pytest.raises(DomainError, match=words) as refused:
        proxy(room, giver, to)
    assert refused.value.field == field
    assert room.attendance(giver).proxy is None


def test_nobody_carries_more_proxies_than_the_body_allows(room: Room) -> None:
    room.come("Delta")
    proxy(room, "Amont", "Delta")
    with pytest.raises(DomainError, match="porte déjà 1 pouvoir"):
        proxy(room, "Aval", "Delta")


def test_a_body_may_allow_none() -> None:
    found = costrat_of_three(proxies=0)
    found.come("Delta")
    with acting_as(found.lead.pk), pytest.raises(DomainError, match="n’admet pas de pouvoir"):
        proxy(found, "Amont", "Delta")


def test_who_comes_uncalled_is_a_guest_unless_they_hold_a_seat(room: Room) -> None:
    stranger = factories.UserFactory()
    named = factories.UserFactory()
    with elevated():
        factories.MandateFactory(body=room.body, user=named, og=room.ogs["Delta"], votes=True)
    guest, member = (add_attendee(meeting=room.meeting, person=person) for person in (stranger, named))
    assert (guest.invited, guest.votes, guest.presence) == (True, False, Presence.PRESENT)
    assert (member.invited, member.votes, member.og) == (False, True, room.ogs["Delta"])
    assert add_attendee(meeting=room.meeting, person=stranger).pk == guest.pk


# --- What comes out of a point ---------------------------------------------------------------------------------------


def test_notes_and_state_of_a_point_do_not_get_in_each_others_way(room: Room) -> None:
    item = room.point()
    write_notes(item=item, version=1, notes=" On en a parlé. ")
    set_item_state(item=AgendaItem.objects.get(pk=item.pk), version=1, state=ItemState.TREATED)
    kept = AgendaItem.objects.get(pk=item.pk)
    assert (kept.notes, kept.state, kept.version) == ("On en a parlé.", ItemState.TREATED, 3)


def test_a_proxy_given_is_taken_back_before_another_is(room: Room) -> None:
    room.come("Amont", "Delta")
    given = proxy(room, "Aval", "Delta")
    assert proxy(room, "Aval", "Delta").version == given.version  # twice is once
    with pytest.raises(DomainError, match="a déjà donné pouvoir à Direction Delta") as refused:
        proxy(room, "Aval", "Amont")
    assert refused.value.field == "giver"
    assert room.attendance("Aval").proxy == room.people["Delta"]


def test_two_people_who_write_the_notes_of_one_point_lose_nothing(room: Room) -> None:
    item = room.point()
    write_notes(item=item, version=1, notes="La mienne")
    with pytest.raises(Conflict) as conflict:
        write_notes(item=AgendaItem.objects.get(pk=item.pk), version=1, notes="La tienne")
    assert conflict.value.attempted == {"notes": "La tienne"}
    assert AgendaItem.objects.get(pk=item.pk).notes == "La mienne"


def test_a_decision_is_numbered_of_this_meeting_and_treats_its_point(room: Room) -> None:
    room.come("Amont", "Delta")
    item, token = room.point(), uuid.uuid4()
    taken = decision(item, room.lead, token=token)
    assert (taken.meeting, taken.item, taken.body) == (room.meeting, item, room.body)
    assert taken.decided_on == timezone.localdate()
    assert AgendaItem.objects.get(pk=item.pk).state == ItemState.TREATED
    assert decision(item, room.lead, token=token) == taken


def test_a_decision_on_a_question_settles_it(room: Room) -> None:
    room.come("Amont", "Delta")
    asked = put_on_agenda(body=room.body, question="Quel éditeur ?", user=room.lead)
    item = room.point("Quel éditeur ?", source=QUESTION_SOURCE, source_id=asked.pk)
    taken = decision(item, room.lead)
    assert AgendaRequest.objects.get(pk=asked.pk).settled_by == taken


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (BodyKind.COSTRAT, "Sans quorum, le COSTRAT ne décide de rien"),
        (BodyKind.COMOP, "le COMOP se tient mais ne décide de rien"),
        (BodyKind.WORKING_GROUP, "Un groupe de travail prépare les décisions"),
    ],
)
def test_a_body_that_decides_nothing_is_told_why(kind: BodyKind, words: str) -> None:
    found = committee(kind)
    found.come(*(found.people if kind == BodyKind.WORKING_GROUP else ["membre 1"]))
    item = found.point()
    with acting_as(found.lead.pk), pytest.raises(DomainError, match=words):
        decision(item, found.lead)
    with elevated():
        assert not Decision.objects.filter(meeting=found.meeting).exists()


def test_an_action_has_an_owner_a_day_to_come_and_its_point(room: Room) -> None:
    item = room.point()
    given = {"item": item, "label": "Chiffrer", "owner": room.people["Delta"], "user": room.lead}
    noted = note_action(**given, due_on=timezone.localdate(), token=uuid.uuid4())
    assert (noted.item, noted.meeting, noted.number) == (item, room.meeting, 1)
    with pytest.raises(DomainError, match="Cette date est passée") as refused:
        note_action(**given, due_on=timezone.localdate() - timedelta(days=1), token=uuid.uuid4())
    assert refused.value.field == "due_on"


# --- Closing ---------------------------------------------------------------------------------------------------------


def test_closing_keeps_the_quorum_postpones_what_is_left_and_notes_who_never_came(room: Room) -> None:
    room.come("Amont", "suppléante")
    treated, left = room.point(state=ItemState.TREATED), room.point("Le calendrier")
    closed = close(room, " L’essentiel. ")
    assert (closed.status, closed.closed_by) == (MeetingStatus.CLOSED, room.lead)
    assert (closed.quorum_reached, closed.represented_percent) == (True, Decimal("75.00"))
    states = dict(AgendaItem.objects.filter(meeting=room.meeting).values_list("pk", "state"))
    assert states == {treated.pk: ItemState.TREATED, left.pk: ItemState.POSTPONED}
    assert room.attendance("Delta").presence == Presence.ABSENT
    assert room.attendance("Amont").presence == Presence.PRESENT
    assert Minutes.objects.get(meeting=room.meeting).summary == "L’essentiel."
    again = close(room, "Autre chose.")
    assert again.version == closed.version
    assert Minutes.objects.get(meeting=room.meeting).summary == "L’essentiel."


def test_closing_without_a_quorum_says_so_for_ever(room: Room) -> None:
    room.come("Amont")
    closed = close(room)
    assert (closed.quorum_reached, closed.represented_percent) == (False, Decimal("41.67"))


def test_who_closes_over_a_summary_that_somebody_changed_is_told_and_closes_nothing(room: Room) -> None:
    write_summary(meeting=room.meeting, version=1, summary="La première")
    with pytest.raises(Conflict):
        close(room, "La seconde", version=1)
    assert room.fresh().status == MeetingStatus.IN_SESSION
    assert close(room, "La seconde", version=2).status == MeetingStatus.CLOSED


@pytest.fixture
def closed(room: Room) -> Room:
    """With one point, one action, a summary."""
    room.come("Amont", "Delta")
    item = room.point()
    attempt(room, item, "action")
    close(room, "L’essentiel.")
    return room


@pytest.mark.parametrize("write", ["presence", "notes", "state", "summary", "decision", "action", "person"])
def test_nothing_is_noted_once_it_is_closed(closed: Room, write: str) -> None:
    item = AgendaItem.objects.select_related("meeting").get(meeting=closed.meeting)
    with pytest.raises(DomainError, match="Cette séance est close"):
        attempt(closed, item, write)


BULK: dict[str, Callable[[Room], object]] = {
    "the meeting": lambda room: Meeting.objects.filter(pk=room.meeting.pk).update(quorum_reached=False),
    "its status": lambda room: Meeting.objects.filter(pk=room.meeting.pk).update(status=MeetingStatus.IN_SESSION),
    "presence": lambda room: Attendance.objects.filter(meeting=room.meeting).update(presence=Presence.PRESENT),
    "presence, deleted": lambda room: Attendance.objects.filter(meeting=room.meeting).delete(),
    "presence, added": lambda room: Attendance.objects.create(
        project=room.project, meeting=room.meeting, user=room.lead
    ),
    "notes": lambda room: AgendaItem.objects.filter(meeting=room.meeting).update(notes="Non."),
    "a point added": lambda room: AgendaItem.objects.create(
        project=room.project, meeting=room.meeting, position=9, label="Un de plus"
    ),
    "a point taken elsewhere": lambda room: AgendaItem.objects.filter(meeting=room.meeting).update(
        meeting=factories.MeetingFactory(body=room.body, number=8)
    ),
    "the summary": lambda room: Minutes.objects.filter(meeting=room.meeting).update(summary="Non."),
    "the words of an action": lambda room: FollowUp.objects.filter(meeting=room.meeting).update(label="Non."),
}


@pytest.mark.parametrize("case", BULK)
def test_the_database_refuses_a_bulk_update_of_a_closed_meeting(closed: Room, case: str) -> None:
    with pytest.raises(IntegrityError, match="_locked"), transaction.atomic():
        BULK[case](closed)


RAW = {
    "the meeting": "update governance_meeting set quorum_reached = false where id = %s",
    "the meeting, deleted": "delete from governance_meeting where id = %s",
    "its status": "update governance_meeting set status = 'in_session' where id = %s",
    "presence": "update governance_attendance set presence = 'present' where meeting_id = %s",
    "presence, deleted": "delete from governance_attendance where meeting_id = %s",
    "notes": "update governance_agendaitem set notes = 'Non.' where meeting_id = %s",
    "the summary": "update governance_minutes set summary = 'Non.' where meeting_id = %s",
    "the words of an action": "update governance_followup set label = 'Non.' where meeting_id = %s",
}


@pytest.mark.parametrize("as_elevated", [False, True], ids=["application", "elevated"])
@pytest.mark.parametrize("case", RAW)
def test_the_database_refuses_raw_sql_on_a_closed_meeting(closed: Room, case: str, as_elevated: bool) -> None:
    with pytest.raises(IntegrityError, match="_locked"), transaction.atomic(), connection.cursor() as cursor:
        if as_elevated:
            cursor.execute("set local role dui_elevated")
        cursor.execute(RAW[case], [closed.meeting.pk])


def test_what_lives_on_after_a_meeting_still_moves(closed: Room) -> None:
    moved = FollowUp.objects.filter(meeting=closed.meeting).update(state="in_progress", version=F("version") + 1)
    assert moved == 1
    assert LOCKED.startswith("Cette séance est close")
