"""The actions decided: who reads which, who moves them, what is taken back, what waits for whom."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from common.errors import Conflict, DomainError
from common.scope import elevated
from governance.enums import BodyKind, FollowUpState
from governance.models import FollowUp
from governance.selectors.follow_ups import follow_ups_of_meeting, my_follow_ups
from governance.services.follow_ups import move_follow_up, take_back_move
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import User
from tests import factories
from tests.governance.room import Room, committee, costrat_of_three
from tests.harness.htmx import HTMX, outline, parse, swap, text
from tests.harness.queries import counted

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def room() -> Room:
    return costrat_of_three()


@pytest.fixture
def lead(room: Room, client_as: Callable) -> Client:
    return client_as(room.lead)


def plain(answer: HttpResponse) -> str:
    return text(parse(answer.content)).replace("\xa0", " ").replace("\u202f", " ")


def page(room: Room, query: str = "") -> str:
    return f"/projets/{room.project.slug}/gouvernance/actions/{query}"


def follow_up(room: Room, number: int = 1, owner: User | None = None, **values: object) -> FollowUp:
    return factories.FollowUpFactory(
        meeting=room.meeting, number=number, owner=owner or room.people["Delta"], created_by=room.lead, **values
    )


def kept(row: FollowUp) -> FollowUp:
    with elevated():
        return FollowUp.objects.get(pk=row.pk)


def move(client: Client, room: Room, row: FollowUp, state: FollowUpState, **values: object) -> HttpResponse:
    options = HTMX if values.pop("scripts", False) else {}
    posted = {"state": state.value, "version": kept(row).version, "comment": "", **values}
    return client.post(page(room, f"{row.number}/etat/"), posted, **options)


def numbers(answer: HttpResponse) -> list[str]:
    return [text(item).partition(".")[0] for item in parse(answer.content).xpath("//main//h3")]


# --- Services --------------------------------------------------------------------------------------------------------


def test_what_is_done_is_dated_and_what_is_taken_back_is_as_it_was(room: Room) -> None:
    row = follow_up(room)
    with acting_as(room.lead.pk):
        begun = move_follow_up(follow_up=row, version=1, state=FollowUpState.IN_PROGRESS, comment="Devis demandé.")
        done = move_follow_up(follow_up=begun, version=2, state=FollowUpState.DONE, comment="Reçu.")
        assert (done.done_on, done.comment) == (TODAY(), "Reçu.")
        back = take_back_move(follow_up=done, version=3)
    assert (back.state, back.comment, back.done_on) == (FollowUpState.IN_PROGRESS, "Devis demandé.", None)


def test_two_people_who_move_one_action_the_second_is_told(room: Room) -> None:
    row = follow_up(room)
    with acting_as(room.lead.pk):
        move_follow_up(follow_up=row, version=1, state=FollowUpState.DONE)
        with pytest.raises(Conflict):
            move_follow_up(follow_up=kept(row), version=1, state=FollowUpState.DROPPED)
        with pytest.raises(Conflict):
            take_back_move(follow_up=kept(row), version=1 + 5)
    assert kept(row).state == FollowUpState.DONE


def test_an_action_that_never_moved_has_nothing_to_take_back(room: Room) -> None:
    row = follow_up(room)
    with acting_as(room.lead.pk), pytest.raises(DomainError, match="rien à annuler"):
        take_back_move(follow_up=row, version=1)


def test_what_waits_for_me_comes_from_all_my_projects_and_from_no_other(room: Room) -> None:
    person = room.people["Delta"]
    other = committee(BodyKind.COMOP)
    elsewhere = costrat_of_three()
    factories.MembershipFactory(user=person, role=Role.LOCAL_REFERENT, target=_structure(other))
    mine = follow_up(room, due_on=TODAY() + timedelta(days=9))
    sooner = follow_up(other, owner=person, due_on=TODAY() - timedelta(days=2))
    follow_up(room, 2, state=FollowUpState.DONE, done_on=TODAY())
    follow_up(room, 3, owner=room.people["Amont"])
    follow_up(elsewhere, owner=person)  # takes no part there
    with acting_as(person.pk) as access:
        found = my_follow_ups(person, access)
        assert [row.pk for row in found] == [sooner.pk, mine.pk]
        with counted() as queries:
            assert [row.project.slug for row in my_follow_ups(person, access)]
    assert len(queries) == 1
    with elevated():
        assert {row.number for row in follow_ups_of_meeting(room.meeting)} == {1, 2, 3}


def _structure(room: Room) -> object:
    return factories.ESMSFactory(og=factories.OGFactory(project=room.project))


# --- The list --------------------------------------------------------------------------------------------------------


def test_the_list_says_what_is_left_and_what_is_late(room: Room, lead: Client) -> None:
    follow_up(room, 1, due_on=TODAY() + timedelta(days=3))
    follow_up(room, 2, due_on=TODAY() - timedelta(days=4))
    follow_up(room, 3, state=FollowUpState.DONE, done_on=TODAY() - timedelta(days=1))
    answer = lead.get(page(room))
    shown = plain(answer)
    assert "Deux actions décidées restent à faire, dont une en retard" in shown
    assert "4 jours de retard" in shown
    assert numbers(answer) == ["2", "1"]
    assert numbers(lead.get(page(room, "?etat=toutes"))) == ["2", "1", "3"]
    assert numbers(lead.get(page(room, "?etat=retard"))) == ["2"]
    assert numbers(lead.get(page(room, "?etat=terminees"))) == ["3"]
    assert "Deux actions décidées restent à faire" in plain(lead.get(page(room, "?etat=terminees")))


def test_the_list_is_narrowed_by_body_and_owner_in_the_address(room: Room, lead: Client) -> None:
    comop = factories.BodyFactory(project=room.project, kind=BodyKind.COMOP)
    meeting = factories.MeetingFactory(body=comop, number=9)
    factories.FollowUpFactory(meeting=meeting, number=7, owner=room.lead)
    arbitration = factories.ArbitrationFactory(project=room.project, meeting=room.meeting)
    factories.FollowUpFactory(
        project=room.project, meeting=None, arbitration=arbitration, number=8, owner=room.people["Amont"]
    )
    follow_up(room, 1)
    assert sorted(numbers(lead.get(page(room)))) == ["1", "7", "8"]
    assert numbers(lead.get(page(room, f"?instance={comop.pk}"))) == ["7"]
    assert sorted(numbers(lead.get(page(room, f"?instance={room.body.pk}")))) == ["1", "8"]
    assert numbers(lead.get(page(room, f"?responsable={room.people['Amont'].pk}"))) == ["8"]
    for nonsense in ("?instance=x", "?responsable=%00", "?etat=rien", f"?instance={uuid.uuid4()}"):
        assert lead.get(page(room, nonsense)).status_code == 200


def test_who_reads_every_meeting_reads_all_the_others_their_own(room: Room, client_as: Callable) -> None:
    referent = factories.UserFactory()
    factories.MembershipFactory(user=referent, role=Role.LOCAL_REFERENT, target=_structure(room))
    follow_up(room, 1)
    follow_up(room, 2, owner=referent)
    assert numbers(client_as(room.people["Amont"]).get(page(room))) == ["1", "2"]
    theirs = client_as(referent).get(page(room))
    assert numbers(theirs) == ["2"]
    assert "Qui s’en charge" not in plain(theirs)
    stranger = factories.UserFactory()
    factories.MembershipFactory(user=stranger, role=Role.VENDOR, target=room.project)
    nothing = plain(client_as(stranger).get(page(room)))
    assert "Aucune action décidée ne vous attend" in nothing
    assert "Une action décidée se note en séance" in nothing


def test_what_a_meeting_gave_to_do_is_read_by_who_reads_the_meeting(room: Room, client_as: Callable) -> None:
    """Of the COSTRAT, its members; of the COMOP, its own; of an arbitration, all who read arbitrations."""
    project = room.project
    comop = factories.BodyFactory(project=project, kind=BodyKind.COMOP)
    arbitration = factories.ArbitrationFactory(project=project, number=1, requested_by=room.lead)
    follow_up(room, 1)
    owned = {"project": project, "owner": room.lead, "created_by": room.lead}
    factories.FollowUpFactory(number=2, meeting=factories.MeetingFactory(body=comop, number=5), **owned)
    factories.FollowUpFactory(number=3, meeting=None, arbitration=arbitration, **owned)
    expected = {Role.PURCHASING: ["3"], Role.DPO: ["3"], Role.COMOP: ["2", "3"], Role.OBSERVER: ["1", "2", "3"]}
    for role, found in expected.items():
        person = factories.UserFactory()
        factories.MembershipFactory(user=person, role=role, target=project)
        assert sorted(numbers(client_as(person).get(page(room)))) == found, role
    guest = room.others["DPD"]  # called to that COSTRAT
    factories.MandateFactory(body=room.body, user=guest, invited=True, votes=False)
    assert sorted(numbers(client_as(guest).get(page(room)))) == ["1", "3"]


# --- Moving ----------------------------------------------------------------------------------------------------------


def test_one_tap_moves_it_and_undo_brings_it_back(room: Room, client_as: Callable) -> None:
    row = follow_up(room)
    owner = client_as(room.people["Delta"])
    shown = parse(owner.get(page(room)).content)
    answer = move(owner, room, row, FollowUpState.IN_PROGRESS, comment="Devis demandé.", scripts=True)
    shown = swap(shown, answer.content, "action-1")
    assert "Action n° 1 : en cours." in text(shown).replace("\xa0", " ")
    assert kept(row).comment == "Devis demandé."
    undo = shown.xpath("//*[@id='action-1']//button[contains(., 'Annuler')]/@hx-post")[0]
    version = shown.xpath("//*[@id='action-1']//input[@name='version']/@value")[0]
    answer = owner.post(undo, {"version": version}, **HTMX)
    shown = swap(shown, answer.content, "action-1")
    assert (kept(row).state, kept(row).comment) == (FollowUpState.TO_DO, "")
    fresh = parse(owner.get(page(room)).content)
    said = "//*[@id='action-1']//*[contains(@class, 'moves')]"
    assert outline(shown.xpath(said)[0], leave_out=("csrfmiddlewaretoken",)) == outline(fresh.xpath(said)[0])


def test_without_scripts_the_message_offers_to_take_it_back(room: Room, lead: Client) -> None:
    row = follow_up(room)
    answer = move(lead, room, row, FollowUpState.DONE)
    assert answer["Location"] == page(room, "?etat=toutes#action-1")
    shown = parse(lead.get(page(room, "?etat=toutes")).content)
    (undo,) = shown.xpath("//form[contains(@action, '/annuler/')]/@action")
    assert lead.post(undo, {"undo": "1"}).status_code == 302
    assert kept(row).state == FollowUpState.TO_DO


@pytest.mark.parametrize("scripts", [True, False])
def test_the_second_of_two_taps_is_told_and_keeps_what_was_typed(room: Room, lead: Client, scripts: bool) -> None:
    row = follow_up(room)
    move(lead, room, row, FollowUpState.DONE)
    answer = move(lead, room, row, FollowUpState.DROPPED, version=1, comment="Plus utile.", scripts=scripts)
    assert answer.status_code == 409
    assert "Maëlle Kerdrain a noté « Faite » juste avant vous" in plain(answer)
    assert "Plus utile." in answer.content.decode()
    assert kept(row).state == FollowUpState.DONE


def test_only_its_owner_and_who_leads_move_it(room: Room, client_as: Callable) -> None:
    row = follow_up(room)
    assert move(client_as(room.people["Amont"]), room, row, FollowUpState.DONE).status_code == 403
    stranger = factories.UserFactory()
    factories.MembershipFactory(user=stranger, role=Role.VENDOR, target=room.project)
    assert move(client_as(stranger), room, row, FollowUpState.DONE).status_code == 404
    assert move(client_as(room.people["Delta"]), room, row, FollowUpState.DONE).status_code == 302


def test_a_move_that_means_nothing_is_refused(room: Room, lead: Client) -> None:
    row = follow_up(room)
    where = page(room, "1/etat/")
    for posted in ({}, {"state": "done"}, {"state": "x", "version": 1}):
        assert lead.post(where, posted).status_code == 400
    answer = lead.post(where, {"state": "done", "version": 1, "comment": "a" * 501}, **HTMX)
    assert answer.status_code == 422
    assert "a" * 501 in answer.content.decode()
    assert kept(row).version == 1


def test_a_longer_list_asks_no_more_queries(room: Room, lead: Client) -> None:
    counts, made = [], 0
    for more in (1, 2, 27):
        for made in range(made + 1, made + more + 1):  # noqa: B020  numbers go on
            follow_up(room, made, owner=factories.UserFactory())
        with counted() as queries:
            assert len(numbers(lead.get(page(room)))) == made
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts
