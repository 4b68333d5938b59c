"""The risks of a structure on paper, on a phone; those of the project in a spreadsheet and on paper, for its lead."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
from playwright.sync_api import expect

from tests.browser.visitor import PROJECT, Visitor, plain
from tests.browser.worker import Worker
from tests.pdf import page_texts

IME = f"{PROJECT}structures/ime-la-clairiere-aux-songes/"


def downloaded(visitor: Visitor, name: str) -> bytes:
    link = visitor.page.get_by_role("link", name=name)
    expect(link).to_be_visible(timeout=60_000)
    with visitor.page.expect_download() as started:
        link.click()
    return Path(started.value.path()).read_bytes()


def asked(visitor: Visitor) -> None:
    """The form of the document, sent; then its page, while it is made."""
    visitor.expect_no_side_scroll()
    visitor.expect_accessible()
    visitor.page.get_by_role("button", name="Demander le document").click()
    visitor.ready()
    expect(visitor.page.get_by_role("progressbar")).to_be_visible()


def test_a_director_gets_the_transmitted_analysis_on_paper_without_a_name(
    visit: Callable[..., Visitor], worker: Worker
) -> None:
    director = visit("dir_enfance", viewport={"width": 390, "height": 844})
    page = director.page
    director.go(f"{IME}risques/lecture/?campagne=1")
    page.get_by_role("link", name="Document PDF").click()
    director.ready()
    expect(page.get_by_label(re.compile("^Début du projet, transmise le"))).to_be_checked()
    expect(page.get_by_label("Nommer les personnes")).not_to_be_checked()
    asked(director)
    worker.start()
    found = plain(" ".join(page_texts(downloaded(director, "Télécharger"))))
    assert "Analyse de risques IME La Clairière aux Songes" in found
    assert "Plus le score est haut, plus le risque est fort." in found
    assert "Ceux qu’elle garde pour elle n’y sont pas." in found
    assert "Delorgerie" not in found


def test_the_lead_takes_the_whole_project_away(visit: Callable[..., Visitor], worker: Worker) -> None:
    lead = visit("lead")
    page = lead.page
    lead.go(f"{PROJECT}risques/")
    book = openpyxl.load_workbook(io.BytesIO(downloaded(lead, "Exporter en tableur")))
    names = [line[0] for line in book["Scores"].iter_rows(2, values_only=True)]
    assert "EAM Les Tournesols Gris" in names
    page.get_by_role("link", name="Document PDF").click()
    lead.ready()
    asked(lead)
    worker.start()
    found = plain(" ".join(page_texts(downloaded(lead, "Télécharger"))))
    assert "Analyse de risques consolidée" in found
    assert "EAM Les Tournesols Gris" in found
