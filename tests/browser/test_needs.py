"""A director notes three needs on a phone and transmits two, the lead merges, the director sees what became of them."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.visitor import PROJECT, Visitor, plain

Visit = Callable[..., Visitor]
PHONE = {"width": 390, "height": 844}
NEEDS = f"{PROJECT}structures/residence-autonomie-les-glycines-dor/besoins/"
FOLLOW_UP = f"{PROJECT}suivi/besoins/"
THREE = (
    "Prévenir la famille d’un départ à l’hôpital",
    "Déclarer un événement indésirable de nuit",
    "Dicter un compte rendu",
)


def test_from_a_phone_to_the_common_expression_and_back(visit: Visit) -> None:
    director, lead = visit("dir_domicile", viewport=PHONE), visit("lead")
    _three_needs_noted(director)
    _two_of_them_transmitted(director)
    _merged(lead)
    page = director.go(f"{NEEDS}suites/")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Sur deux besoins transmis, un est porté au niveau commun"
    )
    row = page.get_by_role("row", name=THREE[1])
    expect(row).to_contain_text("Déclarer vite un événement indésirable")
    expect(row).to_contain_text("Avec deux autres structures")
    expect(row).to_contain_text("À l’étude")
    assert "ESAT" not in plain(page.locator("main").inner_text())  # nobody else’s name, nor their words
    page.get_by_label("Diffusée le").fill("2026-12-01")
    page.keyboard.press("Tab")
    expect(page.locator(".saved", has_text="Enregistré à")).to_have_count(1)
    director.expect_accessible()
    director.expect_no_side_scroll()


def _three_needs_noted(director: Visitor) -> None:
    page = director.go(NEEDS)
    expect(page.locator("main")).to_contain_text("Le chef de projet attend vos besoins avant le")
    for number, title in enumerate(THREE):
        page.get_by_label("Noter un besoin").fill(title)
        page.keyboard.press("Enter")
        director.ready()
        noted = page.get_by_role("status").filter(has_text="est noté")
        expect(noted).to_contain_text(title)
        if number == 2:
            continue  # its details may wait
        noted.locator("label", has_text=re.compile("^Important$")).click()
        expect(noted.locator(".saved", has_text="Enregistré à")).to_have_count(1)
        noted.get_by_label("Domaine").select_option("Événements indésirables")
        expect(noted.locator(".saved", has_text="Enregistré à")).to_have_count(2)
    director.expect_accessible()
    director.expect_no_side_scroll()
    page.get_by_role("link", name="Tout préciser").click()
    director.ready()
    page.get_by_label("Ce qu’il faut savoir").fill("Mme Martin, résidente, souffre de la nuit.")
    page.keyboard.press("Tab")
    expect(page.locator("main")).to_contain_text("N’écrivez ni son nom, ni rien de sa santé.")  # told, and kept
    expect(page.locator(".saved", has_text="Enregistré à")).to_have_count(1)


def _two_of_them_transmitted(director: Visitor) -> None:
    page = director.go(NEEDS)
    page.get_by_role("link", name="Valider et transmettre").click()
    director.ready()
    expect(page.get_by_role("checkbox")).to_have_count(3)  # one was noted before; the incomplete one has no box
    page.get_by_role("checkbox", name="Gérer les clés et les badges").uncheck()
    director.expect_accessible()
    page.get_by_role("button", name="Valider et transmettre").click()
    director.ready()
    expect(page.locator("main")).to_contain_text("2 besoins sont transmis.")
    page.get_by_role("link", name=THREE[0]).click()
    director.ready()
    expect(page.locator("main")).to_contain_text("Ce besoin est transmis : ses mots ne changent plus.")
    expect(page.get_by_label("Le besoin, en une ligne")).to_have_count(0)


def _merged(lead: Visitor) -> None:
    page = lead.go(f"{FOLLOW_UP}?vue=a-decider&domaine=adverse_events")
    like = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="événements indésirables"))
    expect(like).to_contain_text("Résidence autonomie")
    lead.expect_accessible()
    like.get_by_role("link", name="Regrouper").click()
    lead.ready()
    page.get_by_label("Le besoin commun, en une ligne").fill("Déclarer vite un événement indésirable")
    lead.expect_accessible()
    page.get_by_role("button", name="Regrouper").click()
    lead.ready()
    expect(page.get_by_role("heading", level=1)).to_have_text("Déclarer vite un événement indésirable")
    expect(page.locator("main")).to_contain_text("Porté par trois structures de trois OG.")
    lead.expect_accessible()
    page.get_by_role("link", name="Besoins", exact=True).first.click()
    lead.ready()
    page.get_by_role("link", name="Expression commune").click()
    lead.ready()
    expect(page.locator("main")).to_contain_text("10. Déclarer vite un événement indésirable")
    lead.expect_accessible()
