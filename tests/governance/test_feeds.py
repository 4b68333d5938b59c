"""The calendar of one person: an address that stands for them, and what it gives."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from common import french
from common.errors import DomainError
from common.scope import elevated
from governance.enums import MeetingStatus
from governance.models import CalendarFeed, Meeting
from governance.services.feeds import open_feed, revoke_feed
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import Membership, User
from organisations.services import end
from tests.factories import AgendaItemFactory, MandateFactory, MeetingFactory
from tests.harness.governance import COUNCIL
from tests.harness.queries import counted
from tests.harness.world import FOREIGN, World

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
HERE = "/compte/calendrier/"


def opened(user: User) -> str:
    """The address of a feed for this person."""
    with acting_as(user.pk):
        return reverse("calendar_feed", args=[open_feed(user=user)])


def events(address: str) -> list[Event]:
    answer = Client().get(address)
    assert answer.status_code == 200
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_the_address_is_shown_once_and_its_text_is_kept_nowhere(world: World, lead: Client) -> None:
    assert "Créer mon adresse" in lead.get(HERE).content.decode()
    page = lead.post(HERE).content.decode()
    feed = CalendarFeed.objects.none()
    with elevated():
        feed = CalendarFeed.objects.get(user=world.lead)
    token = page.split("/calendrier/")[1].split(".ics")[0]
    assert len(token) >= 40
    assert token not in feed.digest
    again = lead.get(HERE).content.decode()
    assert token not in again
    assert "Fermer l’abonnement" in again
    assert Client().get(f"/calendrier/{token}.ics").status_code == 200


def test_one_address_at_a_time(world: World, lead: Client) -> None:
    lead.post(HERE)
    answer = lead.post(HERE)
    assert answer.status_code == 422
    assert "Un abonnement est déjà ouvert" in answer.content.decode()
    with acting_as(world.lead.pk), pytest.raises(DomainError):
        open_feed(user=world.lead)


def test_a_closed_address_answers_nothing(world: World, lead: Client) -> None:
    address = opened(world.lead)
    assert lead.post(f"{HERE}fermer/").status_code == 302
    assert Client().get(address).status_code == 404
    with acting_as(world.lead.pk):
        revoke_feed(user=world.lead)  # twice
    assert opened(world.lead) != address
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("token", ["x", "0" * 43, "%C3%A9", "a" * 3000])
def test_an_invented_address_answers_nothing(world: World, token: str) -> None:
    assert Client().get(f"/calendrier/{token}.ics").status_code == 404


def test_it_gives_the_meetings_of_the_bodies_where_one_sits(world: World) -> None:
    found = world.own.governance
    AgendaItemFactory(meeting=found.meeting, position=2, label=f"Secret {COUNCIL}")
    with elevated():
        Meeting.objects.filter(pk=found.meeting.pk).update(objective=COUNCIL, sequence=2)
    read = {str(event["UID"]).split("@")[0]: event for event in events(opened(world.person(Role.COSTRAT)))}
    assert set(read) == {f"seance-{meeting.pk}" for meeting in (found.meeting, found.session, found.closed)}
    event = read[f"seance-{found.meeting.pk}"]
    assert str(event["SUMMARY"]) == "COSTRAT, Projet Deux Rives"
    assert event["DTSTART"].dt == french.moment(found.meeting.starts_at).replace(microsecond=0)
    assert (str(event["LOCATION"]), event["SEQUENCE"]) == ("Salle du conseil", 2)
    assert str(event["URL"]).endswith("/gouvernance/seances/1/")
    answer = Client().get(opened(world.person(Role.COMOP)))
    assert COUNCIL not in answer.content.decode()
    assert str(found.comop.pk) in answer.content.decode()
    assert str(found.meeting.pk) not in answer.content.decode()


def test_a_guest_follows_the_body_that_invites_them_and_nothing_of_another_project(world: World) -> None:
    vendor = world.person(Role.VENDOR)
    address = opened(vendor)
    assert events(address) == []
    with elevated():
        comop = world.own.governance.comop_body
    MandateFactory(body=comop, user=vendor, invited=True)
    [event] = events(address)
    assert str(event["SUMMARY"]) == "COMOP, Projet Deux Rives"
    assert FOREIGN not in Client().get(address).content.decode()


def test_a_cancelled_meeting_is_told_as_cancelled(world: World) -> None:
    with elevated():
        meeting = world.own.governance.comop
        Meeting.objects.filter(pk=meeting.pk).update(
            status=MeetingStatus.CANCELLED, cancelled_at=timezone.now(), cancel_reason=COUNCIL
        )
    [event] = events(opened(world.person(Role.COMOP)))
    assert (str(event["STATUS"]), str(event["SUMMARY"])) == ("CANCELLED", "Annulé : COMOP, Projet Deux Rives")
    assert COUNCIL not in event.to_ical().decode()


def test_it_follows_the_rights_of_the_day(world: World) -> None:
    member = world.person(Role.COSTRAT)
    address = opened(member)
    assert events(address)
    with elevated():
        for membership in Membership.objects.filter(user=member):
            end(membership)
    assert Client().get(address).status_code == 404
    other = world.person(Role.COMOP)
    address = opened(other)
    with elevated():
        User.objects.filter(pk=other.pk).update(is_active=False)
    assert Client().get(address).status_code == 404


def test_it_is_kept_by_no_cache_and_by_no_search_engine(world: World, client_as: SignIn) -> None:
    address = opened(world.lead)
    for browser in (Client(), client_as(world.person(Role.VENDOR))):  # whoever is signed in
        answer = browser.get(address)
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert {"private", "no-store"} <= {part.strip() for part in answer["Cache-Control"].split(",")}
        assert answer["X-Robots-Tag"] == "noindex"


def test_the_number_of_meetings_does_not_change_the_number_of_queries(world: World) -> None:
    address, counts, number = opened(world.person(Role.COMOP)), [], 100
    for more in (1, 2, 27):
        for _ in range(more):
            number += 1
            starts = timezone.now() + timedelta(days=number)
            MeetingFactory(body=world.own.governance.comop_body, number=number, starts_at=starts)
        with counted() as queries:
            assert len(events(address)) == number - 100 + 1
        counts.append(len(queries))
    assert counts == counts[:1] * 3


@pytest.mark.parametrize(("month", "offset"), [(1, 1), (7, 2)])
def test_the_hours_of_paris_are_told_by_their_rules(world: World, month: int, offset: int) -> None:
    year = timezone.localdate().year + 1
    starts = datetime(year, month, 15, 14, 30, tzinfo=french.PARIS)
    MeetingFactory(body=world.own.governance.comop_body, number=90, starts_at=starts)
    calendar = Calendar.from_ical(Client().get(opened(world.person(Role.COMOP))).content)
    [zone] = calendar.walk("VTIMEZONE")
    [event] = [event for event in calendar.walk("VEVENT") if event["DTSTART"].dt == starts]
    local = event["DTSTART"].dt.replace(tzinfo=zone.to_tz())
    assert local.utcoffset() == timedelta(hours=offset)
