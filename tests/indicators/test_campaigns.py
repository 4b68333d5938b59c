"""Campaigns: the lead opens, gives more time, asks more structures, closes, thinks again."""

from typing import Any

import pytest
from django.test import Client

from common.errors import DomainError
from common.scope import elevated
from indicators.enums import Frequency
from indicators.models import Campaign, Collection, Definition, Indicator, Statement
from indicators.periods import Period
from indicators.services import campaigns as services
from organisations.enums import Phase
from organisations.models import ESMS
from tests.factories import ESMSFactory
from tests.harness.htmx import parse
from tests.harness.world import World
from tests.indicators.campaigns import (
    CODE,
    CURRENT,
    DAY,
    OLD,
    OVER_CODE,
    TODAY,
    campaign_of,
    form,
    heading,
    opens,
    plain,
    put,
    statements,
    ticked,
    url,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _phases(world: World) -> None:
    """The structures of the world are where a project collects from."""
    with elevated():
        ESMS.objects.filter(project=world.project).update(phase=Phase.ROLLOUT)


def usage_only(world: World) -> None:
    """The project follows usage alone, every month."""
    with elevated():
        kept = Definition.objects.filter(project=world.project, phase="usage").values("indicator")
        Indicator.objects.filter(project=world.project).exclude(pk__in=kept).update(active=False)


# --- Opening ---------------------------------------------------------------------------------------------------------


def test_a_form_posted_twice_opens_once_and_each_structure_has_its_statement(world: World, lead: Client) -> None:
    data = form(world.own.structures)
    first, second = lead.post(url("campaign_open"), data), lead.post(url("campaign_open"), data)
    assert first.url == second.url == url("campaign", OLD.code)
    page = lead.get(first.url)
    assert heading(page) == "Aucun relevé n’est encore rendu"
    assert "Pour le COSTRAT" in plain(page)
    assert set(statements(campaign_of(world, OLD))) == {esms.pk for esms in world.own.structures}


def test_the_days_and_the_structures_of_the_project_are_proposed(world: World, lead: Client) -> None:
    with elevated():
        ESMS.objects.filter(pk=world.own.structures[2].pk).update(phase=Phase.FRAMING)
        rows = Collection.objects.filter(project=world.project, frequency=Frequency.MONTHLY)
        rows.update(opens_after=2, due_after=60, closes_after=90)
        Campaign.objects.filter(pk=campaign_of(world).pk).update(period_start=OLD.start)
    page = lead.get(url("campaign_open"))
    read = parse(page.content)
    assert read.xpath("//select[@name='period']//option[@selected]/@value") == [CODE]
    days = [read.xpath(f"//input[@name='{name}']/@value")[0] for name in ("opens_on", "due_on", "closes_on")]
    assert days == [(CURRENT.end + days * DAY).isoformat() for days in (2, 60, 90)]
    assert ticked(page) == {str(esms.pk) for esms in world.own.structures[:2]}


def test_a_past_period_is_caught_up_with_days_to_come(world: World, lead: Client) -> None:
    page = lead.post(url("campaign_open"), {**form([]), "propose": "1"})
    read = parse(page.content)
    assert read.xpath("//select[@name='period']//option[@selected]/@value") == [OLD.code]
    opens_on, due_on = (read.xpath(f"//input[@name='{name}']/@value")[0] for name in ("opens_on", "due_on"))
    assert opens_on == TODAY.isoformat()
    assert due_on > opens_on
    assert read.xpath("string(//textarea[@name='message'])").strip() == "Pour le COSTRAT"


def test_neither_a_period_to_come_nor_one_that_has_its_campaign_is_offered(world: World, lead: Client) -> None:
    offered = parse(lead.get(url("campaign_open")).content).xpath("//select[@name='period']//option/@value")
    assert Period.of(Frequency.MONTHLY, TODAY).code in offered
    assert Period.of(Frequency.MONTHLY, TODAY).next.code not in offered
    assert not {CODE, OVER_CODE} & set(offered)
    taken = lead.post(url("campaign_open"), form(world.own.structures, period=CODE))
    assert taken.status_code == 422
    assert "Cette période a déjà sa campagne" in plain(taken)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"structures": []}, "Choisissez au moins une structure."),
        ({"due_on": (TODAY - DAY).isoformat()}, "Ce jour est passé"),
        ({"opens_on": (TODAY + 11 * DAY).isoformat()}, "L’ouverture vient avant l’échéance."),
        ({"closes_on": (TODAY + 9 * DAY).isoformat()}, "La clôture vient après l’échéance"),
        ({"closes_on": "9999-12-31"}, "Une campagne dure un an au plus"),
        (
            {"period": Period.of(Frequency.MONTHLY, TODAY).code, "due_on": TODAY.isoformat()},
            "La période s’achève le" if Period.of(Frequency.MONTHLY, TODAY).end >= TODAY else "",
        ),
        ({"due_on": ""}, "Donnez une date."),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words_and_nothing_typed_is_lost(
    world: World, lead: Client, values: dict[str, Any], said: str
) -> None:
    answer = lead.post(url("campaign_open"), form(world.own.structures[:1], **values))
    assert answer.status_code == 422
    assert said in plain(answer)
    assert "Pour le COSTRAT" in plain(answer)
    if "structures" not in values:
        assert ticked(answer) == {str(world.own.structures[0].pk)}
    with elevated():
        assert Campaign.objects.filter(project=world.project).count() == 2


def test_a_structure_that_has_nothing_to_enter_is_told_apart_and_refused(world: World, lead: Client) -> None:
    usage_only(world)
    closed_record = world.own.structures[1]
    with elevated():
        ESMS.objects.filter(pk=closed_record.pk).update(opened_on=None)
    page = lead.get(url("campaign_open"), {"periode": OLD.code})
    assert str(closed_record.pk) not in ticked(page)
    assert f"{closed_record.name} n’a rien à saisir pour cette période" in plain(page)
    refused = lead.post(url("campaign_open"), form(world.own.structures))
    assert refused.status_code == 422
    assert "n’a rien à saisir" in plain(refused)


def test_a_structure_of_another_project_is_not_on_offer(world: World, lead: Client) -> None:
    answer = lead.post(url("campaign_open"), form(world.foreign.structures[:1]))
    assert answer.status_code == 422
    with elevated():
        assert not Statement.objects.filter(project=world.project, campaign__period_start=OLD.start).exists()


def test_one_button_ticks_an_og_and_keeps_what_was_typed(world: World, lead: Client) -> None:
    og = world.own.ogs[1]
    answer = lead.post(url("campaign_open"), {**form([]), "tick": f"og:{og.pk}"})
    assert answer.status_code == 200
    assert ticked(answer) == {str(esms.pk) for esms in world.own.structures if esms.og_id == og.pk}
    read = parse(answer.content)
    assert read.xpath("string(//textarea[@name='message'])").strip() == "Pour le COSTRAT"
    assert read.xpath("//select[@name='period']//option[@selected]/@value") == [OLD.code]


def test_whether_the_direction_validates_is_what_the_project_says(world: World) -> None:
    with elevated():
        Collection.objects.filter(project=world.project, frequency=Frequency.MONTHLY).update(validated=True)
    assert opens(world, world.own.structures).validated


def test_what_follows_nothing_leads_to_what_is_to_follow(world: World, lead: Client) -> None:
    with elevated():
        Indicator.objects.filter(project=world.project).update(active=False)
    for name in ("campaigns", "campaign_open"):
        links = parse(lead.get(url(name)).content).xpath("//main//a/@href")
        assert url("definitions") in links


def test_all_of_them_say_what_came_of_each(world: World, lead: Client) -> None:
    page = lead.get(url("campaigns"))
    assert "Trois relevés" in heading(page)
    assert "sont attendus" in heading(page)
    read = plain(page)
    assert "En cours" in read
    assert "Finies" in read
    assert "Rendus à temps" in read
    cells = parse(page.content).xpath("//section[@aria-labelledby='finies']//tbody/tr/td[@class='num']/text()")
    assert cells == ["3", "3", "3", "0"]  # they were given 32 days ago, for a day that was 30 days ago


# --- More time, more structures, its end -----------------------------------------------------------------------------


def test_more_time_moves_the_end_too_and_says_why(world: World, lead: Client) -> None:
    data = {"due_on": (TODAY + 15 * DAY).isoformat(), "reason": "Les vacances", "version": 1}
    assert lead.post(url("campaign_extend", CODE), data).status_code == 302
    page = plain(lead.get(url("campaign", CODE)))
    assert "La date a changé : Les vacances" in page
    assert "nouvelle date" in page
    assert campaign_of(world).closes_on == TODAY + 35 * DAY


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"reason": " "}, "Dites pourquoi la date change"),
        ({"due_on": (TODAY - DAY).isoformat()}, "Ce jour est passé"),
        ({"due_on": (TODAY + 10 * DAY).isoformat()}, "C’est déjà la date demandée"),
    ],
)
def test_more_time_refuses_in_words(world: World, lead: Client, values: dict[str, str], said: str) -> None:
    data = {"due_on": (TODAY + 15 * DAY).isoformat(), "reason": "Les vacances", "version": 1, **values}
    answer = lead.post(url("campaign_extend", CODE), data)
    assert answer.status_code == 422
    assert said in plain(answer)


def test_two_people_who_move_the_date_see_each_other(world: World, lead: Client) -> None:
    with elevated():
        services.extend(campaign=campaign_of(world), version=1, due_on=TODAY + 12 * DAY, reason="La grève")
    data = {"due_on": (TODAY + 15 * DAY).isoformat(), "reason": "Les vacances", "version": 1}
    answer = lead.post(url("campaign_extend", CODE), data)
    assert answer.status_code == 409
    page = parse(answer.content)
    assert "La grève" in plain(answer)
    assert page.xpath("//input[@name='reason']/@value") == ["Les vacances"]
    assert page.xpath("//input[@name='version']/@value") == ["2"]
    assert lead.post(url("campaign_extend", CODE), {**data, "version": 2}).status_code == 302


def test_structures_that_came_since_are_asked_too_once(world: World, lead: Client) -> None:
    new = ESMSFactory(og=world.own.ogs[0], name="Nouvelle", slug="nouvelle", phase=Phase.PILOT)
    assert "Une autre structure peut être interrogée" in plain(lead.get(url("campaign", CODE)))
    assert "Nouvelle" in plain(lead.get(url("campaign_add", CODE)))
    nobody = lead.post(url("campaign_add", CODE), {"structures": [], "version": 1})
    assert nobody.status_code == 422
    assert "Choisissez au moins une structure" in plain(nobody)
    for _ in ("once", "and by mistake again"):
        answer = lead.post(url("campaign_add", CODE), {"structures": [str(new.pk)], "version": 1})
        assert answer.status_code == 302
    assert new.pk in statements(campaign_of(world))


def test_adding_to_a_campaign_that_moved_keeps_the_choice(world: World, lead: Client) -> None:
    new = ESMSFactory(og=world.own.ogs[0], name="Nouvelle", slug="nouvelle", phase=Phase.PILOT)
    with elevated():
        services.extend(campaign=campaign_of(world), version=1, due_on=TODAY + 12 * DAY, reason="La grève")
    answer = lead.post(url("campaign_add", CODE), {"structures": [str(new.pk)], "version": 1})
    assert answer.status_code == 409
    assert ticked(answer) == {str(new.pk)}


def test_more_time_than_a_year_is_refused_in_words(world: World, lead: Client) -> None:
    data = {"due_on": "9999-12-31", "reason": "Plus de temps", "version": campaign_of(world).version}
    answer = lead.post(url("campaign_extend", CODE), data)
    assert answer.status_code == 422
    assert "Une campagne dure un an au plus" in plain(answer)


def test_closing_says_first_what_stops_then_stops_it_and_may_be_undone(world: World, lead: Client) -> None:
    before = plain(lead.get(url("campaign_close", CODE)))
    assert "Trois relevés ne sont pas rendus" in before
    assert world.own.structures[0].name in before
    answer = lead.post(url("campaign_close", CODE), {"version": 1}, follow=True)
    assert "Trois relevés restent non rendus" in plain(answer)
    assert not campaign_of(world).is_running(TODAY)
    assert heading(answer) == "Aucun relevé n’est rendu"
    undo = parse(answer.content).xpath("//form[.//input[@name='undo']]/@action")
    assert undo == [url("campaign_reopen", CODE)]
    assert "est rouverte" in plain(lead.post(undo[0], {"undo": 1}, follow=True))
    assert campaign_of(world).is_running(TODAY)


def test_what_is_reopened_after_its_last_day_says_to_give_more_time(world: World, lead: Client) -> None:
    put(
        campaign_of(world), closed_at=f"{TODAY}T00:00Z", closed_by=world.lead, due_on=TODAY - DAY, closes_on=TODAY - DAY
    )
    answer = lead.post(url("campaign_reopen", CODE), follow=True)
    assert "donnez plus de temps aux structures" in plain(answer)


def test_closing_what_somebody_moved_shows_it_first(world: World, lead: Client) -> None:
    with elevated():
        services.extend(campaign=campaign_of(world), version=1, due_on=TODAY + 12 * DAY, reason="La grève")
    answer = lead.post(url("campaign_close", CODE), {"version": 1})
    assert answer.status_code == 409
    assert "Quelqu’un a changé la campagne entre-temps" in plain(answer)
    assert campaign_of(world).closed_at is None


def test_what_is_closed_is_not_extended_nor_added_to(world: World) -> None:
    with elevated():
        services.close(campaign=campaign_of(world), version=1, by=world.lead)
        with pytest.raises(DomainError, match="Cette campagne est close"):
            services.extend(campaign=campaign_of(world), version=2, due_on=TODAY + 12 * DAY, reason="La grève")


def test_an_address_that_names_no_period_is_not_found(world: World, lead: Client) -> None:
    for code in ("2026-13", "2026-S60", "n-importe-quoi"):
        assert lead.get(url("campaign", code)).status_code == 404
