"""The board: the actions by state, and moving one of them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from lxml.html import HtmlElement

from checklist.enums import Status
from checklist.models import Action
from common.scope import elevated
from organisations.enums import Role
from tests.harness.days import days_ago
from tests.harness.htmx import HTMX, outline, parse, swap, text
from tests.harness.world import FOREIGN, SLUG, World

pytestmark = pytest.mark.django_db
BOARD = f"/projets/{SLUG}/checklist/tableau/"
NUMBER = "2.1.1"


def move(client: Client, number: str, status: str, query: str = "", **posted: object) -> HttpResponse:
    """Post a move; `htmx=True` as htmx does."""
    options = HTMX if posted.pop("htmx", False) else {}
    return client.post(f"{BOARD}actions/{number}/etat/{query}", {"status": status, "version": 1, **posted}, **options)


def plain(answer: HttpResponse) -> str:
    return text(parse(answer.content)).replace("\xa0", " ").replace("\u202f", " ")


def column(page: HtmlElement, status: str) -> HtmlElement:
    return page.get_element_by_id(f"colonne-{status}")


def cards(page: HtmlElement, status: str) -> list[str]:
    return [item.get("id").removeprefix("c") for item in column(page, status).xpath(".//li")]


def counts(page: HtmlElement) -> dict[str, int]:
    found = {status.value: column(page, status.value).xpath("./h2/span/text()") for status in Status}
    return {status: int(number) for status, [number] in found.items()}


def put(world: World, number: str, **values: object) -> None:
    with elevated():
        Action.objects.filter(project=world.project, number=number).update(**values)


def test_each_action_is_in_the_column_of_its_state(world: World, lead: Client) -> None:
    put(world, "2.1.1", status=Status.IN_PROGRESS)
    put(world, "2.1.2", status=Status.NOT_APPLICABLE, not_applicable_reason="Un seul site")
    put(world, "1.1.1", status=Status.OK)
    page = parse(lead.get(BOARD).content)
    assert counts(page) == {"todo": 96, "in_progress": 1, "ok": 1, "ko": 1, "na": 1}
    assert cards(page, "in_progress") == ["2.1.1"]
    assert cards(page, "na") == ["2.1.2"]
    assert cards(page, "ko") == ["1.1.2"]
    assert len(cards(page, "todo")) == 96


def test_what_is_done_is_a_count_until_asked_for(world: World, lead: Client) -> None:
    put(world, "1.1.1", status=Status.OK)
    page = parse(lead.get(f"{BOARD}?etape=1").content)
    assert (counts(page)["ok"], cards(page, "ok")) == (1, [])
    shown = parse(lead.get(column(page, "ok").xpath(".//a/@href")[0]).content)
    assert cards(shown, "ok") == ["1.1.1"]
    assert {number[0] for number in cards(shown, "todo")} == {"1"}  # the step is kept


def test_cards_come_by_due_date_and_say_what_is_wrong(world: World, lead: Client) -> None:
    today = timezone.localdate()
    put(world, "2.2.1", due_on=today - timedelta(days=3))
    put(world, "2.1.2", due_on=today + timedelta(days=3))
    put(world, "2.1.1", status=Status.KO, status_at=days_ago(12))
    answer = lead.get(f"{BOARD}?etape=2")
    page = parse(answer.content)
    assert cards(page, "todo")[:2] == ["2.2.1", "2.1.2"]
    assert "En retard de 3 jours" in text(page.get_element_by_id("c2.2.1")).replace("\xa0", " ")
    assert "Bloquée depuis 12 jours" in text(page.get_element_by_id("c2.1.1")).replace("\xa0", " ")


@pytest.mark.parametrize(("query", "shown"), [("?etape=5&acteur=dpo", "5"), ("?vue=ko", "1")])
def test_the_filters_of_the_url_hold(lead: Client, query: str, shown: str) -> None:
    page = parse(lead.get(BOARD + query).content)
    numbers = [number for status in Status for number in cards(page, status.value)]
    assert numbers
    assert {number[0] for number in numbers} == {shown}
    tabs = page.xpath("//nav[@class='tabs']//a/@href")
    assert all(address.endswith(query) for address in tabs)


def test_the_title_says_what_is_shown(world: World, lead: Client) -> None:
    def title(query: str) -> str:
        return text(parse(lead.get(BOARD + query).content).xpath("//h1")[0])

    put(world, "2.1.1", status=Status.OK)
    assert title("?etape=2").startswith("1 action sur")
    assert title("?vue=ko") == "1 action est bloquée"
    assert title("?vue=ko&acteur=dpo") == "Aucune action ne correspond à ce filtre"


def test_a_filter_that_does_not_exist_is_said(lead: Client) -> None:
    assert "Ce filtre n’existe pas" in plain(lead.get(f"{BOARD}?vue=rien"))


@pytest.mark.parametrize("status", ["in_progress", "ok", "ko"])
@pytest.mark.parametrize("query", ["", "?etape=2", "?etape=2&faites=1"])
def test_the_board_after_a_move_is_the_board_one_would_load(
    world: World, lead: Client, query: str, status: str
) -> None:
    page = parse(lead.get(BOARD + query).content)
    answer = move(lead, NUMBER, status, query, htmx=True)
    assert answer.status_code == 200
    left, loaded = swap(page, answer.content, "tableau"), parse(lead.get(BOARD + query).content)
    said = left.get_element_by_id("dit")
    assert "Enregistré à" in text(said)
    for child in list(said):
        said.remove(child)
    for link in left.xpath("//*[@data-focus]"):  # where the focus goes
        assert link.xpath(f"ancestor::li[@id='c{NUMBER}']")
        del link.attrib["data-focus"]
    assert outline(left.get_element_by_id("contenu")) == outline(loaded.get_element_by_id("contenu"))
    assert world.action(NUMBER).status == status


def test_without_scripts_a_move_goes_back_to_the_card(world: World, lead: Client) -> None:
    answer = move(lead, NUMBER, "in_progress", "?etape=2")
    assert (answer.status_code, answer["Location"]) == (302, f"{BOARD}?etape=2#c{NUMBER}")
    assert world.action(NUMBER).status == Status.IN_PROGRESS


@pytest.mark.parametrize("htmx", [False, True])
def test_not_applicable_asks_why_and_changes_nothing_until_told(world: World, lead: Client, htmx: bool) -> None:
    asked, empty = move(lead, NUMBER, "na", htmx=htmx), move(lead, NUMBER, "na", reason=" ", htmx=htmx)
    assert (asked.status_code, empty.status_code) == (200, 422)
    assert f"Pourquoi l’action {NUMBER} est-elle sans objet" in plain(asked)
    assert not parse(asked.content).xpath("//*[@aria-invalid]")
    assert "Dites pourquoi cette action est sans objet." in plain(empty)
    assert world.action(NUMBER).status == Status.TODO
    move(lead, NUMBER, "na", reason="Un seul site")
    assert world.action(NUMBER).not_applicable_reason == "Un seul site"


@pytest.mark.parametrize("htmx", [False, True])
def test_a_conflict_shows_both_values_and_keeps_the_first(world: World, client_as: Callable, htmx: bool) -> None:
    move(client_as(world.person(Role.COMOP)), "2.2.1", "in_progress")
    answer = move(client_as(world.lead), "2.2.1", "ko", htmx=htmx)
    assert answer.status_code == 409
    said = plain(answer)
    assert f"{world.person(Role.COMOP).get_full_name()} a changé l’action 2.2.1 juste avant vous" in said
    assert "Elle est maintenant « En cours »" in said
    assert "Vous vouliez « KO »" in said
    assert world.action("2.2.1").status == Status.IN_PROGRESS
    again = parse(answer.content).xpath("//form[.//button[contains(., 'quand même')]]")[0]
    posted = {field.get("name"): field.get("value") for field in again.xpath(".//input[@type='hidden']")}
    posted.pop("csrfmiddlewaretoken")
    assert client_as(world.lead).post(again.get("action"), posted).status_code == 302
    assert world.action("2.2.1").status == Status.KO


def test_what_a_body_decides_leads_to_its_page(world: World, lead: Client) -> None:
    page = parse(lead.get(f"{BOARD}?etape=2").content)
    card = page.get_element_by_id("c2.1.3")
    assert not card.xpath(".//button[@value='ok']")
    assert card.xpath(".//a[contains(., 'par une décision')]/@href") == [f"/projets/{SLUG}/checklist/actions/2.1.3/"]
    answer = move(lead, "2.1.3", "ok", htmx=True)
    assert answer.status_code == 422
    assert "L’action 2.1.3 reste « À faire »." in plain(answer)
    assert world.action("2.1.3").status == Status.TODO


@pytest.mark.parametrize("role", [Role.COMOP, Role.DPO, Role.PURCHASING, Role.OBSERVER, Role.LOCAL_REFERENT])
def test_a_move_is_offered_exactly_where_it_is_accepted(world: World, client_as: Callable, role: Role) -> None:
    client = client_as(world.person(role))
    page = parse(client.get(BOARD).content)
    numbers = [number for status in Status for number in cards(page, status.value)]
    assert numbers
    offered = {number for number in numbers if page.get_element_by_id(f"c{number}").xpath(".//form")}
    assert bool(offered) is (role not in {Role.OBSERVER, Role.LOCAL_REFERENT})
    for number in [*sorted(offered)[:2], *sorted(set(numbers) - offered)[:2]]:
        assert (move(client, number, "in_progress").status_code == 302) is (number in offered), number


def test_purchasing_meets_only_its_actions(world: World, client_as: Callable) -> None:
    page = parse(client_as(world.person(Role.PURCHASING)).get(BOARD).content)
    assert sorted(cards(page, "todo")) == ["3.1.3", "3.1.4", "3.1.5", "3.3.1", "3.3.2"]


@pytest.mark.parametrize("posted", [{"status": "perdu"}, {"version": "x"}])
def test_a_move_that_means_nothing_is_refused(world: World, lead: Client, posted: dict) -> None:
    answer = lead.post(f"{BOARD}actions/{NUMBER}/etat/", {"status": "ok", "version": 1, **posted})
    assert answer.status_code == 400
    assert world.action(NUMBER).version == 1


def test_the_board_names_nobody_of_another_project(lead: Client) -> None:
    assert FOREIGN not in lead.get(BOARD).content.decode()
