"""The project lead adds an action of the project's own, orders it by keyboard, retires it and puts it back."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.visitor import CHECKLIST, Visitor

Visit = Callable[..., Visitor]
OWN = f"{CHECKLIST}actions-propres/"


def test_an_action_of_the_projects_own_from_its_group_to_its_retirement(visit: Visit) -> None:
    maelle = visit("lead")
    page = maelle.go(f"{CHECKLIST}?etape=2")
    page.locator('[id="b2.4"]').get_by_role("link", name="Ajouter une action propre au projet").click()
    maelle.ready()
    page.get_by_label("Ce qui est à faire").fill("Former les veilleurs de nuit")
    page.get_by_role("group", name="Responsable").get_by_label("Chef de projet").check()
    page.get_by_role("button", name="Ajouter cette action").click()
    maelle.ready()
    line = maelle.action("2.4.P1")
    expect(line).to_contain_text("Propre au projet")
    maelle.tick("2.4.P1", "En cours")
    assert maelle.state("2.4.P1") == "En cours"

    maelle.go(OWN)
    up = page.get_by_role("button", name="Monter l’action 2.4.P1")
    up.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="2.4.P1 est maintenant après 2.4.3.")).to_be_visible()
    expect(up).to_be_focused()  # so that pressing again moves it again
    expect(page.locator(".htmx-added, .htmx-settling, .htmx-request")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="2.4.P1 est maintenant après 2.4.2.")).to_be_visible()
    numbers = page.locator("#liste ol > li").evaluate_all("items => items.map(item => item.id)")
    assert numbers == ["p2.4.1", "p2.4.2", "p2.4.P1", "p2.4.3", "p2.4.4"]
    expect(page.get_by_role("button", name="Monter l’action 2.4.3")).to_have_count(0)  # the ANAP's keep their places

    page.get_by_role("button", name="Retirer l’action 2.4.P1").click()
    expect(page.get_by_role("heading", name="Retirées")).to_be_visible()
    maelle.go(f"{CHECKLIST}?etape=2")
    expect(maelle.action("2.4.P1")).to_have_count(0)
    maelle.go(OWN)
    page.get_by_role("button", name="Remettre l’action 2.4.P1").click()
    expect(page.get_by_role("status").filter(has_text="est remise dans la checklist")).to_be_visible()
    maelle.go(f"{CHECKLIST}?etape=2")
    assert maelle.state("2.4.P1") == "En cours"
