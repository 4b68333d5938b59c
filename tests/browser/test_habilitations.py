"""The habilitation matrix in Chromium: by mouse, by keyboard, by pasting, on a phone, by two people at once; axe."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.visitor import PROJECT, Visitor

Visit = Callable[..., Visitor]
IME = f"{PROJECT}structures/ime-la-clairiere-aux-songes/habilitations/"
ESAT = f"{PROJECT}structures/esat-les-ateliers-du-nuage/habilitations/"
DESK = {"width": 1280, "height": 900}
PASTE = """text => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


def cell(page: Page, profile: str, domain: str) -> Locator:
    return page.locator(f"#acces-{profile}-{domain}")


def expect_letters(page: Page, profile: str, domain: str, said: str) -> None:
    expect(cell(page, profile, domain)).to_have_text(said)


def expect_title(page: Page, text: str) -> None:
    expect(page.locator("h1")).to_have_text(re.compile(text))


def test_a_referent_justifies_by_mouse_and_the_director_takes_it_to_the_end(visit: Visit) -> None:
    lucas = visit("ref_ime", viewport=DESK)
    page = lucas.go(IME)
    expect_title(page, r"deux accès restent à justifier")
    expect(page.get_by_role("button", name="Partager avec l’encadrement")).to_have_count(0)
    # From the rule to the cell, whose panel opens.
    page.locator("#regles").get_by_role("link", name="Éducateur, Bilans et rééducation").click()
    panel = page.get_by_role("dialog", name="Éducateur · Bilans et rééducation")
    expect(panel).to_be_visible()
    expect(panel.get_by_label("Pourquoi cet accès")).to_have_attribute("aria-invalid", "true")
    lucas.expect_accessible()
    panel.get_by_label("Pourquoi cet accès").fill("Les éducateurs suivent les séances en atelier.")
    panel.get_by_role("radio", name="Lecture").focus()  # leaving the text saves it
    expect_title(page, r"un accès reste à justifier")
    expect(panel.get_by_label("Pourquoi cet accès")).not_to_have_attribute("aria-invalid", "true")
    page.keyboard.press("Escape")
    expect(cell(page, "educator", "rehabilitation_care")).to_be_focused()

    cell(page, "nurse", "psychological_follow_up").click()
    page.get_by_role("dialog").get_by_role("button", name="Revenir à la proposition").click()
    expect_letters(page, "nurse", "psychological_follow_up", "–")
    expect_title(page, r"La matrice est complète\s: il reste à la partager")
    page.get_by_role("textbox", name="Nombre d’utilisateurs").first.fill("douze")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Écrivez un nombre entier")).to_be_visible()
    page.get_by_role("textbox", name="Nombre d’utilisateurs").first.fill("3")
    page.keyboard.press("Tab")
    expect(page.locator("#bilan")).to_contain_text("59 utilisateurs")

    fanny = visit("dir_enfance", viewport=DESK)
    hers = fanny.go(IME)
    hers.get_by_role("button", name="Partager avec l’encadrement").click()
    fanny.ready()
    hers.get_by_role("button", name="Valider la matrice").click()
    fanny.ready()
    expect_title(hers, r"Voici qui voit quoi dans le DUI depuis le")
    expect(cell(hers, "educator", "rehabilitation_care")).to_have_count(0)  # nothing to change any more
    hers.get_by_role("link", name="Ce qu’elle change : version 2").click()
    fanny.ready()
    expect_title(hers, r"Quatre accès et un effectif changent")
    fanny.expect_accessible()
    # The referent's page is from before: what is typed there is refused in words.
    cell(page, "educator", "billing").focus()
    page.keyboard.press("l")
    expect(page.locator("#dit")).to_contain_text("Cette matrice est validée")
    expect_letters(page, "educator", "billing", "–")


def test_by_keyboard_alone_and_what_is_taken_back(visit: Visit) -> None:
    lucas = visit("ref_ime", viewport=DESK)
    page = lucas.go(IME)
    first = cell(page, "direction", "identity_admin")
    page.get_by_role("link", name="Direction", exact=True).focus()
    page.keyboard.press("ArrowRight")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    here = cell(page, "unit_manager", "configuration")
    expect(here).to_be_focused()
    page.keyboard.press("e")
    page.keyboard.press("s")  # leaves before the first is answered
    expect_letters(page, "unit_manager", "configuration", "E")
    expect(page.locator("#dit")).to_contain_text("Encadrement d’unité, Paramétrage et comptes : Écriture, ESMS")
    expect(here).to_be_focused()
    page.keyboard.press("a")
    expect_letters(page, "unit_manager", "configuration", "A")
    expect_title(page, r"point")  # administering the accounts and writing in the records
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog")
    expect(panel.get_by_role("radio", name="Administration")).to_be_focused()
    page.keyboard.press("Escape")
    expect(here).to_be_focused()
    for _ in range(3):
        page.keyboard.press("Control+z")
    expect_letters(page, "unit_manager", "configuration", "–")
    expect_title(page, r"deux accès restent à justifier")
    expect(page.locator("#annuler")).to_be_hidden()
    # What can't be is refused at once.
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("a")
    expect(page.locator("#dit")).to_contain_text("Rien n’est enregistré.")
    expect_letters(page, "unit_manager", "identity_admin", "Lu")


def test_a_block_of_a_spreadsheet_is_pasted_and_taken_back(visit: Visit) -> None:
    lucas = visit("ref_ime", viewport=DESK)
    page = lucas.go(IME)
    cell(page, "care_assistant", "schedule_attendance").focus()
    page.evaluate(PASTE, "Écriture (unité)\tLecture\noups\tL")
    told = page.locator("#colle")
    expect(told).to_contain_text(re.compile(r"Trois cases sont enregistrées\s; une est refusée"))
    expect(told).to_contain_text("oups")
    expect(cell(page, "rehabilitation_professional", "schedule_attendance")).to_have_class(re.compile("rejected"))
    expect_letters(page, "care_assistant", "schedule_attendance", "Eu")
    expect_letters(page, "care_assistant", "adverse_events", "Lu")
    lucas.expect_accessible()
    page.get_by_role("button", name="Annuler le dernier changement").click()
    expect_letters(page, "care_assistant", "schedule_attendance", "Lu")
    expect_letters(page, "care_assistant", "adverse_events", "Eu")


def test_two_people_on_one_cell(visit: Visit) -> None:
    lucas, fanny = visit("ref_ime", viewport=DESK), visit("dir_enfance", viewport=DESK)
    his, hers = lucas.go(IME), fanny.go(IME)
    cell(his, "educator", "billing").focus()
    his.keyboard.press("l")
    expect_letters(his, "educator", "billing", "Lu")
    cell(hers, "educator", "billing").focus()
    hers.keyboard.press("e")
    expect(hers.locator("#dit")).to_contain_text(re.compile(r"Lucas Tambourin a écrit à .* Lecture, unité\."))
    expect_letters(hers, "educator", "billing", "Lu")
    expect(hers.locator("#annuler")).to_be_hidden()  # nothing of hers to take back
    hers.keyboard.press("e")  # having seen it
    expect_letters(hers, "educator", "billing", "Eu")


def test_a_profile_a_screen_on_a_phone(visit: Visit) -> None:
    lucas = visit("ref_ime", viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page = lucas.go(IME)
    lucas.expect_accessible()
    page.get_by_role("link", name="Éducateur 20").tap()
    lucas.ready()
    expect_title(page, "Éducateur")
    sessions = page.locator("#acces-educator-rehabilitation_care")  # open: it lacks its reason
    sessions.get_by_label("Pourquoi cet accès").fill("Les éducateurs suivent les séances en atelier.")
    page.get_by_label("Nombre d’utilisateurs").fill("21")
    page.get_by_label("Commentaire").focus()
    expect(page.locator("#dit")).to_contain_text("Éducateur : 21")
    page.locator("summary", has_text="Facturation des prestations").tap()
    billing = page.locator("#acces-educator-billing")
    billing.get_by_role("radio", name="Lecture").tap()
    expect(page.locator("#etat-acces-educator-billing")).to_contain_text("Lecture, unité")
    expect(billing.get_by_text("Cet accès dépasse la proposition")).to_be_visible()
    billing.get_by_role("button", name="Revenir à la proposition").tap()
    expect(billing.get_by_role("radio", name="Aucun")).to_be_checked()
    lucas.expect_accessible()
    lucas.expect_no_side_scroll()
    page.get_by_role("link", name="Travailleur social").tap()
    lucas.ready()
    expect_title(page, "Travailleur social")
    page = lucas.go(IME)
    expect_title(page, r"un accès reste à justifier")
    page.set_viewport_size({"width": 320, "height": 700})
    lucas.expect_no_side_scroll()


@pytest.mark.parametrize("who", ["dpo", "vendor", "lead"])
def test_who_only_reads_is_shown_the_matrix_and_changes_nothing(visit: Visit, who: str) -> None:
    reader = visit(who, viewport=DESK)
    page = reader.go(f"{PROJECT}structures/sessad-les-passerelles/habilitations/")
    expect_title(page, "Voici qui voit quoi dans le DUI depuis le")
    expect(page.locator(".matrix a.lv, .matrix input")).to_have_count(0)
    reader.expect_accessible()


def test_remarks_of_the_management_team(visit: Visit) -> None:
    thierry = visit("dir_travail", viewport=DESK)
    page = thierry.go(ESAT)
    page.get_by_label("Ce dont vous parlez").select_option("Psychologue")
    page.get_by_label("Votre remarque").fill("Sa vacation est de deux jours.")
    page.get_by_role("button", name="Ajouter la remarque").click()
    thierry.ready()
    expect(page.get_by_role("heading", name="Deux remarques restent à traiter")).to_be_visible()
    page.get_by_role("button", name="Marquer comme traitée").first.click()
    thierry.ready()
    expect(page.get_by_role("heading", name="Une remarque reste à traiter")).to_be_visible()
    thierry.expect_accessible()
