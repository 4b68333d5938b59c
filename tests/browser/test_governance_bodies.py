"""Somebody is appointed and answers; the OG are given new weights: as people do it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import PROJECT, Visitor

Visit = Callable[..., Visitor]
BODIES, WEIGHTS = f"{PROJECT}gouvernance/instances/", f"{PROJECT}gouvernance/poids/"
NARROW = (390, 320)


def expect_narrow(visitor: Visitor) -> None:
    """The page as phones have it, then as it was."""
    before = visitor.page.viewport_size
    for width in NARROW:
        visitor.page.set_viewport_size({"width": width, "height": 760})
        visitor.expect_no_side_scroll()
    visitor.expect_accessible()
    visitor.page.emulate_media(color_scheme="dark", reduced_motion="reduce")  # no colour on its way to another
    visitor.expect_accessible(rules=("color-contrast",))
    visitor.page.emulate_media(color_scheme="light")
    visitor.page.set_viewport_size(before)


def test_a_category_without_a_voice_gets_one_and_the_person_accepts(visit: Visit) -> None:
    maelle, ines = visit("lead", through_the_door=True), visit("dir_ehpad", through_the_door=True)
    page = maelle.go(BODIES)
    expect(page.get_by_role("heading", level=1)).to_contain_text("à revoir")
    comop = page.get_by_role("region", name="COMOP")
    expect(comop).to_contain_text(re.compile(r"Personne ne représente «\sAccueil de jour\s» pour Hautes-Lucioles"))
    maelle.expect_accessible()
    expect_narrow(maelle)

    comop.get_by_role("link", name="Voir qui y siège").click()
    maelle.ready()
    title = page.get_by_role("heading", level=1)
    expect(title).to_contain_text("Personne ne représente")
    cell = page.get_by_role("row", name="Hautes-Lucioles").get_by_role("cell").last
    expect(cell).to_have_text("Personne")
    maelle.expect_accessible()
    expect_narrow(maelle)
    page.get_by_role("link", name="Nommer une voix pour").click()
    maelle.ready()
    expect(page.get_by_label("OG représenté")).to_have_value(re.compile(r".+"))
    expect(page.get_by_role("checkbox", name="Accueil de jour")).to_be_checked()
    expect(page.get_by_label("Structure représentée")).to_be_hidden()
    page.get_by_role("radio", name="Représentant de son ESMS").check()
    expect(page.get_by_label("Structure représentée")).to_be_visible()
    expect(page.get_by_label("OG représenté")).to_be_hidden()
    page.get_by_role("radio", name="Représentant d’un type de structure").check()
    page.get_by_role("button", name="Nommer cette personne").click()
    maelle.ready()
    expect(page.get_by_role("alert")).to_be_focused()
    maelle.expect_accessible()
    expect_narrow(maelle)
    page.get_by_label("Personne", exact=True).select_option(label="Inès Roumegoux, directrice")
    page.get_by_role("button", name="Nommer cette personne").click()
    maelle.ready()
    expect(page.locator(".messages")).to_contain_text("Inès Roumegoux siège au COMOP")
    expect(title).to_contain_text("Le COMOP réunit six membres, comme le veut sa règle")
    expect(cell).to_have_text("Inès Roumegoux")
    seat = page.get_by_role("listitem").filter(has_text="Inès Roumegoux").filter(has_text="Accueil de jour")
    expect(seat).to_contain_text("En attente de sa réponse")

    hers = ines.go(BODIES)
    hers.get_by_role("link", name="Répondre").click()
    ines.ready()
    expect(hers.get_by_role("heading", level=1)).to_have_text("On vous propose de siéger au COMOP")
    expect(hers.locator(".lede")).to_contain_text("Accueil de jour")
    ines.expect_accessible()
    expect_narrow(ines)
    hers.get_by_role("button", name="J’accepte ce siège").click()
    ines.ready()
    expect(hers.locator(".messages")).to_contain_text("vous siégez au COMOP")
    expect(hers.get_by_role("link", name="Répondre")).to_have_count(0)

    page.reload()
    maelle.ready()
    expect(seat.get_by_text("En attente de sa réponse")).to_have_count(0)
    expect(seat.get_by_text("Accepté le")).to_have_count(2)


def test_who_declines_says_why_and_the_rule_says_what_is_missing_again(visit: Visit) -> None:
    maelle, thierry = visit("lead"), visit("dir_travail")
    page = maelle.go(f"{BODIES}costrat/nommer/")
    page.get_by_label("Personne", exact=True).select_option(
        label="Thierry Cazalbou, directeur du pôle travail et habitat"
    )
    page.get_by_role("radio", name="Membre, ne vote pas").check()
    page.get_by_role("radio", name="Représentant d’un type de structure").check()
    page.get_by_label("OG représenté").select_option(index=1)
    page.get_by_role("checkbox", name="Travail").check()
    page.get_by_role("button", name="Nommer cette personne").click()
    maelle.ready()
    his = thierry.go(f"{BODIES}costrat/")
    his.get_by_role("link", name="Répondre").first.click()
    thierry.ready()
    his.get_by_text("Je décline").click()
    his.get_by_role("button", name="Décliner ce siège").click()
    thierry.ready()
    expect(his.get_by_role("alert")).to_be_focused()
    his.get_by_label("Pourquoi vous déclinez").fill("Le COMOP me prend déjà mes jeudis.")
    his.get_by_role("button", name="Décliner ce siège").click()
    thierry.ready()
    expect(his.locator(".messages")).to_contain_text("vous ne siégez pas au COSTRAT")
    expect(his.get_by_role("link", name="Répondre")).to_have_count(0)
    page.reload()
    maelle.ready()
    page.get_by_text("Sièges passés ou déclinés").click()
    expect(page.locator("details.later")).to_contain_text("Thierry Cazalbou")


def test_a_setting_saves_itself(visit: Visit) -> None:
    maelle = visit("lead")
    page = maelle.go(f"{BODIES}comop/")
    days = page.get_by_label("Convocation, en jours avant la séance")
    days.fill("10")
    days.blur()
    expect(page.locator("#instance-convocation_days-sv")).to_contain_text("Enregistré à")
    page.reload()
    maelle.ready()
    expect(days).to_have_value("10")


@pytest.mark.parametrize("scripts", [True, False])
def test_new_weights_are_looked_at_then_fixed(visit: Visit, scripts: bool) -> None:
    maelle = visit("lead", java_script_enabled=scripts, viewport={"width": 1280, "height": 900})
    page = maelle.page

    def ready() -> None:
        if scripts:
            maelle.ready()

    page.goto(WEIGHTS)
    ready()
    title = page.get_by_role("heading", level=1)
    expect(title).to_contain_text("Brumes Claires pèse 41,67")
    if scripts:
        maelle.expect_accessible()
        expect_narrow(maelle)
    page.get_by_role("link", name="Fixer de nouveaux poids").click()
    ready()
    result = page.get_by_role("region", name="Ce que cela donne")
    expect(result).to_contain_text("rien ne changerait")

    def look() -> None:
        if not scripts:
            page.get_by_role("button", name="Voir le résultat").click()

    page.get_by_role("radio", name="Selon la capacité").check()
    look()
    expect(result.get_by_role("row", name="Brumes Claires")).to_contain_text(re.compile(r"276\splaces"))
    expect(result).to_contain_text("Rien n’est encore enregistré.")
    page.get_by_role("radio", name="Répartition négociée").check()
    shares = {"Brumes Claires": "40", "Hautes-Lucioles": "34,66", "Val-Cendré": "25"}
    for name, share in shares.items():
        page.get_by_label(f"{name}, en %").fill(share)
        page.get_by_label(f"{name}, en %").blur()
    look()
    expect(result).to_contain_text(re.compile(r"Il manque 0,34\s%"))
    page.get_by_label("Décision du COSTRAT").select_option(index=1)
    page.get_by_role("button", name="Enregistrer ces poids").click()
    ready()
    expect(page.locator("#erreurs")).to_contain_text(re.compile(r"Il manque 0,34\s%"))
    expect(page.get_by_label("Hautes-Lucioles, en %")).to_have_value("34,66")
    if scripts:
        maelle.expect_accessible()
        expect_narrow(maelle)
    page.get_by_label("Val-Cendré, en %").fill("25,34")
    page.get_by_label("Val-Cendré, en %").blur()
    look()
    expect(result.get_by_role("row", name="Val-Cendré")).to_contain_text("+0,34")
    page.get_by_role("button", name="Enregistrer ces poids").click()
    ready()
    expect(page.locator(".messages")).to_contain_text("Les nouveaux poids sont enregistrés")
    expect(title).to_contain_text("Brumes Claires pèse 41,67")  # until the next COSTRAT
    expect(page.get_by_role("row", name="Poids n° 2")).to_contain_text("À venir")
    expect(page.get_by_role("row", name="Poids n° 2")).to_contain_text(re.compile(r"Val-Cendré 25,34\s%"))
