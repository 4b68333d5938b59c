"""One COSTRAT from its planning to its invitation: what the lead does, what a member reads, what the vendor doesn't."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from governance.tasks import send_dispatches
from tests.browser.visitor import PROJECT, Visitor

Visit = Callable[..., Visitor]
MEETINGS = f"{PROJECT}gouvernance/seances/"


def plan(maelle: Visitor, body: str, weeks: int) -> Page:
    """Plan a meeting in so many weeks, through its pages."""
    page = maelle.go(MEETINGS)
    page.get_by_role("link", name="Planifier une séance").click()
    maelle.ready()
    page.get_by_role("navigation", name="Pour quelle instance").get_by_role("link", name=body).click()
    maelle.ready()
    page.get_by_label("Date").fill((timezone.localdate() + timedelta(weeks=weeks)).isoformat())
    page.get_by_label("Heure de début").fill("14:30")
    page.get_by_label("Lieu").fill("Salle des Dunes")
    page.get_by_role("button", name="Voir les dates").click()
    maelle.ready()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Une séance du {body}")
    page.get_by_role("button", name="Préparer la séance").click()
    maelle.ready()
    expect(page.get_by_text("Personne n’en est prévenu").first).to_be_visible()
    return page


def convene(maelle: Visitor, page: Page) -> None:
    page.get_by_role("link", name="Convoquer", exact=True).click()
    maelle.ready()
    expect(page.get_by_role("heading", level=1)).to_contain_text("recevront l’invitation")
    maelle.expect_accessible()
    page.get_by_role("button", name="Convoquer le").click()
    maelle.ready()


def test_a_costrat_from_its_planning_to_its_invitation(visit: Visit) -> None:
    maelle, solene, mathilde = visit("lead"), visit("ogdir_lucioles"), visit("vendor")
    page = plan(maelle, "COSTRAT", weeks=6)
    here = page.url
    assert solene.page.goto(here).status == 404  # nobody is told of a draft
    maelle.expect_accessible()
    agenda = page.locator("#ordre")
    first = agenda.locator("ol.agenda > li").first
    expect(first).to_contain_text("14:30")

    # What waits is put on the agenda by one click, then ordered by keyboard
    arbitration = agenda.get_by_role("button", name="Inscrire « ARB-").first
    arbitration.click()
    expect(page.get_by_role("status").filter(has_text="est à l’ordre du jour.")).to_be_visible()
    added = agenda.locator("ol.agenda > li").last
    expect(added.get_by_role("link", name="Lire l’arbitrage")).to_be_visible()
    up = added.get_by_role("button", name="Monter")
    mover = up.get_attribute("id")
    up.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="est maintenant le point")).to_be_visible()
    expect(page.locator(f'[id="{mover}"]')).to_be_focused()  # so that pressing again moves it again

    # A point is worded in its place, another taken off and put back
    first.get_by_role("link", name="Modifier").click()
    form = page.locator("form#point")
    form.get_by_label("Durée, en minutes").fill("10")
    form.get_by_role("button", name="Enregistrer").click()
    expect(first).to_contain_text("10 minutes")
    budget = agenda.locator("ol.agenda > li", has_text="Budget et ressources")
    budget.get_by_role("button", name="Retirer").click()
    expect(budget).to_have_count(0)
    expect(agenda).to_contain_text("« Budget et ressources » est retiré")
    agenda.get_by_role("button", name="Annuler").click()
    expect(budget).to_have_count(1)

    convene(maelle, page)
    expect(page.get_by_role("heading", level=2, name="personnes sont conviées")).to_be_visible()
    send_dispatches()
    page.reload()
    maelle.ready()
    expect(page.get_by_text("messages sont partis.")).to_be_visible()
    assert {message.to[0] for message in mail.outbox} >= {"solene.aubertin-roy@demo.example"}

    # What changes after the call is said, and told to all who were called by one click
    told = agenda.locator(".note", has_text="L’ordre du jour a changé depuis la convocation")
    expect(told).to_have_count(0)
    agenda.locator("ol.agenda > li", has_text="Risques majeurs").get_by_role("button", name="Retirer").click()
    expect(told).to_contain_text("Retiré : « Risques majeurs et alertes »")
    maelle.expect_accessible()
    mail.outbox.clear()
    told.get_by_role("button", name="Prévenir les personnes convoquées").click()
    maelle.ready()
    expect(page.locator(".messages")).to_contain_text("L’ordre du jour à jour du COSTRAT du")
    expect(told).to_have_count(0)
    send_dispatches()
    [message] = [message for message in mail.outbox if message.to == ["solene.aubertin-roy@demo.example"]]
    assert "Risques majeurs" in message.body

    # A member reads all of it, the vendor a date and a place
    page = solene.go(here)
    expect(page.get_by_role("heading", level=1)).to_contain_text("se tient le")
    expect(page.locator("#ordre")).to_contain_text("Budget et ressources")
    expect(page.locator("#ordre").get_by_role("button")).to_have_count(0)
    solene.expect_accessible()
    page = mathilde.go(here)
    expect(page.locator(".lede")).to_contain_text("Salle des Dunes")
    expect(page.locator("#ordre")).to_contain_text("Seuls les membres du COSTRAT lisent l’ordre du jour")
    expect(page.locator("#ordre li")).to_have_count(0)
    mathilde.expect_accessible()


def test_the_vendor_reads_their_own_point_of_a_comop(visit: Visit) -> None:
    maelle, mathilde = visit("lead"), visit("vendor")
    page = plan(maelle, "COMOP", weeks=5)
    here = page.url
    convene(maelle, page)
    page = mathilde.go(here)
    expect(page.locator("ol.agenda > li")).to_have_count(1)
    expect(page.locator("ol.agenda > li")).to_contain_text("Éditeur : anomalies")
    expect(page.locator("#ordre")).to_contain_text("Vous lisez ici les points que vous portez")
    send_dispatches()
    [message] = [message for message in mail.outbox if message.to == ["mathilde.orsennac@demo.example"]]
    assert "Arbitrages" not in message.body


def test_without_scripts_a_meeting_is_planned_and_convened(visit: Visit) -> None:
    maelle = visit("lead", java_script_enabled=False)
    page = maelle.page
    page.goto(f"{MEETINGS}planifier/?instance=comop")
    page.get_by_label("Date").fill((timezone.localdate() + timedelta(weeks=5)).isoformat())
    page.get_by_role("button", name="Voir les dates").click()
    page.get_by_role("button", name="Préparer la séance").click()
    page.locator("ol.agenda > li").last.get_by_role("button", name="Monter").click()
    expect(page.locator(".messages")).to_contain_text("est maintenant le point")
    page.locator("ol.agenda > li").first.get_by_role("link", name="Modifier").click()
    page.get_by_label("Le point").fill("Où en sommes-nous ?")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("ol.agenda > li").first).to_contain_text("Où en sommes-nous")
    page.get_by_role("link", name="Convoquer", exact=True).click()
    page.get_by_role("button", name="Convoquer le COMOP").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Le COMOP se tient le")


@pytest.mark.parametrize("width", [320, 390])
def test_the_pages_of_meetings_hold_on_a_phone(visit: Visit, width: int) -> None:
    maelle = visit("lead", viewport={"width": width, "height": 780})
    page = plan(maelle, "COSTRAT", weeks=6)
    maelle.expect_no_side_scroll()
    here = page.url
    for address in (MEETINGS, f"{MEETINGS}planifier/", f"{here}date-et-lieu/", f"{here}convoquer/", f"{here}annuler/"):
        maelle.go(address)
        maelle.expect_no_side_scroll()
        maelle.expect_accessible()


def test_a_calendar_follows_ones_meetings(visit: Visit) -> None:
    solene = visit("ogdir_lucioles")
    page = solene.go(MEETINGS)
    page.get_by_role("link", name="S’abonner à mes séances").click()
    solene.ready()
    solene.expect_accessible()
    page.get_by_role("button", name="Créer mon adresse").click()
    solene.ready()
    address = page.get_by_label("L’adresse à donner à votre agenda").input_value()
    solene.expect_accessible()
    path = "/calendrier/" + address.split("/calendrier/")[1]
    anybody = visit()
    answer = anybody.context.request.get(path)
    assert answer.status == 200
    assert "SUMMARY:COSTRAT" in answer.text()
    page.get_by_role("button", name="Fermer l’abonnement").click()
    solene.ready()
    assert anybody.context.request.get(path).status == 404
