"""What each reader finds on the dashboards of a project."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from common import french
from common.scope import elevated
from indicators.enums import StatementStatus
from indicators.models import Figure, Statement, Target
from indicators.selectors.definitions import by_code, followed
from organisations.enums import Role
from organisations.models import User
from tests.harness.indicators import RATE, RECORDS, TEXT, current_period
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db

Sign = Callable[[User], Client]
TICKETS = "tickets_created_count"


def read(client: Client, name: str, *args: str, **parameters: str) -> str:
    answer = client.get(reverse(name, args=[SLUG, *args]), parameters)
    assert answer.status_code == 200
    return text(answer)


def text(answer: HttpResponse) -> str:
    """With plain spaces."""
    return answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


@contextmanager
def taken_back() -> Iterator[None]:
    """What was given is open again, for the time of a change."""
    with elevated():
        given = list(Statement.objects.filter(status=StatementStatus.GIVEN).values_list("pk", flat=True))
        Statement.objects.filter(pk__in=given).update(status=StatementStatus.OPEN)
        yield
        Statement.objects.filter(pk__in=given).update(status=StatementStatus.GIVEN)


def change(world: World, code: str, *terms: tuple[int, int | None]) -> None:
    """What each structure of the world gave for its last period, in their order."""
    period = current_period().previous
    with taken_back():
        one = by_code(followed(world.project))[code]
        for esms, (amount, base) in zip(world.own.structures, terms, strict=True):
            Figure.objects.update_or_create(
                place=esms.pk,
                indicator=one.indicator,
                period_start=period.start,
                frequency=period.frequency,
                defaults={"amount": amount, "base": base},
                create_defaults={
                    "amount": amount,
                    "base": base,
                    "published": True,
                    "project": world.project,
                    "og_id": esms.og_id,
                    "esms": esms,
                    "definition": one.definition,
                },
            )


def aim(world: World, code: str, value: int) -> None:
    with elevated():
        one = by_code(followed(world.project))[code]
        Target.objects.create(
            project=world.project, place=world.project.pk, indicator=one.indicator, value=value, from_on="2020-01-01"
        )


# --- Who reads what --------------------------------------------------------------------------------------------------


def test_the_lead_reads_each_structure_and_the_whole(world: World, lead: Client) -> None:
    page = read(lead, "indicators", famille="dossiers")
    assert "les trois structures ont rendu leur relevé" in page
    assert "90 sur 180" in page  # 30 of 60 in each of three
    for esms in world.own.structures:
        assert esms.name in page


def test_the_direction_of_an_og_reads_its_own_structures_and_adds_only_them(world: World, client_as: Sign) -> None:
    page = read(client_as(world.own.people[Role.OG_DIRECTOR]), "indicators", famille="dossiers")
    own = [esms for esms in world.own.structures if esms.og_id == world.own.structures[0].og_id]
    others = [esms for esms in world.own.structures if esms not in own]
    assert others
    assert all(esms.name in page for esms in own)
    assert not any(esms.name in page for esms in others)
    assert f"{30 * len(own)} sur {60 * len(own)}" in page
    assert "les chiffres d’ensemble n’ajoutent qu’elles" in page


def test_an_observer_reads_totals_and_names_no_structure(world: World, client_as: Sign) -> None:
    observer = client_as(world.own.people[Role.OBSERVER])
    page = read(observer, "indicators", famille="dossiers")
    assert "90 sur 180" in page
    assert "jamais ceux d’une structure" in page
    one = read(observer, "indicator_of_project", RECORDS)
    assert "L’ensemble porte sur trois structures, soit 90 sur 180." in one
    for esms in world.own.structures:
        assert esms.name not in page + one
    assert "À accompagner" not in one


def test_an_observer_is_told_nothing_over_two_structures(world: World, client_as: Sign) -> None:
    with taken_back():
        Figure.objects.filter(place=world.own.structures[0].pk, indicator__code=RECORDS).update(published=False)
    page = read(client_as(world.own.people[Role.OBSERVER]), "indicators", famille="dossiers")
    assert "Moins de trois structures" in page
    assert "60 sur 120" not in page


def test_the_vendor_reads_the_support_it_gives_and_nothing_else(world: World, client_as: Sign) -> None:
    vendor = client_as(world.own.people[Role.VENDOR])
    change(world, TICKETS, (10, None), (12, None), (15, None))
    period = current_period().previous.code
    page = read(vendor, "indicators", periode=period)
    assert "37 tickets" in page
    assert "Taux de connexion" not in page
    assert "ont rendu leur relevé" not in page
    assert "37 tickets" in read(vendor, "indicator_of_project", TICKETS, periode=period)
    assert vendor.get(reverse("indicator_of_project", args=[SLUG, RATE])).status_code == 404


def test_files_hold_what_their_pages_show(world: World, lead: Client, client_as: Sign) -> None:
    address = reverse("indicator_of_project_export", args=[SLUG, RECORDS])
    name = world.own.structures[0].name
    assert name in lead.get(address, {"format": "csv"}).content.decode()
    seen = client_as(world.own.people[Role.OBSERVER]).get(address, {"format": "csv"}).content.decode()
    assert "180" in seen
    assert name not in seen


# --- What pages say --------------------------------------------------------------------------------------------------


def test_the_map_says_in_words_how_far_each_value_is_from_its_target(world: World, lead: Client) -> None:
    change(world, RECORDS, (60, 60), (50, 60), (10, 60))
    aim(world, RECORDS, 100)
    page = read(lead, "indicators", famille="dossiers")
    assert "Une valeur atteint la cible, sur trois ; une en est loin" in page
    for tone, value in (("ok", "100 %"), ("progress", "83,3 %"), ("late", "16,7 %")):
        cell = page[page.index(f'<td data-tone="{tone}" data-label="Dossiers administratifs') :]
        assert value in cell[: cell.index("</td>")]


def test_without_a_target_a_value_has_no_tone(world: World, lead: Client) -> None:
    page = read(lead, "indicators", famille="dossiers")
    assert "sans cible à laquelle les comparer" in page
    assert '<td data-tone="ok"' not in page
    assert '<td data-tone="none"' in page


def test_structures_stand_by_value_around_the_target_and_three_are_to_support(world: World, lead: Client) -> None:
    change(world, RECORDS, (20, 60), (60, 60), (30, 60))
    aim(world, RECORDS, 80)
    first, second, third = (esms.name for esms in world.own.structures)
    page = read(lead, "indicator_of_project", RECORDS)
    ranked = page[page.index('id="structures"') :]
    places = [ranked.index(word) for word in (second, "Cible du projet", third, first)]
    assert places == sorted(places)
    helped = page[page.index("À accompagner") : page.index('id="structures"')]
    assert first in helped
    assert third in helped
    assert second not in helped


def test_bodies_read_structures_but_no_list_of_those_to_support(world: World, client_as: Sign) -> None:
    aim(world, RECORDS, 80)
    for role in (Role.COSTRAT, Role.COMOP):
        page = read(client_as(world.own.people[role]), "indicator_of_project", RECORDS)
        assert world.own.structures[0].name in page
        assert "À accompagner" not in page


def test_two_periods_are_compared(world: World, lead: Client) -> None:
    period = current_period().previous
    before = period.back(3)
    page = read(lead, "indicator_of_project", RECORDS, periode=period.code, comparee=before.code)
    assert f"Aucune structure n’a de valeur à la fois pour {french.MONTHS[before.start.month - 1]}" in page
    assert "Depuis " not in read(lead, "indicators", periode=period.code, comparee="aucune")


def test_curves_start_at_the_opening_of_each_structure(world: World, lead: Client) -> None:
    page = read(lead, "indicator_of_project", RECORDS)
    chart = page[page.index('id="ouverture"') :]
    assert "J0" in chart
    for esms in world.own.structures:
        assert esms.name in chart


def test_a_masked_value_is_said_to_be_so_and_is_in_no_total(world: World, lead: Client) -> None:
    change(world, RATE, (2, 4), (40, 50), (40, 50))
    page = read(lead, "indicators", famille="usage")
    assert "masqué" in page
    assert "80 sur 100" in page
    one = read(lead, "indicator_of_project", RATE)
    assert "Une structure où le groupe est trop petit pour qu’elle soit dite." in one
    assert "2 sur 4" not in page + one


def test_what_is_written_is_counted_and_not_added(world: World, lead: Client) -> None:
    assert "trois structures ont écrit" in read(lead, "indicator_of_project", TEXT)


# --- Addresses -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "parameters",
    [
        {"periode": "2026-13"},
        {"periode": "octobre"},
        {"periode": "2199-01"},
        {"comparee": "2026-S10"},
        {"famille": "aucune"},
        {"og": "inconnu"},
        {"phase": "inconnue"},
    ],
)
def test_an_address_that_asks_for_what_is_not_there_is_not_found(lead: Client, parameters: dict[str, str]) -> None:
    assert lead.get(reverse("indicators", args=[SLUG]), parameters).status_code == 404


def test_a_filter_keeps_only_its_structures_in_the_map_and_in_the_totals(world: World, lead: Client) -> None:
    kept = world.own.structures[0]
    same = [esms for esms in world.own.structures if esms.og_id == kept.og_id]
    page = read(lead, "indicators", famille="dossiers", og=str(kept.og_id))
    assert f"{30 * len(same)} sur {60 * len(same)}" in page
    assert not any(esms.name in page for esms in world.own.structures if esms not in same)
