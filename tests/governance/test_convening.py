"""Convening: who is called, what each of them is sent, and a mail server that is down."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.locmem import EmailBackend
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from icalendar import Calendar, Event

from common import french
from common.errors import Conflict, DomainError
from common.outbox import TRIES, next_try
from common.scope import elevated
from governance import enclosures
from governance.calling import called_on
from governance.enclosures import Enclosure
from governance.enums import DispatchKind, MeetingStatus, Presence
from governance.models import Attendance, Body, Dispatch, Mandate, Meeting
from governance.services.convening import convene
from governance.services.meetings import cancel_meeting, change_meeting
from governance.services.outbox import try_again
from governance.tasks import send_dispatches
from organisations.access import acting_as
from organisations.enums import ComopCategory, Role
from organisations.models import Membership, User
from organisations.services import end
from tests.factories import AgendaItemFactory, MandateFactory, MeetingFactory, MembershipFactory, UserFactory
from tests.harness.governance import COUNCIL
from tests.harness.htmx import parse, text
from tests.harness.queries import counted
from tests.harness.threads import together
from tests.harness.world import FOREIGN, SLUG, World

pytestmark = pytest.mark.django_db
PAGE = f"/projets/{SLUG}/gouvernance/seances/"
DRAFT = f"{PAGE}2/"
SignIn = Callable[[User], Client]


def plain(answer: HttpResponse) -> str:
    return text(parse(answer.content)).replace("\xa0", " ").replace("\u202f", " ")


def read(meeting: Meeting) -> Meeting:
    with elevated():
        return Meeting.objects.select_related("body__project", "project").get(pk=meeting.pk)


@pytest.fixture
def draft(world: World) -> Meeting:
    """A COSTRAT in preparation; its members: COSTRAT's own, the lead who brings a point, and the vendor as a guest."""
    meeting = read(world.own.governance.draft)
    MandateFactory(body=meeting.body, user=world.lead)
    MandateFactory(body=meeting.body, user=world.person(Role.VENDOR), invited=True)
    AgendaItemFactory(meeting=meeting, position=1, label=f"Le budget {COUNCIL}", minutes=30, owner=world.lead)
    AgendaItemFactory(meeting=meeting, position=2, label="Les versions", minutes=15, owner=world.person(Role.VENDOR))
    return meeting


def call(world: World, meeting: Meeting, **values: Any) -> list[Attendance]:
    with acting_as(world.lead.pk):
        return convene(meeting=meeting, version=meeting.version, user=world.lead, **values)


def dispatches(meeting: Meeting) -> list[Dispatch]:
    with elevated():
        return list(Dispatch.objects.filter(meeting=meeting).select_related("user").order_by("user__email", "asked_at"))


def attendances(meeting: Meeting) -> dict[User, Attendance]:
    with elevated():
        rows = Attendance.objects.filter(meeting=meeting).select_related("user", "og", "stands_in_for", "mandate")
        return {row.user: row for row in rows}


def words(message: EmailMultiAlternatives) -> str:
    """Everything in a message that somebody could read."""
    parts = [message.subject, message.body, *(body for body, _ in message.alternatives)]
    parts += [str(attachment[1]) for attachment in message.attachments]
    return "\n".join(parts).replace("\xa0", " ").replace("\u202f", " ")


def sent_to(mailoutbox: list[EmailMultiAlternatives], user: User) -> EmailMultiAlternatives:
    [message] = [message for message in mailoutbox if message.to == [user.email]]
    return message


def event_in(message: EmailMultiAlternatives) -> tuple[Calendar, Event]:
    [content] = [
        part.get_payload(decode=True) for part in message.message().walk() if "calendar" in part["Content-Type"]
    ]
    calendar = Calendar.from_ical(content)
    [event] = calendar.walk("VEVENT")
    return calendar, event


# --- Who is called ---------------------------------------------------------------------------------------------------


def test_convening_calls_all_who_sit_on_that_day(world: World, draft: Meeting) -> None:
    rows = call(world, draft)
    found = attendances(draft)
    assert set(found) == {world.person(Role.COSTRAT), world.lead, world.person(Role.VENDOR)}
    assert len(rows) == 3
    member, vendor = found[world.person(Role.COSTRAT)], found[world.person(Role.VENDOR)]
    assert (member.votes, member.invited, member.presence) == (True, False, Presence.EXPECTED)
    assert (vendor.votes, vendor.invited) == (False, True)
    convened = read(draft)
    assert convened.status == MeetingStatus.CONVENED
    assert convened.convened_at is not None
    assert [row.kind for row in dispatches(draft)] == [DispatchKind.CONVOCATION] * 3


def test_several_seats_make_one_call_the_one_that_votes_first(world: World) -> None:
    body, user = world.own.governance.costrat, UserFactory()
    with elevated():
        body = Body.objects.select_related("project").get(pk=body.pk)
    amont, aval = world.own.ogs
    MandateFactory(body=body, user=user, og=amont, comop_category=ComopCategory.WORK)
    MandateFactory(body=body, user=user, og=aval, votes=True)
    with acting_as(world.lead.pk):
        [line] = [line for line in called_on(body, timezone.localdate()) if line.user == user]
    assert (line.votes, line.og, line.mandate.og) == (True, aval, aval)


def test_a_substitute_is_called_beside_who_they_stand_in_for(world: World, draft: Meeting) -> None:
    member, substitute = world.person(Role.COSTRAT), UserFactory()
    MembershipFactory(user=substitute, role=Role.OBSERVER, target=world.project)
    with elevated():
        Mandate.objects.filter(body=draft.body, user=member).update(substitute=substitute)
    call(world, draft)
    row = attendances(draft)[substitute]
    assert (row.stands_in_for, row.invited, row.mandate.user_id) == (member, False, member.pk)


def test_whoever_holds_a_seat_stands_in_for_nobody(world: World, draft: Meeting) -> None:
    with elevated():
        Mandate.objects.filter(body=draft.body, user=world.person(Role.COSTRAT)).update(substitute=world.lead)
    call(world, draft)
    assert attendances(draft)[world.lead].stands_in_for is None


def test_a_seat_counts_on_the_day_of_the_meeting(world: World, draft: Meeting) -> None:
    before = french.day(draft.starts_at) - timedelta(days=1)
    leaving, coming = UserFactory(), UserFactory()
    MandateFactory(body=draft.body, user=leaving)
    MandateFactory(body=draft.body, user=coming, starts_on=french.day(draft.starts_at))
    with elevated():
        Mandate.objects.filter(user=leaving).update(ends_on=before)
    call(world, draft)
    assert coming in attendances(draft)
    assert leaving not in attendances(draft)


def test_convening_twice_calls_once(world: World, draft: Meeting) -> None:
    call(world, draft)
    assert call(world, draft) == []  # the same form, its version included
    assert len(dispatches(draft)) == 3


@pytest.mark.django_db(transaction=True)
def test_eight_clicks_at_the_same_moment_call_each_person_once(world: World, draft: Meeting) -> None:
    def click(index: int) -> int:
        with acting_as(world.lead.pk):
            return len(convene(meeting=draft, version=draft.version, user=world.lead))

    assert sorted(together(8, click)) == [0] * 7 + [3]
    assert len(attendances(draft)) == len(dispatches(draft)) == 3


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_message_once(world: World, mailoutbox: list, draft: Meeting) -> None:
    call(world, draft)
    together(4, lambda index: send_dispatches())
    assert sorted(message.to[0] for message in mailoutbox) == sorted(row.user.email for row in dispatches(draft))
    assert {row.attempts for row in dispatches(draft)} == {1}


def test_who_was_given_a_seat_since_is_called_too(world: World, lead: Client, draft: Meeting) -> None:
    call(world, draft)
    assert "Inviter une personne nommée depuis" not in plain(lead.get(DRAFT))
    newcomer = UserFactory()
    MandateFactory(body=draft.body, user=newcomer)
    assert "Inviter une personne nommée depuis" in plain(lead.get(DRAFT))
    page = lead.get(f"{DRAFT}convoquer/")
    assert "Une personne recevra l’invitation" in plain(page)
    [version] = parse(page.content).xpath("//form[@id='convoquer']//input[@name='version']/@value")
    assert lead.post(f"{DRAFT}convoquer/", {"version": version}).status_code == 302
    assert newcomer in attendances(draft)
    assert len(dispatches(draft)) == 4


def test_what_changed_meanwhile_is_read_again_before_convening(world: World, lead: Client, draft: Meeting) -> None:
    with acting_as(world.lead.pk):
        change_meeting(
            meeting=read(draft),
            version=1,
            user=world.lead,
            starts_at=draft.starts_at,
            duration_minutes=60,
            place="Ailleurs",
            link="",
            objective="",
        )
    with pytest.raises(Conflict):
        call(world, draft)
    answer = lead.post(f"{DRAFT}convoquer/", {"version": 1, "message": "À bientôt"})
    assert answer.status_code == 409
    assert "À bientôt" in plain(answer)
    assert dispatches(draft) == []
    assert lead.post(f"{DRAFT}convoquer/", {"version": 2}).status_code == 302


def test_nobody_to_call_and_a_day_past_are_refused_in_words(world: World) -> None:
    group = world.own.governance.group
    empty = read(MeetingFactory(body=group, number=80, draft=True))
    with pytest.raises(DomainError, match="Personne ne siège"):
        call(world, empty)
    past = MeetingFactory(body=group, number=81, draft=True, starts_at=timezone.now() - timedelta(days=1))
    with pytest.raises(DomainError, match="passée"):
        call(world, read(past))
    with pytest.raises(DomainError, match="ne se convoque plus"):
        call(world, read(world.own.governance.session))


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (15, "Le délai de 15 jours est respecté."),
        (12, "Il manque 3 jours sur les 15 du délai de convocation : vous pouvez convoquer quand même"),
        (14, "Il manque 1 jour sur les 15"),
    ],
)
def test_a_short_notice_warns_and_blocks_nothing(
    world: World, lead: Client, draft: Meeting, days: int, said: str
) -> None:
    with elevated():
        Body.objects.filter(pk=draft.body_id).update(convocation_days=15)
        Meeting.objects.filter(pk=draft.pk).update(starts_at=timezone.now() + timedelta(days=days))
    page = plain(lead.get(f"{DRAFT}convoquer/"))
    assert "Trois personnes recevront l’invitation au COSTRAT du" in page
    assert said in page
    assert lead.post(f"{DRAFT}convoquer/", {"version": draft.version}).status_code == 302
    assert len(dispatches(draft)) == 3


def test_an_empty_agenda_and_a_person_without_a_role_are_said_first(world: World, lead: Client, draft: Meeting) -> None:
    former = world.ended
    with elevated():
        draft.items.all().delete()
        Mandate.objects.create(project=world.project, body=draft.body, user=former)
    page = plain(lead.get(f"{DRAFT}convoquer/"))
    assert "L’ordre du jour est vide" in page
    assert f"{former.get_full_name()} n’a pas de rôle dans le projet aujourd’hui" in page
    assert "Trois personnes recevront" in page  # former is not one of them


# --- What each is sent -----------------------------------------------------------------------------------------------


def test_a_draft_is_told_to_nobody(world: World, mailoutbox: list, draft: Meeting) -> None:
    send_dispatches()
    assert (dispatches(draft), mailoutbox) == ([], [])


def test_members_are_sent_the_agenda_and_guests_their_own_points(
    world: World, mailoutbox: list, draft: Meeting
) -> None:
    call(world, draft, message="Lisez la note avant.")
    send_dispatches()
    assert len(mailoutbox) == 3
    member = words(sent_to(mailoutbox, world.person(Role.COSTRAT)))
    assert f"Le budget {COUNCIL}" in member
    assert "Les versions" in member
    assert "Lisez la note avant." in member
    assert f"{PAGE}2/" in member
    vendor = words(sent_to(mailoutbox, world.person(Role.VENDOR)))
    assert "Les versions" in vendor
    assert COUNCIL not in vendor
    assert "Les points que vous portez" in vendor
    assert FOREIGN not in member + vendor
    assert all(row.sent_at and row.attempts == 1 for row in dispatches(draft))
    send_dispatches()
    assert len(mailoutbox) == 3  # each once


def test_a_message_is_written_in_two_forms_with_a_plain_subject(world: World, mailoutbox: list, draft: Meeting) -> None:
    call(world, draft)
    send_dispatches()
    message = sent_to(mailoutbox, world.person(Role.COSTRAT))
    assert message.subject == f"Convocation : COSTRAT du {plain_date(draft.starts_at)}, Projet Deux Rives"
    assert message.reply_to == [world.lead.email]
    [(html, kind)] = message.alternatives
    assert kind == "text/html"
    assert "<script" not in html
    assert [*message.to, *message.cc, *message.bcc] == [world.person(Role.COSTRAT).email]


def plain_date(moment: datetime) -> str:
    return french.long_date(moment).replace("\xa0", " ")


def test_the_calendar_beside_it_reads_back(world: World, mailoutbox: list, draft: Meeting) -> None:
    call(world, draft)
    send_dispatches()
    calendar, event = event_in(sent_to(mailoutbox, world.person(Role.VENDOR)))
    assert str(calendar["METHOD"]) == "REQUEST"
    assert str(event["SUMMARY"]) == "COSTRAT, Projet Deux Rives"
    assert event["DTSTART"].dt == french.moment(draft.starts_at).replace(microsecond=0)
    assert str(event["DTSTART"].params["TZID"]) == "Europe/Paris"
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=draft.duration_minutes)
    assert (event["SEQUENCE"], str(event["STATUS"]), str(event["LOCATION"])) == (0, "CONFIRMED", "Salle du conseil")
    assert str(event["ORGANIZER"]) == f"mailto:{world.lead.email}"
    assert str(event["ATTENDEE"]) == f"mailto:{world.person(Role.VENDOR).email}"  # and nobody else
    assert COUNCIL not in event.to_ical().decode()
    assert calendar.walk("VTIMEZONE")


def test_a_change_and_a_cancellation_follow_the_same_event(world: World, mailoutbox: list, draft: Meeting) -> None:
    call(world, draft)
    send_dispatches()
    member = world.person(Role.COSTRAT)
    [_, first] = event_in(sent_to(mailoutbox, member))
    later = draft.starts_at + timedelta(days=7)
    with acting_as(world.lead.pk):
        convened = Meeting.objects.select_related("body", "project").get(pk=draft.pk)
        change_meeting(
            meeting=convened,
            version=convened.version,
            user=world.lead,
            starts_at=later,
            duration_minutes=60,
            place="Mairie",
            link="",
            objective="",
        )
    mailoutbox.clear()
    send_dispatches()
    calendar, second = event_in(sent_to(mailoutbox, member))
    assert (str(second["UID"]), second["SEQUENCE"], str(calendar["METHOD"])) == (str(first["UID"]), 1, "REQUEST")
    assert second["DTSTART"].dt == french.moment(later).replace(microsecond=0)
    assert "Changement" in sent_to(mailoutbox, member).subject
    with acting_as(world.lead.pk):
        convened = Meeting.objects.select_related("body", "project").get(pk=draft.pk)
        cancel_meeting(meeting=convened, version=convened.version, reason="Grève des trains.", user=world.lead)
    mailoutbox.clear()
    send_dispatches()
    calendar, third = event_in(sent_to(mailoutbox, member))
    assert (str(third["UID"]), third["SEQUENCE"], str(calendar["METHOD"])) == (str(first["UID"]), 2, "CANCEL")
    assert str(third["STATUS"]) == "CANCELLED"
    assert "Grève des trains." in words(sent_to(mailoutbox, member))
    assert COUNCIL not in words(sent_to(mailoutbox, member))


def test_an_invitation_that_waited_says_nothing_once_the_meeting_is_off(
    world: World, mailoutbox: list, draft: Meeting
) -> None:
    call(world, draft)
    with acting_as(world.lead.pk):
        convened = Meeting.objects.select_related("body", "project").get(pk=draft.pk)
        cancel_meeting(meeting=convened, version=convened.version, reason="Grève.", user=world.lead)
    send_dispatches()
    assert {message.subject.split(" : ")[0] for message in mailoutbox} == {"Annulation"}


def test_the_agenda_goes_with_the_invitation_of_who_reads_it(
    world: World, mailoutbox: list, draft: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def maker(meeting: Meeting, user: User) -> Enclosure:
        return Enclosure("ordre-du-jour.pdf", f"%PDF {user.email}".encode())

    monkeypatch.setitem(enclosures._makers, DispatchKind.CONVOCATION, maker)
    call(world, draft)
    send_dispatches()
    names = {
        message.to[0]: [name for name, *_ in message.attachments if name.endswith(".pdf")] for message in mailoutbox
    }
    assert names[world.person(Role.COSTRAT).email] == ["ordre-du-jour.pdf"]
    assert names[world.person(Role.VENDOR).email] == []


def test_nothing_is_told_to_who_lost_their_right_meanwhile(
    world: World, lead: Client, mailoutbox: list, draft: Meeting
) -> None:
    member = world.person(Role.COSTRAT)
    call(world, draft)
    with elevated():
        for membership in Membership.objects.filter(user=member):
            end(membership)
    send_dispatches()
    assert member.email not in [message.to[0] for message in mailoutbox]
    assert len(mailoutbox) == 2
    page = plain(lead.get(DRAFT))
    assert "Deux messages sont partis et un n’est pas parti." in page
    assert f"{member.get_full_name()}, convocation : Cette personne n’a plus de rôle dans le projet" in page


def test_who_is_no_longer_called_is_told_nothing(world: World, mailoutbox: list, draft: Meeting) -> None:
    call(world, draft)
    with elevated():
        Attendance.objects.filter(meeting=draft, user=world.person(Role.VENDOR)).delete()
    send_dispatches()
    assert world.person(Role.VENDOR).email not in [message.to[0] for message in mailoutbox]


# --- A mail server that is down --------------------------------------------------------------------------------------


class Down(EmailBackend):
    """Takes no message for `refused`, or none at all."""

    refused: str | None = None

    def send_messages(self, messages: list[EmailMultiAlternatives]) -> int:
        if self.refused is None or messages[0].to == [self.refused]:
            raise ConnectionRefusedError(111, "Connection refused")
        return super().send_messages(messages)


@pytest.fixture
def down(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[str | None], None]:
    """The mail server goes down, for one address or for all."""

    def go(address: str | None) -> None:
        monkeypatch.setattr(Down, "refused", address)
        settings.EMAIL_BACKEND = f"{__name__}.Down"

    logging.getLogger("common.outbox").disabled = True
    yield go
    logging.getLogger("common.outbox").disabled = False


def test_a_message_that_cannot_leave_holds_up_no_other(
    world: World, lead: Client, mailoutbox: list, draft: Meeting, down: Callable, settings: Any
) -> None:
    member = world.person(Role.COSTRAT)
    call(world, draft)
    down(member.email)
    send_dispatches()
    assert len(mailoutbox) == 2
    [failed] = [row for row in dispatches(draft) if row.sent_at is None]
    assert (failed.user, failed.attempts) == (member, 1)
    page = plain(lead.get(DRAFT))
    assert "Deux messages sont partis et un n’est pas parti." in page
    assert "Le serveur de courriel n’a pas pris le message." in page
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert lead.post(f"{DRAFT}envois/reessayer/").status_code == 302
    send_dispatches()
    assert len(mailoutbox) == 3
    assert "Trois messages sont partis." in plain(lead.get(DRAFT))


def test_a_server_down_is_tried_again_less_and_less_often(
    world: World, mailoutbox: list, draft: Meeting, down: Callable, settings: Any
) -> None:
    call(world, draft)
    down(None)
    for _ in range(3):  # the next try is not due yet
        send_dispatches()
    assert {row.attempts for row in dispatches(draft)} == {1}
    asked = dispatches(draft)[0].asked_at
    waits = [next_try(asked, attempts) - asked for attempts in range(TRIES)]
    assert waits == sorted(waits)
    assert (waits[0], waits[1], waits[-1]) == (timedelta(0), timedelta(minutes=1), timedelta(minutes=2047))
    with elevated():
        Dispatch.objects.filter(meeting=draft).update(asked_at=asked - timedelta(minutes=2))
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_dispatches()
    assert len(mailoutbox) == 3


def test_trying_again_asks_for_what_has_not_left_only(world: World, mailoutbox: list, draft: Meeting) -> None:
    call(world, draft)
    send_dispatches()
    with acting_as(world.lead.pk):
        assert try_again(meeting=draft) == 0
    send_dispatches()
    assert len(mailoutbox) == 3


def test_what_one_document_gets_wrong_holds_up_no_other(
    world: World, mailoutbox: list, draft: Meeting, monkeypatch: pytest.MonkeyPatch, down: Callable
) -> None:
    def maker(meeting: Meeting, user: User) -> Enclosure:
        if user == world.lead:
            raise RuntimeError("no fonts")
        return Enclosure("ordre-du-jour.pdf", b"%PDF")

    monkeypatch.setitem(enclosures._makers, DispatchKind.CONVOCATION, maker)
    call(world, draft)
    send_dispatches()
    assert len(mailoutbox) == 2
    [failed] = [row for row in dispatches(draft) if row.sent_at is None]
    assert failed.error == "Le message n’a pas pu être écrit. La personne qui tient cette installation en est informée."


# --- Queries ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["", "convoquer/"])
def test_the_number_of_people_does_not_change_the_number_of_queries(
    world: World, client_as: SignIn, draft: Meeting, place: str
) -> None:
    client, counts = client_as(world.lead), []
    with elevated():
        Meeting.objects.filter(pk=draft.pk).update(status=MeetingStatus.CONVENED, convened_at=timezone.now())
    for more in (1, 2, 27):
        for _ in range(more):
            user = UserFactory()
            with elevated():
                Mandate.objects.create(project=world.project, body=draft.body, user=user, og=world.own.ogs[0])
                called = UserFactory()
                Attendance.objects.create(project=world.project, meeting=draft, user=called, og=world.own.ogs[0])
                Dispatch.objects.create(
                    project=world.project,
                    meeting=draft,
                    user=called,
                    kind=DispatchKind.CONVOCATION,
                    asked_by=world.lead,
                    error="Refusé",
                )
        with counted() as queries:
            assert client.get(f"{DRAFT}{place}").status_code == 200
        counts.append(len(queries))
    assert counts == counts[:1] * 3
