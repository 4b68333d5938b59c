"""A referent enters a month on a phone, by keyboard, and gives it; a director takes it up without JavaScript."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from common.scope import elevated
from indicators.enums import StatementStatus
from indicators.models import Campaign, Figure, Statement
from indicators.selectors.asked import asked_of
from indicators.selectors.definitions import by_code, followed
from organisations.models import ESMS, User, place_of
from tests.browser.conftest import email_of
from tests.browser.visitor import PROJECT, Visitor, plain
from tests.harness.indicators import RATE, TEXT, add_figure, build_project, current_period

Visit = Callable[..., Visitor]
PHONE = {"width": 390, "height": 844}
SLUG = "ime-la-clairiere-aux-songes"
ENTRY = f"{PROJECT}structures/{SLUG}/indicateurs/saisie/"
DAYS, RELEASED = "resource_days_consumed", "resource_release_rate"


@pytest.fixture
def statement(demonstration: None) -> Statement:
    """A month of which four lines are left to enter."""
    today, period = timezone.localdate(), current_period()
    with elevated():
        esms = ESMS.objects.select_related("project", "og").get(slug=SLUG)
        lead = User.objects.get(email=email_of("lead"))
        if not followed(esms.project):
            build_project(esms.project, "", lead)
        ESMS.objects.filter(pk=esms.pk).update(opened_on=today - timedelta(days=120))
        esms.refresh_from_db()
        campaign, _ = Campaign.objects.update_or_create(
            project=esms.project,
            frequency=period.frequency,
            period_start=period.start,
            defaults={
                "opens_on": today,
                "due_on": today + timedelta(days=8),
                "closes_on": today + timedelta(days=30),
                "closed_at": None,
                "closed_by": None,
                "validated": False,
            },
        )
        row, _ = Statement.objects.get_or_create(**place_of(esms), campaign=campaign)
        Statement.objects.filter(pk=row.pk).update(status=StatementStatus.OPEN)
        Figure.objects.filter(statement=row).delete()
        found = by_code(followed(esms.project))
        for one in asked_of(esms, period, list(found.values())):
            if one.code not in {DAYS, RELEASED, TEXT, RATE}:
                figure = add_figure(row, one, None)
                Figure.objects.filter(pk=figure.pk).update(absence="unavailable", why="Panne du logiciel")
    return row


def saved(page: Page, code: str) -> None:
    expect(page.locator(f"#v-{code}-sv")).to_contain_text("Enregistré à")


def test_a_referent_enters_by_keyboard_on_a_phone_and_gives(visit: Visit, statement: Statement) -> None:
    lucas = visit("ref_ime", viewport=PHONE)
    page = lucas.go(ENTRY)
    lucas.expect_no_side_scroll()
    lucas.expect_accessible()
    page.get_by_role("link", name=re.compile("octobre", re.IGNORECASE)).first.click()
    lucas.ready()
    lucas.expect_no_side_scroll()
    lucas.expect_accessible()

    # Enter goes on; a line is sent once it is whole.
    page.locator(f"#v-{DAYS}-amount").focus()
    page.keyboard.type("4,5")
    page.keyboard.press("Enter")
    saved(page, DAYS)
    expect(page.locator(f"#v-{RELEASED}-amount")).to_be_focused()
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    expect(page.locator(f"#v-{RELEASED}-base")).to_be_focused()
    expect(page.locator(f"#v-{RELEASED}-sv")).not_to_contain_text("Enregistré")
    page.keyboard.type("8")
    page.keyboard.press("Enter")

    # Refused, it says why and stays typed.
    line = page.locator(f"#v-{RELEASED}-box")
    expect(line).to_contain_text("Le numérateur (9) dépasse le dénominateur (8).")
    expect(page.locator(f"#v-{RELEASED}-amount")).to_have_value("9")
    lucas.expect_accessible()
    page.locator(f"#v-{RELEASED}-amount").fill("6")
    page.locator(f"#v-{RELEASED}-base").focus()
    saved(page, RELEASED)
    expect(page.locator(f"#v-{RELEASED}-now")).to_contain_text(re.compile(r"Soit 75\s%"))

    # An attention point, its severity, a name that should not be there.
    page.locator(f"#v-{TEXT}-text").fill("Lenteurs le matin, voir Mme Durand")
    page.get_by_role("radio", name="À surveiller").check()
    expect(page.locator(f"#v-{TEXT}-warning")).to_contain_text("Un nom de personne semble écrit ici")

    # No value, and why.
    rate = page.locator(f"#v-{RATE}-box")
    rate.locator("summary", has_text="Pas de valeur").click()
    rate.get_by_label("Pourquoi").fill("Export en panne")
    rate.get_by_role("button", name="Non disponible").click()
    expect(page.locator(f"#v-{RATE}-now")).to_contain_text("Export en panne")
    expect(page.locator("h1")).to_contain_text("toutes les valeurs y sont")
    lucas.expect_accessible()
    lucas.expect_no_side_scroll()

    page.get_by_role("button", name="Rendre le relevé").click()
    lucas.ready()
    assert plain(page.locator("h1").inner_text()).endswith("relevé rendu à temps")
    expect(page.locator("main")).to_contain_text(re.compile(r"75\s% \(6 sur 8\)"))
    lucas.expect_accessible()
    lucas.expect_no_side_scroll()


def test_a_director_enters_without_javascript(visit: Visit, statement: Statement) -> None:
    nadia = visit("dir_enfance", viewport=PHONE, java_script_enabled=False)
    page = nadia.page
    page.goto(f"{ENTRY}{statement.campaign.period.code}/")
    page.locator(f"#v-{RELEASED}-amount").fill("9")
    page.locator(f"#v-{RELEASED}-base").fill("8")
    page.locator(f"#v-{RELEASED}-base").press("Enter")
    expect(page.locator(f"#v-{RELEASED}-box")).to_contain_text("Le numérateur (9) dépasse le dénominateur (8).")
    expect(page.locator(f"#v-{RELEASED}-amount")).to_have_value("9")
    page.locator(f"#v-{RELEASED}-amount").fill("4")
    page.locator(f"#v-{RELEASED}-box").get_by_role("button", name="Enregistrer").click()
    expect(page.locator(f"#v-{RELEASED}-now")).to_contain_text(re.compile(r"Soit 50\s%"))
