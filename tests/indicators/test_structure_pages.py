"""The indicators of one structure: what its page concludes, what it asks to look at, what it does not tell."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.ids import new_id
from common.scope import elevated
from governance.models import Alert
from indicators.models import Definition, Indicator, Statement, Target
from indicators.periods import Period
from indicators.selectors.definitions import by_code, followed
from organisations.enums import Role
from organisations.models import ESMS, User
from tests.factories import ESMSFactory
from tests.harness.htmx import parse
from tests.harness.indicators import RATE, RECORDS, SLOTS, current_period
from tests.harness.risks import untold
from tests.harness.world import INSIDE, SLUG, World
from tests.indicators.given import give, split

pytestmark = pytest.mark.django_db

TICKETS = "tickets_created_count"


@pytest.fixture
def esms(world: World) -> ESMS:
    """A structure that gave nothing yet."""
    return ESMSFactory(og=world.own.ogs[0], slug="digue", name="Foyer de la Digue")


def last() -> Period:
    return current_period()


def page(client: Client, slug: str = "digue", **query: str) -> Any:
    answer = client.get(reverse("structure_indicators", args=[SLUG, slug]), query)
    assert answer.status_code == 200
    return parse(answer.content)


def one(client: Client, code: str, slug: str = "digue") -> Any:
    answer = client.get(reverse("structure_indicator", args=[SLUG, slug, code]))
    assert answer.status_code == 200
    return parse(answer.content)


def plain(found: Any) -> str:
    return " ".join(" ".join(found.itertext()).replace("\xa0", " ").replace("\u202f", " ").split())


def main(found: Any) -> str:
    return plain(found.xpath("//main")[0])


def heading(found: Any) -> str:
    return plain(found.xpath("//h1")[0])


def tile(found: Any, label: str) -> str:
    return next(plain(one) for one in found.xpath("//li[@class='tile']") if label in plain(one))


def row(found: Any, label: str) -> str:
    return next(plain(one) for one in found.xpath("//tbody/tr") if label in plain(one))


def aim(world: World, code: str, value: int) -> None:
    with elevated():
        indicator = Indicator.objects.get(project=world.project, code=code)
        Target.objects.filter(indicator=indicator).delete()
        Target.objects.create(
            project=world.project,
            place=world.project.pk,
            indicator=indicator,
            value=value,
            from_on=timezone.localdate() - timedelta(days=700),
        )


# --- The dashboard ---------------------------------------------------------------------------------------------------


def test_a_tile_says_value_terms_target_and_what_moved(world: World, esms: ESMS, lead: Client) -> None:
    aim(world, RATE, 80)
    give(esms, RATE, last().code, [(60, 72), (67, 72)])
    found = tile(page(lead), "Taux de connexion")
    assert "93,1 % 67 sur 72" in found
    assert "Cible atteinte (80 %)" in found
    assert f"+9,8 points depuis {last().previous.label}".replace("\xa0", " ") in found
    assert "en progrès" in found


def test_the_title_counts_the_targets_that_are_reached(world: World, esms: ESMS, lead: Client) -> None:
    aim(world, RATE, 80)
    aim(world, RECORDS, 90)
    give(esms, RATE, last().code, [(67, 72)])
    give(esms, RECORDS, last().code, [(30, 60)])
    assert heading(page(lead)) == "Foyer de la Digue : une cible atteinte sur deux"


def test_what_is_far_from_its_target_or_moves_the_wrong_way_comes_first(world: World, esms: ESMS, lead: Client) -> None:
    aim(world, RATE, 80)
    give(esms, RATE, last().code, [(40, 72), (20, 72)])
    give(esms, "tickets_blocking_open_count", last().code, [1, 4])  # weekly in the catalogue: not of this page
    give(esms, "ticket_resolution_days", last().code, [3, 7])
    give(esms, RECORDS, last().code, [(30, 60), (45, 60)])
    found = [plain(item) for item in page(lead).xpath("//section[@aria-labelledby='a-regarder']//li")]
    assert [line.split(" : ")[0] for line in found] == ["Taux de connexion", "Délai médian de résolution des tickets"]
    assert "Loin de la cible de 80 %, et dans le mauvais sens : −27,8 points depuis" in found[0]
    assert "Dans le mauvais sens : +4 depuis" in found[1]


def test_a_change_has_a_word_beside_its_colour(esms: ESMS, lead: Client) -> None:
    give(esms, RECORDS, last().code, [(45, 60), (30, 60)])
    give(esms, TICKETS, last().code, [4, 9])  # neither way is better
    found = page(lead)
    worse = found.xpath("//li[@class='tile'][contains(., 'administratif')]//*[@data-tone='late']")
    assert "en recul" in plain(worse[0])
    assert "+5 depuis" in main(found)
    assert "a changé" in main(found)


def test_periods_are_chosen_and_compared(esms: ESMS, lead: Client) -> None:
    give(esms, RECORDS, last().code, [(10, 60), (30, 60), (45, 60)])
    first, second = last().back(2), last().back(1)
    found = page(lead, periode=second.code, comparee=first.code)
    assert "50 % 30 sur 60" in tile(found, "administratif")
    assert "+33,3 points depuis" in tile(found, "administratif")
    assert "75 %" not in tile(found, "administratif")
    options = found.xpath("//select[@name='periode']/option[@selected]/@value")
    assert options == [second.code]


@pytest.mark.parametrize("query", [{"periode": "hier"}, {"periode": "2090-01"}, {"comparee": "2026-S41"}])
def test_a_period_that_is_none_is_not_found(world: World, esms: ESMS, lead: Client, query: dict[str, str]) -> None:
    answer = lead.get(reverse("structure_indicators", args=[SLUG, "digue"]), query)
    assert answer.status_code == 404


def test_a_quarter_is_read_at_its_own_latest_period(esms: ESMS, lead: Client) -> None:
    give(esms, RECORDS, last().code, [(45, 60)])
    quarter = Period.of("quarterly", timezone.localdate()).previous
    give(esms, "risk_questionnaire_score", quarter.code, [420], origin="computed")
    found = tile(page(lead), "questionnaire")
    assert plain_label(quarter) in found
    assert "420" in found


def plain_label(period: Period) -> str:
    label = period.label.replace("\xa0", " ")
    return label[:1].upper() + label[1:]


def test_a_computed_figure_leads_to_how_it_was(esms: ESMS, lead: Client) -> None:
    give(esms, "open_risks_count", last().code, [3], origin="computed")
    found = page(lead).xpath("//main//a/@href")
    assert reverse("indicator_computed", args=[SLUG, "digue", "open_risks_count", last().code]) in found


def test_why_there_is_no_value_is_said_in_words(esms: ESMS, lead: Client) -> None:
    give(esms, RATE, last().code, [(2, 3)])
    give(esms, RECORDS, last().code, [(30, 60)])
    found = main(page(lead))
    assert "Masqué : Taux de connexion. Groupe de moins de cinq personnes" in found
    assert "Sera calculé quand" not in found  # within the sentence: no capital
    assert "sera calculé quand les sessions de formation seront tenues ici" in found


def test_an_absence_says_why(esms: ESMS, lead: Client) -> None:
    give(esms, RECORDS, last().code, [(30, 60)])
    one_row = give(esms, TICKETS, last().code, [1])[0]
    with elevated():
        type(one_row).objects.filter(pk=one_row.pk).update(
            amount=None, absence="unavailable", why="Le support n’a pas répondu"
        )
    assert "Non disponible : Le support n’a pas répondu" in row(page(lead), "assistance créés")


def test_an_open_alert_about_the_structure_is_there_and_leads_to_it(world: World, esms: ESMS, lead: Client) -> None:
    give(esms, RECORDS, last().code, [(30, 60)])
    with elevated():
        alert = Alert.objects.create(
            project=world.project,
            og=esms.og,
            esms=esms,
            number=900,
            subject="Taux de connexion en baisse",
            text="À voir",
            raised_by=world.lead,
        )
        Alert.objects.create(
            project=world.project,
            og=esms.og,
            esms=esms,
            number=901,
            subject="Déjà répondue",
            text="À voir",
            raised_by=world.lead,
            answer="C’est fait",
            answered_by=world.lead,
            answered_at=timezone.now(),
        )
    found = page(lead)
    watched = found.xpath("//section[@aria-labelledby='a-regarder']//a")
    assert [link.get("href") for link in watched] == [reverse("alert", args=[SLUG, alert.number])]
    assert "Déjà répondue" not in main(found)


def test_nothing_given_says_what_will_be_there(esms: ESMS, lead: Client) -> None:
    found = page(lead)
    assert "Pas encore de chiffres" in main(found)
    assert not found.xpath("//a[contains(@href, 'export')]")


def test_what_is_not_given_is_not_read(world: World, lead: Client) -> None:
    """Of the structure of the world, a text is being entered."""
    assert untold(INSIDE) not in main(page(lead, "foyer"))


# --- Who -------------------------------------------------------------------------------------------------------------


def test_its_people_are_told_what_to_give_and_where(world: World, client_as: Callable[[User], Client]) -> None:
    director = client_as(world.person(Role.ESMS_DIRECTOR))
    found = page(director, "foyer")
    note = plain(found.xpath("//div[contains(@class, 'messages')]")[0])
    assert "à rendre pour le" in note
    links = found.xpath("//div[contains(@class, 'messages')]//a/@href")
    assert links == [reverse("statement", args=[SLUG, "foyer", last().code])]
    for role in (Role.PROJECT_LEAD, Role.OG_DIRECTOR, Role.COSTRAT, Role.COMOP):
        other = page(client_as(world.person(role)), "foyer")
        assert "est à rendre" not in main(other), role


def test_the_lead_sees_a_late_statement_and_others_do_not(
    world: World, lead: Client, client_as: Callable[[User], Client]
) -> None:
    work = world.own.indicator_work[0]
    with elevated():
        campaign = work.statement.campaign
        type(campaign).objects.filter(pk=campaign.pk).update(
            opens_on=timezone.localdate() - timedelta(days=20), due_on=timezone.localdate() - timedelta(days=2)
        )
        assert Statement.objects.filter(pk=work.statement.pk, status="open").exists()
    watched = "//section[@aria-labelledby='a-regarder']//a/@href"
    there = reverse("indicator_campaign", args=[SLUG, last().code])
    assert there in page(lead, "foyer").xpath(watched)
    for role in (Role.OG_DIRECTOR, Role.COSTRAT, Role.COMOP):
        assert there not in page(client_as(world.person(role)), "foyer").xpath(watched)


# --- One indicator ---------------------------------------------------------------------------------------------------


def test_one_indicator_over_time_with_its_comments_and_its_target(world: World, esms: ESMS, lead: Client) -> None:
    aim(world, RATE, 80)
    give(esms, RATE, last().previous.code, [(30, 60)], comment="Mois de congés")
    give(esms, RATE, last().code, [(50, 60)])
    found = one(lead, RATE)
    assert heading(found) == "Taux de connexion : 83,3 %"
    assert "La cible de 80 % est atteinte." in main(found)
    rows = [plain(line) for line in found.xpath("//section[@aria-labelledby='valeurs']//tbody/tr")]
    assert [line.split(" %")[0] for line in rows] == [
        f"{plain_label(last())} 83,3",
        f"{plain_label(last().previous)} 50",
    ]
    assert "Mois de congés" in rows[1]
    assert found.xpath("//figure[@data-chart='line']")


def test_the_opening_and_the_change_of_a_definition_stand_on_the_curve(world: World, esms: ESMS, lead: Client) -> None:
    with elevated():
        ESMS.objects.filter(pk=esms.pk).update(opened_on=last().back(3).start)
    give(esms, RECORDS, last().previous.code, [(10, 60), (20, 60), (30, 60)])
    with elevated():
        definition = by_code(followed(world.project))[RECORDS].definition
        definition.pk, definition.token, definition.number = new_id(), new_id(), definition.number + 1
        definition.why = "Les dossiers archivés ne comptent plus."
        definition.save(force_insert=True)
    give(esms, RECORDS, last().code, [(40, 60)])
    found = one(lead, RECORDS)
    drawn = [plain(word) for word in found.xpath("//figure[@data-chart='line']//*[local-name()='text']")]
    assert "J0" in drawn
    assert "v2" in drawn
    assert "Les dossiers archivés ne comptent plus." in main(found)
    with elevated():
        assert Definition.objects.filter(indicator__code=RECORDS, project=world.project).count() == 2


def test_a_split_withholds_its_small_cells_on_the_page_and_in_the_files(world: World, esms: ESMS, lead: Client) -> None:
    rows = give(esms, SLOTS, last().code, [100])
    split(rows[0], {"weekday_day": 70, "weekday_evening": 18, "night": 3, "weekend": 9})
    found = one(lead, SLOTS)
    table = {
        plain(line.xpath("th")[0]): plain(line.xpath("td")[0])
        for line in found.xpath("//section[@aria-labelledby='ventilation']//table[not(ancestor::figure)]//tbody/tr")
    }
    assert table == {
        "Jour ouvré, 7 h à 19 h": "70",
        "Jour ouvré, 19 h à 22 h": "18",
        "Nuit, 22 h à 7 h": "masqué",
        "Week-end et jours fériés, 7 h à 22 h": "masqué",
        "Ensemble": "100",
    }
    assert "rien ne doit permettre de le retrouver" in main(found)


def test_rules_are_said_in_words(esms: ESMS, lead: Client) -> None:
    assert "inférieure à 50 %" in main(one(lead, RATE))


def test_an_indicator_given_up_is_still_read(world: World, esms: ESMS, lead: Client) -> None:
    give(esms, RECORDS, last().code, [(30, 60)])
    with elevated():
        Indicator.objects.filter(project=world.project, code=RECORDS).update(active=False)
    assert "Le projet ne suit plus cet indicateur" in main(one(lead, RECORDS))
    assert "50 %" in main(one(lead, RECORDS))


@pytest.mark.parametrize("code", ["inconnu", "budget_consumed_amount"])
def test_what_is_not_of_structures_is_not_found(esms: ESMS, lead: Client, code: str) -> None:
    assert lead.get(reverse("structure_indicator", args=[SLUG, "digue", code])).status_code == 404


def test_who_reads_the_whole_project_goes_on_to_it(world: World, client_as: Callable[[User], Client]) -> None:
    there = reverse("indicator_of_project", args=[SLUG, RATE])
    for role, reads in ((Role.COSTRAT, True), (Role.OG_DIRECTOR, False), (Role.ESMS_DIRECTOR, False)):
        links = one(client_as(world.person(role)), RATE, "foyer").xpath("//main//a/@href")
        assert (there in links) is reads, role


# --- Files -----------------------------------------------------------------------------------------------------------


def lines(client: Client, name: str, *more: str) -> list[dict[str, str]]:
    answer = client.get(reverse(name, args=[SLUG, "digue", *more]), {"format": "csv"})
    assert answer["Content-Disposition"].startswith("attachment")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_the_file_says_what_the_page_says(world: World, esms: ESMS, lead: Client) -> None:
    aim(world, RECORDS, 90)
    give(esms, RECORDS, last().code, [(10, 60), (30, 60)])
    give(esms, RATE, last().code, [(2, 3)])
    found = {line["Indicateur"]: line for line in lines(lead, "structure_indicators_export")}
    records = next(line for label, line in found.items() if "administratif" in label)
    assert (records["Valeur"], records["Numérateur ou valeur"], records["Dénominateur"]) == ("50\xa0%", "30", "60")
    assert records["Par rapport à la cible"] == "Loin de la cible"
    rate = found["Taux de connexion"]
    assert (rate["Valeur"], rate["Numérateur ou valeur"], rate["Dénominateur"]) == ("masqué", "", "")


def test_the_file_of_an_indicator_is_its_values(esms: ESMS, lead: Client) -> None:
    give(esms, RECORDS, last().code, [(10, 60), (30, 60)])
    found = lines(lead, "structure_indicator_export", RECORDS)
    assert [line["Valeur"] for line in found] == ["50\xa0%", "16,7\xa0%"]
