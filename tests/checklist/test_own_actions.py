"""The actions that a project adds: numbered, ordered, worded, retired and put back, and the ANAP's that stay."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client

from checklist.enums import Actor, Letter
from checklist.models import Action, Group, RaciEntry
from checklist.services import add_own_action, move_own_action, retire_own_action
from common.errors import Conflict, DomainError
from common.scope import elevated
from organisations.access import acting_as
from organisations.enums import Role
from tests.factories import CommentFactory
from tests.harness.htmx import HTMX, parse, swap, text
from tests.harness.threads import together
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db
CHECKLIST = f"/projets/{SLUG}/checklist/"
PAGE = f"{CHECKLIST}actions-propres/"


def plain(answer: HttpResponse) -> str:
    return text(parse(answer.content)).replace("\xa0", " ").replace("\u202f", " ")


def url(number: str, what: str = "") -> str:
    return f"{CHECKLIST}actions/{number}/{what}"


def posted(**values: Any) -> dict[str, Any]:
    return {"label": "Former les veilleurs de nuit", "after": "2.4.4", "token": str(uuid.uuid4()), **values}


def add(client: Client, group: str = "2.4", **values: Any) -> HttpResponse:
    return client.post(f"{PAGE}ajouter/{group}/", posted(**values))


def order(world: World, group: str = "2.4") -> list[str]:
    with elevated():
        actions = Action.objects.current().filter(project=world.project, group__number=group)
        return list(actions.order_by("position").values_list("number", flat=True))


# --- Adding ----------------------------------------------------------------------------------------------------------


def test_an_action_is_added_where_it_was_asked_with_its_letters(world: World, lead: Client) -> None:
    answer = add(lead, after="2.4.2", objective="Que la nuit aussi soit tracée", R=["project_lead"], I=["comop", "dpo"])
    assert (answer.status_code, answer["Location"]) == (302, f"{CHECKLIST}?etape=2#a2.4.P1")
    assert order(world) == ["2.4.1", "2.4.2", "2.4.P1", "2.4.3", "2.4.4"]
    with elevated():
        letters = RaciEntry.objects.filter(action__number="2.4.P1").values_list("letter", "actor")
        assert set(letters) == {(Letter.R, Actor.PROJECT_LEAD), (Letter.I, Actor.COMOP), (Letter.I, Actor.DPO)}
    page = plain(lead.get(f"{CHECKLIST}?etape=2"))
    assert "Former les veilleurs de nuit" in page
    assert "Propre au projet" in page
    formula = text(parse(lead.get(CHECKLIST).content).get_element_by_id("formule"))
    assert "101" in formula


def test_the_first_place_is_a_place(world: World, lead: Client) -> None:
    add(lead, after="premier")
    assert order(world)[:2] == ["2.4.P1", "2.4.1"]


def test_a_number_is_never_given_again(world: World, lead: Client) -> None:
    for _ in range(2):
        add(lead)
    assert lead.post(url("2.4.P2", "retirer/"), {"version": 1}).status_code == 302
    add(lead)
    add(lead, group="2.5", after="premier")
    assert {"2.4.P1", "2.4.P3"} < set(order(world))
    assert order(world, "2.5")[0] == "2.5.P1"


def test_the_same_form_twice_adds_once(world: World, lead: Client) -> None:
    token = str(uuid.uuid4())
    for _ in range(2):
        assert add(lead, token=token).status_code == 302
    assert order(world) == ["2.4.1", "2.4.2", "2.4.3", "2.4.4", "2.4.P1"]


@pytest.mark.parametrize(
    ("values", "field"), [({"label": "  "}, "label"), ({"after": "2.5.1"}, "after"), ({"R": ["facteur"]}, "R")]
)
def test_what_cannot_be_added_is_said_and_kept(world: World, lead: Client, values: dict, field: str) -> None:
    answer = add(lead, objective="Que la nuit aussi soit tracée", **values)
    assert answer.status_code == 422
    page = parse(answer.content)
    assert page.xpath("//*[@id='erreurs']")
    assert page.xpath("//*[@name='objective']/@value") == ["Que la nuit aussi soit tracée"]
    assert len(order(world)) == 4


def test_another_projects_group_is_no_group(lead: Client) -> None:
    assert add(lead, group="9.9").status_code == 404


# --- The ANAP's stay -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["modifier/", "deplacer/", "retirer/", "remettre/"])
def test_an_action_of_the_anap_is_neither_worded_moved_nor_retired(world: World, lead: Client, what: str) -> None:
    values = {"version": 1, "label": "Autre chose", "objective": "", "vers": "haut"}
    assert lead.post(url("2.4.2", what), values).status_code == 404
    with acting_as(world.lead.pk), pytest.raises(DomainError, match="sans objet"):
        retire_own_action(action=world.action("2.4.2"), version=1)
    with elevated(), pytest.raises(IntegrityError), transaction.atomic():
        Action.objects.filter(project=world.project, number="2.4.2").update(retired_at="2026-01-01T00:00Z")
    assert order(world) == ["2.4.1", "2.4.2", "2.4.3", "2.4.4"]


# --- Order -----------------------------------------------------------------------------------------------------------


def test_up_and_down_by_one_place_each_said(world: World, lead: Client) -> None:
    add(lead)
    page = parse(lead.get(PAGE).content)
    answer = lead.post(url("2.4.P1", "deplacer/"), {"version": 1, "vers": "haut"}, **HTMX)
    assert "2.4.P1 est maintenant après 2.4.3." in plain(answer)
    assert order(world) == ["2.4.1", "2.4.2", "2.4.3", "2.4.P1", "2.4.4"]
    left = swap_list(page, answer.content)
    assert [item.get("id") for item in left.xpath("//*[@id='liste']//ol/li")] == [
        f"p{number}" for number in order(world)
    ]
    answer = lead.post(url("2.4.P1", "deplacer/"), {"version": 2, "vers": "bas"}, follow=True)
    assert "2.4.P1 est maintenant après 2.4.4." in plain(answer)
    refused = lead.post(url("2.4.P1", "deplacer/"), {"version": 3, "vers": "bas"}, **HTMX)
    assert refused.status_code == 422
    assert "est déjà la dernière de son bloc" in plain(refused)


def swap_list(page, answer: bytes):
    """The list is swapped; the sentence goes inside its region (innerHTML), which the harness does not do."""
    return swap(page, answer.replace(b'hx-swap-oob="innerHTML"', b'hx-swap-oob="true"'), "liste")


def test_a_move_posted_twice_moves_once(world: World, lead: Client) -> None:
    add(lead)
    assert lead.post(url("2.4.P1", "deplacer/"), {"version": 1, "vers": "haut"}).status_code == 302
    again = lead.post(url("2.4.P1", "deplacer/"), {"version": 1, "vers": "haut"})
    assert again.status_code == 409
    assert "vient d’être changée" in plain(again)
    assert order(world) == ["2.4.1", "2.4.2", "2.4.3", "2.4.P1", "2.4.4"]


def test_a_retired_neighbour_takes_no_place(world: World, lead: Client) -> None:
    for _ in range(3):
        add(lead)  # each after 2.4.4: P3, P2, P1
    lead.post(url("2.4.P2", "retirer/"), {"version": 1})
    lead.post(url("2.4.P1", "deplacer/"), {"version": 1, "vers": "haut"})
    assert order(world)[-2:] == ["2.4.P1", "2.4.P3"]


@pytest.mark.django_db(transaction=True)
def test_people_who_add_and_move_at_once_leave_one_order(world: World) -> None:
    with elevated():
        group = Group.objects.get(project=world.project, number="2.4")

    def go(number: int) -> None:
        with acting_as(world.lead.pk):
            after = Action.objects.get(project=world.project, number="2.4.2")
            action = add_own_action(
                group=group, label=f"Action {number}", objective="", letters={}, after=after, token=uuid.uuid4()
            )
            move_own_action(action=action, version=1, up=number % 2 == 0)

    together(8, go)
    numbers = order(world)
    assert len(numbers) == 12
    assert {f"2.4.P{number}" for number in range(1, 9)} < set(numbers)
    assert [number for number in numbers if "P" not in number] == ["2.4.1", "2.4.2", "2.4.3", "2.4.4"]
    with elevated():
        places = Action.objects.filter(group=group).values_list("position", flat=True)
        assert len(set(places)) == 12


# --- Wording ---------------------------------------------------------------------------------------------------------


def test_a_wording_changes_and_a_second_one_sees_the_first(world: World, lead: Client) -> None:
    add(lead)
    first = lead.post(url("2.4.P1", "modifier/"), {"label": "Former la nuit", "objective": "", "version": 1})
    assert first.status_code == 302
    second = lead.post(url("2.4.P1", "modifier/"), {"label": "Former le jour", "objective": "", "version": 1})
    assert second.status_code == 409
    assert "Former la nuit" in plain(second)
    form = parse(second.content).get_element_by_id("action")
    assert form.xpath(".//*[@name='label']/@value") == ["Former le jour"]
    again = {"label": "Former le jour", "objective": "", "version": form.xpath(".//*[@name='version']/@value")[0]}
    assert lead.post(url("2.4.P1", "modifier/"), again).status_code == 302
    assert world.action("2.4.P1").label == "Former le jour"


# --- Retired ---------------------------------------------------------------------------------------------------------


def test_a_retired_action_leaves_the_checklist_and_is_read_with_its_history(
    world: World, lead: Client, client_as: Callable
) -> None:
    add(lead)
    CommentFactory(action=world.action("2.4.P1"), author=world.lead, text="Vu avec la nuit")
    lead.post(url("2.4.P1", "retirer/"), {"version": 1})
    assert "Former les veilleurs" not in plain(lead.get(f"{CHECKLIST}?etape=2"))
    page = plain(lead.get(PAGE))
    assert "Former les veilleurs de nuit" in page
    assert "Historique" in page
    assert "retirée" in page
    detail = lead.get(url("2.4.P1"))
    assert "Cette action est retirée" in plain(detail)
    assert "Vu avec la nuit" in plain(detail)
    assert not parse(detail.content).xpath("//main//form[not(.//fieldset[@disabled])]")


@pytest.mark.parametrize(
    ("what", "values"),
    [
        ("etat/", {"status": "ok", "version": 2}),
        ("champs/note/", {"note": "x", "version": 2}),
        ("messages/", {"text": "x", "token": str(uuid.uuid4())}),
        ("dates/", {"action": "2.4.P1|2||"}),
    ],
)
def test_nothing_is_written_on_a_retired_action(world: World, lead: Client, what: str, values: dict) -> None:
    add(lead)
    lead.post(url("2.4.P1", "retirer/"), {"version": 1})
    assert lead.post(url("2.4.P1", what), values).status_code == 403
    assert world.action("2.4.P1").version == 2


def test_a_retired_action_is_put_back_where_it_was(world: World, lead: Client) -> None:
    add(lead, after="2.4.1")
    lead.post(url("2.4.P1", "retirer/"), {"version": 1})
    answer = lead.post(url("2.4.P1", "remettre/"), {"version": 2}, **HTMX)
    assert "est remise dans la checklist" in plain(answer)
    assert order(world)[:2] == ["2.4.1", "2.4.P1"]
    assert lead.post(url("2.4.P1", "remettre/"), {"version": 2}).status_code in {403, 404}


def test_all_who_read_the_checklist_read_the_page_and_only_the_lead_is_offered_changes(
    world: World, lead: Client, client_as: Callable
) -> None:
    add(lead)
    for role, forms in ((Role.PROJECT_LEAD, True), (Role.OBSERVER, False), (Role.COMOP, False)):
        page = client_as(world.person(role)).get(PAGE)
        assert bool(parse(page.content).xpath("//main//form")) is forms
        assert "Le projet a ajouté une action à celles de l’ANAP" in plain(page)


def test_a_conflict_of_moves_is_a_conflict_of_the_service(world: World, lead: Client) -> None:
    add(lead)
    with acting_as(world.lead.pk):
        action = Action.objects.select_related("group").get(project=world.project, number="2.4.P1")
        move_own_action(action=action, version=1, up=True)
        with pytest.raises(Conflict):
            move_own_action(action=action, version=1, up=True)
