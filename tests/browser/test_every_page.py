"""What holds on every page: no violation in axe, light and dark, wide and narrow; no side scroll down to 320 px."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visitor import CHECKLIST, PROJECT, REPORTS, Visitor

Visit = Callable[..., Visitor]


def _opened_panel(visitor: Visitor, page: Page) -> None:
    visitor.action("1.1.3").get_by_role("link").first.click()
    expect(page.locator("#detail")).to_contain_text("Échanges")


def _all_cards(visitor: Visitor, page: Page) -> None:
    expect(page.locator(".ko-sum")).to_have_count(6)
    for left in range(5, -1, -1):
        page.get_by_role("link", name="Compléter").first.click()
        expect(page.locator(".ko-sum")).to_have_count(left)
    expect(page.locator(".ko-card")).to_have_count(6)


def _asked_why(visitor: Visitor, page: Page) -> None:
    visitor.tick("1.1.3", "Sans objet")
    expect(page.get_by_label("Pourquoi cette action est-elle sans objet ?")).to_be_visible()


def _empty_message(visitor: Visitor, page: Page) -> None:
    page.evaluate("document.querySelector('#message').noValidate = true")
    page.get_by_role("button", name="Envoyer").click()
    visitor.ready()
    expect(page.locator(".error").first).to_be_visible()


def _asked_report(visitor: Visitor, page: Page) -> None:
    page.get_by_role("button", name="Demander le rapport").click()
    visitor.ready()
    expect(page.get_by_role("progressbar")).to_be_visible()


PAGES = {
    "sign-in": ("", "/compte/connexion/", None),
    "help": ("", "/aide/", None),
    "accessibility": ("", "/accessibilite/", None),
    "personal data": ("", "/donnees-personnelles/", None),
    "home of the lead": ("lead", "/", None),
    "home of a director": ("dir_enfance", "/", None),
    "home with nothing to do": ("vendor", "/", None),
    "account": ("lead", "/compte/", None),
    "project": ("lead", PROJECT, None),
    "step": ("lead", f"{CHECKLIST}?etape=5", None),
    "step, locked": ("observer", f"{CHECKLIST}?etape=1", None),
    "blocked": ("lead", f"{CHECKLIST}?vue=ko", _all_cards),
    "panel": ("lead", f"{CHECKLIST}?etape=1", _opened_panel),
    "why not applicable": ("lead", f"{CHECKLIST}?etape=1", _asked_why),
    "own actions": ("purchasing", CHECKLIST, None),
    "action": ("lead", f"{CHECKLIST}actions/2.4.3/", None),
    "action, message refused": ("lead", f"{CHECKLIST}actions/1.1.3/", _empty_message),
    "reports": ("lead", REPORTS, None),
    "report under way": ("lead", REPORTS, _asked_report),
    "structures": ("lead", f"{PROJECT}structures/", None),
    "structure": ("lead", f"{PROJECT}structures/ime-la-clairiere-aux-songes/", None),
    "people": ("lead", f"{PROJECT}acces/", None),
    "settings": ("lead", f"{PROJECT}reglages/", None),
    "refused": ("vendor", CHECKLIST, None),
    "not found": ("lead", "/projets/cap-mirabelle/", None),
}
WIDE, NARROW, NARROWEST = 1280, 390, 320


@pytest.mark.parametrize("name", PAGES)
def test_a_page_reads_well_for_everybody(visit: Visit, name: str) -> None:
    code, address, then = PAGES[name]
    visitor = visit(code, viewport={"width": WIDE, "height": 900}, reduced_motion="reduce")
    page = visitor.go(address)
    if then:
        then(visitor, page)
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="light")
        visitor.expect_accessible()
        page.emulate_media(color_scheme="dark")
        visitor.expect_accessible(rules=("color-contrast",))  # all that colours can change
    for width in (360, NARROWEST):
        page.set_viewport_size({"width": width, "height": 700})
        visitor.expect_no_side_scroll()
    expect(page.locator("h1")).to_have_count(1)


def test_a_tick_on_a_phone(visit: Visit) -> None:
    maelle = visit(
        "lead", through_the_door=True, viewport={"width": 360, "height": 700}, has_touch=True, is_mobile=True
    )
    page = maelle.go(PROJECT)
    page.get_by_role("button", name="Menu").tap()
    page.get_by_role("link", name="Checklist", exact=True).tap()
    maelle.ready()
    maelle.action("1.1.3").locator(".status label").nth(2).tap()
    expect(page.locator(".lede")).to_contain_text("7 actions sur 8 sont faites")
    maelle.action("1.1.3").get_by_role("link").first.tap()
    expect(page.locator("#detail")).to_contain_text("Échanges")
    expect(page.locator("#detail")).to_be_in_viewport()
    maelle.expect_no_side_scroll()
