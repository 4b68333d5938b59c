"""One change of a selection: all or nothing, in words, and taken back as it was."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from lxml.html import HtmlElement

from checklist.enums import Letter, Status
from checklist.models import Action, ActionPerson
from common.scope import elevated
from organisations.enums import Role
from tests.checklist.test_views import PAGE, plain, tick
from tests.factories import DecisionFactory, UserFactory
from tests.harness.htmx import parse
from tests.harness.world import World

NOBODY = "01900000-0000-7000-8000-000000000000"
pytestmark = pytest.mark.django_db
THREE = ("2.2.1", "2.2.2", "3.1.1")
TODAY = timezone.localdate


def pairs(world: World, *numbers: str) -> list[str]:
    return [f"{action.pk}:{action.version}" for action in (world.action(number) for number in numbers)]


def change(client: Client, world: World, *numbers: str, query: str = "", **values: object) -> HttpResponse:
    posted = {"change": "status", **values, "action": values.get("action", pairs(world, *numbers))}
    return client.post(f"{PAGE}lot/{query}", posted)


def states(world: World, *numbers: str) -> list[str]:
    return [world.action(number).status for number in numbers]


def rows(world: World) -> list[tuple]:
    """All that matters of every action, but the version."""
    with elevated():
        names = [field.attname for field in Action._meta.concrete_fields if field.name != "version"]
        return list(Action.objects.filter(project=world.project).order_by("number").values_list(*names))


def undo_form(client: Client, answer: HttpResponse) -> tuple[str, HtmlElement]:
    """The page that one comes back to: what it tells, and the form that takes it back."""
    page = client.get(answer["Location"])
    form = parse(page.content).xpath("//form[.//button[contains(., 'Annuler')]]")[-1]
    return plain(page), form


def undo(client: Client, answer: HttpResponse) -> HttpResponse:
    _, form = undo_form(client, answer)
    return client.post(form.get("action"), {"undo": "1"})


# --- The page --------------------------------------------------------------------------------------------------------


def test_boxes_are_offered_where_one_may_change(world: World, client_as: Callable) -> None:
    def offered(client: Client) -> tuple[int, int]:
        page = parse(client.get(f"{PAGE}?etape=2&choisir=oui").content)
        return len(page.xpath("//input[@name='action'][@form='lot']")), len(page.xpath("//form[@id='lot']"))

    assert offered(client_as(world.lead)) == (21, 1)
    assert offered(client_as(world.person(Role.OBSERVER))) == (0, 0)
    some, bar = offered(client_as(world.person(Role.COMOP)))
    assert 0 < some < 21
    assert bar == 1


def test_who_acts_is_offered_the_status_alone(world: World, client_as: Callable) -> None:
    page = parse(client_as(world.person(Role.COMOP)).get(f"{PAGE}?etape=2&choisir=oui").content)
    assert not page.xpath("//form[@id='lot']//*[@name='due_on' or @name='user' or @name='start_on']")
    assert page.xpath("//form[@id='lot']//input[@name='status']")


# --- Changes ---------------------------------------------------------------------------------------------------------


def test_a_selection_turns_ok_and_back_exactly(world: World, lead: Client) -> None:
    tick(lead, "2.2.1", "ko")
    with elevated():
        Action.objects.filter(project=world.project, number="2.2.2").update(
            status=Status.NOT_APPLICABLE, not_applicable_reason="Un seul site", status_at=timezone.now()
        )
    before = rows(world)
    answer = change(lead, world, *THREE, status="ok", query="?etape=2&vue=mes-actions")
    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}?etape=2&vue=mes-actions")
    assert states(world, *THREE) == ["ok"] * 3
    assert {world.action(number).done_on for number in THREE} == {TODAY()}
    said, form = undo_form(lead, answer)
    assert "3 actions sont OK." in said
    back = lead.post(form.get("action"), {"undo": "1"})
    assert (back.status_code, back["Location"]) == (302, f"{PAGE}?etape=2&vue=mes-actions")
    assert rows(world) == before
    assert "3 actions sont redevenues comme avant." in plain(lead.get(back["Location"]))
    assert lead.post(form.get("action"), {"undo": "1"}).status_code == 409


@pytest.mark.parametrize("field", ["due_on", "start_on"])
def test_dates_are_given_taken_away_and_given_back(world: World, lead: Client, field: str) -> None:
    day = TODAY() + timedelta(days=20)
    before = rows(world)
    given = change(lead, world, *THREE, change=field, **{field: day.isoformat()})
    assert {getattr(world.action(number), field) for number in THREE} == {day}
    assert "3 actions ont pour" in undo_form(lead, given)[0]
    taken = change(lead, world, *THREE, change=field)
    assert {getattr(world.action(number), field) for number in THREE} == {None}
    assert undo(lead, taken).status_code == 302
    assert {getattr(world.action(number), field) for number in THREE} == {day}
    change(lead, world, *THREE, change=field)
    assert rows(world) == before


def test_a_person_is_named_and_unnamed(world: World, lead: Client) -> None:
    dpo = world.person(Role.DPO)

    def named() -> set[str]:
        with elevated():
            found = ActionPerson.objects.filter(project=world.project, user=dpo, letter=Letter.A)
            return set(found.values_list("action__number", flat=True))

    change(lead, world, "2.2.1", change="person", user=str(dpo.pk), letter="A")
    answer = change(lead, world, *THREE, change="person", user=str(dpo.pk), letter="A")
    assert named() == set(THREE)
    said, form = undo_form(lead, answer)
    assert f"{dpo.get_full_name()} devient Acteur de 2 actions." in said
    assert lead.post(form.get("action"), {"undo": "1"}).status_code == 302
    assert named() == {"2.2.1"}
    again = change(lead, world, "2.2.1", change="person", user=str(dpo.pk), letter="A")
    assert again.status_code == 422
    assert "Il n’y a rien à changer." in plain(again)


def test_not_applicable_asks_why_and_keeps_the_selection(world: World, lead: Client) -> None:
    asked = change(lead, world, *THREE, status="na", query="?etape=2")
    assert asked.status_code == 422
    assert "Dites pourquoi ces actions sont sans objet." in plain(asked)
    page = parse(asked.content)
    assert page.xpath("//input[@name='status'][@checked]/@value") == ["na"]
    assert len(page.xpath("//input[@name='action'][@checked]")) == 2  # of this step
    answer = change(lead, world, *THREE, status="na", reason="Un seul site")
    assert answer.status_code == 302
    assert "3 actions sont sans objet." in undo_form(lead, answer)[0]


# --- Refusals --------------------------------------------------------------------------------------------------------


def test_a_conflict_refuses_all_and_says_which(world: World, client_as: Callable, lead: Client) -> None:
    read = pairs(world, *THREE)
    other = client_as(world.person(Role.COMOP))
    assert tick(other, "2.2.1", "ko").status_code == 302
    answer = change(lead, world, action=read, status="ok", query="?etape=2")
    assert answer.status_code == 409
    who = world.person(Role.COMOP).get_full_name()
    assert f"2.2.1 : changée entre-temps, elle est maintenant « KO » ({who})." in plain(answer)
    assert "Rien n’a été changé : 1 action ne peut pas changer. Votre choix est gardé." in plain(answer)
    assert states(world, *THREE) == ["ko", "todo", "todo"]
    page = parse(answer.content)
    checked = page.xpath("//input[@name='action'][@checked]/@value")
    assert checked == pairs(world, "2.2.1", "2.2.2")  # with the versions of now: said again, it is done
    assert page.xpath("//input[@name='status'][@checked]/@value") == ["ok"]


def test_what_a_body_decides_refuses_all(world: World, lead: Client) -> None:
    answer = change(lead, world, "2.2.1", "2.1.3", "2.6.2", status="ok")
    assert answer.status_code == 422
    said = plain(answer)
    assert "2.1.3 ne devient OK qu’en citant une décision" in said
    assert "2.6.2 ne devient OK qu’en citant une décision" in said
    assert states(world, "2.2.1", "2.1.3") == ["todo", "todo"]


def test_dates_that_cross_refuse_all(world: World, lead: Client) -> None:
    change(lead, world, "2.2.1", change="start_on", start_on=(TODAY() + timedelta(days=9)).isoformat())
    answer = change(lead, world, *THREE, change="due_on", due_on=TODAY().isoformat())
    assert answer.status_code == 422
    assert "2.2.1 : L’échéance vient avant le début." in plain(answer)
    assert world.action("3.1.1").due_on is None


def test_who_acts_changes_only_own_actions(world: World, client_as: Callable) -> None:
    comop = client_as(world.person(Role.COMOP))
    answer = change(comop, world, "2.2.1", "1.1.2", status="ok")
    assert answer.status_code == 403
    assert "1.1.2 : vous la lisez sans la modifier." in plain(answer)
    assert states(world, "2.2.1") == ["todo"]
    assert change(comop, world, "2.2.1", status="ok").status_code == 302
    day = (TODAY() + timedelta(days=3)).isoformat()
    for values in ({"change": "due_on", "due_on": day}, {"change": "person", "user": str(world.lead.pk)}):
        assert change(comop, world, "2.2.2", **values).status_code == 422
    assert world.action("2.2.2").due_on is None


@pytest.mark.parametrize("bad", ["", "x", NOBODY, f"{NOBODY}:0", f"{NOBODY}:-1"])
def test_a_selection_that_means_nothing_is_refused(world: World, lead: Client, bad: str) -> None:
    assert change(lead, world, action=[bad], status="ok").status_code == 400


def test_nothing_chosen_and_nothing_said_are_told(world: World, lead: Client) -> None:
    nothing = change(lead, world, status="ok")
    unsaid = change(lead, world, "2.2.1")
    assert (nothing.status_code, unsaid.status_code) == (422, 422)
    assert "Choisissez au moins une action." in plain(nothing)
    assert "Choisissez l’état à donner." in plain(unsaid)
    assert change(lead, world, "2.2.1", change="person", user=str(UserFactory().pk)).status_code == 422


def test_an_action_that_one_may_not_read_does_not_exist(world: World, client_as: Callable, lead: Client) -> None:
    with elevated():
        foreign = Action.objects.filter(project=world.foreign.project).order_by("number")[0]
    assert change(lead, world, action=[f"{foreign.pk}:1"], status="ok").status_code == 404
    buyer = client_as(world.person(Role.PURCHASING))
    assert change(buyer, world, "1.1.2", status="ok").status_code == 404
    assert change(buyer, world, "3.1.3", status="ok").status_code == 302


# --- Taking it back --------------------------------------------------------------------------------------------------


def test_what_somebody_changed_since_is_not_taken_back(world: World, client_as: Callable, lead: Client) -> None:
    answer = change(lead, world, *THREE, status="ok")
    tick(client_as(world.person(Role.COMOP)), "2.2.2", "ko", version=2)
    refused = undo(lead, answer)
    assert refused.status_code == 409
    assert "Rien n’a été annulé" in plain(refused)
    assert "2.2.2 : changée entre-temps, elle est maintenant « KO »" in plain(refused)
    assert states(world, *THREE) == ["ok", "ko", "ok"]


def test_one_takes_back_what_is_one_s_own(world: World, client_as: Callable, lead: Client) -> None:
    _, form = undo_form(lead, change(lead, world, "2.2.1", status="ok"))
    other = client_as(world.person(Role.COMOP))  # who may change 2.2.1 too
    assert other.post(form.get("action"), {"undo": "1"}).status_code == 409
    assert other.post(f"{PAGE}lot/{uuid.uuid4()}/annuler/", {"undo": "1"}).status_code == 409
    assert states(world, "2.2.1") == ["ok"]


def test_a_decision_cited_comes_back_with_its_ok(world: World, lead: Client) -> None:
    with elevated():
        decision = DecisionFactory(body=world.project.bodies.get(kind="costrat"))
        Action.objects.filter(project=world.project, number="2.1.3").update(
            status=Status.OK, decision=decision, done_on=TODAY(), status_at=timezone.now(), status_by=world.lead
        )
    before = rows(world)
    answer = change(lead, world, "2.1.3", "2.2.1", status="in_progress")
    assert world.action("2.1.3").decision is None
    assert undo(lead, answer).status_code == 302
    assert rows(world) == before
