"""An opinion asked, given and read; a Responsable named: as people do it."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.visitor import CHECKLIST, Visitor

Visit = Callable[..., Visitor]
ACTION = f"{CHECKLIST}actions/2.4.1/"  # Consultés: the COMOP and the COSTRAT


def test_the_comop_is_asked_answers_from_its_work_and_the_answer_stands(visit: Visit) -> None:
    maelle, clemence = visit("lead", through_the_door=True), visit("comop_habitat", through_the_door=True)
    page = maelle.go(ACTION)
    page.get_by_text("Demander un avis").click()
    asked = page.locator("#avis")
    asked.get_by_role("checkbox", name="COSTRAT").uncheck()
    asked.get_by_label("Votre question").fill("Qui manque encore ?")
    asked.get_by_role("button", name="Demander l’avis").click()
    maelle.ready()
    expect(page.locator(".messages")).to_contain_text("Avis demandé au COMOP, pour le")
    expect(asked).to_contain_text("En attente du COMOP")
    maelle.expect_accessible()

    work = clemence.go("/")
    expect(work.get_by_role("heading", level=1)).to_contain_text("deux avis vous sont demandés")
    clemence.expect_accessible()
    work.get_by_role("link", name="Qui manque encore").click()
    clemence.ready()
    answer = work.locator("#avis")
    expect(answer).to_be_in_viewport()
    answer.get_by_role("radio", name="Favorable avec réserves").check()
    answer.get_by_role("button", name="Enregistrer mon avis").click()
    clemence.ready()
    expect(answer.get_by_role("alert")).to_be_focused()
    expect(answer.get_by_role("alert")).to_contain_text("Dites pourquoi")
    clemence.expect_accessible()
    answer.get_by_label("Pourquoi").fill("Deux structures n’ont pas répondu.")
    answer.get_by_role("button", name="Enregistrer mon avis").click()
    clemence.ready()
    expect(work.locator(".messages")).to_contain_text("Votre avis est enregistré.")
    for width in (360, 320):
        work.set_viewport_size({"width": width, "height": 700})
        clemence.expect_no_side_scroll()
    expect(clemence.go("/").get_by_role("heading", level=1)).to_contain_text("un avis vous est demandé")

    maelle.go(ACTION)
    expect(asked).to_contain_text("L’avis demandé a été donné.")
    expect(asked).to_contain_text("Favorable avec réserves")
    expect(asked).to_contain_text("Clémence Guéridot, pour le COMOP")
    expect(asked).to_contain_text("Deux structures n’ont pas répondu.")


def test_a_responsable_is_named_from_the_list_and_taken_back(visit: Visit) -> None:
    maelle = visit("lead", viewport={"width": 1280, "height": 900})
    page = maelle.go(f"{CHECKLIST}?vue=a-designer")
    title = page.get_by_role("heading", level=1)
    expect(title).to_contain_text("5 actions sans Responsable")
    maelle.expect_accessible()
    line = maelle.action("5.3.2")
    line.get_by_label("Responsable").select_option("comop")
    line.get_by_role("button", name="Désigner").click()
    maelle.ready()
    expect(page.locator(".messages")).to_contain_text("COMOP est Responsable de l’action 5.3.2.")
    expect(title).to_contain_text("4 actions sans Responsable")
    maelle.expect_accessible()
    page.locator(".messages").get_by_role("button", name="Annuler").click()
    maelle.ready()
    expect(page.locator(".messages")).to_contain_text("de nouveau sans Responsable")
    expect(page.locator("#personnes")).to_contain_text("Personne ne répond encore de cette action.")


def test_in_the_panel_beside_the_list_nothing_leaves_the_page(visit: Visit) -> None:
    maelle = visit("lead", viewport={"width": 1280, "height": 900})
    page = maelle.go(f"{CHECKLIST}?etape=5")
    maelle.action("5.3.2").get_by_role("link").first.click()
    panel = page.locator("#detail")
    panel.get_by_label("Responsable", exact=True).select_option("comop")
    panel.get_by_role("button", name="Désigner").click()
    expect(panel).to_contain_text("COMOP est Responsable de l’action 5.3.2.")
    panel.get_by_role("button", name="Annuler").click()
    expect(panel).to_contain_text("Personne ne répond encore de cette action.")
    expect(page).to_have_url(re.compile(r"\?etape=5$"))
