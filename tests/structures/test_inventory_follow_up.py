"""The inventories of all structures, side by side: who reads what, and that the figures are those of the structures."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.scope import elevated
from common.spreadsheets.files import read
from organisations.enums import Phase, Role
from organisations.models import ESMS
from structures.enums.inventory import InventoryStatus, Readiness
from structures.inventory_figures import BANDS, NO_MEASURE, figures_of
from structures.models import Inventory, InventoryCollection, InventoryThreshold
from structures.selectors.inventory_follow_up import FollowUp, follow_up
from structures.tools.inventory import inventory_asks
from tests.factories import ESMSFactory, MembershipFactory
from tests.harness.htmx import HTMX, parse, text
from tests.harness.world import CANARIES, INSIDE, RIVAL, SIBLING, SLUG, World
from tests.structures.inventory_factories import remark, settle
from tests.structures.inventory_follow_up_factories import call_for, effort, said, tool

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
FIGURES_READERS = (Role.COSTRAT, Role.COMOP, Role.OBSERVER)


def url(name: str, *args: str, **query: str) -> str:
    found = reverse(name, args=[SLUG, *args])
    return f"{found}?{'&'.join(f'{key}={value}' for key, value in query.items())}" if query else found


def plain(answer: Any) -> str:
    return text(parse(answer.content).xpath("//main")[0]).replace("\xa0", " ").replace("\u202f", " ")


def heading(answer: Any) -> str:
    return " ".join(parse(answer.content).xpath("string(//h1)").split()).replace("\u202f", " ")


def kept(model: type[Model]) -> list[Any]:
    """All its rows, whoever may read them."""
    with elevated():
        return list(model._default_manager.all())


def fresh(world: World) -> list[ESMS]:
    """The structures of the world, whose inventories of before are closed, and three more: upstream."""
    with elevated():
        for inventory in Inventory.objects.filter(number=2).select_related("started_by"):
            settle(inventory, InventoryStatus.TRANSMITTED, inventory.started_by)
    more = [ESMSFactory(og=world.own.ogs[0], name=f"Service {rank}", slug=f"service-{rank}") for rank in (1, 2, 3)]
    return [*world.own.structures, *more]


@pytest.fixture
def several(world: World) -> list[ESMS]:
    """Six structures: two ready, one under reserve, one not ready, one that is writing, one that has not begun."""
    first, sibling, rival, *more = fresh(world)
    by = world.lead
    said(
        first,
        by,
        number=3,
        software=[
            tool("Planif", users_count=12, contract_end=(TODAY + timedelta(days=40)).isoformat()),
            tool("=1+1", functional_area="billing", publisher="Bistre", future="replaced"),
        ],
        projects=[effort(f"Chantier {INSIDE}")],
    )
    said(sibling, by, number=3, backup_link=False, software=[tool("planif "), tool(f"Autre {SIBLING}")])
    said(
        rival, by, number=3, downstream_mbps="4", peak_users=20, backup_link=False, software=[tool(f"Ailleurs {RIVAL}")]
    )
    said(more[0], by, software=[])
    said(more[1], by, status=InventoryStatus.DRAFT, downstream_mbps=...)
    return [first, sibling, rival, *more]


# --- What the project lead reads -------------------------------------------------------------------------------------


def test_the_title_says_who_transmitted_and_who_is_not_ready(several: list[ESMS], lead: Client) -> None:
    answer = lead.get(url("inventory_follow_up"))
    assert heading(answer) == "Quatre structures sur six ont transmis leur état des lieux ; une n’est pas prête"
    page = plain(answer)
    assert "Deux structures doivent encore transmettre" in page
    assert "Service 3, Amont : pas commencé" in page
    assert "Service 2, Amont : en cours de saisie" in page
    assert "« Lien internet de secours » revient le plus : deux structures sont concernées" in page


def test_each_cell_opens_the_section_of_the_structure(several: list[ESMS], lead: Client) -> None:
    page = parse(lead.get(url("inventory_follow_up")).content)
    (row,) = page.xpath("//figure//tbody/tr[starts-with(normalize-space(th), 'Foyer d’Aval')]")
    (cell,) = row.xpath("td[@data-label='Réseau et connectivité']")
    assert text(cell).startswith("1 bloquant")
    assert cell.get("data-tone") == "ko"
    place = f"/projets/{SLUG}/structures/foyer-aval/etat-des-lieux/sections/network/"
    assert cell.xpath("a/@href") == [place]
    assert lead.get(place).status_code == 200


def followed(world: World, structures: list[ESMS]) -> FollowUp:
    with elevated():
        return follow_up(world.project, structures)


def test_figures_are_those_of_a_hand_count(several: list[ESMS], world: World) -> None:
    follow = followed(world, several)
    figures = figures_of(follow.form, follow.evaluations, today=TODAY)
    assert figures.structures == 4
    ready = [figures.readiness[level] for level in Readiness]
    assert ready == [2, 1, 1]
    assert {item.field.code: item.count for item in figures.signalled} == {"backup_link": 2, "downstream_mbps": 1}
    assert figures.bands == {BANDS[0][1]: 3, BANDS[-1][1]: 1}  # 73,6 ÷ 23 three times, 4 ÷ 20
    assert (figures.answers["backup_link"][True], figures.answers["backup_link"][False]) == (2, 2)
    assert figures.sums["users_to_equip"] == 4 * 58
    assert figures.sums["peak_users"] == 3 * 23 + 20
    assert figures.areas == {"staff_planning": 3, "billing": 1}
    assert figures.future == {"kept_linked": 4, "replaced": 1}
    assert figures.ends == {(TODAY + timedelta(days=40)).year: 1}
    assert (figures.project_loads, figures.structures_with_projects) == ({"heavy": 1}, 1)


def test_a_rate_without_users_is_no_band(several: list[ESMS], world: World) -> None:
    said(several[5], world.lead, peak_users=...)
    follow = followed(world, several[5:])
    assert figures_of(follow.form, follow.evaluations, today=TODAY).bands == {NO_MEASURE: 1}


def test_the_same_software_under_two_spellings_is_one(several: list[ESMS], lead: Client) -> None:
    answer = lead.get(url("inventory_software"))
    assert heading(answer) == "Quatre logiciels de deux éditeurs ; un contrat finit dans l’année"
    page = parse(answer.content)
    (row,) = page.xpath("//tr[th[.='Planif']]")
    assert text(row.xpath("td[@data-label='Combien']")[0]) == "2"
    assert "Une structure a plusieurs logiciels pour un même domaine" in plain(answer)
    assert "dans 40 jours" in plain(answer)


def test_means_and_competing_projects_name_the_structures(several: list[ESMS], lead: Client) -> None:
    means = lead.get(url("inventory_means"))
    assert heading(means) == "Une structure manque de débit"
    assert "Foyer d’Aval Débit insuffisant0,2 Mbit/s4 Mbit/s20" in plain(means)
    busy = lead.get(url("inventory_competing"))
    assert heading(busy) == "Un autre projet occupe une structure ; un pèse fortement sur les équipes"
    assert f"Chantier {INSIDE}" in plain(busy)


def test_one_question_across_the_structures(several: list[ESMS], lead: Client) -> None:
    answer = lead.get(url("inventory_field", "backup_link"))
    assert heading(answer) == "Lien internet de secours : deux structures sur cinq sont signalées"
    rows = [text(row) for row in parse(answer.content).xpath("//table[contains(@class, 'stacks')]/tbody/tr")]
    assert [row.split(" Oui")[0].split("Non")[0].strip() for row in rows][:2] == ["AtelierAmont", "Foyer d’AvalAval"]
    assert len(rows) == 6
    assert rows[-1].endswith("Sans réponse")
    number = plain(lead.get(url("inventory_field", "downstream_mbps")))
    assert "De 4 Mbit/s à 73,6 Mbit/s ; une structure sur deux a 73,6 Mbit/s ou plus." in number
    for code in (
        "software_in_place",
        "last_restore_test",
        "users_per_device",
        "interfaces_needed",
        "support_delay_hours",
    ):
        assert lead.get(url("inventory_field", code)).status_code == 200


def test_a_structure_among_devices_without_any_is_said_in_words(
    several: list[ESMS], world: World, lead: Client
) -> None:
    said(several[5], world.lead, fixed_workstations=0, laptops=0, tablets_smartphones=0)
    assert "aucun appareil" in plain(lead.get(url("inventory_field", "users_per_device")))
    assert "aucun appareil" in plain(lead.get(url("inventory_means")))


def test_filters_narrow_all_pages_and_only_to_what_is_there(several: list[ESMS], world: World, lead: Client) -> None:
    with elevated():
        ESMS.objects.filter(pk=several[0].pk).update(phase=Phase.PILOT)
    narrowed = lead.get(url("inventory_follow_up", phase=Phase.PILOT))
    assert heading(narrowed) == "La structure a transmis son état des lieux ; elle est prête"
    assert parse(narrowed.content).xpath("//details[contains(@class, 'narrow')]/form/@action") == [
        url("inventory_follow_up")
    ]
    links = parse(narrowed.content).xpath("//nav[@aria-label='Pages des états des lieux']//a/@href")
    assert url("inventory_software", phase=Phase.PILOT) in links
    assert heading(lead.get(url("inventory_follow_up", og=str(world.own.ogs[1].pk)))) == (
        "La structure a transmis son état des lieux ; une n’est pas prête"
    )
    assert lead.get(url("inventory_follow_up", og=str(world.foreign.ogs[0].pk))).status_code == 404
    assert lead.get(url("inventory_follow_up", phase="ailleurs")).status_code == 404


# --- Who reads what --------------------------------------------------------------------------------------------------


def test_the_direction_of_an_og_reads_its_own_structures(
    several: list[ESMS], world: World, client_as: Callable
) -> None:
    director = client_as(world.person(Role.OG_DIRECTOR))
    answer = director.get(url("inventory_follow_up"))
    assert heading(answer) == "Trois structures sur cinq ont transmis leur état des lieux ; une l’est sous réserve"
    for name in ("inventory_follow_up", "inventory_software", "inventory_means", "inventory_competing"):
        page = director.get(url(name)).content.decode()
        assert RIVAL not in page
        assert "Foyer d’Aval" not in page
    assert "Foyer d’Aval" not in director.get(url("inventory_field", "backup_link")).content.decode()
    sheets = read(director.get(url("inventory_export")).content).sheets
    assert "Foyer d’Aval" not in str(sheets)
    assert RIVAL not in str(sheets)
    assert director.get(url("inventory_follow_up", og=str(world.own.ogs[1].pk))).status_code == 404


@pytest.mark.parametrize("role", FIGURES_READERS)
def test_who_reads_figures_reads_no_name_nor_written_text(
    several: list[ESMS], world: World, client_as: Callable, role: Role
) -> None:
    reader = client_as(world.person(role))
    assert reader.get(url("inventory_follow_up")).headers["Location"] == url("inventory_figures")
    answer = reader.get(url("inventory_figures"))
    assert heading(answer) == "Quatre structures sur six ont transmis leur état des lieux ; une n’est pas prête"
    page = parse(answer.content).xpath("string(//main)")
    assert "Lien internet de secours" in page
    assert "2 structures" in page.replace("\xa0", " ")
    hidden = [*CANARIES, "Foyer", "Atelier", "Service", "Planif", "Aster", "Chantier", "=1+1"]
    assert [word for word in hidden if word in page.replace("Service de", "")] == []


def test_figures_wait_for_enough_structures(
    several: list[ESMS], world: World, client_as: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("structures.aggregates.FEWEST", 5)
    page = plain(client_as(world.person(Role.COSTRAT)).get(url("inventory_figures")))
    assert "ils diraient ce qu’une seule a répondu" in page
    assert "Quatre états des lieux sur six sont transmis" in page
    assert "Lien internet de secours" not in page


def test_who_directs_an_og_and_sits_at_the_costrat_reads_both(
    several: list[ESMS], world: World, client_as: Callable
) -> None:
    director = world.person(Role.OG_DIRECTOR)
    MembershipFactory(user=director, role=Role.OBSERVER, target=world.project)
    page = client_as(director).get(url("inventory_follow_up"))
    assert "sur cinq" in heading(page)
    assert url("inventory_figures") in page.content.decode()
    assert "sur six" in heading(client_as(director).get(url("inventory_figures")))


# --- Files -----------------------------------------------------------------------------------------------------------


def test_the_workbook_holds_structures_software_and_flags(several: list[ESMS], lead: Client) -> None:
    answer = lead.get(url("inventory_export"))
    assert f"etats-des-lieux-{SLUG}-" in answer.headers["Content-Disposition"]
    book = read(answer.content)
    assert list(book.sheets) == ["États des lieux", "Logiciels", "Points signalés"]
    heads, *rows = [cells for _, cells in book.sheets["États des lieux"]]
    assert [row[0] for row in rows] == ["Atelier", "Foyer", "Service 1", "Service 2", "Service 3", "Foyer d’Aval"]
    by_name = {row[0]: dict(zip(heads, row, strict=False)) for row in rows}
    assert by_name["Foyer d’Aval"]["Débit descendant mesuré (Mbit/s)"] == "4"
    assert by_name["Foyer d’Aval"]["Préparation"] == "Non prête"
    assert by_name["Atelier"]["Lien internet de secours"] == "Non"
    software = [cells for _, cells in book.sheets["Logiciels"]]
    assert ["Foyer", "Amont", "Facturation", "=1+1"] in [row[:4] for row in software]
    assert book.formulas["Logiciels"] == []  # a name that looks like a formula is a text
    flags = [(cells[0], cells[3], cells[5]) for _, cells in book.sheets["Points signalés"][1:]]
    assert ("Foyer d’Aval", "Débit descendant mesuré", "Bloquant") in flags
    assert ("Atelier", "Lien internet de secours", "À corriger") in flags
    assert ("Service 2", "Débit descendant mesuré", "À renseigner") in flags


def test_a_csv_is_one_sheet_filtered_as_the_page_and_escaped(several: list[ESMS], world: World, lead: Client) -> None:
    answer = lead.get(url("inventory_export", format="csv", feuille="logiciels", og=str(world.own.ogs[0].pk)))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:4] == ["Structure", "OG", "Domaine", "Produit"]
    assert "'=1+1" in [row[3] for row in rows]
    assert "Foyer d’Aval" not in {row[0] for row in rows}
    assert "logiciels" in answer.headers["Content-Disposition"]
    assert lead.get(url("inventory_export", format="pdf")).status_code == 404
    assert lead.get(url("inventory_export", format="csv", feuille="autre")).status_code == 404


# --- Thresholds ------------------------------------------------------------------------------------------------------


def change(client: Client, code: str, field: str, value: str, version: int = 1, **headers: str) -> Any:
    place = url("inventory_threshold_field", code, field)
    return client.post(place, {field: value, "version": version}, **headers)


def test_a_threshold_says_its_effect_before_it_is_saved(several: list[ESMS], lead: Client) -> None:
    place = url("inventory_threshold_effect", "downstream_mbps", threshold="4", minimum="8")
    answer = lead.get(place, headers={"HX-Request": "true"})
    assert "quatre structures sur quatre seraient signalées" in text(parse(answer.content))
    assert "trois structures de plus ne seraient pas prêtes" in text(parse(answer.content)).replace("\u202f", " ")
    assert kept(InventoryThreshold) == []
    assert (
        "Écrivez un nombre"
        in lead.get(url("inventory_threshold_effect", "downstream_mbps", threshold="x")).content.decode()
    )


def test_a_threshold_of_the_vendor_changes_who_is_ready_until_it_is_undone(several: list[ESMS], lead: Client) -> None:
    assert heading(lead.get(url("inventory_thresholds"))) == "Tous les seuils sont ceux que l’application propose"
    answer = change(lead, "downstream_mbps", "threshold", "3,5", **HTMX)
    assert answer.status_code == 200
    assert "Enregistré" in answer.content.decode()
    change(lead, "downstream_mbps", "source", "Note technique de l’éditeur", version=2)
    change(lead, "downstream_mbps", "dated_on", "2026-11-02", version=3)
    assert "quatre ne sont pas prêtes" in heading(lead.get(url("inventory_follow_up")))
    page = plain(lead.get(url("inventory_thresholds")))
    assert "Un seuil remplace la proposition de l’application" in page
    assert "en dessous de 3,5 Mbit/s" in page
    assert "Note technique de l’éditeur" in page
    assert "2 novembre 2026" in plain(lead.get(url("inventory_threshold", "downstream_mbps")))
    undone = lead.post(url("inventory_threshold_reset", "downstream_mbps"), {"version": 4}, follow=True)
    assert "revient au seuil proposé" in plain(undone)
    assert "une n’est pas prête" in heading(lead.get(url("inventory_follow_up")))


def test_two_leads_at_one_threshold_lose_nothing(several: list[ESMS], lead: Client) -> None:
    change(lead, "upstream_mbps", "threshold", "5")
    refused = change(lead, "upstream_mbps", "threshold", "6", **HTMX)
    assert refused.status_code == 409
    said_there = text(parse(refused.content)).replace("\xa0", " ")
    assert "5 Mbit/s" in said_there
    assert "6" in said_there
    assert "€" not in said_there
    other = change(lead, "upstream_mbps", "source", "Cahier des charges")  # another field, from the same old page
    assert other.status_code == 302
    assert [row.threshold for row in kept(InventoryThreshold)] == [5]


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("upstream_mbps", "beaucoup"),
        ("upstream_mbps", "-1"),
        ("named_accounts_rate", "101"),
        ("last_restore_test", "2,5"),
    ],
)
def test_a_threshold_that_means_nothing_is_refused_and_kept_to_mend(lead: Client, code: str, value: str) -> None:
    answer = change(lead, code, "threshold", value, **HTMX)
    assert answer.status_code == 422
    assert "Rien n’est enregistré" in answer.content.decode()
    assert value in answer.content.decode()
    assert kept(InventoryThreshold) == []


# --- Asking ----------------------------------------------------------------------------------------------------------


def ask(client: Client, **values: Any) -> Any:
    given = {
        "due_on": TODAY + timedelta(days=16),
        "counts_from": TODAY - timedelta(days=90),
        "message": "Pour le cahier des charges.",
        "token": "01900000-0000-7000-8000-0000000000aa",
    }
    return client.post(url("inventory_ask"), {**given, **values}, follow=True)


def asked_of(structures: list[ESMS]) -> dict[str, Any]:
    """By structure, the day of what the project asks of it."""
    with elevated():
        asks = inventory_asks(structures)
    return {
        ask.esms.name: ask.due_on
        for ask in asks
        if ask.title in {"Remplir l’état des lieux", "Revoir l’état des lieux"}
    }


def test_structures_are_asked_by_a_day_until_they_transmit(several: list[ESMS], world: World, lead: Client) -> None:
    due = TODAY + timedelta(days=16)
    answer = ask(lead)
    assert "Attendus pour le" in plain(answer)
    assert "dans 16 jours : deux manquent encore" in plain(answer)
    assert ask(lead).status_code == 200
    assert len(kept(InventoryCollection)) == 1  # the same form twice
    assert asked_of(several) == {"Service 2": due, "Service 3": due}
    said(several[5], world.lead)
    assert asked_of(several) == {"Service 2": due}
    assert "un manque encore" in plain(lead.get(url("inventory_follow_up")))


def test_an_inventory_from_before_the_call_is_asked_again_once(several: list[ESMS], world: World, lead: Client) -> None:
    said(several[5], world.lead, on=TODAY - timedelta(days=120))
    ask(lead)
    assert "Service 3" in asked_of(several)
    page = plain(lead.get(url("inventory_follow_up")))
    assert "Service 3, Amont : transmis trop tôt, à revoir" in page
    with elevated():
        Inventory.objects.filter(esms=several[4]).delete()
    said(several[4], world.lead, on=TODAY - timedelta(days=200))  # due for its review, which asks by itself
    assert "Service 2" not in asked_of(several)


def test_a_structure_asked_to_complete_is_not_asked_twice(several: list[ESMS], world: World, lead: Client) -> None:
    def told() -> list[tuple[str, Any]]:
        with elevated():
            return [(item.title, item.due_on) for item in inventory_asks(several[5:])]

    ask(lead)
    due = TODAY + timedelta(days=16)
    sent_back = said(several[5], world.lead, status=InventoryStatus.TO_COMPLETE)
    assert told() == [("Soumettre l’état des lieux", due)]  # no remark says what to do
    remark(sent_back, world.lead)
    assert told() == [("Compléter l’état des lieux", due)]


def test_more_time_is_given_with_a_reason_that_structures_read(several: list[ESMS], world: World, lead: Client) -> None:
    call = call_for(world.project, world.lead)
    later = TODAY + timedelta(days=30)
    place = url("inventory_put_off")
    assert lead.post(place, {"due_on": later, "reason": "", "version": 1}).status_code == 422
    assert lead.post(place, {"due_on": TODAY, "reason": "Trop tard", "version": 1}).status_code == 422
    answer = lead.post(place, {"due_on": later, "reason": "Les vacances", "version": 1}, follow=True)
    assert "La nouvelle date est le" in plain(answer)
    assert "Les vacances" in plain(answer)
    with elevated():
        found = inventory_asks(several)[0]
    assert found.due_on == later
    assert "Les vacances" in found.detail
    again = lead.post(place, {"due_on": later + timedelta(days=1), "reason": "Un pont", "version": call.version})
    assert again.status_code == 409
    assert "Un pont" in again.content.decode()
    assert "Les vacances" in again.content.decode()
    assert [row.due_on for row in kept(InventoryCollection)] == [later]


@pytest.mark.parametrize(
    ("field", "days"),
    [
        ("due_on", {"due_on": TODAY}),
        ("counts_from", {"counts_from": TODAY + timedelta(days=1)}),
        ("due_on", {"due_on": ""}),
    ],
)
def test_days_that_do_not_follow_are_refused_at_their_field(lead: Client, field: str, days: dict[str, Any]) -> None:
    answer = ask(lead, **days)
    assert answer.status_code == 422
    assert parse(answer.content).xpath(f"//*[@id='id_{field}_error']")
    assert "Pour le cahier des charges." in answer.content.decode()
