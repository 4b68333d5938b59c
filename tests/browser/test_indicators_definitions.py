"""What a project follows, in Chromium: from nothing to an indicator of its own, its target, a rule out of service."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from organisations.enums import Role
from organisations.models import User
from tests.browser.conftest import email_of
from tests.browser.visitor import PROJECT, Visitor
from tests.factories import MembershipFactory, ProjectFactory

Visit = Callable[..., Visitor]
DEFINITIONS = f"{PROJECT}indicateurs/definitions/"


def told(visitor: Visitor, words: str) -> None:
    expect(visitor.page.locator(".messages")).to_contain_text(re.compile(words.replace(" ", r"\s")))


def test_the_lead_adds_an_indicator_aims_at_a_target_and_silences_a_rule(visit: Visit) -> None:
    lead = visit("lead")
    page = lead.go(DEFINITIONS)
    expect(page.locator("h1")).to_contain_text("indicateurs sont suivis")
    lead.expect_accessible()

    page.get_by_role("link", name="Ajouter un indicateur").click()
    lead.ready()
    page.get_by_label("Intitulé").fill("Réunions d’équipe sur le DUI")
    for label in ("Nombre entier", "Usage", "Plus c’est haut, mieux c’est", "Chaque mois"):
        page.get_by_label(label, exact=True).check()
    page.get_by_label("Des dossiers, des tickets, des réunions").check()
    page.get_by_label("Unité").fill("réunions")
    lead.expect_accessible()
    page.get_by_role("button", name="Suivre cet indicateur").click()
    lead.ready()
    told(lead, "L’indicateur est suivi.")
    expect(page.locator("h1")).to_have_text("Réunions d’équipe sur le DUI")

    page.get_by_role("link", name="Fixer une cible").click()
    lead.ready()
    page.get_by_label("Cible", exact=True).fill("4")
    lead.expect_accessible()
    page.get_by_role("button", name="Fixer cette cible").click()
    lead.ready()
    told(lead, "La cible est fixée à 4")
    expect(page.locator("#cibles")).to_contain_text("Tout le projet")
    lead.expect_accessible()

    page = lead.go(f"{DEFINITIONS}regles/")
    lead.expect_accessible()
    page.get_by_role("button", name=re.compile("^Mettre hors service.*Critique.*inférieure à 50")).click()
    lead.ready()
    told(lead, "La règle est hors service")
    expect(page.locator("#regles")).to_contain_text("Hors service")
    page.get_by_role("button", name="Annuler").click()
    lead.ready()
    told(lead, "La règle est en service")


def test_its_pages_hold_on_a_phone(visit: Visit) -> None:
    project = ProjectFactory(slug="un-projet-neuf")
    MembershipFactory(user=User.objects.get(email=email_of("lead")), role=Role.PROJECT_LEAD, target=project)
    lead = visit("lead", viewport={"width": 390, "height": 844})
    definitions = "/projets/un-projet-neuf/indicateurs/definitions/"
    lead.go(definitions)
    expect(lead.page.locator("h1")).to_contain_text("Aucun indicateur")
    lead.expect_no_side_scroll()
    lead.expect_accessible()
    lead.page.get_by_role("button", name="Suivre les indicateurs cochés").click()
    lead.ready()
    told(lead, "indicateurs sont suivis")
    for address in (
        "",
        "regles/",
        "collecte/",
        "connection_rate/",
        "connection_rate/changer/",
        "connection_rate/regles/",
    ):
        lead.go(f"{definitions}{address}")
        lead.expect_no_side_scroll()
        lead.expect_accessible()
