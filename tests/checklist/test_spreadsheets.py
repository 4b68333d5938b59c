"""The checklist out as a spreadsheet and back in: what a project lead does with Excel."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl.worksheet.worksheet import Worksheet

from checklist.enums import Actor, Letter, Status
from checklist.models import Action, RaciEntry
from common.ids import new_id
from common.models import SpreadsheetImport
from common.scope import elevated
from common.spreadsheets import limits
from organisations.enums import Role
from tests.harness.queries import counted
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db

HEADS = [
    "Étape", "N°", "Actions", "OK", "EN COURS", "KO", "SANS OBJET", "Pourquoi sans objet", "Responsable", "Acteur",
    "Consulté", "Informé", "Résultat", "Début", "Échéance", "Fait le", "Où en est-on", "Personnes nommées",
]  # fmt: skip


class File:
    """An exported workbook, edited as somebody would in Excel."""

    def __init__(self, content: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(content))
        self.sheet: Worksheet = self.book["Checklist"]

    def heads(self) -> list[Any]:
        return [cell.value for cell in self.sheet[1]]

    def line(self, number: str) -> int:
        return next(row[1].row for row in self.sheet.iter_rows(min_row=2) if row[1].value == number)

    def cell(self, number: str, head: str) -> Any:
        return self.sheet.cell(self.line(number), HEADS.index(head) + 1)

    def __getitem__(self, place: tuple[str, str]) -> Any:
        return self.cell(*place).value

    def __setitem__(self, place: tuple[str, str], value: Any) -> None:
        cell = self.cell(*place)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"  # somebody typed a text

    def status(self, number: str, head: str, reason: str = "") -> None:
        """Move the cross."""
        for name in ("OK", "EN COURS", "KO", "SANS OBJET"):
            self[number, name] = "X" if name == head else None
        self[number, "Pourquoi sans objet"] = reason or None

    def content(self) -> bytes:
        saved = io.BytesIO()
        self.book.save(saved)
        return saved.getvalue()


def export(client: Client, query: str = "") -> File:
    answer = client.get(reverse("checklist_export", args=[SLUG]) + query)
    assert answer.status_code == 200
    return File(answer.content)


def give(client: Client, content: bytes, name: str = "checklist.xlsx") -> HttpResponse:
    """Deposit a file."""
    return client.post(
        reverse("checklist_import", args=[SLUG]), {"file": SimpleUploadedFile(name, content), "token": new_id()}
    )


def preview(client: Client, file: File | bytes, name: str = "checklist.xlsx") -> tuple[str, str]:
    """Deposit a file that is taken: the address of its preview, and what it says."""
    answer = give(client, file.content() if isinstance(file, File) else file, name)
    assert answer.status_code == 302, words(answer)
    return answer["Location"], words(client.get(answer["Location"]))


def words(answer: HttpResponse) -> str:
    """The text of a page, spaces made plain."""
    return " ".join(answer.content.decode().split())


def confirm(client: Client, address: str) -> HttpResponse:
    page = client.get(address)
    return client.post(address, {"seen": page.context["view"].seen})


# --- Out -------------------------------------------------------------------------------------------------------------


def test_the_file_has_the_layout_of_the_anaps_table(world: World, lead: Client) -> None:
    answer = lead.get(reverse("checklist_export", args=[SLUG]))
    today = timezone.localdate().isoformat()
    assert answer["Content-Disposition"] == f'attachment; filename="checklist-{SLUG}-{today}.xlsx"'
    file = File(answer.content)
    assert file.heads() == HEADS
    texts = [[cell.value for cell in row] for row in file.sheet.iter_rows(min_row=2)]
    assert texts[0][0].startswith("ÉTAPE 1 – ")
    assert texts[1][2].startswith("1.1 ")
    assert "membres du COSTRAT" in texts[1][12]  # the « Résultat » of the group
    assert [row[1] for row in texts if row[1]] == list(numbers(world))
    assert len([row for row in texts if row[0] and row[0].startswith("ÉTAPE")]) == 7
    assert (file["1.1.2", "KO"], file["1.1.2", "OK"]) == ("X", None)
    assert file["1.1.2", "Responsable"] == "Chef de projet"
    assert file["1.1.2", "Personnes nommées"].startswith("C : ")
    assert file["1.1.2", "Échéance"].date() == timezone.localdate() - timedelta(days=3)


def numbers(world: World) -> Any:
    with elevated():
        found = Action.objects.filter(project=world.project).order_by("group__position", "position")
        return list(found.values_list("number", flat=True))


def test_the_file_reads_and_prints_well(world: World, lead: Client) -> None:
    sheet = export(lead).sheet
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref.startswith("A1:R")
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$1:$1")
    assert world.project.name in sheet.oddHeader.left.text


def test_the_filters_of_the_page_are_those_of_the_file(world: World, lead: Client) -> None:
    blocked = export(lead, "?vue=ko")
    assert [row[1].value for row in blocked.sheet.iter_rows(min_row=2) if row[1].value] == ["1.1.2"]
    step = export(lead, "?etape=2")
    found = [row[1].value for row in step.sheet.iter_rows(min_row=2) if row[1].value]
    assert found
    assert all(number.startswith("2.") for number in found)


def test_a_filter_that_means_nothing_gives_no_file(world: World, lead: Client) -> None:
    for query in ("?vue=rien", "?format=pdf"):
        assert lead.get(reverse("checklist_export", args=[SLUG]) + query).status_code == 404


def test_what_a_person_may_not_read_is_not_in_their_file(world: World, client_as: Callable) -> None:
    file = export(client_as(world.person(Role.PURCHASING)))
    found = {row[1].value for row in file.sheet.iter_rows(min_row=2) if row[1].value}
    assert found
    assert "1.1.2" not in found
    assert not any("1.1.2" in str(cell.value) for row in file.book["Origine"].iter_rows() for cell in row)


def test_csv_opens_in_excel_in_french(world: World, lead: Client) -> None:
    answer = lead.get(reverse("checklist_export", args=[SLUG]) + "?format=csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    first, second = answer.content.decode("utf-8-sig").splitlines()[:2]
    assert first == ";".join(HEADS)
    assert second.startswith("ÉTAPE 1 – ")


# --- Back in, unchanged ----------------------------------------------------------------------------------------------

TEXTS = ["==1", "=cmd|' /C calc'!A0", "  +33 1", "-", "@nom", "'=1", "Ligne 1\r\nligne 2", '« é » ; "x"', "_x000D_"]


@pytest.mark.parametrize("extension", ["xlsx", "csv"])
def test_a_file_given_back_as_it_is_changes_nothing(world: World, lead: Client, extension: str) -> None:
    with elevated():
        for number, text in zip(numbers(world), TEXTS, strict=False):
            Action.objects.filter(project=world.project, number=number).update(note=text)
        Action.objects.filter(project=world.project, number="1.2.1").update(
            status=Status.NOT_APPLICABLE, not_applicable_reason="=Fait ailleurs", status_at=timezone.now()
        )
        Action.objects.filter(project=world.project, number="1.2.2").update(
            status=Status.OK, done_on=date(2026, 3, 1), start_on=date(2026, 1, 2), due_on=date(2026, 3, 4)
        )
    content = lead.get(reverse("checklist_export", args=[SLUG]) + f"?format={extension}").content
    address, text = preview(lead, content, f"checklist.{extension}")
    assert f"{len(numbers(world))} lignes lues" in text
    assert "aucune ne change" in text
    assert "aucune n’est refusée" in text
    assert lead.post(address, {"seen": ""}).status_code == 422


# --- Back in, edited -------------------------------------------------------------------------------------------------


def test_what_was_edited_is_shown_before_and_after_then_written(world: World, lead: Client) -> None:
    file = export(lead)
    file.status("1.1.1", "EN COURS")
    file["1.1.1", "Où en est-on"] = "==On avance"
    file["1.1.1", "Début"], file["1.1.1", "Échéance"] = date(2026, 11, 1), "15/12/2026"
    file.status("1.2.3", "SANS OBJET", "Un seul COMOP")
    file["1.1.3", "Consulté"] = "dpd ; OG/Directeurs"
    address, text = preview(lead, file)
    assert "3 changent" in text
    assert "Ce fichier change 3 actions" in text
    for said in ("À faire", "En cours", "==On avance", "15 décembre 2026", "Sans objet : Un seul COMOP"):
        assert said in text.replace("\u00a0", " "), said
    assert world.action("1.1.1").status == Status.TODO
    answer = confirm(lead, address)
    assert answer["Location"] == reverse("checklist", args=[SLUG])
    action = world.action("1.1.1")
    assert (action.status, action.note) == (Status.IN_PROGRESS, "==On avance")
    assert (action.start_on, action.due_on) == (date(2026, 11, 1), date(2026, 12, 15))
    assert world.action("1.2.3").not_applicable_reason == "Un seul COMOP"
    with elevated():
        held = RaciEntry.objects.filter(action=world.action("1.1.3"), letter=Letter.C)
        assert set(held.values_list("actor", flat=True)) == {Actor.DPO, Actor.OG_DIRECTORS}
    history = words(lead.get(reverse("checklist_action", args=[SLUG, "1.1.1"])))
    assert "« ==On avance »" in history.replace("\u00a0", " ")


def test_two_hundred_rows_come_back_right(world: World, lead: Client) -> None:
    with elevated():
        group = world.action("7.1.1").group
        Action.objects.bulk_create(
            Action(
                project=world.project,
                group=group,
                number=f"7.1.{100 + i}",
                label=f"Action {i}",
                position=5000 + i,
                own=True,
            )
            for i in range(200 - len(numbers(world)))
        )
    file = export(lead)
    due = timezone.localdate() + timedelta(days=60)
    free = [number for number in numbers(world) if not world.action(number).decided_by]
    for number in numbers(world):
        file.status(number, "OK" if number in free else "EN COURS")
        file[number, "Échéance"] = due
        file[number, "Où en est-on"] = f"Bref {number}"
    address, text = preview(lead, file)
    assert "200 lignes lues" in text
    assert "200 changent" in text
    assert confirm(lead, address).status_code == 302
    with elevated():
        rows = Action.objects.filter(project=world.project)
        assert rows.count() == 200
        assert all((row.due_on, row.note) == (due, f"Bref {row.number}") for row in rows)
        assert rows.filter(status=Status.OK, done_on=timezone.localdate()).count() == len(free)


def test_one_bad_row_refuses_all_and_says_which_cell(world: World, lead: Client) -> None:
    file = export(lead)
    for number in numbers(world):
        file[number, "Où en est-on"] = "Changé"
    file["5.2.2", "Échéance"] = "31/02/2027"
    address, text = preview(lead, file)
    assert "1 cellule est à corriger" in text
    assert f"O{file.line('5.2.2')}" in text
    assert "« 31/02/2027 » n’est pas une date" in text.replace("\u00a0", " ")
    assert lead.post(address, {"seen": ""}).status_code == 422
    assert world.action("1.1.1").note == ""
    assert world.action("5.2.2").note == ""


REFUSED: dict[str, tuple[dict[str, Any], str, str]] = {
    "two crosses": ({"OK": "X", "KO": "X"}, "F", "gardez une seule croix"),
    "a mark that is no cross": ({"OK": "peut-être"}, "D", "mettez une croix"),
    "no reason": ({"SANS OBJET": "X"}, "H", "Dites pourquoi"),
    "a reason without its cross": ({"Pourquoi sans objet": "Trop tard"}, "H", "n’a pas de croix"),
    "an unknown actor": ({"Acteur": "COMOP, COPIL"}, "J", "« COPIL » n’est pas un acteur connu"),
    "no date": ({"Début": "demain"}, "N", "« demain » n’est pas une date"),
    "due before start": ({"Début": "02/02/2027", "Échéance": "01/02/2027"}, "O", "L’échéance vient avant le début"),
    "too long": ({"Où en est-on": "a" * 301}, "Q", "300 au plus"),
    "another label": ({"Actions": "Autre chose"}, "C", "ne se change pas par un fichier"),
    "a date of achievement": ({"Fait le": "02/02/2026"}, "P", "laissez la cellule comme elle était"),
    "an unknown number": ({"N°": "9.9.9"}, "B", "Cette checklist n’a pas d’action 9.9.9"),
    "a number twice": ({"N°": "1.1.1"}, "B", "est déjà à la ligne"),
    "no number": ({"N°": None, "Où en est-on": "Perdu"}, "", "on ne sait pas de quoi elle parle"),
    "a formula": ({"Où en est-on": "=1+1"}, "Q", "contient une formule"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_cell_that_cannot_be_taken_is_named_with_the_reason(world: World, lead: Client, case: str) -> None:
    edits, column, why = REFUSED[case]
    file = export(lead)
    line = file.line("1.1.4")
    for head, value in edits.items():
        file.sheet.cell(line, HEADS.index(head) + 1).value = value
    address, text = preview(lead, file)
    text = text.replace("\u00a0", " ")
    assert why in text
    if column:
        assert f">{column}{line}<" in text
    marked = File(lead.get(f"{address}a-corriger/").content)
    comments = {cell.coordinate: cell.comment.text for row in marked.sheet.iter_rows() for cell in row if cell.comment}
    assert len(comments) == 1
    assert why in next(iter(comments.values())).replace("\u00a0", " ")


def test_an_action_that_a_body_decides_does_not_turn_ok_by_a_file(world: World, lead: Client) -> None:
    with elevated():
        number = Action.objects.exclude(decided_by="").filter(project=world.project).order_by("number")[0].number
    file = export(lead)
    file.status(number, "OK")
    _, text = preview(lead, file)
    assert "qu’en citant une décision du COSTRAT" in text
    assert f">D{file.line(number)}<" in text


def test_a_retired_action_is_refused(world: World, lead: Client) -> None:
    file = export(lead)
    with elevated():
        Action.objects.filter(project=world.project, number="1.1.4").update(own=True, retired_at=timezone.now())
    _, text = preview(lead, file)
    assert "L’action 1.1.4 a été retirée" in text


def test_a_row_left_out_changes_nothing(world: World, lead: Client) -> None:
    file = export(lead)
    file.sheet.delete_rows(file.line("1.1.4"))
    _, text = preview(lead, file)
    assert f"{len(numbers(world)) - 1} lignes lues" in text
    assert "Ce fichier ne change rien" in text


def test_an_action_that_applies_again_loses_its_reason(world: World, lead: Client) -> None:
    with elevated():
        Action.objects.filter(project=world.project, number="1.1.4").update(
            status=Status.NOT_APPLICABLE, not_applicable_reason="Plus tard"
        )
    file = export(lead)
    file["1.1.4", "SANS OBJET"], file["1.1.4", "EN COURS"] = None, "x"  # the reason is left where it was
    address, _ = preview(lead, file)
    assert confirm(lead, address).status_code == 302
    action = world.action("1.1.4")
    assert (action.status, action.not_applicable_reason) == (Status.IN_PROGRESS, "")


# --- Somebody else at work -------------------------------------------------------------------------------------------


def test_an_old_file_does_not_undo_what_was_done_since(world: World, lead: Client) -> None:
    file = export(lead)
    with elevated():
        Action.objects.filter(project=world.project, number="1.1.1").update(note="Écrit depuis", status=Status.OK)
        RaciEntry.objects.create(
            project=world.project, action=world.action("1.1.1"), letter=Letter.I, actor=Actor.VENDOR
        )
    file["1.1.1", "Échéance"] = "15/12/2026"
    address, text = preview(lead, file)
    assert "Écrit depuis" not in text
    assert confirm(lead, address).status_code == 302
    action = world.action("1.1.1")
    assert (action.note, action.status, action.due_on) == ("Écrit depuis", Status.OK, date(2026, 12, 15))


def test_what_changed_on_both_sides_is_said(world: World, lead: Client) -> None:
    file = export(lead)
    with elevated():
        Action.objects.filter(project=world.project, number="1.1.1").update(status=Status.KO)
    file.status("1.1.1", "OK")
    _, text = preview(lead, file)
    assert "L’état : changé aussi sur le site depuis que ce fichier a été exporté" in text.replace("\u00a0", " ")
    assert "1 cellule" not in text


@pytest.mark.parametrize("what", ["note", "letters", "another action"])
def test_what_moved_since_the_preview_is_told_and_nothing_is_written(world: World, lead: Client, what: str) -> None:
    file = export(lead)
    file["1.1.1", "Échéance"] = "15/12/2026"
    address, _ = preview(lead, file)
    seen = lead.get(address).context["view"].seen
    action = world.action("1.1.1")
    with elevated():
        if what == "note":
            Action.objects.filter(pk=action.pk).update(note="Entre-temps", version=action.version + 1)
        elif what == "letters":
            RaciEntry.objects.create(project=world.project, action=action, letter=Letter.I, actor=Actor.VENDOR)
        else:
            Action.objects.filter(project=world.project, number="1.1.3").update(note="Entre-temps")
    answer = lead.post(address, {"seen": seen})
    if what == "another action":
        assert answer.status_code == 302
        return
    assert answer.status_code == 409
    assert "L’action 1.1.1 a changé pendant que vous lisiez" in words(answer)
    assert world.action("1.1.1").due_on is None
    assert confirm(lead, address).status_code == 302
    assert world.action("1.1.1").due_on == date(2026, 12, 15)


def test_a_confirmation_posted_twice_is_applied_once(world: World, lead: Client) -> None:
    file = export(lead)
    file["1.1.1", "Où en est-on"] = "Une fois"
    address, _ = preview(lead, file)
    seen = lead.get(address).context["view"].seen
    assert lead.post(address, {"seen": seen})["Location"] == reverse("checklist", args=[SLUG])
    assert lead.post(address, {"seen": seen})["Location"] == address
    assert world.action("1.1.1").version == 2
    assert "Cet import est appliqué" in words(lead.get(address))


def test_a_preview_waits_for_its_owner_then_ends_in_words(world: World, lead: Client, client_as: Callable) -> None:
    file = export(lead)
    file["1.1.1", "Où en est-on"] = "Plus tard"
    address, text = preview(lead, file)
    assert "Cet aperçu vous attend ici" in text
    with elevated():
        SpreadsheetImport.objects.update(received_at=timezone.now() - timedelta(days=8))
    assert "Cet aperçu n’est plus valable" in words(lead.get(address))
    assert lead.post(address, {"seen": ""})["Location"] == address
    assert world.action("1.1.1").note == ""
    preview(lead, file)  # a new file clears what was left behind
    with elevated():
        assert SpreadsheetImport.objects.filter(project_id=world.project.pk).count() == 1


def test_a_preview_is_its_owners_alone(world: World, lead: Client, client_as: Callable) -> None:
    address, _ = preview(lead, export(lead))
    with elevated():
        SpreadsheetImport.objects.update(received_from=world.person(Role.COSTRAT))
    assert lead.get(address).status_code == 404
    assert lead.get(f"{address}a-corriger/").status_code == 404


# --- Files that aren't taken -----------------------------------------------------------------------------------------


def test_missing_columns_are_named_with_sheet_and_line(world: World, lead: Client) -> None:
    file = export(lead)
    for head in ("Acteur", "KO"):
        file.sheet.delete_cols(file.heads().index(head) + 1)
    answer = give(lead, file.content())
    assert answer.status_code == 422
    said = words(answer).replace("\u00a0", " ")
    assert "Il manque les colonnes « KO » et « Acteur » à la feuille « Checklist », ligne 1." in said
    with elevated():
        assert list(SpreadsheetImport.objects.filter(project_id=world.project.pk)) == [world.own.received]


def test_a_file_that_is_no_checklist_says_what_to_start_from(world: World, lead: Client) -> None:
    answer = give(lead, b"a;b\n1;2\n", "liste.csv")
    assert answer.status_code == 422
    assert "partez d’un fichier exporté d’ici" in words(answer)


def test_a_deposit_posted_twice_is_one_preview(world: World, lead: Client) -> None:
    content, token = export(lead).content(), new_id()
    places = {
        lead.post(
            reverse("checklist_import", args=[SLUG]), {"file": SimpleUploadedFile("a.xlsx", content), "token": token}
        )["Location"]
        for _ in range(2)
    }
    assert len(places) == 1


def test_an_import_of_more_rows_reads_with_as_many_queries(world: World, lead: Client) -> None:
    counts = []
    for many in (1, 30):
        file = export(lead)
        for number in numbers(world)[:many]:
            file[number, "Où en est-on"] = f"Changé {many}"
        address, _ = preview(lead, file)
        with counted() as queries:
            assert lead.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_workbook_that_cannot_be_made_is_told_where_one_was(lead: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CHILD_SECONDS", 0.001)
    answer = lead.get(reverse("checklist_export", args=[SLUG]), {"etape": "2", "vue": "ko"}, follow=True)
    assert answer.redirect_chain[0][0].endswith("/checklist/?etape=2&vue=ko")
    assert "exportez en CSV" in answer.content.decode()
