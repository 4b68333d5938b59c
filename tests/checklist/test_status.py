"""The status of an action that a body decides, taking a change back, and what a KO tells."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from checklist.enums import Letter, Status
from checklist.models import Action
from checklist.services import add_own_action, alert_comop, ask_body, decide, edit, set_status, undo_status
from common.errors import Conflict, DomainError
from common.scope import elevated
from governance.enums import BodyKind, Severity
from governance.models import AgendaRequest, Alert, Body, Decision
from governance.services import answer_alert, record_decision
from organisations.access import acting_as
from organisations.enums import Role
from tests.factories import ActionPersonFactory, DecisionFactory
from tests.harness.days import days_ago
from tests.harness.htmx import HTMX, outline, parse, swap, text
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db
PAGE = f"/projets/{SLUG}/checklist/"
DECIDED = "2.1.3"


def url(number: str, what: str = "") -> str:
    return f"{PAGE}actions/{number}/{what}"


def plain(answer: HttpResponse) -> str:
    """What one reads, with ordinary spaces."""
    return text(parse(answer.content)).replace("\xa0", " ").replace("\u202f", " ")


def tick(client: Client, number: str, status: str, version: int = 1, **posted: object) -> HttpResponse:
    return client.post(url(number, "etat/"), {"status": status, "version": version, **posted}, **HTMX)


def undo(client: Client, number: str, version: int, **options: object) -> HttpResponse:
    return client.post(url(number, "etat/annuler/"), {"version": version}, **options)


def state(world: World, number: str) -> tuple[object, ...]:
    action = world.action(number)
    return (
        action.status,
        action.status_at,
        action.status_by_id,
        action.not_applicable_reason,
        action.done_on,
        action.decision_id,
    )


@pytest.fixture
def decision(world: World) -> Decision:
    return world.own.decision


# --- A body decides --------------------------------------------------------------------------------------------------


def test_ok_needs_a_decision_of_that_body_and_settles_the_question(world: World) -> None:
    with acting_as(world.lead.pk):
        action = Action.objects.select_related("project").get(number=DECIDED)
        comop = Body.objects.select_related("project").get(project=world.project, kind=BodyKind.COMOP)
        elsewhere = record_decision(
            body=comop,
            decided_on=timezone.localdate(),
            title="Note",
            text="Vue.",
            user=world.lead,
            token=uuid.uuid4(),
        )
        for cited in (None, elsewhere, world.foreign.decision):
            with pytest.raises(DomainError) as refused:
                set_status(action=action, version=1, status=Status.OK, user=world.lead, decision=cited)
            assert refused.value.field == "decision"
        asked = ask_body(action=action, user=world.lead)
        values = {"decided_on": timezone.localdate(), "text": "Validée.", "user": world.lead, "token": uuid.uuid4()}
        done = decide(action=action, version=1, **values)
        assert (done.status, done.decision.text, done.decision.title) == (Status.OK, "Validée.", action.label)
        assert decide(action=done, version=1, **values) == done  # posted twice
        asked.refresh_from_db()
        assert asked.settled_by == done.decision


def test_a_tap_on_ok_asks_which_decision_and_changes_nothing(world: World, lead: Client, decision: Decision) -> None:
    asked = tick(lead, DECIDED, "ok")
    assert asked.status_code == 200
    assert "Quelle décision du COSTRAT rend cette action OK ?" in plain(asked)
    assert parse(asked.content).xpath("//select[@name='decision']//option[@selected]/@value") == [str(decision.pk)]
    assert world.action(DECIDED).status == Status.TODO
    empty = tick(lead, DECIDED, "ok", decision="")
    assert empty.status_code == 422
    assert "Citez la décision du COSTRAT qui rend cette action OK." in plain(empty)
    done = tick(lead, DECIDED, "ok", decision=decision.pk)
    assert done.status_code == 200
    assert decision.reference in plain(done)
    assert world.action(DECIDED).decision_id == decision.pk


def test_without_scripts_the_question_is_a_page(world: World, lead: Client, decision: Decision) -> None:
    asked = lead.post(url(DECIDED, "etat/"), {"status": "ok", "version": 1})
    assert asked.status_code == 200
    form = parse(asked.content).xpath("//form[.//select[@name='decision']]")[0]
    posted = {field.get("name"): field.get("value") for field in form.xpath(".//input[@type='hidden']")}
    posted |= {"decision": str(decision.pk)}
    answer = lead.post(form.get("action"), posted)
    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}?etape=2#a{DECIDED}")
    assert world.action(DECIDED).decision_id == decision.pk


def test_the_decision_that_answers_is_offered_first_then_those_that_carry_nothing(world: World, lead: Client) -> None:
    with elevated():
        body = Body.objects.get(project=world.project, kind=BodyKind.COSTRAT)
        action = world.action(DECIDED)
        carrying, free, answering = (DecisionFactory(body=body, number=number) for number in (11, 12, 13))
        Action.objects.filter(project=world.project, number="2.6.2").update(status=Status.OK, decision=carrying)
        ask_body(action=action, user=world.lead)
        AgendaRequest.objects.filter(source_id=action.pk).update(settled_by=answering)
    options = parse(tick(lead, DECIDED, "ok").content).xpath("//select[@name='decision']//option/@value")
    assert options[0] == str(answering.pk)
    assert options.index(str(free.pk)) < options.index(str(carrying.pk)) == len(options) - 1


def test_the_lead_records_the_decision_in_the_same_gesture(world: World, lead: Client) -> None:
    posted = {"version": 1, "decided_on": timezone.localdate().isoformat(), "text": "", "token": uuid.uuid4()}
    refused = lead.post(url(DECIDED, "etat/decision/"), posted, **HTMX)
    late = lead.post(url(DECIDED, "etat/decision/"), {**posted, "text": "Oui", "decided_on": "2999-01-01"}, **HTMX)
    assert (refused.status_code, late.status_code) == (422, 422)
    assert "Cette date est à venir" in plain(late)
    assert parse(late.content).xpath("//textarea[@name='text']")[0].text.strip() == "Oui"
    assert world.action(DECIDED).status == Status.TODO
    done = lead.post(url(DECIDED, "etat/decision/"), {**posted, "text": "La note est validée."}, **HTMX)
    assert done.status_code == 200
    assert world.action(DECIDED).status == Status.OK
    with elevated():
        recorded = Decision.objects.get(pk=world.action(DECIDED).decision_id)
    assert recorded.text == "La note est validée."
    assert recorded.reference in plain(lead.get(url(DECIDED)))


def test_a_decision_is_not_recorded_when_the_action_moved_meanwhile(world: World, lead: Client) -> None:
    tick(lead, DECIDED, "in_progress")
    posted = {"version": 1, "decided_on": timezone.localdate().isoformat(), "text": "Oui", "token": uuid.uuid4()}
    with elevated():
        before = Decision.objects.count()
    assert lead.post(url(DECIDED, "etat/decision/"), posted, **HTMX).status_code == 409
    with elevated():
        assert Decision.objects.count() == before


@pytest.mark.parametrize("options", [{}, HTMX])
def test_the_question_is_put_on_the_agenda_and_taken_off(world: World, lead: Client, options: dict) -> None:
    assert "Mettre à l’ordre du jour" in plain(lead.get(url(DECIDED)))
    for _ in range(2):  # twice is once
        assert lead.post(url(DECIDED, "ordre-du-jour/"), **options).status_code in {200, 302}
    page = plain(lead.get(url(DECIDED)))
    assert "à l’ordre du jour du prochain COSTRAT depuis le" in page
    assert "Mettre à l’ordre du jour" not in page
    assert world.action(DECIDED).label in plain(lead.get(f"/projets/{SLUG}/gouvernance/"))
    lead.post(url(DECIDED, "ordre-du-jour/retirer/"), **options)
    assert "Mettre à l’ordre du jour" in plain(lead.get(url(DECIDED)))


def test_who_reads_no_decision_is_told_who_can_cite_one(world: World, client_as: Callable, decision: Decision) -> None:
    director = world.person(Role.ESMS_DIRECTOR)
    ActionPersonFactory(action=world.action(DECIDED), user=director, letter=Letter.A)
    client = client_as(director)
    asked = plain(tick(client, DECIDED, "ok"))
    assert "Le chef de projet peut le faire" in asked
    assert decision.reference not in asked
    assert tick(client, DECIDED, "ok", decision=decision.pk).status_code == 422  # guessing its id doesn't help
    assert world.action(DECIDED).status == Status.TODO
    tick(client_as(world.lead), DECIDED, "ok", decision=decision.pk)
    page = client.get(url(DECIDED))
    assert decision.reference in plain(page)
    assert f"decisions/{decision.year}" not in page.content.decode()


def test_an_acteur_who_reads_decisions_cites_but_records_none(
    world: World, client_as: Callable, decision: Decision
) -> None:
    director = world.person(Role.OG_DIRECTOR)
    ActionPersonFactory(action=world.action(DECIDED), user=director, letter=Letter.A)
    client = client_as(director)
    asked = tick(client, DECIDED, "ok")
    assert not parse(asked.content).xpath("//textarea[@name='text']")
    assert client.post(url(DECIDED, "etat/decision/"), {"version": 1}).status_code == 403
    assert client.post(url(DECIDED, "ordre-du-jour/")).status_code == 403
    assert tick(client, DECIDED, "ok", decision=decision.pk).status_code == 200
    assert world.action(DECIDED).status == Status.OK


# --- Taking it back --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", ["in_progress", "ok", "na", "ko"])
def test_undoing_puts_back_exactly_what_was(world: World, lead: Client, first: str) -> None:
    tick(lead, "2.1.1", first, reason="Un seul site")
    before = state(world, "2.1.1")
    tick(lead, "2.1.1", "todo", version=2)
    answer = undo(lead, "2.1.1", 3, **HTMX)
    assert answer.status_code == 200
    assert state(world, "2.1.1") == before
    assert f"Annulé à {timezone.localtime():%H}" in plain(answer)


def test_undoing_gives_the_decision_back_or_takes_it_away(world: World, lead: Client, decision: Decision) -> None:
    untouched = state(world, DECIDED)
    tick(lead, DECIDED, "ok", decision=decision.pk)
    decided = state(world, DECIDED)
    tick(lead, DECIDED, "ko", version=2)
    undo(lead, DECIDED, 3)
    assert state(world, DECIDED) == decided
    undo(lead, DECIDED, 4)  # the latest change is now that one: it goes back to the KO
    assert world.action(DECIDED).status == Status.KO
    assert untouched[-1] is None


def test_progress_follows(world: World, lead: Client) -> None:
    address = f"{PAGE}?etape=2"
    fresh = parse(lead.get(address).content)
    page = swap(fresh, tick(lead, "2.1.1", "ok").content, f"s{world.action('2.1.1').pk}")
    assert page.xpath("//*[@id='e2.1.1']//button[contains(., 'Annuler')]/@hx-post") == [url("2.1.1", "etat/annuler/")]
    left = swap(page, undo(lead, "2.1.1", 2, **HTMX).content, f"s{world.action('2.1.1').pk}")
    loaded = parse(lead.get(address).content)
    for name in ("formule", "bilan-2", "etapes", "s" + str(world.action("2.1.1").pk)):
        assert outline(left.get_element_by_id(name)) == outline(loaded.get_element_by_id(name))


def test_without_scripts_the_message_offers_to_take_it_back(world: World, lead: Client) -> None:
    page = lead.post(url("2.1.1", "etat/"), {"status": "ok", "version": 1}, follow=True)
    button = parse(page.content).xpath("//*[@class='messages']//button[contains(., 'Annuler')]")[0]
    form = parse(page.content).get_element_by_id(button.get("form"))
    posted = {"version": form.xpath(".//input[@name='version']/@value")[0], "status": "ok"}
    answer = lead.post(button.get("formaction"), posted, follow=True)
    assert "Annulé à" in plain(answer)
    assert world.action("2.1.1").status == Status.TODO


def test_somebody_elses_change_is_not_undone(world: World, client_as: Callable) -> None:
    member, lead = client_as(world.person(Role.COMOP)), client_as(world.lead)
    tick(member, "2.2.1", "ok")
    for options in ({}, HTMX):
        answer = undo(lead, "2.2.1", 2, **options)
        assert answer.status_code == 409
        assert "Annulation impossible" in plain(answer)
        assert world.person(Role.COMOP).get_full_name() in plain(answer)
    assert world.action("2.2.1").status == Status.OK


def test_only_the_latest_change_is_undone(world: World) -> None:
    with acting_as(world.lead.pk):
        action = Action.objects.select_related("project").get(number="2.1.1")
        set_status(action=action, version=1, status=Status.KO, user=world.lead)
        edit(action=action, version=2, field="ko_blocker", value="Le juriste manque.")
        for version in (2, 3):
            fresh = Action.objects.get(pk=action.pk)
            with pytest.raises(Conflict):
                undo_status(action=fresh, version=version, user=world.lead)


def test_room_made_for_a_neighbour_is_no_change(world: World, lead: Client) -> None:
    before = state(world, "2.4.4")
    assert tick(lead, "2.4.4", "ok").status_code == 200
    with acting_as(world.lead.pk):
        group = world.action("2.4.4").group
        add_own_action(group=group, label="Avant tout", objective="", letters={}, after=None, token=uuid.uuid4())
    assert undo(lead, "2.4.4", 2, **HTMX).status_code == 200
    assert state(world, "2.4.4") == before


def test_an_ok_that_now_takes_a_decision_does_not_come_back_by_undoing(world: World, lead: Client) -> None:
    tick(lead, "2.1.1", "ok")
    tick(lead, "2.1.1", "ko", version=2)
    with elevated():  # a new version of the catalogue says so
        Action.objects.filter(project=world.project, number="2.1.1").update(decided_by=BodyKind.COSTRAT)
    assert undo(lead, "2.1.1", 3, **HTMX).status_code == 409
    assert world.action("2.1.1").status == Status.KO


def test_what_was_never_changed_is_not_undone(lead: Client) -> None:
    assert undo(lead, "2.1.1", 1).status_code == 409
    assert lead.post(url("2.1.1", "etat/annuler/")).status_code == 400


# --- A KO ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def blocked(world: World) -> Action:
    """2.1.1, KO for twelve days, to be looked at again three days ago."""
    now = timezone.now()
    with elevated():
        Action.objects.filter(project=world.project, number="2.1.1").update(
            status=Status.KO,
            status_at=now - timedelta(days=12),
            ko_blocker="Le juriste manque.",
            ko_unblock="Un renfort du siège.",
            ko_review_on=timezone.localdate(now) - timedelta(days=3),
        )
    return world.action("2.1.1")


def test_a_ko_says_its_age_and_that_its_review_has_passed(world: World, lead: Client, blocked: Action) -> None:
    for address in (f"{PAGE}?etape=2", url("2.1.1")):
        assert "bloquée depuis 12 jours" in plain(lead.get(address))
    for address in (f"{PAGE}?etape=2", url("2.1.1")):
        observed = lead.get(address, **HTMX) if "actions" in address else lead.get(address)
        assert "à revoir depuis 3 jours" in plain(observed)


def test_an_alert_is_raised_from_the_card_and_answered(world: World, client_as: Callable, blocked: Action) -> None:
    lead, member = client_as(world.lead), client_as(world.person(Role.COMOP))
    assert "Alerter le COMOP" in plain(lead.get(url("2.1.1", "blocage/"), **HTMX))
    form = parse(lead.get(url("2.1.1", "alerte/"), **HTMX).content)
    assert "Le juriste manque." in form.xpath("//textarea[@name='text']")[0].text
    posted = {"severity": "critical", "text": "Le juriste manque.", "token": uuid.uuid4()}
    refused = lead.post(url("2.1.1", "alerte/"), {**posted, "text": ""}, **HTMX)
    assert refused.status_code == 422
    raised = plain(lead.post(url("2.1.1", "alerte/"), posted, **HTMX))
    assert f"par {world.lead.get_full_name()}, en attente de réponse." in raised
    again = lead.post(url("2.1.1", "alerte/"), {**posted, "token": uuid.uuid4()}, **HTMX)
    assert again.status_code == 422
    with elevated():
        alert = Alert.objects.get(source_id=blocked.pk)
        Alert.objects.filter(pk=alert.pk).update(raised_at=days_ago(4))
    assert "sans réponse depuis 4 jours" in plain(lead.get(url("2.1.1", "blocage/"), **HTMX))
    read = f"/projets/{SLUG}/gouvernance/alertes/{alert.number}/"
    link = parse(member.get(read).content).xpath("//a[contains(., 'Ouvrir l’action 2.1.1')]/@href")
    assert link == [url("2.1.1")]
    member.post(read, {"answer": "Un renfort arrive."})
    for address in (url("2.1.1"), url("2.1.1", "blocage/")):
        page = plain(lead.get(address))
        assert "Un renfort arrive." in page
        assert "Alerter le COMOP" in page  # it may be raised again


def test_alerts_are_for_who_reads_them(world: World, client_as: Callable, blocked: Action) -> None:
    with acting_as(world.lead.pk):
        alert_comop(
            action=blocked, severity=Severity.WARNING, text="Le juriste manque.", user=world.lead, token=uuid.uuid4()
        )
    for role, reads in ((Role.OBSERVER, True), (Role.ESMS_DIRECTOR, False), (Role.LOCAL_REFERENT, False)):
        client = client_as(world.person(role))
        for options in ({}, HTMX):
            page = plain(client.get(url("2.1.1"), **options))
            assert ("Alerte n°" in page) is reads
            assert "Alerter le COMOP" not in page
        assert client.get(url("2.1.1", "alerte/")).status_code == 403


def test_an_alert_is_about_something_blocked(world: World) -> None:
    with acting_as(world.lead.pk):
        action = Action.objects.select_related("project").get(number="2.1.1")
        with pytest.raises(DomainError, match="ne l’est plus"):
            alert_comop(action=action, severity=Severity.WARNING, text="Oui", user=world.lead, token=uuid.uuid4())
        set_status(action=action, version=1, status=Status.KO, user=world.lead)
        raised = alert_comop(action=action, severity=Severity.WARNING, text="Oui", user=world.lead, token=uuid.uuid4())
        answer_alert(raised, answer="Non", user=world.lead)
    assert raised.subject.startswith("Action 2.1.1 bloquée : ")
