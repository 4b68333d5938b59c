"""Several actions at once, as a project lead does it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_checklist import tab_to
from tests.browser.visitor import CHECKLIST, Visitor

Visit = Callable[..., Visitor]
STEP = f"{CHECKLIST}?etape=4"


def states(page: Page, *numbers: str) -> list[str]:
    return [page.locator(f'[id="a{number}"] .status input:checked').get_attribute("value") for number in numbers]


def test_three_actions_turn_ok_and_back_by_keyboard(visit: Visit) -> None:
    maelle = visit("lead")
    page = maelle.go(STEP)
    open_ones = page.locator(".action:has(.status input[value=in_progress]:checked)")
    three = [open_ones.nth(index).get_attribute("id").removeprefix("a") for index in range(3)]
    tab_to(page, "a[href*='choisir=oui']")
    page.keyboard.press("Enter")
    maelle.ready()

    for number in three:
        tab_to(page, f'[id="c{number}"]')
        page.keyboard.press("Space")
    expect(page.locator("[data-chosen]")).to_have_text("3 actions choisies")
    tab_to(page, "#lot [name=status]")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="OK")).to_be_checked()
    tab_to(page, "#lot button[type=submit]")
    page.keyboard.press("Enter")

    expect(page.locator(".messages")).to_contain_text("3 actions sont OK.")
    maelle.ready()
    assert states(page, *three) == ["ok"] * 3
    maelle.expect_accessible()

    tab_to(page, ".messages button")
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("3 actions sont redevenues comme avant.")
    maelle.ready()
    assert states(page, *three) == ["in_progress"] * 3


def test_a_whole_block_is_chosen_at_once(visit: Visit) -> None:
    page = visit("lead").go(f"{STEP}&choisir=oui")
    block = page.locator(".group").first
    boxes = block.get_by_role("checkbox")
    block.get_by_role("button", name="Tout choisir").click()
    expect(block.locator("input:checked")).to_have_count(boxes.count())
    expect(page.locator("[data-chosen] b")).to_have_text(str(boxes.count()))
    page.locator("#lot").get_by_role("radio", name="Sans objet").check()
    page.get_by_label("Pourquoi sont-elles sans objet").press("Enter")
    expect(page.locator("#refus")).to_be_focused()
    expect(page.get_by_text("Dites pourquoi ces actions sont sans objet.").first).to_be_visible()
    expect(block.locator("input:checked")).to_have_count(boxes.count())


def test_without_javascript_a_selection_is_changed(visit: Visit) -> None:
    page = visit("lead", java_script_enabled=False).page
    page.goto(f"{CHECKLIST}?etape=1&choisir=oui")
    page.locator('[id="c1.1.3"]').check()
    page.locator("#lot label", has_text="Donner une échéance").click()
    page.locator("#lot_due_on").fill("2031-05-02")
    page.get_by_role("button", name="Changer ces actions").click()
    expect(page.locator(".messages")).to_contain_text("1 action a pour échéance le 2 mai 2031.")
    expect(page.locator('[id="a1.1.3"]')).to_contain_text("Pour le 2 mai 2031")
    page.get_by_role("button", name="Annuler").click()
    expect(page.locator(".messages")).to_contain_text("1 action est redevenue comme avant.")
