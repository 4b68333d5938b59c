"""A direction gives a key to its software, copies it, takes it away; the guide reads on a phone."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.visitor import PROJECT, Visitor

Visit = Callable[..., Visitor]
PHONE = {"width": 390, "height": 844}
KEYS = f"{PROJECT}structures/eam-les-tournesols-gris/indicateurs/cles/"


def test_a_director_gives_a_key_copies_it_and_takes_it_away(visit: Visit) -> None:
    nadege = visit("dir_valcendre", permissions=["clipboard-read", "clipboard-write"])
    page = nadege.go(KEYS)
    expect(page.locator("h1")).to_have_text("Aucun logiciel n’envoie de chiffres ici")
    nadege.expect_accessible()
    page.get_by_role("link", name="Donner une clé").click()
    nadege.ready()
    nadege.expect_accessible()
    page.get_by_label("Nom de la clé").fill("DUI de production")
    page.get_by_role("button", name="Donner la clé").click()
    nadege.ready()
    key = page.get_by_label("La clé", exact=True).input_value()
    nadege.expect_accessible()
    page.get_by_role("button", name="Copier la clé").click()
    expect(page.get_by_role("status").filter(has_text="La clé est copiée.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == key

    page.get_by_role("link", name="C’est noté").click()
    nadege.ready()
    expect(page.locator("tbody").first).to_contain_text("DUI de production")
    expect(page.locator("main")).not_to_contain_text(key)
    nadege.expect_accessible()
    page.get_by_role("link", name=re.compile("^Retirer")).click()
    nadege.ready()
    nadege.expect_accessible()
    page.get_by_role("button", name="Retirer la clé").click()
    nadege.ready()
    expect(page.locator(".messages")).to_contain_text("est retirée.")
    expect(page.locator("tbody").first).to_contain_text("Retirée")


def test_the_guide_and_the_codes_read_on_a_phone(visit: Visit) -> None:
    nadege = visit("dir_valcendre", viewport=PHONE)
    for address in ("/api/v1/indicateurs/", KEYS):
        page = nadege.go(address)
        nadege.expect_accessible()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
