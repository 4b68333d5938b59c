"""With JavaScript off, the main job is still done."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import email_of
from tests.browser.visitor import CHECKLIST, Visitor, expect_formula


def test_a_tick_and_a_message_without_javascript(visit: Callable[..., Visitor]) -> None:
    maelle = visit(java_script_enabled=False)
    page = maelle.page
    page.goto("/compte/connexion/")
    page.get_by_label("Adresse").fill(email_of("lead"))
    page.get_by_label("Mot de passe", exact=True).fill("passerelle-demo-2026")
    page.get_by_role("button", name="Se connecter").click()
    page.goto(f"{CHECKLIST}?etape=1")
    maelle.choose("1.1.3", "OK")
    maelle.action("1.1.3").get_by_role("button", name="Enregistrer l’état").click()
    expect(page).to_have_url(re.compile(r"etape=1#a1\.1\.3$"))
    assert maelle.state("1.1.3") == "OK"
    expect_formula(page, 44, 44)

    maelle.choose("1.1.4", "KO")
    maelle.action("1.1.4").get_by_role("button", name="Enregistrer l’état").click()
    assert maelle.state("1.1.4") == "KO"

    maelle.action("1.1.3").get_by_role("link").first.click()
    page.get_by_label("Votre message").fill("Écrit sans script.")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator("main")).to_contain_text("Écrit sans script.")


def test_a_conflict_without_javascript(visit: Callable[..., Visitor]) -> None:
    maelle, hippolyte = visit("lead", java_script_enabled=False), visit("ogdir_brumes", java_script_enabled=False)
    for someone in (maelle, hippolyte):
        someone.page.goto(f"{CHECKLIST}?etape=1")
    hippolyte.choose("1.1.1", "KO")
    hippolyte.action("1.1.1").get_by_role("button", name="Enregistrer l’état").click()
    maelle.choose("1.1.1", "En cours")
    maelle.action("1.1.1").get_by_role("button", name="Enregistrer l’état").click()
    expect(maelle.page.locator("main")).to_contain_text("Hippolyte Vasseran a changé cette action juste avant vous")
    maelle.page.get_by_role("button", name="quand même").click()
    assert maelle.state("1.1.1") == "En cours"
