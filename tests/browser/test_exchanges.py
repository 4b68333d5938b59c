"""Asking somebody something about an action, and moving it on the board, as the people who do."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.visitor import CHECKLIST, Visitor

Visit = Callable[..., Visitor]
ACTION = f"{CHECKLIST}actions/1.1.3/"


def test_somebody_is_named_by_keyboard_and_says_that_it_is_handled(visit: Visit) -> None:
    maelle = visit("lead")
    page = maelle.go(f"{CHECKLIST}?etape=1")
    maelle.action("1.1.3").get_by_role("link").first.click()
    panel = page.locator("#detail")
    message = panel.get_by_label("Votre message")
    message.focus()
    page.keyboard.type("Bonjour @a")
    people = page.get_by_role("listbox", name="Personnes à nommer")
    expect(people.get_by_role("option", selected=True)).to_contain_text("Aurélien Pestourie")
    page.keyboard.press("ArrowDown")
    expect(people.get_by_role("option", selected=True)).not_to_contain_text("Aurélien Pestourie")
    page.keyboard.press("Escape")
    expect(people).to_have_count(0)
    expect(message).to_be_focused()
    page.keyboard.type("uré")
    expect(people.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    page.keyboard.type("peux-tu relire la liste ?")
    expect(message).to_have_value("Bonjour @Aurélien Pestourie peux-tu relire la liste ?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(panel).to_contain_text("1 message à traiter")

    aurelien = visit("dpo")
    page = aurelien.go(ACTION)
    line = page.locator("#echanges li", has_text="@Aurélien Pestourie")
    line.get_by_role("button", name="Traité").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#echanges")).to_contain_text(re.compile(r"Traité par Aurélien Pestourie le"))
    expect(page.locator("#echanges")).not_to_contain_text("à traiter.")


def test_a_name_that_nobody_bears_is_said_and_the_text_kept(visit: Visit) -> None:
    page = visit("lead").go(ACTION)
    page.get_by_label("Votre message").fill("Merci @Aurelen, c’est fait.")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator("#echanges .error")).to_contain_text("@Aurélien Pestourie")
    expect(page.get_by_label("Votre message")).to_have_value("Merci @Aurelen, c’est fait.")


def test_a_card_is_moved_by_keyboard_and_keeps_the_focus(visit: Visit) -> None:
    maelle = visit("lead")
    page = maelle.go(f"{CHECKLIST}tableau/?etape=1")
    page.evaluate("window.samePage = true")
    page.locator('[id="c1.1.3"] summary').focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # « À faire »
    expect(page.locator("#colonne-todo h2")).to_contain_text("1")
    expect(page.locator('#colonne-todo [id="c1.1.3"] h3 a')).to_be_focused()
    expect(page.locator("#dit")).to_contain_text("À faire")
    assert page.evaluate("window.samePage"), "La page a été rechargée."


def test_a_card_is_moved_on_a_phone(visit: Visit) -> None:
    maelle = visit("lead", viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page = maelle.go(f"{CHECKLIST}tableau/?etape=1")
    page.locator('[id="c1.1.3"] summary').tap()
    page.locator('[id="c1.1.3"]').get_by_role("button", name="OK").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("7 actions sur 8 sont faites"))
    maelle.expect_no_side_scroll()


def test_without_scripts_a_name_is_typed_and_a_card_moved(visit: Visit) -> None:
    visitor = visit("lead", java_script_enabled=False)
    page = visitor.page
    page.goto(ACTION)
    page.get_by_label("Votre message").fill("@aurelien pestourie : d’accord ?")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator("#echanges li b", has_text="@aurelien pestourie")).to_be_visible()
    page.goto(f"{CHECKLIST}tableau/?etape=1")
    page.locator('[id="c1.1.3"] summary').click()
    page.locator('[id="c1.1.3"]').get_by_role("button", name="KO").click()
    expect(page.locator('#colonne-ko [id="c1.1.3"]')).to_be_visible()
