"""The calendar of the actions."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from lxml.html import HtmlElement

from checklist.enums import Actor, Status
from checklist.models import Action, OpinionRequest
from common.scope import elevated
from organisations.enums import Role
from tests.factories import OpinionFactory, OpinionRequestFactory
from tests.harness.htmx import parse, text
from tests.harness.world import FOREIGN, SLUG, World

pytestmark = pytest.mark.django_db
CALENDAR = f"/projets/{SLUG}/checklist/calendrier/"
TODAY = timezone.localdate()
AHEAD = (TODAY.replace(day=1) + timedelta(days=400)).replace(day=1)  # a month that nothing else is in
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
NAME = f"{MONTHS[AHEAD.month - 1]} {AHEAD.year}"


@pytest.fixture(autouse=True)
def empty_calendar(world: World) -> None:
    with elevated():
        Action.objects.filter(project=world.project).update(due_on=None, start_on=None)
        OpinionRequest.objects.filter(project=world.project).delete()


def put(world: World, number: str, **values: object) -> Action:
    with elevated():
        Action.objects.filter(project=world.project, number=number).update(**values)
    return world.action(number)


def ask(client: Client, month: date = AHEAD, more: str = "") -> HttpResponse:
    return client.get(f"{CALENDAR}?mois={month:%Y-%m}{more}")


def plain(element: HtmlElement) -> str:
    return text(element).replace("\xa0", " ").replace("\u202f", " ")


def title(answer: HttpResponse) -> str:
    return plain(parse(answer.content).xpath("//h1")[0])


def days(answer: HttpResponse) -> dict[int, list[str]]:
    """What each day that has something says, by its number."""
    cells = parse(answer.content).xpath("//table//td[.//li]")
    return {
        int(cell.xpath(".//p/span[@aria-hidden]/text()")[0]): [plain(item) for item in cell.xpath(".//li")]
        for cell in cells
    }


def test_each_day_that_an_action_names_is_there(world: World, lead: Client) -> None:
    put(world, "2.1.1", start_on=AHEAD + timedelta(days=2), due_on=AHEAD + timedelta(days=19))
    put(world, "2.1.2", status=Status.KO, ko_review_on=AHEAD + timedelta(days=9), due_on=AHEAD + timedelta(days=60))
    put(world, "2.2.1", status=Status.OK, done_on=AHEAD + timedelta(days=4), due_on=AHEAD + timedelta(days=5))
    OpinionRequestFactory(action=world.action("2.3.1"), due_on=AHEAD + timedelta(days=19), asked_by=world.lead)
    found = days(ask(lead))
    assert sorted(found) == [3, 5, 10, 20]
    assert found[3][0].startswith("Début 2.1.1")
    assert found[5][0].startswith("Faite 2.2.1")
    assert found[10][0].startswith("Blocage à revoir 2.1.2")
    assert [item.split(" 2.")[0] for item in found[20]] == ["À finir", "Avis attendu"]


def test_a_full_day_is_folded_without_losing_anything(world: World, lead: Client) -> None:
    numbers = [f"2.2.{number}" for number in range(1, 5)] + ["2.1.1", "2.1.2"]
    for number in numbers:
        put(world, number, due_on=AHEAD)
    cell = parse(ask(lead).content).xpath("//table//td[.//li]")[0]
    assert plain(cell.xpath(".//summary")[0]).startswith("2 autres")
    assert sorted(plain(item).split()[2] for item in cell.xpath(".//li")) == sorted(numbers)


def test_an_opinion_given_or_withdrawn_waits_for_no_day(world: World, lead: Client) -> None:
    action, day = world.action("2.3.1"), AHEAD + timedelta(days=3)
    answered = OpinionRequestFactory(action=action, due_on=day, asked_by=world.lead)
    OpinionFactory(request=answered, author=world.person(Role.COMOP))
    withdrawn = OpinionRequestFactory(action=action, due_on=day, asked_by=world.lead, actor=Actor.DPO)
    with elevated():
        OpinionRequest.objects.filter(pk=withdrawn.pk).update(withdrawn_at=timezone.now())
    assert days(ask(lead)) == {}


def test_the_title_sums_the_month_up(world: World, lead: Client) -> None:
    put(world, "2.1.1", due_on=AHEAD)
    assert title(ask(lead)) == f"En {NAME}, une action est à finir, le 1er"
    put(world, "2.1.2", due_on=AHEAD + timedelta(days=3))
    put(world, "2.1.1", due_on=AHEAD + timedelta(days=7))
    assert title(ask(lead)) == f"En {NAME}, deux actions sont à finir ; la première le 4"
    put(world, "2.1.1", due_on=None, start_on=AHEAD), put(world, "2.1.2", due_on=None)
    assert title(ask(lead)) == f"En {NAME}, aucune action n’est à finir"


def test_a_past_month_says_what_it_left(world: World, lead: Client) -> None:
    past = (TODAY.replace(day=1) - timedelta(days=40)).replace(day=1)
    put(world, "2.1.1", due_on=past + timedelta(days=3)), put(world, "2.1.2", due_on=past + timedelta(days=3))
    answer = ask(lead, past)
    assert "deux actions devaient être faites et ne le sont pas" in title(answer)
    assert days(answer)[4][0].startswith("En retard 2.1.1")


def test_late_ones_are_told_whatever_the_month(world: World, lead: Client) -> None:
    put(world, "2.1.1", due_on=TODAY - timedelta(days=3))
    put(world, "3.1.1", due_on=TODAY - timedelta(days=90))
    told = parse(ask(lead).content).xpath("//p[@class='lede']/a")
    assert plain(told[0]) == "Deux actions sont en retard, tous mois confondus."
    page = parse(lead.get(told[0].get("href")).content)
    assert {item.get("id") for item in page.xpath("//li[@class='action']")} == {"a2.1.1", "a3.1.1"}
    narrowed = parse(ask(lead, more="&etape=2").content)
    assert plain(narrowed.xpath("//p[@class='lede']/a")[0]) == "Une action est en retard, tous mois confondus."


def test_an_empty_month_leads_to_the_next_that_has_something(world: World, lead: Client) -> None:
    put(world, "2.1.1", due_on=AHEAD)
    first = lead.get(CALENDAR)
    page = parse(first.content)
    assert "Rien n’est inscrit ce mois-ci" in plain(page)
    link = page.xpath("//a[contains(., 'Aller à')]")[0]
    assert plain(link) == f"Aller à {NAME}"
    assert sorted(days(lead.get(link.get("href")))) == [1]
    after = parse(ask(lead, (AHEAD + timedelta(days=80)).replace(day=1)).content)
    assert plain(after.xpath("//a[contains(., 'Aller à')]")[0]) == f"Aller à {NAME}"


def test_months_follow_one_another_with_the_filters(world: World, lead: Client) -> None:
    put(world, "5.2.2", due_on=date(2027, 1, 15)), put(world, "1.1.1", due_on=date(2027, 1, 15))
    page = parse(ask(lead, date(2026, 12, 1), "&acteur=dpo").content)
    links = {plain(link): link.get("href") for link in page.xpath("//nav[@aria-label='Les mois']//a")}
    assert {"Novembre 2026", "Janvier 2027"} <= set(links)
    assert [item for items in days(lead.get(links["Janvier 2027"])).values() for item in items if " 5.2.2 " in item]
    assert not [item for items in days(lead.get(links["Janvier 2027"])).values() for item in items if " 1.1.1 " in item]


def test_weeks_begin_on_monday_and_hold_the_whole_month(world: World, lead: Client) -> None:
    put(world, "2.1.1", due_on=date(2027, 2, 1))
    page = parse(ask(lead, date(2027, 2, 1)).content)
    assert [plain(cell) for cell in page.xpath("//table//th")][0::6] == ["lundi", "dimanche"]
    weeks = [[plain(cell) for cell in row.xpath("./td")] for row in page.xpath("//table/tbody/tr")]
    assert [len(week) for week in weeks] == [7, 7, 7, 7]
    assert weeks[0][1] == "2 février 2027 2"
    assert weeks[-1][-1] == "28 février 2027 28"


def test_today_is_marked(world: World, lead: Client) -> None:
    put(world, "2.1.1", due_on=TODAY)
    page = parse(lead.get(CALENDAR).content)
    marked = page.xpath("//td[@aria-current='date']")
    assert [int(cell.xpath(".//span[@aria-hidden]/text()")[0]) for cell in marked] == [TODAY.day]
    assert "Aujourd’hui" in plain(marked[0])


@pytest.mark.parametrize("month", ["2026-13", "2026-00", "hier", "1999-01", "99999-01", "2026-1"])
def test_a_month_that_does_not_exist_is_said(lead: Client, month: str) -> None:
    answer = lead.get(f"{CALENDAR}?mois={month}")
    assert answer.status_code == 200
    assert "n’existe pas" in plain(parse(answer.content))
    assert title(answer).startswith(f"En {MONTHS[TODAY.month - 1]} {TODAY.year}")


def test_only_the_actions_one_may_read_are_there(world: World, client_as: Callable) -> None:
    put(world, "3.1.3", due_on=AHEAD), put(world, "1.1.1", due_on=AHEAD)
    OpinionRequestFactory(action=world.action("1.1.1"), due_on=AHEAD, asked_by=world.lead)
    found = days(ask(client_as(world.person(Role.PURCHASING))))
    assert [item.split()[2] for item in found[1]] == ["3.1.3"]


def test_the_calendar_names_nobody_of_another_project(world: World, lead: Client) -> None:
    with elevated():
        Action.objects.filter(project=world.foreign.project).update(due_on=AHEAD)
    assert FOREIGN not in ask(lead).content.decode()
