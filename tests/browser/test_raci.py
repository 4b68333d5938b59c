"""The RACI matrix by keyboard, by mouse, on a phone, on paper, and by two people at once."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.visitor import CHECKLIST, Visitor
from tests.pdf import page_texts

Visit = Callable[..., Visitor]
MATRIX = f"{CHECKLIST}raci/"
COSTRAT, COMOP, LEAD = 0, 1, 2  # places of actors in a row


def cell(page: Page, number: str, column: int) -> Locator:
    return page.locator(f'[id="r{number}"] td').nth(column)


def expect_letters(page: Page, number: str, column: int, said: str) -> None:
    expect(cell(page, number, column)).to_have_text(re.compile(rf"^\s*{said}\s*$"))


def expect_saved(page: Page, what: str) -> None:
    expect(page.locator("#dit")).to_contain_text(re.compile(rf"Enregistré à \d\d:\d\d\s: action {what}"))


def test_letters_by_keyboard_alone(visit: Visit) -> None:
    maelle = visit("lead", viewport={"width": 1280, "height": 900})
    page = maelle.go(MATRIX)
    page.get_by_role("button", name="Imprimer").focus()
    for _ in range(2):  # the frame of the table, then the one stop of the grid
        page.keyboard.press("Tab")
    expect(cell(page, "1.1.1", COSTRAT)).to_be_focused()
    expect(cell(page, "1.1.1", COSTRAT)).to_be_in_viewport(ratio=1)

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(cell(page, "1.1.2", COMOP)).to_be_focused()
    for key in "ac":  # the second leaves before the first is answered
        page.keyboard.press(key)
    expect_saved(page, r"1\.1\.2, COMOP\s: A et C")
    expect_letters(page, "1.1.2", COMOP, "A ajouté C ajouté")
    expect(page.locator("#bilan")).to_contain_text("Cinq différences avec le catalogue")
    expect(cell(page, "1.1.2", COMOP)).to_be_focused()

    page.keyboard.press("c")
    expect_saved(page, r"1\.1\.2, COMOP\s: A\.")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("r")
    expect_letters(page, "1.1.2", LEAD, "R retiré")
    expect(page.locator("h1")).to_contain_text("six attendent")
    expect(page.locator('[id="m1.1.2"]')).to_contain_text("Responsable à désigner")

    page.keyboard.press("Enter")
    expect(page.get_by_role("menu", name="Chef de projet, action 1.1.2")).to_be_visible()
    expect(page.get_by_role("menuitemcheckbox", name="Responsable")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitemcheckbox", name="Responsable")).to_be_checked()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitemcheckbox", name="Consulté")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_be_hidden()
    expect(cell(page, "1.1.2", LEAD)).to_be_focused()
    expect_letters(page, "1.1.2", LEAD, "R")
    expect(page.locator("h1")).to_contain_text("cinq attendent")

    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    maelle.ready()
    expect(page.get_by_role("heading", level=1)).to_have_text("Qui tient un rôle dans l’action 1.1.2")


def test_the_arrows_stay_in_the_grid_and_tab_leaves_it(visit: Visit) -> None:
    page = visit("lead", viewport={"width": 1280, "height": 900}).go(f"{MATRIX}?etape=1")
    cell(page, "1.1.1", COSTRAT).focus()
    page.keyboard.press("ArrowUp")
    expect(cell(page, "1.1.1", COSTRAT)).to_be_focused()
    page.keyboard.press("Control+End")
    expect(cell(page, "1.2.3", 8)).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(cell(page, "1.2.3", 8)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".foot a").first).to_be_focused()


def test_a_click_opens_the_letters_and_what_is_ticked_is_still_there(visit: Visit) -> None:
    page = visit("lead", viewport={"width": 1280, "height": 900}).go(MATRIX)
    cell(page, "5.3.1", LEAD).click()
    page.get_by_role("menuitemcheckbox", name="Responsable").click()
    expect_saved(page, r"5\.3\.1, Chef de projet\s: R")
    page.get_by_role("heading", level=1).click()
    expect(page.get_by_role("menu")).to_be_hidden()
    expect(page.locator("h1")).to_contain_text("quatre attendent")
    page.goto(f"{MATRIX}?voir=ecarts")
    expect_letters(page, "5.3.1", LEAD, "R ajouté A")
    expect(page.locator("h1")).to_have_text("Quatre actions diffèrent du catalogue")


def test_two_people_on_one_cell(visit: Visit) -> None:
    maelle, again = visit("lead"), visit("lead")
    for someone in (maelle, again):
        someone.page.set_viewport_size({"width": 1280, "height": 900})
        someone.go(MATRIX)
        cell(someone.page, "1.1.2", COMOP).focus()
    again.page.keyboard.press("i")
    expect_saved(again.page, r"1\.1\.2, COMOP\s: I")
    maelle.page.keyboard.press("r")
    told = re.compile(r"COMOP\s: Maëlle Kerdrain vient de mettre I\s; vous vouliez R\. Rien n’a été écrasé\.")
    expect(maelle.page.locator("#dit")).to_have_text(told)
    expect_letters(maelle.page, "1.1.2", COMOP, "I ajouté")
    maelle.page.keyboard.press("r")
    expect_letters(maelle.page, "1.1.2", COMOP, "R ajouté I ajouté")


def test_a_reader_moves_nothing(visit: Visit) -> None:
    page = visit("observer", viewport={"width": 1280, "height": 900}).go(MATRIX)
    cell(page, "1.1.2", COMOP).click()
    expect(page.get_by_role("grid")).to_have_count(0)
    expect(page.get_by_role("menu")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_phone_letters_are_read_stacked_and_ticked_on_a_page(visit: Visit, scripts: bool) -> None:
    maelle = visit("lead", viewport={"width": 390, "height": 800}, java_script_enabled=scripts)
    page = maelle.page
    page.goto(f"{MATRIX}?etape=2")
    expect(page.get_by_role("grid")).to_have_count(0)
    expect(page.locator('[id="r2.2.1"] td:visible')).to_have_count(3)  # those that hold a letter, no empty one
    page.get_by_role("link", name="2.2.1").click()
    page.get_by_label("DPD : Informé").check()
    page.get_by_role("button", name="Enregistrer les rôles").click()
    expect(page).to_have_url(re.compile(r"/raci/#r2\.2\.1$"))
    expect(page.locator("main")).to_contain_text("Les rôles de l’action 2.2.1 sont enregistrés.")
    expect(page.locator('[id="r2.2.1"]')).to_contain_text(re.compile(r"I\s+ajouté"))


def test_a_cut_line_changes_nothing_and_says_so(visit: Visit) -> None:
    maelle = visit("lead", viewport={"width": 1280, "height": 900})
    page = maelle.go(MATRIX)
    cell(page, "1.1.2", COMOP).focus()
    maelle.context.set_offline(True)
    page.keyboard.press("r")
    expect(page.locator("#toasts")).to_contain_text("La connexion est coupée")
    expect(cell(page, "1.1.2", COMOP)).to_have_text("")
    maelle.problems.clear()  # htmx writes in the console that the line was cut
    maelle.context.set_offline(False)
    page.keyboard.press("r")
    expect_letters(page, "1.1.2", COMOP, "R ajouté")


@pytest.mark.parametrize("paper", ["A4", "A3"])
def test_each_sheet_of_paper_names_the_actors_and_begins_a_step_or_goes_on(visit: Visit, paper: str) -> None:
    page = visit("lead").go(MATRIX)
    sheets = page_texts(page.pdf(format=paper, landscape=True))
    table = [sheet for sheet in sheets if re.search(r"\b\d\.\d\.\d\b", sheet)]
    assert len(table) >= 7
    for sheet in table:
        assert "COSTRAT" in sheet
        assert "DPD" in sheet
        assert len(re.findall(r"Étape \d\.", sheet)) <= 1  # a step begins on a sheet of its own
    numbers = [number for sheet in sheets for number in re.findall(r"\b\d\.\d\.\d\d?\b", sheet)]
    assert len(set(numbers)) == len(numbers) == 100
