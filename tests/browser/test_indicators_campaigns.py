"""The lead opens a campaign of indicators from the keyboard, gives more time, closes it, thinks again."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.visitor import PROJECT, Visitor

Visit = Callable[..., Visitor]
CAMPAIGNS = f"{PROJECT}indicateurs/campagnes/"
TODAY = timezone.localdate()


def test_the_lead_opens_a_campaign_from_the_keyboard_extends_and_closes_it(visit: Visit) -> None:
    maelle = visit("lead")
    page = maelle.go(CAMPAIGNS)
    maelle.expect_accessible()
    press(page, "link", "Ouvrir une campagne")
    maelle.ready()
    maelle.expect_accessible()
    page.get_by_label("Message aux structures").fill("Pour le COSTRAT de janvier")
    press(page, "button", "Toutes")
    maelle.ready()
    expect(page.get_by_label("Message aux structures")).to_have_value("Pour le COSTRAT de janvier")
    page.get_by_label("À rendre le").fill("")
    press(page, "button", "Ouvrir la campagne")
    maelle.ready()
    expect(page.get_by_text("Donnez une date.").first).to_be_visible()
    maelle.expect_accessible()
    due = TODAY + timedelta(days=40)  # after the end of any month that goes on
    page.get_by_label("À rendre le").fill(due.isoformat())
    page.get_by_label("Clôture").fill((due + timedelta(days=20)).isoformat())
    press(page, "button", "Ouvrir la campagne")
    maelle.ready()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aucun relevé n’est encore rendu")
    expect(page.get_by_text("Pour le COSTRAT de janvier")).to_be_visible()
    maelle.expect_accessible()

    press(page, "link", "Donner plus de temps")
    maelle.ready()
    maelle.expect_accessible()
    page.get_by_label("Nouvelle date").fill((due + timedelta(days=9)).isoformat())
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
    expect(page.get_by_text("est close.").first).to_be_visible()
    press(page, "button", "Annuler")
    maelle.ready()
    expect(page.get_by_text("est rouverte.").first).to_be_visible()


def test_a_campaign_is_followed_and_a_statement_sent_back_on_a_phone(visit: Visit) -> None:
    maelle = visit("lead", viewport={"width": 390, "height": 844})
    page = maelle.go(CAMPAIGNS)
    maelle.expect_no_side_scroll()
    page.get_by_role("rowheader").get_by_role("link").first.click()
    maelle.ready()
    maelle.expect_accessible()
    maelle.expect_no_side_scroll()
    page.get_by_role("link", name="Renvoyer le relevé").first.click()
    maelle.ready()
    maelle.expect_accessible()
    maelle.expect_no_side_scroll()
    if page.get_by_label("Jusqu’au").count():
        page.get_by_label("Jusqu’au").fill((TODAY + timedelta(days=5)).isoformat())
    page.get_by_label("Pourquoi").fill("La somme surprend")
    page.get_by_role("button", name="Renvoyer à la structure").click()
    maelle.ready()
    expect(page.get_by_text("est renvoyé à la structure").first).to_be_visible()
    expect(page.get_by_text("« La somme surprend »")).to_be_visible()


def press(page: Page, role: str, name: str) -> None:
    """As who has no mouse: reach it, then Enter."""
    found = page.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
    found.focus()
    expect(found).to_be_focused()
    page.keyboard.press("Enter")
