"""The lead reads the indicators of the project, then one of them, on a wide screen and on a phone."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.visitor import PROJECT, Visitor

INDICATORS = f"{PROJECT}indicateurs/"


def test_the_lead_reads_structures_side_by_side_then_one_indicator(visit: Callable[..., Visitor]) -> None:
    maelle = visit("lead")
    page = maelle.go(f"{INDICATORS}?famille=dossiers")
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(r"^\S+\s\d{4}\s:"))
    table = page.get_by_role("table", name=re.compile("^Valeurs des structures"))
    expect(table.get_by_role("row")).not_to_have_count(0)
    maelle.expect_accessible()
    maelle.expect_no_side_scroll()

    page.get_by_role("table", name="Valeurs d’ensemble, indicateur par indicateur").get_by_role("link").first.click()
    page.wait_for_url(re.compile("/indicateurs/suivi/"))
    maelle.ready()
    expect(page.get_by_role("heading", name="Comment il est compté")).to_be_visible()
    maelle.expect_accessible()
    page.set_viewport_size({"width": 390, "height": 844})
    maelle.expect_no_side_scroll()
    maelle.go(f"{INDICATORS}?famille=dossiers")
    maelle.expect_no_side_scroll()
