"""The checklist taken to a spreadsheet and brought back."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
from playwright.sync_api import expect

from tests.browser.visitor import CHECKLIST, Visitor


def test_a_lead_exports_edits_and_brings_back(visit: Callable[..., Visitor], tmp_path: Path) -> None:
    maelle = visit("lead", through_the_door=True)
    page = maelle.go(f"{CHECKLIST}import/")
    with page.expect_download() as started:
        page.get_by_role("link", name="Exporter la checklist").click()
    assert started.value.suggested_filename.startswith("checklist-trois-rivages-")
    path = tmp_path / "à jour.xlsx"
    started.value.save_as(path)
    book = openpyxl.load_workbook(path)
    rows = {row[1].value: row for row in book["Checklist"].iter_rows(min_row=2) if row[1].value}
    row = rows["1.1.3"]
    row[3].value, row[4].value, row[16].value = "X", None, "Composition arrêtée"
    row[14].value = "demain"
    book.save(path)

    page.get_by_label("Fichier", exact=True).set_input_files(path)
    page.get_by_role("button", name="Voir ce que ce fichier change").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 cellule est à corriger dans ce fichier")
    expect(page.get_by_role("row").filter(has_text="« demain » n’est pas une date")).to_contain_text(f"O{row[1].row}")
    with page.expect_download() as marked:
        page.get_by_role("link", name="Votre fichier, cellules marquées").click()
    marked.value.save_as(tmp_path / "marked.xlsx")
    assert openpyxl.load_workbook(tmp_path / "marked.xlsx")["Checklist"][f"O{row[1].row}"].comment

    row[14].value = None
    book.save(path)
    page.get_by_role("link", name="Déposer le fichier corrigé").click()
    page.get_by_label("Fichier", exact=True).set_input_files(path)
    page.get_by_role("button", name="Voir ce que ce fichier change").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce fichier change 1 action")
    preview = page.url
    page.get_by_role("button", name="Mettre à jour cette action").click()
    maelle.ready()
    expect(page.get_by_text("1 action mise à jour")).to_be_visible()
    assert maelle.state("1.1.3") == "OK"

    maelle.go(preview)
    expect(page.get_by_role("heading", level=1)).to_have_text("Cet import est appliqué")
