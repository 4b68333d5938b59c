"""Agendas: points added, worded, ordered, taken off and put back; what is offered; who reads what."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

import checklist.presentation  # noqa: F401  what the checklist offers
from checklist.enums import ACTION_SOURCE
from common.errors import Conflict, DomainError
from common.scope import elevated
from governance.enums import ArbitrationStatus, ItemKind, ItemState, MeetingStatus
from governance.models import AgendaItem, Arbitration, Body, Meeting
from governance.selectors.agendas import shelves_for
from governance.services.agendas import add_point, edit_point, move_point, put_back_point, remove_point, take_offer
from governance.services.meetings import discard_meeting, plan_meetings
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import User
from tests.factories import (
    AgendaItemFactory,
    AgendaRequestFactory,
    AlertFactory,
    ArbitrationFactory,
    AttendanceFactory,
    MandateFactory,
    MeetingFactory,
    UserFactory,
)
from tests.harness.governance import COUNCIL
from tests.harness.htmx import HTMX, outline, parse, swap, text
from tests.harness.queries import counted
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db
PAGE = f"/projets/{SLUG}/gouvernance/seances/"
DRAFT = f"{PAGE}2/"
SignIn = Callable[[User], Client]


def plain(answer: HttpResponse) -> str:
    return text(parse(answer.content)).replace("\xa0", " ").replace("\u202f", " ")


@pytest.fixture
def draft(world: World) -> Meeting:
    """A COSTRAT in preparation, with three points: « Un », « Deux », « Trois »."""
    with elevated():
        meeting = Meeting.objects.select_related("body__project", "project").get(pk=world.own.governance.draft.pk)
    for position, label in enumerate(("Un", "Deux", "Trois"), start=1):
        AgendaItemFactory(meeting=meeting, position=position, label=label, minutes=20)
    return meeting


def points(meeting: Meeting) -> list[AgendaItem]:
    with elevated():
        return list(AgendaItem.objects.filter(meeting=meeting).order_by("position", "pk"))


def labels(meeting: Meeting) -> list[str]:
    return [item.label for item in points(meeting)]


def offers(world: World, meeting: Meeting) -> dict[str, list[Any]]:
    with acting_as(world.lead.pk):
        return {shelf.title: shelf.offers for shelf in shelves_for(meeting)}


# --- Points ----------------------------------------------------------------------------------------------------------


def test_a_point_is_added_at_the_end_once(world: World, draft: Meeting) -> None:
    token = uuid.uuid4()
    with acting_as(world.lead.pk):
        for _ in range(2):
            add_point(meeting=draft, label=" Quatre ", token=token, owner=world.lead)
        with pytest.raises(DomainError) as refused:
            add_point(meeting=draft, label=" ", token=uuid.uuid4())
    assert refused.value.field == "label"
    assert labels(draft) == ["Un", "Deux", "Trois", "Quatre"]


@pytest.mark.parametrize(
    ("moves", "expected"),
    [
        ([("Trois", True)], ["Un", "Trois", "Deux"]),
        ([("Trois", True), ("Trois", True)], ["Trois", "Un", "Deux"]),
        ([("Un", False)], ["Deux", "Un", "Trois"]),
    ],
)
def test_a_point_changes_places_with_its_neighbour(
    world: World, draft: Meeting, moves: list[tuple[str, bool]], expected: list[str]
) -> None:
    for label, up in moves:
        with acting_as(world.lead.pk):
            move_point(item=AgendaItem.objects.get(meeting=draft, label=label), up=up)
    assert labels(draft) == expected


def test_points_move_where_places_were_left_empty_or_are_shared(world: World, draft: Meeting) -> None:
    with elevated():
        AgendaItem.objects.filter(meeting=draft).update(position=7)
        first = points(draft)[0]
    with acting_as(world.lead.pk):
        move_point(item=first, up=False)
    assert [item.position for item in points(draft)] == [1, 2, 3]
    assert points(draft)[1] == first


def test_the_ends_of_an_agenda_are_ends(world: World, draft: Meeting) -> None:
    first, *_, last = points(draft)
    with acting_as(world.lead.pk):
        with pytest.raises(DomainError, match="déjà le premier"):
            move_point(item=first, up=True)
        with pytest.raises(DomainError, match="déjà le dernier"):
            move_point(item=last, up=False)


def edited(item: AgendaItem, **values: Any) -> dict[str, Any]:
    given = {"label": item.label, "detail": item.detail, "minutes": item.minutes, "kind": ItemKind(item.kind)}
    return {"item": item, "version": item.version, "owner": None, **given, **values}


def test_two_people_do_not_word_a_point_over_each_other(world: World, draft: Meeting) -> None:
    item = points(draft)[0]
    with acting_as(world.lead.pk):
        edit_point(**edited(item, label="Le budget"))
        with pytest.raises(Conflict) as conflict:
            edit_point(**edited(item, label="Le calendrier", version=1))
    assert conflict.value.current.label == "Le budget"
    assert labels(draft)[0] == "Le budget"


def test_a_point_taken_off_comes_back_where_it_was(world: World, draft: Meeting) -> None:
    item = points(draft)[1]
    with elevated():
        AgendaItem.objects.filter(pk=item.pk).update(detail="Lire la note", owner=world.lead)
    with acting_as(world.lead.pk):
        remove_point(item=AgendaItem.objects.get(pk=item.pk))
        assert labels(draft) == ["Un", "Trois"]
        for _ in range(2):  # twice is once
            back = put_back_point(meeting=draft, item_id=item.pk)
        with pytest.raises(AgendaItem.DoesNotExist):
            put_back_point(meeting=draft, item_id=world.own.governance.item.pk)  # of another agenda
    assert labels(draft) == ["Un", "Deux", "Trois"]
    assert (back.pk, back.detail, back.owner_id) == (item.pk, "Lire la note", world.lead.pk)


def test_the_token_of_a_form_is_that_of_its_meeting(world: World, draft: Meeting) -> None:
    elsewhere = world.own.governance.session_item
    with acting_as(world.lead.pk):
        added = add_point(meeting=draft, label="Quatre", token=elsewhere.pk)
    assert added.pk != elsewhere.pk
    assert labels(draft) == ["Un", "Deux", "Trois", "Quatre"]


def test_a_point_taken_off_meanwhile_moves_no_more(world: World, draft: Meeting) -> None:
    item = points(draft)[1]
    item.meeting = draft
    with acting_as(world.lead.pk):
        remove_point(item=AgendaItem.objects.get(pk=item.pk))
        with pytest.raises(DomainError, match="n’est plus à l’ordre du jour"):
            move_point(item=item, up=True)


def test_a_point_taken_off_does_not_come_back_once_the_meeting_is_closed(world: World, draft: Meeting) -> None:
    item = points(draft)[0]
    with acting_as(world.lead.pk):
        remove_point(item=AgendaItem.objects.get(pk=item.pk))
    with elevated():
        now = timezone.now()
        Meeting.objects.filter(pk=draft.pk).update(
            status=MeetingStatus.CLOSED, convened_at=now, opened_at=now, closed_at=now, quorum_reached=True
        )
    with acting_as(world.lead.pk), pytest.raises(DomainError, match="close"):
        put_back_point(meeting=draft, item_id=item.pk)


def test_an_agenda_that_is_closed_or_cancelled_changes_no_more(world: World) -> None:
    found = world.own.governance
    with acting_as(world.lead.pk), pytest.raises(DomainError, match="close"):
        add_point(meeting=found.closed, label="Encore", token=uuid.uuid4())
    with elevated():
        Meeting.objects.filter(pk=found.meeting.pk).update(
            status=MeetingStatus.CANCELLED, cancelled_at=timezone.now(), cancel_reason="Grève"
        )
    with acting_as(world.lead.pk), pytest.raises(DomainError, match="annulée"):
        add_point(meeting=found.meeting, label="Encore", token=uuid.uuid4())


# --- Offers ----------------------------------------------------------------------------------------------------------


def test_what_waits_is_offered_by_kind(world: World, draft: Meeting) -> None:
    found = world.own.governance
    question = AgendaRequestFactory(body=found.costrat, question="Quel hébergeur ?", asked_by=world.lead)
    waiting = ArbitrationFactory(project=world.project, number=50, requested_by=world.lead)
    AlertFactory(project=world.project, number=50, raised_by=world.lead, answer="Vu", answered_at=timezone.now())
    by_title = offers(world, draft)
    assert question.question in [offer.label for offer in by_title["Questions posées"]]
    assert [offer.source_id for offer in by_title["Arbitrages"]] == [waiting.pk]  # the other is on an agenda
    alerts = {offer.source_id for offer in by_title["Alertes sans réponse"]}
    assert alerts == {found.alert.pk, found.structure_alert.pk}  # not the one that was answered
    blocked = by_title["Actions bloquées de la checklist"]
    assert [offer.source_id for offer in blocked] == [world.action("1.1.2").pk]


def test_an_agenda_tells_other_readers_nothing_of_the_inside_of_a_structure_nor_of_a_card(
    world: World, draft: Meeting
) -> None:
    by_title = offers(world, draft)
    structure = world.own.governance.structure_alert
    [alert] = [offer for offer in by_title["Alertes sans réponse"] if offer.source_id == structure.pk]
    assert (alert.label.replace("\xa0", " "), alert.detail) == ("Alerte n° 2 : Foyer", "")
    assert structure.subject in alert.hint  # to who prepares, who may read it
    assert all(offer.detail == "" for offer in by_title["Actions bloquées de la checklist"])


def test_an_offer_is_taken_once_and_leaves_the_shelf(world: World, draft: Meeting) -> None:
    [offer] = offers(world, draft)["Actions bloquées de la checklist"]
    with acting_as(world.lead.pk):
        taken = [take_offer(meeting=draft, offer=offer) for _ in range(2)]
    assert taken[0] == taken[1]
    assert (taken[0].source, taken[0].source_id) == (ACTION_SOURCE, world.action("1.1.2").pk)
    assert labels(draft)[-1] == taken[0].label
    assert "Actions bloquées de la checklist" not in offers(world, draft)
    with acting_as(world.lead.pk):
        remove_point(item=taken[0])
    assert offers(world, draft)["Actions bloquées de la checklist"] == [offer]


def test_minutes_to_approve_come_first(world: World, draft: Meeting) -> None:
    [minutes] = [offer for offer in offers(world, draft)["De la séance précédente"] if offer.source == "minutes"]
    with acting_as(world.lead.pk):
        take_offer(meeting=draft, offer=minutes)
    assert labels(draft)[0].startswith("Approbation du compte rendu")
    assert labels(draft)[1:] == ["Un", "Deux", "Trois"]


def state(arbitration: Arbitration) -> tuple[str, Meeting | None]:
    with elevated():
        found = Arbitration.objects.select_related("meeting").get(pk=arbitration.pk)
    return found.status, found.meeting


def test_an_arbitration_put_to_the_costrat_is_to_be_decided_there(world: World, draft: Meeting) -> None:
    arbitration = ArbitrationFactory(project=world.project, number=50, requested_by=world.lead)
    [offer] = offers(world, draft)["Arbitrages"]
    with acting_as(world.lead.pk):
        item = take_offer(meeting=draft, offer=offer)
    assert state(arbitration) == (ArbitrationStatus.TO_DECIDE, draft)
    assert "Arbitrages" not in offers(world, draft)
    with acting_as(world.lead.pk):
        remove_point(item=AgendaItem.objects.select_related("meeting").get(pk=item.pk))
    assert state(arbitration) == (ArbitrationStatus.DRAFT, None)
    with acting_as(world.lead.pk):
        put_back_point(meeting=draft, item_id=item.pk)
    assert state(arbitration) == (ArbitrationStatus.TO_DECIDE, draft)
    assert labels(draft)[3:] == [arbitration.question]
    with acting_as(world.lead.pk):
        discard_meeting(meeting=draft, version=draft.version)
    assert state(arbitration) == (ArbitrationStatus.DRAFT, None)


def test_an_unfinished_file_says_what_it_lacks(world: World, lead: Client, draft: Meeting) -> None:
    arbitration = ArbitrationFactory(project=world.project, number=50, requested_by=world.lead)
    with elevated():
        Arbitration.objects.filter(pk=arbitration.pk).update(recommended=None)
    answer = lead.post(f"{DRAFT}points/proposes/", {"offer": f"arbitration:{arbitration.pk}"}, **HTMX)
    assert answer.status_code == 422
    assert "Il manque l’option que vous recommandez" in plain(answer)
    assert labels(draft) == ["Un", "Deux", "Trois"]


def test_an_arbitration_on_the_agenda_of_the_comop_is_prepared_there(world: World) -> None:
    arbitration = ArbitrationFactory(project=world.project, number=50, requested_by=world.lead)
    with elevated():
        comop = Meeting.objects.select_related("body__project", "project").get(pk=world.own.governance.comop.pk)
    [offer] = offers(world, comop)["Arbitrages"]
    with acting_as(world.lead.pk):
        item = take_offer(meeting=comop, offer=offer)
        assert (item.kind, item.source_id) == (ItemKind.DISCUSSION, arbitration.pk)
        remove_point(item=item)
    assert state(arbitration) == (ArbitrationStatus.DRAFT, None)


def test_an_arbitration_that_was_left_goes_to_the_meeting_that_takes_it_up(world: World) -> None:
    arbitration = ArbitrationFactory(project=world.project, number=50, requested_by=world.lead)
    then = timezone.now() - timedelta(days=3)
    costrat = world.own.governance.costrat
    with elevated():
        costrat = Body.objects.select_related("project").get(pk=costrat.pk)
        held = MeetingFactory(body=costrat, number=90, in_session=True, starts_at=then, opened_at=then)
        AgendaItemFactory(
            meeting=held, source="arbitration", source_id=arbitration.pk, state=ItemState.POSTPONED, label="À trancher"
        )
        Arbitration.objects.filter(pk=arbitration.pk).update(
            status=ArbitrationStatus.POSTPONED,
            meeting=held,
            postponed_to=timezone.localdate(),
            postponement_reason="Faute de temps",
        )
        ended = {"status": MeetingStatus.CLOSED, "closed_at": then, "quorum_reached": True}
        Meeting.objects.filter(pk=held.pk).update(**ended)
    starts = timezone.now() + timedelta(days=40)
    with acting_as(world.lead.pk):
        [meeting] = plan_meetings(body=costrat, starts=[starts], agenda="", token=uuid.uuid4())
    assert "À trancher" in labels(meeting)
    assert state(arbitration) == (ArbitrationStatus.TO_DECIDE, meeting)


def test_one_click_puts_it_on_the_agenda(world: World, lead: Client, draft: Meeting) -> None:
    [offer] = offers(world, draft)["Actions bloquées de la checklist"]
    before = parse(lead.get(DRAFT).content)
    answer = lead.post(f"{DRAFT}points/proposes/", {"offer": offer.key}, **HTMX)
    left, fresh = swap(before, answer.content, "ordre"), parse(lead.get(DRAFT).content)
    assert "Action 1.1.2, bloquée" in text(left.get_element_by_id("ordre"))
    assert outline(left.get_element_by_id("ordre"), leave_out=("csrfmiddlewaretoken", "token")) == outline(
        fresh.get_element_by_id("ordre"), leave_out=("csrfmiddlewaretoken", "token")
    )
    assert lead.post(f"{DRAFT}points/proposes/", {"offer": offer.key}).status_code == 422
    assert lead.post(f"{DRAFT}points/proposes/", {"offer": "n’importe quoi"}).status_code == 422


# --- The page --------------------------------------------------------------------------------------------------------


def test_the_length_of_the_agenda_is_said_in_words(world: World, lead: Client, draft: Meeting) -> None:
    assert "L’ordre du jour dure 60 minutes : 30 de moins que la séance." in plain(lead.get(DRAFT))
    AgendaItemFactory(meeting=draft, position=4, minutes=35)
    assert "L’ordre du jour dure 95 minutes : 5 de plus que la séance." in plain(lead.get(DRAFT))


def test_each_point_has_its_time_of_day(world: World, lead: Client, draft: Meeting) -> None:
    with elevated():
        starts = timezone.localtime(draft.starts_at).replace(hour=14, minute=30)
        Meeting.objects.filter(pk=draft.pk).update(starts_at=starts)
    page = plain(lead.get(DRAFT))
    for hours in ("14:30 – 14:50Un", "14:50 – 15:10Deux", "15:10 – 15:30Trois"):
        assert hours in page


def test_without_scripts_a_point_is_worded_moved_taken_off_and_put_back(
    world: World, lead: Client, draft: Meeting
) -> None:
    first, second, _ = points(draft)
    here = f"{DRAFT}points/{first.pk}/"
    assert "Un" in parse(lead.get(here).content).xpath("//input[@name='label']/@value")
    words = {"label": "Le budget", "detail": "", "minutes": 15, "kind": "decision", "owner": "", "version": 1}
    assert lead.post(here, words).status_code == 302
    assert lead.post(f"{here}deplacer/", {"vers": "bas"}).status_code == 302
    assert labels(draft)[:2] == ["Deux", "Le budget"]
    taken = lead.post(f"{DRAFT}points/{second.pk}/retirer/", follow=True)
    assert "« Deux » est retiré de l’ordre du jour." in plain(taken)
    [undo] = parse(taken.content).xpath("//form[.//input[@name='undo']]/@action")
    assert lead.post(undo, {"undo": 1}).status_code == 302
    assert labels(draft)[0] == "Deux"


def test_a_conflict_keeps_what_was_typed_and_shows_the_other_text(world: World, lead: Client, draft: Meeting) -> None:
    first = points(draft)[0]
    here = f"{DRAFT}points/{first.pk}/"
    words = {"label": "Le budget", "detail": "", "minutes": 15, "kind": "decision", "owner": "", "version": 1}
    lead.post(here, words)
    answer = lead.post(here, {**words, "label": "Le calendrier"}, **HTMX)
    assert answer.status_code == 409
    assert answer["HX-Retarget"] == f"#point-{first.pk}"
    page = parse(answer.content)
    assert f"{world.lead.get_full_name()} a écrit : « Le budget »" in plain(answer)
    assert page.xpath("//input[@name='label']/@value") == ["Le calendrier"]
    assert page.xpath("//input[@name='version']/@value") == ["2"]
    assert lead.post(here, {**words, "label": "Le calendrier", "version": 2}).status_code == 302


def test_a_refused_point_says_why_in_its_place(world: World, lead: Client, draft: Meeting) -> None:
    token = str(uuid.uuid4())
    answer = lead.post(f"{DRAFT}points/ajouter/", {"label": "", "minutes": 500, "kind": "x", "token": token}, **HTMX)
    assert answer.status_code == 422
    assert parse(answer.content).xpath("//*[@id='nouveau']/@open")


def test_an_owner_comes_from_the_project(world: World, lead: Client, draft: Meeting) -> None:
    stranger = world.foreign.people[Role.COMOP]
    words = {"label": "Un point", "minutes": 5, "kind": "decision", "token": str(uuid.uuid4())}
    for nobody in (stranger.pk, world.ended.pk, uuid.uuid4()):
        assert lead.post(f"{DRAFT}points/ajouter/", {**words, "owner": nobody}).status_code == 422
    assert lead.post(f"{DRAFT}points/ajouter/", {**words, "owner": world.person(Role.VENDOR).pk}).status_code == 302


# --- Who reads what --------------------------------------------------------------------------------------------------


def guest(world: World, role: Role, meeting: Meeting) -> User:
    """That person, called to a meeting as a guest."""
    user = world.person(role)
    mandate = MandateFactory(body=meeting.body, user=user, invited=True)
    AttendanceFactory(meeting=meeting, user=user, mandate=mandate, invited=True)
    return user


@pytest.mark.parametrize("role", [Role.VENDOR, Role.LOCAL_REFERENT])
def test_a_guest_reads_the_points_they_bring_at_their_time_and_no_other(
    world: World, client_as: SignIn, role: Role
) -> None:
    found = world.own.governance
    with elevated():
        meeting = Meeting.objects.select_related("body__project", "project").get(pk=found.comop.pk)
        starts = timezone.localtime(meeting.starts_at).replace(hour=9, minute=0)
        Meeting.objects.filter(pk=meeting.pk).update(starts_at=starts, objective=COUNCIL)
    user = guest(world, role, meeting)
    AgendaItemFactory(meeting=meeting, position=1, label=f"Secret {COUNCIL}", minutes=25)
    AgendaItemFactory(meeting=meeting, position=2, label="Les anomalies", minutes=10, owner=user)
    page = plain(client_as(user).get(f"{PAGE}{meeting.number}/"))
    assert "09:25 – 09:35Les anomalies" in page
    assert "Vous lisez ici les points que vous portez." in page
    assert COUNCIL not in page
    assert "Salle du conseil" in page


def test_who_is_not_called_reads_a_date_and_a_place(world: World, client_as: SignIn) -> None:
    found = world.own.governance
    AgendaItemFactory(meeting=found.meeting, position=2, label=f"Secret {COUNCIL}")
    for role in (Role.VENDOR, Role.ESMS_DIRECTOR, Role.LOCAL_REFERENT, Role.PURCHASING):
        page = plain(client_as(world.person(role)).get(f"{PAGE}1/"))
        assert "Salle du conseil" in page, role
        assert "Seuls les membres du COSTRAT lisent l’ordre du jour." in page, role
        assert COUNCIL not in page, role


def test_members_read_all_of_it_and_change_nothing(world: World, client_as: SignIn) -> None:
    member = client_as(world.person(Role.COSTRAT))
    page = member.get(f"{PAGE}1/")
    assert COUNCIL in plain(page)
    assert parse(page.content).xpath("//main//form") == []
    assert member.post(f"{PAGE}1/points/ajouter/", {}).status_code == 403


# --- Queries ---------------------------------------------------------------------------------------------------------


def test_the_number_of_points_and_offers_does_not_change_the_number_of_queries(
    world: World, client_as: SignIn, draft: Meeting
) -> None:
    client, costrat, counts = client_as(world.lead), world.own.governance.costrat, []
    made = 100
    for more in (1, 2, 27):
        for _ in range(more):
            made += 1
            AgendaItemFactory(meeting=draft, position=made, owner=UserFactory())
            AgendaRequestFactory(body=costrat, asked_by=UserFactory())
            AlertFactory(project=world.project, number=made, raised_by=UserFactory())
            shown = ArbitrationFactory(project=world.project, number=made, requested_by=world.lead)
            ArbitrationFactory(project=world.project, number=1000 + made, requested_by=world.lead)
            AgendaItemFactory(meeting=draft, position=made, source="arbitration", source_id=shown.pk)
        with counted() as queries:
            assert client.get(DRAFT).status_code == 200
        counts.append(len(queries))
    assert counts == counts[:1] * 3
