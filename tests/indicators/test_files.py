"""The figures of a structure out as a spreadsheet and back in: all of it or nothing."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from lxml import html

from common.ids import new_id
from common.models import SpreadsheetImport
from common.scope import elevated
from indicators.enums import Origin
from indicators.models import Cell, Figure
from indicators.resources import head
from organisations.enums import Role
from organisations.models import ESMS
from tests.harness.htmx import HTMX
from tests.harness.indicators import RATE, RECORDS, SLOTS, TEXT, current_period
from tests.harness.queries import counted
from tests.harness.world import World
from tests.indicators.gridding import asked_in, block, entering, grid_url, months, type_in

pytestmark = pytest.mark.django_db
TICKETS = "tickets_created_count"


@pytest.fixture
def place(world: World) -> tuple[ESMS, Any]:
    return entering(world)


@pytest.fixture
def esms(place: tuple[ESMS, Any]) -> ESMS:
    return place[0]


@pytest.fixture
def director(place: tuple[ESMS, Any], client_as: Callable) -> Client:
    return client_as(place[1])


@pytest.fixture
def filled(esms: ESMS, director: Client) -> None:
    first = asked_in(esms)[0]
    posted = {"code": first.code, "period": months()[0].code, "text": block(asked_in(esms), 12), "seen": ""}
    assert director.post(grid_url(esms, "statement_grid_paste"), posted, **HTMX).status_code == 200


class File:
    """An exported workbook, edited as somebody would."""

    def __init__(self, content: bytes, sheet: str = "Grille") -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(content))
        self.sheet = self.book[sheet]
        self.heads = [cell.value for cell in self.sheet[1]]

    def cell(self, code: str, title: str) -> Any:
        at = self.heads.index("Code")
        line = next(row[0].row for row in self.sheet.iter_rows(min_row=2) if row[at].value == code)
        return self.sheet.cell(line, self.heads.index(title) + 1)

    def __getitem__(self, place: tuple[str, str]) -> Any:
        return self.cell(*place).value

    def __setitem__(self, place: tuple[str, str], value: Any) -> None:
        self.cell(*place).value = value

    def lines(self) -> list[dict[str, str]]:
        rows = self.sheet.iter_rows(min_row=2, values_only=True)
        return [dict(zip(self.heads, (value or "" for value in row), strict=True)) for row in rows]

    def content(self) -> bytes:
        saved = io.BytesIO()
        self.book.save(saved)
        return saved.getvalue()


def export(client: Client, esms: ESMS, sheet: str = "Grille") -> File:
    answer = client.get(grid_url(esms, "statement_file_export"))
    assert answer.status_code == 200
    return File(answer.content, sheet)


def give(client: Client, esms: ESMS, content: bytes, name: str = "indicateurs.xlsx") -> HttpResponse:
    posted = {"file": SimpleUploadedFile(name, content), "token": new_id()}
    return client.post(grid_url(esms, "statement_file_import"), posted)


def preview(client: Client, esms: ESMS, file: File | bytes, name: str = "indicateurs.xlsx") -> tuple[str, str]:
    answer = give(client, esms, file.content() if isinstance(file, File) else file, name)
    assert answer.status_code == 302, words(answer)
    return answer["Location"], words(client.get(answer["Location"]))


def words(answer: HttpResponse) -> str:
    return " ".join(" ".join(html.fromstring(answer.content.decode()).itertext()).split())


def confirm(client: Client, address: str) -> HttpResponse:
    return client.post(address, {"seen": client.get(address).context["view"].seen})


def figures(esms: ESMS) -> dict[tuple[str, str], tuple[object, ...]]:
    with elevated():
        rows = Figure.objects.filter(place=esms.pk).values_list(
            "indicator__code", "period_start", "amount", "base", "text", "version"
        )
        return {(code, f"{start:%Y-%m}"): tuple(rest) for code, start, *rest in rows}


# --- Out -------------------------------------------------------------------------------------------------------------


def test_the_template_has_indicators_down_and_periods_across(director: Client, esms: ESMS, filled: None) -> None:
    file = export(director, esms)
    assert file.heads == ["Indicateur", "Code", "Ce qu’on y écrit", *(head(period) for period in months())]
    assert [line["Code"] for line in file.lines()] == [one.code for one in asked_in(esms)]
    assert file[SLOTS, head(months()[0])] == "1/2/3/4"
    assert file.cell(SLOTS, head(months()[0])).number_format == "@"
    assert file.sheet.freeze_panes == "C2"
    assert file.book.sheetnames == ["Grille", "Valeurs", "Origine"]


def test_an_empty_cell_of_the_template_keeps_what_is_typed(director: Client, esms: ESMS) -> None:
    """« 5/12 » is no day of December."""
    assert export(director, esms).cell(RECORDS, head(months()[0])).number_format == "@"


def test_the_long_form_tells_each_part(director: Client, esms: ESMS, filled: None) -> None:
    file = export(director, esms, "Valeurs")
    first = head(months()[0])
    slots = [line for line in file.lines() if line["Code de l’indicateur"] == SLOTS and line["Période"] == first]
    assert [(" ".join(line["Ventilation"].split()), line["Numérateur"]) for line in slots] == [
        ("", "10"),
        ("Jour ouvré, 7 h à 19 h", "1"),
        ("Jour ouvré, 19 h à 22 h", "2"),
        ("Nuit, 22 h à 7 h", "3"),
        ("Week-end et jours fériés, 7 h à 22 h", "4"),
    ]
    rate = next(line for line in file.lines() if line["Code de l’indicateur"] == RECORDS and line["Période"] == first)
    assert (rate["Structure"], rate["Numérateur"], rate["Dénominateur"]) == (esms.name, "1", "201")
    text = next(line for line in file.lines() if line["Code de l’indicateur"] == TEXT and line["Période"] == first)
    assert (text["Valeur"], text["Texte ou raison"]) == ("À surveiller", "lenteurs 1")


def test_above_the_structure_only_what_was_given_is_told(world: World, lead: Client) -> None:
    """« Foyer » gave last month, with a part of three connections at night; it is entering this one."""
    esms = world.own.structures[0]
    told = export(lead, esms, "Valeurs")
    periods = {line["Période"] for line in told.lines()}
    assert periods == {head(current_period().previous)}
    night = [line for line in told.lines() if line["Ventilation"].startswith("Nuit")]
    assert [(line["Valeur"], line["Numérateur"]) for line in night] == [("masqué", "")]
    assert len([line for line in told.lines() if line["Valeur"] == "masqué"]) >= 2  # its neighbour too
    grid = export(lead, esms)
    assert grid[RATE, head(current_period().previous)] == "40/50"
    assert grid[SLOTS, head(current_period().previous)] == "100"
    assert grid[TEXT, head(current_period())] in (None, "")
    assert "Origine" not in grid.book.sheetnames


def test_its_own_people_export_what_they_entered(world: World, client_as: Callable) -> None:
    esms = world.own.structures[0]
    file = export(client_as(world.person(Role.LOCAL_REFERENT)), esms)
    assert file[TEXT, head(current_period())].startswith("Pour information : Rien à signaler")
    assert file[SLOTS, head(current_period().previous)] == "70/18/3/9"


def test_a_format_or_a_period_that_is_none_gives_no_file(director: Client, esms: ESMS) -> None:
    address = grid_url(esms, "statement_file_export")
    assert director.get(f"{address}&format=pdf").status_code == 404
    assert director.get(address.replace("monthly", "daily")).status_code == 404


# --- Back in ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("extension", ["xlsx", "csv"])
def test_a_file_given_back_as_it_is_changes_nothing(director: Client, esms: ESMS, filled: None, extension: str) -> None:
    type_in(director, esms, TICKETS, months()[0], "ND : =cmd|' /C calc'!A0", 1, **HTMX)
    type_in(director, esms, TEXT, months()[1], 'Bloquant : - « é » ; "x"\nsuite', 1, **HTMX)
    before = figures(esms)
    content = director.get(grid_url(esms, "statement_file_export") + f"&format={extension}").content
    address, text = preview(director, esms, content, f"indicateurs.{extension}")
    assert "Ce fichier ne change rien" in text
    assert "18 indicateurs lus" in text
    assert "aucune n’est refusée" in text
    assert director.post(address, {"seen": ""}).status_code == 422
    assert figures(esms) == before


def test_what_was_edited_is_shown_then_written_all_at_once(director: Client, esms: ESMS, filled: None) -> None:
    file = export(director, esms)
    first, second = head(months()[0]), head(months()[1])
    file[TICKETS, first] = 31
    file["ticket_resolution_days", second] = 4.5
    file[SLOTS, first] = "224/57/43/36"
    file[RECORDS, second] = None
    before = figures(esms)
    address, text = preview(director, esms, file)
    assert "Ce fichier change 4 valeurs" in text
    assert "Enregistrer ces 4 valeurs" in text
    assert "1/2/3/4 224/57/43/36" in text
    assert figures(esms) == before  # nothing yet
    answer = confirm(director, address)
    assert answer.status_code == 302
    after = figures(esms)
    assert after[TICKETS, months()[0].code][0] == 31
    assert after["ticket_resolution_days", months()[1].code][0] == 4.5
    assert (RECORDS, months()[1].code) not in after
    with elevated():
        figure = Figure.objects.get(place=esms.pk, indicator__code=SLOTS, period_start=months()[0].start)
        assert figure.origin == Origin.IMPORTED
        assert sorted(Cell.objects.filter(figure=figure).values_list("amount", flat=True)) == [36, 43, 57, 224]
    assert "Cet import est appliqué" in words(director.get(address))
    assert confirm_again(director, address) == 302
    assert figures(esms) == after


def confirm_again(client: Client, address: str) -> int:
    return client.post(address, {"seen": ""}).status_code


def test_each_bad_cell_is_named_with_its_reason_and_nothing_is_stored(
    director: Client, esms: ESMS, filled: None
) -> None:
    file = export(director, esms)
    first, second = head(months()[0]), head(months()[1])
    file[TICKETS, first] = "douze"
    file[RECORDS, first] = "80/72"
    file["tickets_closed_count", second] = "=1+1"
    file[SLOTS, second] = "05/12/2026"
    file[TICKETS, second] = 99  # good, and not stored either
    before = figures(esms)
    address, text = preview(director, esms, file)
    assert "4 cellules sont à corriger dans ce fichier" in text
    for code, title, why in (
        (TICKETS, first, "« douze » n’est pas un nombre."),
        (RECORDS, first, "Le numérateur (80) dépasse le dénominateur (72)."),
        ("tickets_closed_count", second, "Cette cellule contient une formule : remplacez-la par sa valeur."),
        (
            SLOTS,
            second,
            "Le tableur a fait de cette valeur une date, « 05/12/2026 » : mettez la cellule au format Texte.",
        ),
    ):
        label = next(one.definition.label for one in asked_in(esms) if one.code == code)
        assert f"{file.cell(code, title).coordinate} {label} {why}".replace("'", "’") in text.replace("'", "’")
    assert "Enregistrer" not in text
    assert director.post(address, {"seen": "x"}).status_code == 422
    assert figures(esms) == before
    marked = File(director.get(address + "annote/").content)
    assert "numérateur" in marked.cell(RECORDS, first).comment.text
    assert marked.cell(TICKETS, second).comment is None


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("vide.xlsx", b"", "vide"),
        ("faux.xlsx", b"PK\x03\x04" + b"0" * 200, "abîmé"),
        ("image.png", b"\x89PNG\r\n\x1a\n" + b"0" * 50, "fichier"),
        ("sans.csv", b"Indicateur;Valeur\nTickets;3\n", "Code"),
        ("periodes.csv", b"Code;hier\ntickets_created_count;3\n", "Aucune colonne n’est une période"),
        ("deux.csv", b"Code;octobre 2026;4e trimestre 2026\ntickets_created_count;3;4\n", "mêle"),
        ("double.csv", b"Code;octobre 2026;2026-10\ntickets_created_count;3;4\n", "deux fois"),
    ],
)
def test_a_file_that_cant_be_taken_says_why_and_nothing_is_kept(
    director: Client, esms: ESMS, name: str, content: bytes, why: str
) -> None:
    answer = give(director, esms, content, name)
    assert answer.status_code == 422
    assert why in words(answer)
    with elevated():
        assert not SpreadsheetImport.objects.filter(kind__startswith="indicators").exists()
    assert figures(esms) == {}


def test_rows_that_are_not_of_the_structure_are_refused_by_their_cell(director: Client, esms: ESMS) -> None:
    month = head(months()[-1])
    lines = [f"Code;{month}", "inconnu;3", "risks_open_by_level_count;4", f"{TICKETS};5", f"{TICKETS};6", ";7"]
    _, text = preview(director, esms, "\n".join(lines).encode(), "x.csv")
    assert "A2 inconnu Ce projet ne suit pas d’indicateur « inconnu »" in text
    assert "A3 risks_open_by_level_count" in text
    assert "est déjà à la ligne 4" in text
    assert "B6 aucun" in text
    assert figures(esms) == {}


def test_a_period_that_is_not_collected_is_refused_by_its_cell(director: Client, esms: ESMS) -> None:
    before, now = head(months()[0].previous), head(months()[0])
    _, text = preview(director, esms, f"Code;{before};{now}\n{TICKETS};3;4\n".encode(), "x.csv")
    assert "B2" in text
    assert "Aucune collecte n’est ouverte pour cette période." in text


def test_columns_in_codes_and_left_out_are_fine(director: Client, esms: ESMS) -> None:
    address, text = preview(director, esms, f"code;Code;{months()[3].code}\nx;{TICKETS};3\n".encode(), "x.csv")
    assert "Ce fichier change 1 valeur" in text
    assert confirm(director, address).status_code == 302
    assert figures(esms)[TICKETS, months()[3].code][0] == 3


def test_what_changed_while_one_read_is_shown_again(director: Client, esms: ESMS, filled: None) -> None:
    file = export(director, esms)
    file[TICKETS, head(months()[0])] = 31
    address, _ = preview(director, esms, file)
    seen = director.get(address).context["view"].seen
    type_in(director, esms, TICKETS, months()[0], "17", 1, **HTMX)
    answer = director.post(address, {"seen": seen})
    assert answer.status_code == 409
    assert "a changé pendant que vous lisiez" in words(answer)
    assert "Le fichier l’emportera" in words(answer)
    assert figures(esms)[TICKETS, months()[0].code][0] == 17
    assert confirm(director, address).status_code == 302
    assert figures(esms)[TICKETS, months()[0].code][0] == 31


def test_an_old_file_undoes_nothing_that_it_does_not_say(director: Client, esms: ESMS, filled: None) -> None:
    file = export(director, esms)
    type_in(director, esms, TICKETS, months()[0], "17", 1, **HTMX)
    file[TICKETS, head(months()[1])] = 31
    address, text = preview(director, esms, file)
    assert "Ce fichier change 1 valeur" in text
    confirm(director, address)
    after = figures(esms)
    assert (after[TICKETS, months()[0].code][0], after[TICKETS, months()[1].code][0]) == (17, 31)


def test_a_file_costs_the_same_queries_whatever_it_changes(director: Client, esms: ESMS, filled: None) -> None:
    sizes = []
    for columns in (1, 3, 12):
        file = export(director, esms)
        for period in months()[:columns]:
            file[TICKETS, head(period)] = 100 + columns
        address, _ = preview(director, esms, file)
        seen = director.get(address).context["view"].seen
        with counted() as queries:
            assert director.post(address, {"seen": seen}).status_code == 302
        sizes.append(len(queries))
    assert max(sizes) <= 28, sizes
    assert len(set(sizes)) == 1, sizes
