"""The matrix of a structure on its way to the vendor, and on paper."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
from playwright.sync_api import expect

from tests.browser.visitor import PROJECT, Visitor, plain
from tests.browser.worker import Worker
from tests.pdf import page_texts

STRUCTURE = "SSIAD Les Hirondelles du Plateau"
IME = f"{PROJECT}structures/ime-la-clairiere-aux-songes/"


def matrices(visitor: Visitor) -> None:
    """From the first page of the project, as the navigation leads there."""
    page = visitor.page
    visitor.go(PROJECT)
    page.get_by_role("link", name="Structures", exact=True).click()
    visitor.ready()
    page.get_by_label("Suivi des structures").get_by_role("link", name="Habilitations").click()
    visitor.ready()


def test_the_lead_consolidates_and_the_vendor_sets_up(visit: Callable[..., Visitor]) -> None:
    vendor = visit("vendor")
    matrices(vendor)
    expect(vendor.page.get_by_role("main")).not_to_contain_text(STRUCTURE)

    lead = visit("lead")
    matrices(lead)
    page = lead.page
    lead.expect_accessible()
    page.get_by_role("link", name="À consolider").click()
    lead.ready()
    page.get_by_role("link", name=re.compile(f"Décider.*{STRUCTURE}")).first.click()
    lead.ready()
    lead.expect_accessible()
    expect(page.get_by_role("main")).to_contain_text("allergies et directives doivent être lisibles")
    page.get_by_role("button", name="Renvoyer avec ce mot").click()
    lead.ready()
    expect(page.locator("#id_note_error")).to_contain_text("Dites ce qu’il faut reprendre.")
    lead.expect_accessible()
    page.get_by_role("button", name="Consolider pour l’éditeur").click()
    lead.ready()
    expect(page.locator("body")).to_contain_text("la matrice est consolidée, l’éditeur peut la lire")
    page.get_by_role("link", name="Écarts entre structures").click()
    lead.ready()
    lead.expect_accessible()
    page.get_by_role("link", name=re.compile("^Personnel de nuit et de maison, Soins infirmiers")).first.click()
    lead.ready()
    lead.expect_accessible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("deux structures donnent plus")

    matrices(vendor)
    page = vendor.page
    vendor.expect_accessible()
    row = page.get_by_role("row", name=re.compile(STRUCTURE))
    with page.expect_download() as started:
        row.get_by_role("link", name=re.compile("^Télécharger")).click()
    book = openpyxl.load_workbook(io.BytesIO(Path(started.value.path()).read_bytes()))
    accesses = {(line[3], line[4]): line[5] for line in book["Droits"].iter_rows(2, values_only=True)}
    assert accesses["Aide-soignant et accompagnant", "Dossier médical"] == "Lecture"
    assert accesses["Infirmier", "Soins infirmiers et de confort"] == "Validation"
    row.get_by_role("link", name=STRUCTURE).first.click()
    vendor.ready()
    vendor.expect_accessible()
    inside = plain(page.locator("#menu").inner_text())
    assert "Habilitations" in inside
    assert "Accueil" not in inside


def test_a_director_gets_the_matrix_on_paper_without_a_name(visit: Callable[..., Visitor], worker: Worker) -> None:
    director = visit("dir_enfance", viewport={"width": 390, "height": 844})
    page = director.page
    director.go(f"{IME}habilitations/")
    page.get_by_role("link", name="Document PDF").click()
    director.ready()
    director.expect_no_side_scroll()
    director.expect_accessible()
    expect(page.get_by_label("Nommer la direction et qui a validé")).not_to_be_checked()
    page.get_by_label(re.compile("^Version 1, validée le")).check()
    page.get_by_role("button", name="Demander le document").click()
    director.ready()
    expect(page.get_by_role("progressbar")).to_be_visible()
    director.expect_no_side_scroll()
    director.expect_accessible()

    worker.start()
    download = page.get_by_role("link", name="Télécharger")
    expect(download).to_be_visible(timeout=60_000)
    expect(page.get_by_role("heading", level=1)).to_contain_text("est prêt")
    with page.expect_download() as started:
        download.click()
    found = plain(" ".join(page_texts(Path(started.value.path()).read_bytes())))
    assert "Version 1, validée par la direction le" in found
    assert "Il ne nomme aucun professionnel." in found
    assert "Delorgerie" not in found
    page.get_by_role("link", name="Rapports", exact=True).first.click()
    director.ready()
    director.expect_accessible()
    expect(page.get_by_role("main")).to_contain_text("Matrice des habilitations")
