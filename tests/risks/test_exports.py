"""Risks as spreadsheets: the same rows as the pages, only what the reader may read, cells that are texts."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client

from common.scope import elevated
from common.spreadsheets.separated import read_csv
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import User
from risks.catalogue import questionnaire
from risks.models import Risk
from risks.places import Place
from risks.selectors.overview import overview
from risks.selectors.reading import read
from tests.factories import ESMSFactory
from tests.harness.htmx import parse
from tests.harness.queries import counted
from tests.harness.risks import HIGH, untold
from tests.harness.world import INSIDE, RIVAL, SIBLING, World
from tests.reports.risk_documents import action, analysis, risk, spread

pytestmark = pytest.mark.django_db
Browsers = Callable[[User], Client]
Lines = list[dict[str, str]]
STRUCTURE = "/projets/deux-rives/structures/foyer/risques/"
PROJECT = "/projets/deux-rives/risques/"


def sheets(answer: Any) -> dict[str, Lines]:
    """By sheet, its rows by heading."""
    assert answer.status_code == 200, answer.status_code
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer) if answer.streaming else answer.content))
    found = {}
    for sheet in book.worksheets:
        head, *rows = [[_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        found[sheet.title] = [dict(zip(head, row, strict=True)) for row in rows]
    return found


def _text(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:%d/%m/%Y}" if hasattr(value, "year") else str(value)


def lines(answer: Any) -> Lines:
    """The rows of a CSV by heading."""
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    (_, head), *rows = read_csv(answer.content)
    return [dict(zip(head, cells, strict=True)) for _, cells in rows]


# --- Answers ---------------------------------------------------------------------------------------------------------


def test_answers_have_every_question_and_the_scores_of_the_page(world: World, client_as: Browsers) -> None:
    director, esms = world.person(Role.ESMS_DIRECTOR), world.own.structures[0]
    found = sheets(client_as(director).get(f"{STRUCTURE}lecture/export/", {"campagne": "1"}))
    assert [row["N°"] for row in found["Notes"]] == [question.number for question in questionnaire().questions]
    strong = next(row for row in found["Notes"] if row["N°"] == HIGH)
    assert (strong["Note retenue (1 à 10)"], strong["Commentaire"], strong["Non concerné"]) == ("9", INSIDE, "non")
    with acting_as(director.pk):
        reading = read(Place(world.project, esms), 1)
    assert reading is not None
    scores = reading.reading.scores
    assert [row["Score ramené"] for row in found["Scores"]] == [str(p) for p in (*scores.points, scores.total.points)]
    assert found["Scores"][-1]["Section"] == "Ensemble"


def test_carried_marks_and_changes_are_said(world: World, client_as: Browsers) -> None:
    with elevated():
        esms = ESMSFactory(og=world.own.ogs[0], name="Résidence", slug="residence")
    place = Place(world.project, esms)
    first = analysis(place, world.own.risks.first, world.lead, given=spread())
    analysis(place, world.own.risks.second, world.lead, given=spread(4), based_on=first)
    address = "/projets/deux-rives/structures/residence/risques/lecture/export/"
    rows = lines(client_as(world.lead).get(address, {"format": "csv"}))
    asked = {question.number for question in questionnaire().starred}
    for row in rows:
        assert row["Gardée de"] == ("" if row["N°"] in asked else "Début du projet")
        if row["Note précédente"]:
            assert int(row["Écart"]) == int(row["Note retenue (1 à 10)"]) - int(row["Note précédente"])
    assert {row["Non concerné"] for row in rows} == {"oui", "non"}


def test_who_is_above_gets_what_was_transmitted_only(world: World, client_as: Browsers) -> None:
    for user in (world.lead, world.person(Role.OG_DIRECTOR)):
        client = client_as(user)
        rows = lines(client.get(f"{STRUCTURE}lecture/export/", {"format": "csv"}))
        assert untold(INSIDE) not in str(rows)
        assert INSIDE in str(rows)  # what it transmitted
        assert client.get(f"{STRUCTURE}lecture/export/", {"campagne": "2"}).status_code == 404
    mine = lines(client_as(world.person(Role.LOCAL_REFERENT)).get(f"{STRUCTURE}lecture/export/", {"format": "csv"}))
    assert untold(INSIDE) in str(mine)


def test_a_campaign_that_there_is_not_is_not_found(lead: Client) -> None:
    for number in ("99", "x", "-1"):
        assert lead.get(f"{STRUCTURE}lecture/export/", {"campagne": number}).status_code == 404
    assert lead.get(f"{PROJECT}export/", {"campagne": "99"}).status_code == 404


# --- The register and the plan ---------------------------------------------------------------------------------------


def test_the_register_of_a_structure_goes_out_to_its_people_and_what_it_transmitted_to_others(
    world: World, client_as: Browsers
) -> None:
    own = sheets(client_as(world.person(Role.ESMS_DIRECTOR)).get(f"{STRUCTURE}registre/export/"))["Registre"]
    assert [row["N°"] for row in own] == ["1", "2"]
    assert (own[0]["Criticité (1 à 16)"], own[0]["Niveau"]) == ("9", "Élevée")
    told = sheets(client_as(world.lead).get(f"{STRUCTURE}registre/export/"))["Registre"]
    assert [row["N°"] for row in told] == ["1"]
    plan = lines(client_as(world.lead).get(f"{STRUCTURE}plan-d-action/export/", {"format": "csv"}))
    assert [row["Action"] for row in plan] == [f"Poser un relais {INSIDE}"]


def test_the_register_is_narrowed_as_its_page_is(world: World, client_as: Browsers) -> None:
    director, place = world.person(Role.ESMS_DIRECTOR), Place(world.project, world.own.structures[0])
    risk(place, 3, "Critique", director, cell=(4, 4))
    rows = lines(client_as(director).get(f"{STRUCTURE}registre/export/", {"criticite": "critical", "format": "csv"}))
    assert [row["Risque"] for row in rows] == ["Critique"]


def test_the_project_s_register_has_its_own_and_what_structures_raised(world: World, client_as: Browsers) -> None:
    place = Place(world.project, world.own.structures[2])
    raised = risk(place, 3, "Porté au projet", world.rival_referent, raised=True, owner=None)
    action(raised, "Demander un relais", None, world.rival_referent, days=-2)
    for role in (Role.COSTRAT, Role.COMOP):
        client = client_as(world.person(role))
        rows = lines(client.get(f"{PROJECT}registre/export/", {"format": "csv"}))
        assert {(row["Structure"], row["OG"]) for row in rows} == {("Le projet", ""), ("Foyer d’Aval", "OG Aval")}
        for canary in (INSIDE, SIBLING, RIVAL, untold(RIVAL)):
            assert canary not in str(rows)
        plan = lines(client.get(f"{PROJECT}plan-d-action/export/", {"format": "csv"}))
        assert ("Demander un relais", "oui") in {(row["Action"], row["En retard"]) for row in plan}
    every = lines(client_as(world.lead).get(f"{PROJECT}registre/export/", {"format": "csv", "des": "structures"}))
    assert {row["Structure"] for row in every} == {"Foyer", "Atelier", "Foyer d’Aval"}
    assert untold(RIVAL) not in str(every)


def test_own_actions_go_out_alone(world: World, lead: Client) -> None:
    action(world.own.risks.risk, "À quelqu’un d’autre", world.person(Role.COMOP), world.lead)
    rows = lines(lead.get(f"{PROJECT}plan-d-action/export/", {"format": "csv", "vue": "miennes"}))
    assert [row["Action"] for row in rows] == ["En demander un second"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_what_looks_like_a_formula_goes_out_as_a_text(world: World, client_as: Browsers, start: str) -> None:
    director, place = world.person(Role.ESMS_DIRECTOR), Place(world.project, world.own.structures[0])
    bad = f"{start}cmd|' /C calc'!A0"
    risk(place, 3, bad, director, cell=(4, 4))
    client = client_as(director)
    answer = client.get(f"{STRUCTURE}registre/export/")
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == bad] == ["s"]
    raw = client.get(f"{STRUCTURE}registre/export/", {"format": "csv"}).content.decode()
    assert f"'{start}cmd" in raw


# --- Structures side by side -----------------------------------------------------------------------------------------


def test_scores_are_those_of_the_overview(world: World, lead: Client) -> None:
    rows = sheets(lead.get(f"{PROJECT}export/"))["Scores"]
    with acting_as(world.lead.pk):
        found = overview(world.project, world.own.structures, world.own.risks.second)
    by_name = {one.esms.name: one for one in found.structures}
    assert {row["Structure"] for row in rows} == set(by_name)
    for row in rows:
        reading = by_name[row["Structure"]].reading
        assert reading is not None
        assert row["Ensemble (sur 1 000)"] == str(reading.scores.total.points)
        assert (row["Campagne de ces notes"], row["À cette campagne"]) == ("Début du projet", "Mise en commun")


def test_the_number_of_rows_does_not_change_the_number_of_queries(world: World, lead: Client) -> None:
    addresses = ("registre/export/", "plan-d-action/export/", "export/")
    counts: dict[str, list[int]] = {address: [] for address in addresses}
    for start, count in ((10, 1), (20, 2), (30, 27)):
        for number in range(start, start + count):
            with elevated():
                esms = ESMSFactory(og=world.own.ogs[number % 2])
            place = Place(world.project, esms)
            analysis(place, world.own.risks.first, world.lead, given=spread(number))
            raised = risk(place, 1, "Porté", world.lead, raised=True)
            action(raised, "Agir", world.lead, world.lead)
        for address in addresses:
            with counted() as queries:
                assert lead.get(f"{PROJECT}{address}", {"format": "csv"}).status_code == 200
            counts[address].append(len(queries))
    assert all(len(set(found)) == 1 for found in counts.values()), counts
    with elevated():
        assert Risk.objects.filter(raised_at__isnull=False).count() == 30


def test_each_page_leads_to_its_spreadsheet_narrowed_alike(world: World, lead: Client) -> None:
    for page, wanted in (
        (
            f"{PROJECT}registre/?des=structures&criticite=high",
            f"{PROJECT}registre/export/?des=structures&criticite=high",
        ),
        (f"{PROJECT}plan-d-action/?vue=miennes", f"{PROJECT}plan-d-action/export/?vue=miennes"),
        (PROJECT, f"{PROJECT}export/?campagne=2"),
        (f"{STRUCTURE}lecture/?campagne=1", f"{STRUCTURE}lecture/export/?campagne=1"),
    ):
        links = parse(lead.get(page).content).xpath("//main//a/@href")
        assert wanted in links, page
        assert lead.get(wanted).status_code == 200
