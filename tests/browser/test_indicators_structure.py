"""The indicators of a structure, wide and on a phone: its director reads where it stands, then one of them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import PROJECT, Visitor

INDICATORS = f"{PROJECT}structures/ime-la-clairiere-aux-songes/indicateurs/"


@pytest.mark.parametrize("width", [1280, 390])
def test_a_director_reads_where_the_structure_stands(visit: Callable[..., Visitor], width: int) -> None:
    director = visit("dir_enfance", viewport={"width": width, "height": 844})
    page = director.page
    director.go(INDICATORS)
    expect(page.get_by_role("heading", level=1)).to_contain_text("IME La Clairière aux Songes")
    director.expect_no_side_scroll()
    director.expect_accessible()
    page.get_by_label("Période", exact=True).select_option("2026-09")
    page.get_by_role("button", name="Afficher", exact=True).click()
    director.ready()
    rate = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Taux de connexion", exact=True))
    expect(rate).to_contain_text("44 sur 57")
    rate.get_by_role("link", name="Taux de connexion", exact=True).click()
    director.ready()
    expect(page.get_by_role("row").filter(has_text="Septembre 2026")).to_contain_text("44 sur 57")
    director.expect_no_side_scroll()
    director.expect_accessible()
