"""Twelve months at once in Chromium: pasted from a spreadsheet, corrected by keyboard, taken back, on a phone."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from common.scope import elevated
from indicators.enums import StatementStatus
from indicators.models import Cell, Figure, Indicator, Statement
from indicators.selectors.definitions import Followed
from organisations.enums import Role
from organisations.models import ESMS, Membership
from tests.browser.test_habilitations import DESK, PASTE
from tests.browser.visitor import PROJECT, Visitor
from tests.indicators.gridding import all_monthly, asked_in, block, months, opened, value

Visit = Callable[..., Visitor]
SLUG = "ehpad-les-trois-lanternes"
GRID = f"{PROJECT}structures/{SLUG}/indicateurs/grille/"
PHONE = {"width": 390, "height": 844}
BAD = {  # row, column: what somebody has in their spreadsheet, and what the page answers
    (0, 0): ("douze", "n’est pas un nombre"),
    (6, 5): ("1/2", "Il faut 4 nombres"),
    (3, 11): ("9/8", "dépasse"),
    (5, 2): ("05/12/2026", "date"),
    (9, 9): ("#DIV/0!", "n’est pas un nombre"),
}


def emptied() -> tuple[ESMS, list[Followed]]:
    """The EHPAD with nothing entered, twelve open months, the seventeen indicators that are asked of structures."""
    with elevated():
        esms = ESMS.objects.select_related("project").get(slug=SLUG)
        Indicator.objects.filter(project=esms.project, code="accounts_created_count").update(asked=False)
        Statement.objects.filter(esms=esms).update(status=StatementStatus.OPEN)
        Cell.objects.filter(place=esms.pk).delete()
        Figure.objects.filter(place=esms.pk, statement__isnull=False).delete()
        lead = Membership.objects.filter(project=esms.project, role=Role.PROJECT_LEAD).select_related("user")[0].user
    all_monthly(esms.project)
    opened(esms, lead)
    return esms, asked_in(esms)


def at(page: Page, one: Followed, column: int) -> Locator:
    return page.locator(f"[id='c-{one.code}-{months()[column].code}']")


def pasted(page: Page, where: Locator, text: str) -> None:
    where.focus()
    page.evaluate(PASTE, text)


def said(page: Page, words: str) -> None:
    expect(page.locator("#colle")).to_contain_text(re.compile(words.replace(" ", r"\s")))


def test_twelve_months_of_seventeen_indicators_are_pasted_and_the_bad_cells_marked(visit: Visit) -> None:
    _, rows = emptied()
    assert len(rows) == 17
    ines = visit("dir_ehpad", viewport=DESK)
    page = ines.go(GRID)
    lines = [line.split("\t") for line in block(rows, 12).split("\n")]
    for (row, column), (text, _) in BAD.items():
        lines[row][column] = text
    pasted(page, at(page, rows[0], 0), "\r\n".join("\t".join(line) for line in lines) + "\r\n")
    said(page, r"199 valeurs enregistrées, 5 refusées\.")
    expect(page.locator("#grille [aria-invalid=true]")).to_have_count(5)
    for (row, column), (text, why) in BAD.items():
        cell = at(page, rows[row], column)
        expect(cell).to_have_value(text)
        expect(cell).to_have_attribute("aria-invalid", "true")
        expect(cell.locator("xpath=..")).to_contain_text(why)
    ines.expect_accessible()
    # From the summary to the cell, which is corrected by keyboard.
    page.locator("#colle").get_by_role("link").first.click()
    first = at(page, rows[0], 0)
    expect(first).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(at(page, rows[1], 0)).to_be_focused()
    expect(page.locator("#grille-etat")).to_contain_text("Enregistré à")
    expect(first).not_to_have_attribute("aria-invalid", "true")
    # Found again.
    page = ines.go(GRID)
    expect(page.locator("#grille [aria-invalid=true]")).to_have_count(0)
    expect(at(page, rows[0], 0)).to_have_value("12")
    for row, one in enumerate(rows):
        for column in (1, 6, 10):
            if (row, column) not in BAD:
                expect(at(page, one, column)).to_have_value(value(one, column + 1))
    expect(at(page, rows[6], 5)).to_have_value("")
    with elevated():
        assert Figure.objects.filter(esms__slug=SLUG, statement__isnull=False).count() == 200


def test_moving_undoing_and_two_people(visit: Visit) -> None:
    _, rows = emptied()
    ines, other = visit("dir_ehpad", viewport=DESK), visit("dir_ehpad", viewport=DESK)
    page, theirs = ines.go(GRID), other.go(GRID)
    here = at(page, rows[0], 0)
    here.focus()
    page.keyboard.type("5")
    page.keyboard.press("Escape")
    expect(here).to_have_value("")
    page.keyboard.type("7")
    page.keyboard.press("Tab")
    expect(at(page, rows[0], 1)).to_be_focused()
    expect(page.locator("#grille-etat")).to_contain_text("Enregistré à")
    page.keyboard.press("ArrowDown")
    expect(at(page, rows[1], 1)).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    expect(at(page, rows[0], 1)).to_be_focused()
    # Somebody whose page is from before does not overwrite it unseen.
    at(theirs, rows[0], 0).fill("9")
    theirs.keyboard.press("Enter")
    expect(at(theirs, rows[0], 0)).to_have_attribute("aria-invalid", "true")
    expect(theirs.locator("#grille-etat")).to_contain_text(re.compile(r"a écrit «\s7\s» ici entre-temps"))
    at(theirs, rows[0], 0).focus()
    theirs.keyboard.press("Enter")
    expect(at(theirs, rows[0], 0)).not_to_have_attribute("aria-invalid", "true")
    # A paste is taken back in one gesture.
    page = ines.go(GRID)
    pasted(page, at(page, rows[0], 0), "20\t21")
    said(page, r"2 valeurs enregistrées\.")
    expect(at(page, rows[0], 1)).to_have_value("21")
    page.get_by_role("button", name="Remettre comme avant").click()
    said(page, r"2 valeurs remises comme avant\.")
    expect(at(page, rows[0], 0)).to_have_value("9")
    expect(at(page, rows[0], 1)).to_have_value("")


def test_on_a_phone_the_table_scrolls_beside_its_first_column(visit: Visit) -> None:
    _, rows = emptied()
    ines = visit("dir_ehpad", viewport=PHONE)
    page = ines.go(GRID)
    ines.expect_no_side_scroll()
    ines.expect_accessible()
    at(page, rows[0], 11).focus()
    head = page.locator("tbody th").first
    assert head.bounding_box()["x"] >= 0
    cell = at(page, rows[0], 11).bounding_box()
    assert cell["x"] >= head.bounding_box()["x"] + head.bounding_box()["width"] - 1
    assert cell["x"] + cell["width"] <= PHONE["width"] + 1
