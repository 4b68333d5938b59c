"""Opinions asked of the Consultés of an action, and what they answer; the Responsable named by one choice."""

import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from lxml.html import HtmlElement

from checklist.enums import Actor, Letter, Stance
from checklist.models import Action, ActionPerson, Opinion, OpinionRequest, RaciEntry
from checklist.people import actors_of, people_of_actors
from checklist.services import (
    appoint_responsible,
    ask_opinions,
    give_opinion,
    restore_person,
    unname_person,
    withdraw_opinion_request,
)
from common.errors import DomainError
from common.scope import elevated
from governance.enums import BodyKind
from governance.models import Body
from governance.selectors import members
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import Membership, User
from tests.factories import (
    ActionPersonFactory,
    MandateFactory,
    MembershipFactory,
    OpinionFactory,
    OpinionRequestFactory,
    UserFactory,
)
from tests.harness.htmx import HTMX, parse, text
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db
ACTION = "2.3.1"  # R and A: the project lead, C: the COMOP
BOTH = "2.4.1"  # C: the COMOP and the COSTRAT; A: OG / Directeurs
NOBODY = "1.1.1"  # no C
TO_NAME = "5.3.2"  # no R
TODAY = timezone.localdate


def url(number: str, what: str = "") -> str:
    return f"/projets/{SLUG}/checklist/actions/{number}/{what}"


def plain(answer: HttpResponse) -> str:
    return said(parse(answer.content))


def said(element: HtmlElement) -> str:
    return text(element).replace("\xa0", " ").replace("\u202f", " ")


def section(client: Client, number: str = ACTION) -> str:
    """What « Avis » says on the page of the action; nothing when it isn't there."""
    found = parse(client.get(url(number)).content).xpath("//section[@id='avis']")
    return said(found[0]) if found else ""


def ask(client: Client, number: str = ACTION, **values: object) -> HttpResponse:
    posted = {"holders": ["comop"], "due_on": TODAY() + timedelta(days=10), "token": uuid.uuid4(), **values}
    return client.post(url(number, "avis/"), posted)


def reply(client: Client, request: OpinionRequest, stance: str, text: str = "", **options: object) -> HttpResponse:
    posted = {"stance": stance, "text": text, "token": uuid.uuid4()}
    with elevated():
        number = request.action.number
    return client.post(url(number, f"avis/{request.pk}/"), posted, **options)


@pytest.fixture
def comop(world: World, client_as: Callable) -> Client:
    return client_as(world.person(Role.COMOP))


def asked_of_comop(world: World, **values: object) -> OpinionRequest:
    return OpinionRequestFactory(action=world.action(ACTION), asked_by=world.lead, **values)


def requests(world: World, number: str = ACTION) -> list[OpinionRequest]:
    with elevated():
        found = OpinionRequest.objects.filter(action=world.action(number)).select_related("user")
        return list(found.order_by("actor"))


# --- Asking ----------------------------------------------------------------------------------------------------------


def test_asked_answered_and_standing_on_the_action(world: World, lead: Client, comop: Client) -> None:
    due = TODAY() + timedelta(days=4)
    answer = lead.post(
        url(ACTION, "avis/"),
        {"holders": ["comop"], "question": "La note suffit-elle ?", "due_on": due, "token": uuid.uuid4()},
        follow=True,
    )
    assert "Avis demandé au COMOP, pour le" in plain(answer)
    request = requests(world)[0]
    assert (request.actor, request.user, request.due_on, request.asked_by_id) == ("comop", None, due, world.lead.pk)
    for client in (lead, comop):
        shown = section(client)
        assert "Un avis est attendu." in shown
        assert "Avis du COMOP" in shown
        assert f"Demandé par {world.lead} le" in shown
        assert "« La note suffit-elle ? »" in shown
        assert f"En attente du COMOP : {world.person(Role.COMOP)}" in shown
    assert "Donner mon avis" in section(comop)
    assert "Donner mon avis" not in section(lead)

    done = reply(comop, request, Stance.RESERVED, "Il manque le budget.")
    assert (done.status_code, done["Location"]) == (302, f"{url(ACTION)}#avis-{request.pk}")
    for client in (lead, comop):
        shown = section(client)
        assert "L’avis demandé a été donné." in shown
        assert "Favorable avec réserves" in shown
        assert f"{world.person(Role.COMOP)}, pour le COMOP, le" in shown
        assert "Il manque le budget." in shown
        assert "En attente" not in shown


def test_every_consulte_is_ticked_and_asked_with_a_deadline_in_ten_days(world: World, lead: Client) -> None:
    person = world.person(Role.DPO)
    ActionPersonFactory(action=world.action(BOTH), user=person, letter=Letter.C)
    page = parse(lead.get(url(BOTH)).content)
    boxes = page.xpath("//input[@name='holders']")
    assert {box.get("value") for box in boxes} == {"comop", "costrat", str(person.pk)}
    assert all(box.get("checked") is not None for box in boxes)
    posted = {
        "holders": [box.get("value") for box in boxes],
        "due_on": page.xpath("//input[@id='avis_due_on']/@value")[0],
        "token": page.xpath("//section[@id='avis']//input[@name='token']/@value")[0],
    }
    assert posted["due_on"] == (TODAY() + timedelta(days=10)).isoformat()
    for _ in range(2):  # the same form twice asks once
        assert lead.post(url(BOTH, "avis/"), posted).status_code == 302
    assert [(row.actor, row.user) for row in requests(world, BOTH)] == [
        ("", person),
        ("comop", None),
        ("costrat", None),
    ]
    assert "Trois avis sont attendus." in section(lead, BOTH)


def test_who_is_asked_already_is_not_ticked_again(world: World, lead: Client) -> None:
    asked_of_comop(world)
    page = parse(lead.get(url(ACTION)).content)
    box = page.xpath("//input[@name='holders'][@value='comop']")[0]
    assert box.get("checked") is None
    assert "avis déjà attendu pour le" in said(box.getparent())


def test_without_a_consulte_the_page_says_so_and_where_to_name_one(world: World, lead: Client) -> None:
    page = parse(lead.get(url(NOBODY)).content)
    found = page.xpath("//section[@id='avis']")[0]
    assert "Personne n’est Consulté sur cette action" in said(found)
    assert found.xpath(".//a/@href") == ["#personnes"]
    assert page.get_element_by_id("personnes") is not None
    assert not found.xpath(".//form")


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"holders": []}, "Choisissez au moins un Consulté."),
        ({"holders": ["dpo"]}, "dpo"),
        ({"due_on": date(2020, 1, 1)}, "Cette date est passée"),
        ({"due_on": "demain"}, "date"),
    ],
)
def test_a_request_that_is_refused_keeps_what_was_typed(world: World, lead: Client, wrong: dict, why: str) -> None:
    answer = ask(lead, **{"question": "La note suffit-elle ?", **wrong})
    assert answer.status_code == 422
    page = parse(answer.content)
    form = page.xpath("//section[@id='avis']//form[contains(@action, '/avis/')]")[0]
    assert form.xpath(".//textarea[@name='question']")[0].text_content().strip() == "La note suffit-elle ?"
    assert why in said(form.xpath(".//*[@class='error']")[0])
    assert form.xpath("ancestor::details[@open]")
    assert requests(world) == []


@pytest.mark.parametrize(
    ("role", "number", "status"),
    [
        (Role.PROJECT_LEAD, ACTION, 302),
        (Role.COMOP, ACTION, 403),  # Consulté, not Acteur
        (Role.OG_DIRECTOR, BOTH, 302),  # Acteur
        (Role.COSTRAT, BOTH, 403),
        (Role.OBSERVER, ACTION, 403),
        (Role.VENDOR, ACTION, 403),
        (Role.PURCHASING, ACTION, 404),
    ],
)
def test_who_may_ask(world: World, client_as: Callable, role: Role, number: str, status: int) -> None:
    client = client_as(world.person(role))
    assert ask(client, number).status_code == status
    assert len(requests(world, number)) == (status == 302)
    shown = client.get(url(number))
    offered = shown.status_code == 200 and bool(parse(shown.content).xpath("//input[@name='holders']"))
    assert offered is (status == 302)


def test_nobody_is_asked_who_could_not_answer(world: World, lead: Client) -> None:
    with elevated():
        action = world.action(ACTION)
        for actor in (Actor.VENDOR, Actor.BUSINESS_REFERENTS):
            RaciEntry.objects.create(project=world.project, action=action, actor=actor, letter=Letter.C)
    ActionPersonFactory(action=action, user=world.person(Role.VENDOR), letter=Letter.C)
    page = parse(lead.get(url(ACTION)).content)
    assert page.xpath("//input[@name='holders']/@value") == ["comop"]
    shown = said(page.get_element_by_id("avis"))
    silent = shown[shown.index("personne ne pourrait répondre aujourd’hui") :]
    for name in ("les référents métiers", "l’éditeur", world.person(Role.VENDOR).get_full_name()):
        assert name in silent
    for value in ("vendor", "business_referents", world.person(Role.VENDOR).pk):
        assert ask(lead, holders=[value]).status_code == 422
    assert requests(world) == []


def test_a_consulte_taken_off_meanwhile_is_not_asked(world: World) -> None:
    with acting_as(world.lead.pk):
        action = Action.objects.get(number=NOBODY)
        with pytest.raises(DomainError, match="COMOP n’est plus Consulté"):
            ask_opinions(
                action=action,
                holders=[Actor.COMOP],
                question="",
                due_on=TODAY(),
                asked_by=world.lead,
                token=uuid.uuid4(),
            )


# --- Answering -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stance", [Stance.RESERVED, Stance.UNFAVOURABLE])
@pytest.mark.parametrize("options", [{}, HTMX])
def test_reserves_and_a_refusal_say_why(world: World, comop: Client, stance: Stance, options: dict) -> None:
    request = asked_of_comop(world)
    answer = reply(comop, request, stance, "  ", **options)
    assert answer.status_code == 422
    form = parse(answer.content).xpath(f"//form[contains(@action, '{request.pk}')]")[0]
    assert "Dites pourquoi : vos réserves, ou ce qui vous y oppose." in said(form)
    assert form.xpath(".//input[@checked]/@value") == [stance.value]
    with elevated():
        assert not Opinion.objects.filter(request=request).exists()


def test_the_database_wants_a_reason_too(world: World) -> None:
    request = asked_of_comop(world)
    with pytest.raises(IntegrityError, match="opinion_says_why"):
        OpinionFactory(request=request, stance=Stance.UNFAVOURABLE, text="")


@pytest.mark.parametrize("stance", [Stance.FAVOURABLE, Stance.NO_OPINION])
def test_the_two_other_answers_need_no_reason(world: World, comop: Client, stance: Stance) -> None:
    assert reply(comop, asked_of_comop(world), stance).status_code == 302
    assert stance.label in section(comop)


def test_a_newer_answer_takes_the_place_of_the_older_which_is_kept(world: World, lead: Client, comop: Client) -> None:
    request = asked_of_comop(world)
    reply(comop, request, Stance.UNFAVOURABLE, "Le budget manque.")
    offered = parse(comop.get(url(ACTION)).content).get_element_by_id(f"avis-{request.pk}")
    assert "Changer mon avis" in said(offered)
    assert offered.xpath(".//input[@checked]/@value") == [Stance.UNFAVOURABLE.value]
    reply(comop, request, Stance.FAVOURABLE, "Le budget est voté.")
    found = parse(lead.get(url(ACTION)).content).get_element_by_id(f"avis-{request.pk}")
    assert [said(mark) for mark in found.xpath(".//*[@class='mark']")] == ["Favorable"]
    assert re.search(r"Avis précédent ?Défavorable, le .* : « Le budget manque. »", said(found))


def test_an_answer_posted_twice_is_given_once(world: World, comop: Client) -> None:
    request, token = asked_of_comop(world), uuid.uuid4()
    for _ in range(2):
        comop.post(url(ACTION, f"avis/{request.pk}/"), {"stance": "favourable", "token": token})
    with elevated():
        assert Opinion.objects.filter(request=request).count() == 1


def test_several_members_of_a_body_each_give_theirs(world: World, client_as: Callable, comop: Client) -> None:
    other = UserFactory(first_name="Anaïs", last_name="Rioux")
    with elevated():
        MandateFactory(body=Body.objects.get(project=world.project, kind=BodyKind.COMOP), user=other)
    request = asked_of_comop(world)
    reply(comop, request, Stance.FAVOURABLE)
    reply(client_as(other), request, Stance.UNFAVOURABLE, "Trop tôt.")
    shown = section(comop)
    assert f"{world.person(Role.COMOP)}, pour le COMOP" in shown
    assert "Anaïs Rioux, pour le COMOP" in shown


@pytest.mark.parametrize("role", [Role.PROJECT_LEAD, Role.COSTRAT, Role.DPO, Role.OBSERVER, Role.VENDOR])
def test_who_is_not_consulted_does_not_answer(world: World, client_as: Callable, role: Role) -> None:
    request = asked_of_comop(world)
    assert reply(client_as(world.person(role)), request, Stance.FAVOURABLE).status_code == 403
    with elevated():
        assert not Opinion.objects.filter(request=request).exists()


def test_an_observer_named_as_consulte_answers(world: World, lead: Client, client_as: Callable) -> None:
    """Being consulted is enough: no right to change anything is needed."""
    observer = world.person(Role.OBSERVER)
    ActionPersonFactory(action=world.action(ACTION), user=observer, letter=Letter.C)
    ask(lead, holders=[observer.pk])
    assert reply(client_as(observer), requests(world)[0], Stance.FAVOURABLE).status_code == 302
    assert f"Avis de {observer}" in section(lead)


def test_purchasing_answers_on_an_action_that_it_reads(world: World, lead: Client, client_as: Callable) -> None:
    action, person = world.action("3.1.3"), world.person(Role.PURCHASING)
    ActionPersonFactory(action=action, user=person, letter=Letter.C)
    request = OpinionRequestFactory(action=action, actor="", user=person, asked_by=world.lead)
    assert reply(client_as(person), request, Stance.FAVOURABLE).status_code == 302


def test_a_lead_who_is_also_on_the_comop_answers_for_it(world: World, lead: Client) -> None:
    with elevated():
        MandateFactory(body=Body.objects.get(project=world.project, kind=BodyKind.COMOP), user=world.lead)
    request = asked_of_comop(world)
    assert "Donner mon avis" in section(lead)
    assert reply(lead, request, Stance.FAVOURABLE).status_code == 302


def test_a_request_too_old_says_how_late(world: World, lead: Client) -> None:
    asked_of_comop(world, due_on=TODAY() - timedelta(days=3))
    assert "En attente du COMOP, en retard de 3 jours" in section(lead)


# --- Taking a request back -------------------------------------------------------------------------------------------


def test_a_request_is_taken_back(world: World, lead: Client) -> None:
    request = asked_of_comop(world)
    answer = lead.post(url(ACTION, f"avis/{request.pk}/retirer/"), follow=True)
    assert "La demande d’avis est retirée." in plain(answer)
    assert "Avis du COMOP" not in section(lead)


def test_who_asked_takes_back_their_own_and_no_other(world: World, client_as: Callable) -> None:
    director = world.person(Role.OG_DIRECTOR)
    action = world.action(BOTH)
    own = OpinionRequestFactory(action=action, asked_by=director)
    other = OpinionRequestFactory(action=action, asked_by=world.lead)
    client = client_as(director)
    assert client.post(url(BOTH, f"avis/{other.pk}/retirer/")).status_code == 403
    assert client.post(url(BOTH, f"avis/{own.pk}/retirer/")).status_code == 302
    assert [row.withdrawn_at is None for row in sorted(requests(world, BOTH), key=lambda row: row.pk)] == [False, True]


def test_an_answer_keeps_its_request(world: World, lead: Client) -> None:
    request = asked_of_comop(world)
    OpinionFactory(request=request, author=world.person(Role.COMOP))
    assert "Retirer cette demande" not in section(lead)
    with acting_as(world.lead.pk), pytest.raises(DomainError, match="a déjà répondu"):
        withdraw_opinion_request(request=request)
    assert "Avis du COMOP" in section(lead)


def test_an_answer_to_a_request_taken_back_meanwhile_is_not_lost(world: World, comop: Client) -> None:
    request = asked_of_comop(world, withdrawn_at=timezone.now())
    answer = reply(comop, request, Stance.UNFAVOURABLE, "Le budget manque encore.")
    assert answer.status_code == 422
    page = parse(answer.content)
    assert "Cette demande d’avis a été retirée" in said(page)
    assert "Le budget manque encore." in page.xpath("//form[@id='message']//textarea")[0].text_content()
    with elevated():
        assert not Opinion.objects.filter(request=request).exists()


# --- On that day -----------------------------------------------------------------------------------------------------


def seat(world: World, *, starts: int = -30, ends: int | None = None) -> User:
    """Somebody whose seat on the COMOP begins, and ends, so many days from today."""
    user = UserFactory()
    MembershipFactory(user=user, role=Role.OBSERVER, target=world.project)
    with elevated():
        body = Body.objects.get(project=world.project, kind=BodyKind.COMOP)
        mandate = MandateFactory(body=body, user=user, starts_on=TODAY() + timedelta(days=starts))
        if ends is not None:
            over = TODAY() + timedelta(days=ends)
            mandate.ends_on = over
            mandate.save()
            Membership.objects.filter(user=user, role=Role.COMOP).update(ends_on=over)
    return user


@pytest.mark.parametrize(
    ("starts", "ends", "sits"),
    [
        pytest.param(-30, None, True, id="since a month"),
        pytest.param(0, None, True, id="from today"),
        pytest.param(1, None, False, id="from tomorrow"),
        pytest.param(-30, 0, True, id="until today"),
        pytest.param(-30, -1, False, id="until yesterday"),
    ],
)
def test_a_letter_is_held_by_the_members_of_that_day(
    world: World, client_as: Callable, starts: int, ends: int | None, sits: bool
) -> None:
    request = asked_of_comop(world)
    user = seat(world, starts=starts, ends=ends)
    with acting_as(world.lead.pk):
        assert (user in people_of_actors(world.project)[Actor.COMOP]) is sits
        assert (Actor.COMOP in actors_of(user, world.project)) is sits
        assert (user in members(world.project)[BodyKind.COMOP]) is sits
        assert user not in members(world.project, TODAY() + timedelta(days=starts - 1)).get(BodyKind.COMOP, [])
        assert user in members(world.project, TODAY() + timedelta(days=starts))[BodyKind.COMOP]
    client = client_as(user)
    assert (user.get_full_name() in section(client)) is sits
    assert ("Donner mon avis" in section(client)) is sits
    assert reply(client, request, Stance.FAVOURABLE).status_code == (302 if sits else 403)
    assert ("Avis du COMOP" in plain(client.get("/"))) is False


def test_an_answer_stays_when_its_author_leaves_the_body(world: World, lead: Client) -> None:
    request, former = asked_of_comop(world), seat(world, ends=-1)
    OpinionFactory(request=request, author=former)
    assert f"{former}, pour le COMOP" in section(lead)


# --- The Responsable -------------------------------------------------------------------------------------------------


def holders_of_r(world: World, number: str = TO_NAME) -> list[object]:
    with elevated():
        entries = RaciEntry.objects.filter(action=world.action(number), letter=Letter.R).values_list("actor", flat=True)
        named = ActionPerson.objects.filter(action=world.action(number), letter=Letter.R).select_related("user")
        return [*entries.order_by("pk"), *[person.user for person in named.order_by("pk")]]


def undo_of(answer: HttpResponse) -> str:
    """Where the message of a page takes back what was done."""
    return parse(answer.content).xpath("//div[@class='messages']//form/@action")[0]


@pytest.mark.parametrize("choice", ["body", "person"])
@pytest.mark.parametrize("options", [{}, HTMX])
def test_a_responsable_is_named_by_one_choice_and_taken_back(
    world: World, lead: Client, choice: str, options: dict
) -> None:
    who = "comop" if choice == "body" else world.person(Role.ESMS_DIRECTOR)
    shown = parse(lead.get(url(TO_NAME), **options).content)
    value = "comop" if choice == "body" else str(who.pk)
    assert value in shown.xpath("//select[@name='who']//option/@value")
    answer = lead.post(url(TO_NAME, "responsable/"), {"who": value}, follow=True, **options)
    assert holders_of_r(world) == [who]
    name = "COMOP" if choice == "body" else who.get_full_name()
    assert f"{name} est Responsable de l’action {TO_NAME}." in plain(answer)
    assert not parse(answer.content).xpath("//select[@name='who']")
    lead.post(undo_of(answer), {"undo": "1"}, **options)
    assert holders_of_r(world) == []


def test_from_the_list_one_comes_back_to_the_list(world: World, lead: Client) -> None:
    answer = lead.post(url(TO_NAME, "responsable/"), {"who": "comop", "list": "1"})
    assert (answer.status_code, answer["Location"]) == (302, f"/projets/{SLUG}/checklist/?vue=a-designer")


@pytest.mark.parametrize("who", ["", "vendor", "facteur", "ended", "foreign"])
def test_a_choice_that_is_not_offered_is_refused_in_words(world: World, lead: Client, who: str) -> None:
    users = {"ended": world.ended, "foreign": world.foreign.people[Role.PROJECT_LEAD]}
    posted = str(users[who].pk) if who in users else who
    answer = lead.post(url(TO_NAME, "responsable/"), {"who": posted})
    assert answer.status_code == 422
    assert parse(answer.content).xpath("//select[@name='who'][@aria-invalid='true']")
    assert holders_of_r(world) == []


def test_two_who_name_a_responsable_at_once_do_not_make_two(world: World) -> None:
    with acting_as(world.lead.pk):
        action = Action.objects.get(number=TO_NAME)
        first = appoint_responsible(action=action, who=Actor.COMOP)
        assert appoint_responsible(action=action, who=Actor.COMOP) == first
        for second in (Actor.COSTRAT, world.person(Role.DPO)):
            with pytest.raises(DomainError, match="COMOP a été désigné Responsable entre-temps"):
                appoint_responsible(action=action, who=second)
    assert holders_of_r(world) == ["comop"]


def test_only_who_manages_is_offered_to_name_one(world: World, comop: Client) -> None:
    page = parse(comop.get(url(TO_NAME)).content)
    assert "Responsable à désigner" in said(page)
    assert not page.xpath("//select[@name='who']")
    assert comop.post(url(TO_NAME, "responsable/"), {"who": "comop"}).status_code == 403


# --- Naming people ---------------------------------------------------------------------------------------------------


def test_the_four_letters_are_explained_where_one_is_chosen(lead: Client) -> None:
    words = [said(item) for item in parse(lead.get(url(ACTION)).content).xpath("//label[input[@name='letter']]")]
    assert words == [
        "Responsable : répond de l’action",
        "Acteur : fait le travail",
        "Consulté : donne son avis",
        "Informé : est tenu au courant",
    ]


@pytest.mark.parametrize("posted", [{}, {"user": "", "letter": "A"}, {"letter": "Z"}])
def test_a_person_badly_named_is_refused_in_words(lead: Client, posted: dict) -> None:
    answer = lead.post(url(ACTION, "personnes/"), posted)
    assert answer.status_code == 422
    assert parse(answer.content).xpath("//section[@id='personnes']//details[@open]//*[@class='error']")


def test_a_person_taken_off_is_put_back(world: World, lead: Client) -> None:
    person = ActionPersonFactory(action=world.action(ACTION), user=world.person(Role.DPO), letter=Letter.C)
    answer = lead.post(url(ACTION, f"personnes/{person.pk}/retirer/"), follow=True)
    assert f"{person.user} n’est plus Consulté de l’action {ACTION}." in plain(answer)
    back = lead.post(undo_of(answer), {"undo": "1"}, follow=True)
    assert f"{person.user} est de nouveau Consulté" in plain(back)
    with elevated():
        again = ActionPerson.objects.get(action=world.action(ACTION))
        assert (again.user, again.letter) == (person.user, Letter.C)


def test_only_what_this_action_had_is_put_back(world: World, lead: Client) -> None:
    for other in (world.own.person.pk, world.foreign.person.pk, uuid.uuid4()):
        assert lead.post(url(ACTION, f"personnes/{other}/retirer/"), {"undo": "1"}).status_code == 404


def test_who_left_the_project_is_not_put_back(world: World) -> None:
    person = ActionPersonFactory(action=world.action(ACTION), user=world.ended, letter=Letter.C)
    named = person.pk
    with acting_as(world.lead.pk):
        action = Action.objects.select_related("project").get(number=ACTION)
        unname_person(person=person)
        with pytest.raises(DomainError, match="ne participe pas"):
            restore_person(action=action, person_id=named)


def test_an_opinion_is_signed_by_its_author_in_the_history(world: World) -> None:
    request = asked_of_comop(world)
    member = world.person(Role.COMOP)
    with acting_as(member.pk):
        given = give_opinion(request=request, author=member, stance=Stance.FAVOURABLE, text="Oui.", token=uuid.uuid4())
        event = given.history.get()
        assert (event.pgh_label, event.pgh_context["user"]) == ("insert", str(member.pk))


# --- On the list -----------------------------------------------------------------------------------------------------


def on_the_list(client: Client, query: str = "etape=2", number: str = ACTION) -> HtmlElement:
    return parse(client.get(f"/projets/{SLUG}/checklist/?{query}").content).get_element_by_id(f"a{number}")


def test_the_list_marks_the_opinions_waited_for(world: World, lead: Client) -> None:
    assert "avis attendu" not in said(on_the_list(lead))
    request = asked_of_comop(world)
    OpinionRequestFactory(action=world.action(ACTION), asked_by=world.lead, withdrawn_at=timezone.now())
    assert "1 avis attendu" in said(on_the_list(lead))
    OpinionFactory(request=request)
    assert "avis attendu" not in said(on_the_list(lead))


def test_the_list_of_what_is_to_be_named_offers_the_choice_on_each_line(
    world: World, lead: Client, comop: Client
) -> None:
    line = on_the_list(lead, "vue=a-designer", TO_NAME)
    form = line.xpath(".//form[.//select[@name='who']]")[0]
    posted = {field.get("name"): field.get("value") for field in form.xpath(".//input")}
    answer = lead.post(form.get("action"), {**posted, "who": "comop"}, follow=True)
    assert answer.request["QUERY_STRING"] == "vue=a-designer"
    page = parse(answer.content)
    assert f"COMOP est Responsable de l’action {TO_NAME}." in said(page)
    assert not page.xpath(f"//li[@id='a{TO_NAME}']")
    assert not page.xpath("//*[@id = preceding::*/@id]"), "deux champs ont le même identifiant"
    assert not on_the_list(comop, "vue=a-designer", "5.3.4").xpath(".//select")
    assert not on_the_list(lead, "etape=5", "5.3.4").xpath(".//select")


def test_on_a_retired_action_opinions_are_read_and_no_longer_given(world: World, lead: Client, comop: Client) -> None:
    request = asked_of_comop(world)
    with elevated():
        Action.objects.filter(pk=request.action_id).update(own=True, retired_at=timezone.now())
    assert "Avis du COMOP" in section(comop)
    assert "Donner mon avis" not in section(comop)
    assert "Retirer cette demande" not in section(lead)
    assert reply(comop, request, Stance.FAVOURABLE).status_code == 403
    assert lead.post(url(ACTION, f"avis/{request.pk}/retirer/")).status_code == 403
