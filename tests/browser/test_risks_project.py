"""The lead reads where risk is across structures, opens a campaign from the keyboard, gives more time, closes it."""

import re
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.visitor import PROJECT, Visitor

Visit = Callable[..., Visitor]
RISKS = f"{PROJECT}risques/"
TODAY = timezone.localdate()


def test_the_lead_reads_the_heat_map_and_goes_down_to_a_structure(visit: Visit) -> None:
    maelle = visit("lead")
    page = maelle.go(RISKS)
    title = page.get_by_role("heading", level=1)
    expect(title).to_contain_text("Une structure sur douze est en risque certain")
    expect(title).to_contain_text("huit n’ont pas encore transmis")
    maelle.expect_accessible()
    maelle.expect_no_side_scroll()

    page.get_by_text("Choisir une campagne, un OG").click()
    page.get_by_label("Niveau de risque").select_option(label="Certain")
    page.get_by_role("button", name="Filtrer").click()
    maelle.ready()
    expect(title).to_have_text("La structure est en risque certain")
    row = page.get_by_role("row").filter(has_text="EAM Les Tournesols Gris")
    cell = row.get_by_role("link", name=re.compile("EAM Les Tournesols Gris, Contexte"))
    expect(cell).to_contain_text("72")
    cell.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/risques/lecture/"))
    maelle.ready()
    expect(page.get_by_role("navigation", name="Fil d’Ariane")).to_contain_text("EAM Les Tournesols Gris")


def test_the_lead_opens_a_campaign_from_the_keyboard_extends_and_closes_it(visit: Visit) -> None:
    maelle = visit("lead")
    page = maelle.go(f"{RISKS}campagnes/")
    maelle.expect_accessible()
    press(page, "link", "Ouvrir une campagne")
    maelle.ready()
    maelle.expect_accessible()
    page.get_by_label("Message aux structures").fill("Avant la bascule de mars")
    press(page, "button", "Toutes")
    maelle.ready()
    expect(page.get_by_label("Message aux structures")).to_have_value("Avant la bascule de mars")
    boxes = page.get_by_role("group", name="Qui répond").get_by_role("checkbox")
    asked = boxes.count()
    assert page.get_by_role("checkbox", checked=True).count() == asked > 1
    press(page, "button", "Ouvrir la campagne")
    maelle.ready()
    expect(page.get_by_text("Donnez la date à laquelle les analyses sont à rendre.").first).to_be_visible()
    maelle.expect_accessible()
    page.get_by_label("À rendre le").fill((TODAY + timedelta(days=20)).isoformat())
    press(page, "button", "Ouvrir la campagne")
    maelle.ready()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aucune analyse n’est encore transmise")
    expect(page.get_by_text("Avant la bascule de mars")).to_be_visible()

    press(page, "link", "Donner plus de temps")
    maelle.ready()
    maelle.expect_accessible()
    page.get_by_label("Nouvelle date").fill((TODAY + timedelta(days=40)).isoformat())
    page.get_by_label("Pourquoi la date change").fill("Les vacances de février")
    page.keyboard.press("Enter")
    maelle.ready()
    expect(page.get_by_text("La date a changé : Les vacances de février")).to_be_visible()

    press(page, "link", "Clore")
    maelle.ready()
    expect(page.get_by_role("heading", name="Ce qui s’arrête")).to_be_visible()
    maelle.expect_accessible()
    press(page, "button", "Clore la campagne")
    maelle.ready()
    expect(page.get_by_text("est close.")).to_be_visible()
    press(page, "button", "Annuler")
    maelle.ready()
    expect(page.get_by_text("est rouverte.")).to_be_visible()


def test_the_lead_sees_what_thresholds_would_change_on_a_phone(visit: Visit) -> None:
    maelle = visit("lead", viewport={"width": 390, "height": 844})
    page = maelle.go(f"{RISKS}seuils/")
    maelle.expect_accessible()
    maelle.expect_no_side_scroll()
    page.get_by_label("Risque certain à partir de").fill("50")
    page.get_by_role("button", name="Voir l’effet").click()
    maelle.ready()
    expect(page.get_by_text("changeraient de niveau dans l’ensemble")).to_be_visible()
    expect(page.get_by_text("Rien n’est encore enregistré.")).to_be_visible()
    expect(page.get_by_label("Risque certain à partir de")).to_have_value("50")
    page.get_by_role("button", name="Enregistrer").click()
    maelle.ready()
    expect(page.get_by_role("heading", level=1)).to_have_text("Les seuils de ce projet")
    maelle.go(RISKS)
    maelle.expect_no_side_scroll()
    expect(page.get_by_text("certain à partir de 50")).to_be_visible()


def press(page: Page, role: str, name: str) -> None:
    """As who has no mouse: reach it, then Enter."""
    found = page.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
    found.focus()
    expect(found).to_be_focused()
    page.keyboard.press("Enter")
