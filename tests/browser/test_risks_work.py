"""From « Mon travail » to what risks ask, in Chromium: a director on a phone, somebody who reads no risk."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.visitor import PROJECT, Visitor, plain

Visit = Callable[..., Visitor]
PHONE = {"width": 390, "height": 844}


def test_a_director_goes_from_her_work_to_the_analysis_of_each_structure(visit: Visit) -> None:
    page = visit("dir_enfance", viewport=PHONE).go("/")
    page.get_by_role("link", name="Retenir ensemble les notes de risques").click()
    expect(page).to_have_url(re.compile("/structures/ime-la-clairiere-aux-songes/risques/$"))
    page.go_back()
    page.get_by_role("link", name="Donner une action datée à chaque risque fort").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("points sur")


def test_the_dpo_follows_his_action_and_reads_no_register(visit: Visit) -> None:
    visitor = visit("dpo")
    page = visitor.go("/")
    page.get_by_role("link", name="Négocier l’annexe").click()
    visitor.ready()
    assert "Négocier l’annexe" in plain(page.inner_text("main"))
    assert visitor.context.request.get(f"{PROJECT}risques/registre/").status == 403
