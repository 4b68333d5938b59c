"""One campaign structure by structure; statements reopened and sent back; its spreadsheet."""

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from common.errors import DomainError
from common.ids import new_id
from common.scope import elevated
from indicators.enums import StatementStatus
from indicators.models import Figure, Statement
from indicators.services import campaign_statements as services
from indicators.services.figures import entering
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import User
from structures.models import Reminder
from tests.harness.htmx import parse, text
from tests.harness.world import SLUG, World
from tests.indicators.campaigns import (
    CODE,
    DAY,
    OVER,
    OVER_CODE,
    TODAY,
    campaign_of,
    give,
    heading,
    plain,
    put,
    spaces,
    statements,
    url,
)

pytestmark = pytest.mark.django_db


def row_of(answer: Any, name: str) -> str:
    """What the table says of a structure."""
    rows = parse(answer.content).xpath("//section[@aria-labelledby='releves']//tbody/tr")
    return next(spaces(text(row)) for row in rows if row.xpath("string(./th/a)").strip() == name)


def names(answer: Any) -> list[str]:
    found = parse(answer.content).xpath("//section[@aria-labelledby='releves']//tbody/tr/th/a/text()")
    return [name.strip() for name in found]


def of(world: World, rank: int = 0, code: str = CODE) -> Statement:
    campaign = campaign_of(world, OVER) if code == OVER_CODE else campaign_of(world)
    return statements(campaign)[world.own.structures[rank].pk]


# --- Following -------------------------------------------------------------------------------------------------------


def test_each_structure_says_where_it_is(world: World, lead: Client) -> None:
    first, second, third = world.own.structures
    campaign = campaign_of(world)
    give(of(world, 1))
    page = lead.get(url("campaign", CODE))
    assert heading(page) == "Un relevé sur trois est rendu"
    assert "En cours" in row_of(page, first.name)
    assert "1 valeur sur" in row_of(page, first.name)
    assert "à temps" in row_of(page, second.name)
    put(campaign, due_on=TODAY - 3 * DAY)
    page = lead.get(url("campaign", CODE))
    assert heading(page) == "Un relevé sur trois est rendu ; deux sont en retard"
    assert "en retard de trois jours" in row_of(page, third.name)
    assert "trois jours après la date" in row_of(page, second.name)
    assert names(page)[-1] == second.name  # what is awaited first


def test_what_is_entered_is_counted_and_not_read(world: World, lead: Client) -> None:
    assert "NONTRANSMIS" not in lead.get(url("campaign", CODE)).text


def test_the_day_of_paris_decides_on_time(world: World, lead: Client) -> None:
    """Given at 23:30 in Paris on the due day: UTC may be on the same day, but never the next one."""
    row = of(world, 1, OVER_CODE)
    due = campaign_of(world, OVER).due_on
    put(row, first_given_at=f"{due}T23:30+02:00", given_at=f"{due}T23:30+02:00")
    assert "à temps" in row_of(lead.get(url("campaign", OVER_CODE)), world.own.structures[1].name)


def test_being_corrected_later_does_not_make_it_late(world: World, lead: Client) -> None:
    row = of(world, 0, OVER_CODE)
    put(row, given_at=f"{TODAY}T10:00Z")
    page = row_of(lead.get(url("campaign", OVER_CODE)), world.own.structures[0].name)
    assert "à temps, repris le" in page


def test_filters_narrow_the_table_and_its_file_and_nothing_else(world: World, lead: Client) -> None:
    give(of(world, 1))
    every = names(lead.get(url("campaign", CODE)))
    page = lead.get(url("campaign", CODE), {"etat": "rendu"})
    assert (len(every), names(page)) == (3, [world.own.structures[1].name])
    assert "1 structure sur 3" in plain(page)
    assert heading(page) == "Un relevé sur trois est rendu"
    og = world.own.ogs[1]
    assert names(lead.get(url("campaign", CODE), {"og": str(og.pk)})) == [
        esms.name for esms in world.own.structures if esms.og_id == og.pk
    ]
    assert lead.get(url("campaign", CODE), {"etat": "inconnu"}).status_code == 404
    link = next(href for href in parse(page.content).xpath("//a/@href") if "export" in href)
    sheet = load_workbook(BytesIO(lead.get(link).content)).active
    assert sheet is not None
    found = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert [line[0] for line in found if line[0] in every] == [world.own.structures[1].name]


def test_the_file_says_what_the_page_says(world: World, lead: Client) -> None:
    answer = lead.get(url("campaign_export", OVER_CODE), {"format": "csv"})
    assert f"releves-{OVER_CODE}" in answer["Content-Disposition"]
    lines = answer.content.decode("utf-8-sig").splitlines()
    line = next(line for line in lines if world.own.structures[0].name in line)
    assert "Rendu" in line
    assert "oui" in line


def test_all_that_is_late_is_reminded_once_a_day_and_may_be_taken_back(
    world: World, lead: Client, client_as: Callable[[User], Client]
) -> None:
    assert lead.get(url("campaign_remind", CODE)).url == url("campaign", CODE)  # nothing is late
    put(campaign_of(world), due_on=TODAY - 3 * DAY)
    give(of(world, 1))
    page = lead.get(url("campaign", CODE))
    assert "Relancer les 2 structures en retard" in plain(page)
    before = plain(lead.get(url("campaign_remind", CODE)))
    assert world.own.structures[0].name in before
    assert world.own.structures[1].name not in before
    with elevated():
        Reminder.objects.all().delete()
    data = {"token": new_id(), "message": "C’est pour le COSTRAT"}
    answer = lead.post(url("campaign_remind", CODE), data, follow=True)
    assert "relancée" in plain(answer)
    home = spaces(text(parse(client_as(world.person(Role.ESMS_DIRECTOR)).get("/").content)))
    assert "C’est pour le COSTRAT" in home
    assert "en retard de trois jours" in home
    undo = parse(answer.content).xpath("//form[.//input[@name='undo']]/@action")
    assert undo == [reverse("pathway_remind_undo", args=[SLUG, data["token"]])]
    again = lead.post(url("campaign_remind", CODE), {"token": new_id()}, follow=True)
    assert "aujourd’hui" in plain(again)


# --- One statement ---------------------------------------------------------------------------------------------------


def test_one_structure_enters_after_the_end_and_the_others_do_not(world: World, lead: Client) -> None:
    put(campaign_of(world), closes_on=TODAY - DAY, due_on=TODAY - 2 * DAY)
    slug = world.own.structures[0].slug
    page = lead.get(url("campaign", CODE))
    assert "Non rendu" in row_of(page, world.own.structures[0].name)
    assert "Rouvrir" in row_of(page, world.own.structures[0].name)
    data = {"until": (TODAY + 4 * DAY).isoformat(), "reason": "Panne de réseau", "version": 1}
    assert lead.post(url("campaign_statement_reopen", CODE, slug), data).status_code == 302
    row = row_of(lead.get(url("campaign", CODE)), world.own.structures[0].name)
    assert "Rouvert" in row
    assert "Panne de réseau" in row
    with elevated():
        assert entering(of(world, 0))
        with pytest.raises(DomainError, match="La collecte de cette période est close"):
            entering(of(world, 1))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"reason": ""}, "Dites pourquoi : la structure le lira."),
        ({"until": (TODAY - DAY).isoformat()}, "Ce jour est passé"),
        ({"until": ""}, "Donnez une date."),
        ({"until": (TODAY + 30 * DAY).isoformat()}, "La saisie est ouverte à tous jusqu’au"),
    ],
)
def test_reopening_refuses_in_words_and_keeps_what_was_typed(
    world: World, lead: Client, values: dict[str, str], said: str
) -> None:
    data = {"until": (TODAY + 4 * DAY).isoformat(), "reason": "Panne de réseau", "version": 1, **values}
    answer = lead.post(url("campaign_statement_reopen", CODE, world.own.structures[0].slug), data)
    assert answer.status_code == 422
    assert said in plain(answer)
    assert parse(answer.content).xpath("//input[@name='reason']/@value") == ([data["reason"]] if data["reason"] else [])


def test_what_is_sent_back_is_its_structure_s_own_again(world: World, lead: Client) -> None:
    row = of(world, 0, OVER_CODE)
    with acting_as(world.lead.pk):
        assert Figure.objects.filter(statement=row).exists()
    data = {"until": (TODAY + 4 * DAY).isoformat(), "reason": "La somme surprend", "version": row.version}
    answer = lead.post(url("campaign_statement_return", OVER_CODE, world.own.structures[0].slug), data, follow=True)
    assert "est renvoyé à la structure" in plain(answer)
    assert "La somme surprend" in plain(answer)
    with acting_as(world.lead.pk):
        assert not Figure.objects.filter(statement=row).exists()
    with acting_as(world.person(Role.ESMS_DIRECTOR).pk):
        assert Figure.objects.filter(statement=row).exists()
        current = entering(row)  # and may be written again
        assert current.status == StatementStatus.OPEN
        assert Figure.objects.filter(statement=row, amount__isnull=False).update(amount=Decimal(3))


def test_what_is_sent_back_after_the_end_needs_a_day(world: World, lead: Client) -> None:
    slug = world.own.structures[0].slug
    page = parse(lead.get(url("campaign_statement_return", OVER_CODE, slug)).content)
    assert page.xpath("//input[@name='until']")
    data = {"until": "", "reason": "La somme surprend", "version": of(world, 0, OVER_CODE).version}
    assert lead.post(url("campaign_statement_return", OVER_CODE, slug), data).status_code == 422
    with elevated():
        assert Figure.objects.filter(statement=of(world, 0, OVER_CODE), published=True).exists()
        with pytest.raises(DomainError, match="dites jusqu’à quel jour"):
            services.return_statement(
                statement=of(world, 0, OVER_CODE), version=data["version"], reason="Somme", by=world.lead
            )


def test_what_is_sent_back_while_all_enter_needs_none(world: World, lead: Client) -> None:
    give(of(world))
    slug = world.own.structures[0].slug
    assert not parse(lead.get(url("campaign_statement_return", CODE, slug)).content).xpath("//input[@name='until']")
    data = {"reason": "La somme surprend", "version": of(world).version}
    assert lead.post(url("campaign_statement_return", CODE, slug), data).status_code == 302
    assert of(world).status == StatementStatus.OPEN
    assert "Renvoyé" in row_of(lead.get(url("campaign", CODE)), world.own.structures[0].name)


def test_two_people_on_one_statement_see_each_other(world: World, lead: Client) -> None:
    row, slug = of(world, 0, OVER_CODE), world.own.structures[0].slug
    with elevated():
        services.return_statement(
            statement=row, version=row.version, reason="Vu par une autre", by=world.lead, until=TODAY + DAY
        )
    data = {"until": (TODAY + 4 * DAY).isoformat(), "reason": "La somme surprend", "version": row.version}
    answer = lead.post(url("campaign_statement_return", OVER_CODE, slug), data)
    assert answer.status_code == 409
    assert "Vu par une autre" in plain(answer)
    assert parse(answer.content).xpath("//input[@name='reason']/@value") == ["La somme surprend"]


def test_nothing_to_do_leads_back_to_the_campaign(world: World, lead: Client) -> None:
    slug = world.own.structures[0].slug
    assert lead.get(url("campaign_statement_return", CODE, slug)).url == url("campaign", CODE)
    assert lead.get(url("campaign_statement_reopen", OVER_CODE, slug)).url == url("campaign", OVER_CODE)


# --- The rest of the product -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.PROJECT_LEAD, Role.COSTRAT, Role.COMOP])
def test_the_first_page_of_the_project_says_what_came_to_who_reads_it(
    world: World, client_as: Callable[[User], Client], role: Role
) -> None:
    give(of(world, 1))
    page = plain(client_as(world.person(role)).get(reverse("project", args=[SLUG])))
    assert "Un relevé sur trois est rendu" in page


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.VENDOR, Role.ESMS_DIRECTOR, Role.OG_DIRECTOR])
def test_the_others_are_not_told_it(world: World, client_as: Callable[[User], Client], role: Role) -> None:
    give(of(world, 1))
    page = plain(client_as(world.person(role)).get(reverse("project", args=[SLUG])))
    assert "relevé" not in page


def test_the_lead_finds_what_is_late_in_their_work(world: World, lead: Client) -> None:
    campaign = campaign_of(world)
    assert url("campaign", CODE) not in lead.get("/").text  # its day is to come
    put(campaign, due_on=TODAY - 2 * DAY)
    page = lead.get("/")
    assert f"Trois relevés {spaces(campaign.period.genitive)} manquent" in spaces(text(parse(page.content)))
    assert url("campaign", CODE) in page.text
    for rank in range(3):
        give(of(world, rank))
    assert url("campaign", CODE) not in lead.get("/").text


def test_nobody_else_is_told_what_is_late(world: World, client_as: Callable[[User], Client]) -> None:
    put(campaign_of(world), due_on=TODAY - 2 * DAY)
    for role in (Role.COSTRAT, Role.OG_DIRECTOR, Role.ESMS_DIRECTOR):
        assert url("campaign", CODE) not in client_as(world.person(role)).get("/").text
