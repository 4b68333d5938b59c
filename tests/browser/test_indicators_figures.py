"""How a figure is computed, in Chromium: told by its terms, led to its rows, computed again."""

import re
from collections.abc import Callable
from urllib.parse import quote

from django.utils import timezone
from playwright.sync_api import expect

from indicators.enums import Frequency
from indicators.periods import Period
from tests.browser.visitor import PROJECT, Visitor, plain

Visit = Callable[..., Visitor]
EAM = f"{PROJECT}structures/eam-les-tournesols-gris/"
PHONE = {"width": 390, "height": 844}


def computed(code: str) -> str:
    month = Period.of(Frequency.MONTHLY, timezone.localdate()).previous
    return f"{EAM}indicateurs/calcul/{quote(code)}/{month.code}/"


def test_the_lead_reads_how_a_rate_is_computed_and_where_its_actions_are(visit: Visit) -> None:
    visitor = visit("lead")
    page = visitor.go(computed("risk_actions_completed_rate"))
    assert "25 % 1 action terminée sur 4 décidées." in plain(page.inner_text("main")).replace("\n", " ")
    visitor.expect_accessible()
    page.get_by_role("button", name="Recalculer maintenant").click()
    expect(page.get_by_text("Rien n’a changé : les chiffres sont à jour.")).to_be_visible()
    page.get_by_role("link", name="Les risques dans le registre").click()
    expect(page).to_have_url(re.compile(r"registre/\?etat=tous$"))
    expect(page.get_by_role("link", name="Référente absente et non remplacée")).to_be_visible()


def test_a_director_reads_on_a_phone_what_is_counted_and_what_waits(visit: Visit) -> None:
    visitor = visit("dir_valcendre", viewport=PHONE)
    page = visitor.go(computed("open_risks_count"))
    expect(page.get_by_role("row", name="Critique 1")).to_be_visible()
    visitor.expect_no_side_scroll()
    visitor.expect_accessible()
    page = visitor.go(computed("trained_people_rate"))
    expect(page.get_by_text("Sera calculé quand les sessions de formation seront tenues ici.")).to_be_visible()
    visitor.expect_no_side_scroll()
