"""The checklist, as the people who fill it do."""

import re
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from checklist.models import Action
from common.scope import elevated
from tests.browser.visitor import CHECKLIST, Visitor, expect_formula

Visit = Callable[..., Visitor]


def test_the_lead_ticks_an_action_and_sees_progress_move_without_a_reload(visit: Visit) -> None:
    maelle = visit("lead", through_the_door=True)
    page = maelle.page
    page.get_by_role("link", name="DUI partagé des Trois Rivages").click()
    page.get_by_role("link", name="Checklist", exact=True).click()
    maelle.ready()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Étape 1")
    expect(page.locator(".lede")).to_contain_text("6 actions sur 8 sont faites")
    expect_formula(page, 43, 43)
    page.evaluate("window.samePage = true")

    maelle.tick("1.1.3", "OK")

    expect(page.locator(".lede")).to_contain_text("7 actions sur 8 sont faites")
    expect_formula(page, 44, 44)
    expect(page.locator("#etapes [aria-current=step]")).to_contain_text("7 / 8")
    expect(page.locator('[id="n1.1"]')).to_contain_text("4 faites sur 5")
    expect(maelle.action("1.1.3")).to_contain_text("Faite le")
    assert page.evaluate("window.samePage"), "La page a été rechargée."
    assert maelle.state("1.1.3") == "OK"

    page.reload()
    maelle.ready()
    assert maelle.state("1.1.3") == "OK"
    expect(page.locator(".lede")).to_contain_text("7 actions sur 8 sont faites")
    expect_formula(page, 44, 44)

    maelle.action("1.1.3").get_by_role("link").first.click()
    expect(page.locator("#detail .history")).to_contain_text(re.compile(r"Maëlle Kerdrain\s: OK \(était En cours\)"))


def test_what_a_filtered_page_says_follows_the_tick(visit: Visit) -> None:
    maelle = visit("lead")
    page = maelle.go(f"{CHECKLIST}?vue=ko")
    expect(page.get_by_role("heading", level=1)).to_have_text("6 actions bloquées")
    maelle.tick("2.4.3", "En cours")
    expect(page.get_by_role("heading", level=1)).to_have_text("5 actions bloquées")
    expect(page.locator("#filtres [aria-current]")).to_contain_text("5")
    maelle.action("2.4.3").get_by_role("button", name="Annuler").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("6 actions bloquées")
    assert maelle.state("2.4.3") == "KO"


def test_a_tick_is_kept_by_who_leaves_the_page_at_once(visit: Visit) -> None:
    maelle = visit("lead")
    page = maelle.go(f"{CHECKLIST}?etape=1")
    maelle.choose("1.1.3", "OK")
    page.get_by_role("link", name="Mon travail").click()
    page.wait_for_url(lambda address: "checklist" not in address)
    maelle.go(f"{CHECKLIST}?etape=1")
    maelle.expect_state("1.1.3", "OK")


def test_a_ko_card_is_saved_as_one_goes(visit: Visit) -> None:
    review = (timezone.localdate() + timedelta(days=14)).isoformat()
    maelle = visit("lead")
    page = maelle.go(f"{CHECKLIST}?etape=1")
    maelle.tick("1.1.4", "KO")
    card = maelle.action("1.1.4").locator(".ko-card")
    # One field after another, without waiting for any of them, as fingers do.
    card.get_by_label("Ce qui bloque").fill("Le juriste est parti.")
    card.get_by_label("Ce qui la débloquerait").fill("Un temps partagé entre les OG.")
    card.get_by_label("Qui peut la débloquer").select_option(label="Karim Bellouard")
    card.get_by_label("À revoir le").fill(review)
    page.keyboard.press("Tab")
    expect(card.locator(".saved", has_text="Enregistré à")).to_have_count(4)

    page.goto("about:blank")
    other = visit("ogdir_valcendre")
    other.go(f"{CHECKLIST}?etape=1")
    shown = other.action("1.1.4").locator(".ko-sum")
    expect(shown).to_contain_text("Le juriste est parti.")
    expect(shown).to_contain_text("Un temps partagé entre les OG.")
    expect(shown).to_contain_text("Karim Bellouard")

    maelle.go(f"{CHECKLIST}?etape=1")
    maelle.action("1.1.4").get_by_role("link", name="Compléter").click()
    expect(card.get_by_label("Ce qui bloque")).to_be_focused()
    expect(card.get_by_label("Ce qui bloque")).to_have_value("Le juriste est parti.")
    expect(card.get_by_label("Ce qui la débloquerait")).to_have_value("Un temps partagé entre les OG.")
    expect(card.get_by_label("À revoir le")).to_have_value(review)


def test_each_ko_card_of_a_page_keeps_to_itself(visit: Visit) -> None:
    """Several cards on one page: a label belongs to the field beside it, and what is written goes to its action."""
    maelle = visit("lead")
    page = maelle.go(f"{CHECKLIST}?vue=ko")
    expect(page.locator(".ko-sum")).to_have_count(6)
    for number in ("2.4.3", "6.1.2"):
        maelle.action(number).get_by_role("link", name="Compléter").click()
    expect(page.locator(".ko-card")).to_have_count(2)
    card = maelle.action("6.1.2").locator(".ko-card")
    card.locator("label", has_text="Ce qui la débloquerait").click()
    page.keyboard.type("Un relevé mensuel.")
    page.keyboard.press("Tab")
    expect(card.locator(".saved", has_text="Enregistré à")).to_have_count(1)
    with elevated():
        written = Action.objects.filter(ko_unblock="Un relevé mensuel.").values_list("number", flat=True)
        assert list(written) == ["6.1.2"]


def test_two_people_on_one_action_the_second_sees_both_values(visit: Visit) -> None:
    maelle, hippolyte = visit("lead"), visit("ogdir_brumes")
    maelle.go(f"{CHECKLIST}?etape=1")
    hippolyte.go(f"{CHECKLIST}?etape=1")  # COSTRAT: Responsable of 1.1.1
    hippolyte.tick("1.1.1", "KO")
    expect(hippolyte.action("1.1.1").locator(".ko-card")).to_be_visible()

    maelle.tick("1.1.1", "En cours")

    line = maelle.action("1.1.1")
    expect(line).to_contain_text("Hippolyte Vasseran a changé cette action juste avant vous")
    expect(line).to_contain_text("maintenant « KO »")
    expect(line).to_contain_text("Vous vouliez « En cours »")
    assert maelle.state("1.1.1") == "KO"

    line.get_by_role("button", name="quand même").click()
    expect(line.locator(".opened .note")).to_have_count(0)
    assert maelle.state("1.1.1") == "En cours"


def test_two_people_on_one_text_the_second_sees_both_texts(visit: Visit) -> None:
    first, second = visit("lead"), visit("ogdir_brumes")
    first.go(f"{CHECKLIST}?etape=1")
    first.tick("1.1.1", "KO")
    first_card = first.action("1.1.1").locator(".ko-card")
    expect(first_card).to_be_visible()
    second.go(f"{CHECKLIST}?etape=1")
    second.action("1.1.1").get_by_role("link", name="Compléter").click()
    second_card = second.action("1.1.1").locator(".ko-card")
    expect(second_card).to_be_visible()

    first_card.get_by_label("Ce qui bloque").fill("La convention attend une signature.")
    first.page.keyboard.press("Tab")
    expect(first_card.locator(".saved", has_text="Enregistré à")).to_have_count(1)
    second_card.get_by_label("Ce qui bloque").fill("Le Val-Cendré demande une relecture.")
    second.page.keyboard.press("Tab")

    conflict = second.action("1.1.1").locator(".conflict")
    expect(conflict).to_contain_text("Maëlle Kerdrain a changé ce texte")
    expect(conflict).to_contain_text("La convention attend une signature.")
    expect(conflict.get_by_label("Votre texte")).to_have_value("Le Val-Cendré demande une relecture.")

    conflict.get_by_role("button", name="Enregistrer mon texte").click()
    expect(second.action("1.1.1").locator(".conflict")).to_have_count(0)
    second.go(f"{CHECKLIST}?etape=1")
    expect(second.action("1.1.1").locator(".ko-sum")).to_contain_text("Le Val-Cendré demande une relecture.")


def test_not_applicable_asks_why_before_it_is_written(visit: Visit) -> None:
    maelle = visit("lead")
    page = maelle.go(f"{CHECKLIST}?etape=7")
    number = maelle.page.locator(".action").first.get_attribute("id").removeprefix("a")
    maelle.tick(number, "Sans objet")
    expect(page.get_by_label("Pourquoi cette action est-elle sans objet ?")).to_be_focused()
    page.keyboard.type("Déjà assuré par le siège.")
    page.keyboard.press("Enter")
    expect(maelle.action(number)).to_contain_text("Sans objet : Déjà assuré par le siège.")
    expect(maelle.action(number).locator(".status input:checked")).to_be_focused()
    expect(page.locator("#formule")).to_contain_text("1 sans objet")


def test_arrow_keys_save_only_where_one_stops(visit: Visit) -> None:
    maelle = visit("lead")
    page = maelle.go(f"{CHECKLIST}?etape=1")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or "") if "/etat/" in request.url else None)
    maelle.action("1.1.3").locator(".status input:checked").focus()  # En cours
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(600)
    page.keyboard.press("ArrowLeft")
    assert sent == []
    with page.expect_response(lambda answer: "/etat/" in answer.url):
        page.keyboard.press("Tab")
    expect(maelle.action("1.1.3").locator(".saved")).to_contain_text(re.compile(r"Enregistré à \d\d:\d\d\s: OK\."))
    assert [re.search(r"status=\w+", data).group() for data in sent] == ["status=ok"]


def test_a_choice_made_by_arrow_keys_is_kept_by_who_leaves(visit: Visit) -> None:
    maelle = visit("lead")
    page = maelle.go(f"{CHECKLIST}?etape=1")
    maelle.action("1.1.3").locator(".status input:checked").focus()
    page.keyboard.press("ArrowRight")
    page.goto("/aide/")
    maelle.go(f"{CHECKLIST}?etape=1")
    maelle.expect_state("1.1.3", "OK")


def test_not_applicable_can_be_left_as_it_was(visit: Visit) -> None:
    maelle = visit("lead")
    page = maelle.go(f"{CHECKLIST}?etape=1")
    maelle.tick("1.1.3", "Sans objet")
    expect(page.get_by_label("Pourquoi cette action est-elle sans objet ?")).not_to_have_attribute(
        "aria-invalid", "true"
    )
    page.get_by_role("button", name="Laisser « En cours »").click()
    expect(maelle.action("1.1.3").locator(".opened form")).to_have_count(0)
    assert maelle.state("1.1.3") == "En cours"


def test_the_page_of_an_action_follows_the_tick(visit: Visit) -> None:
    maelle = visit("lead")
    page = maelle.go(f"{CHECKLIST}actions/1.1.3/")
    expect(page.get_by_text("Sans objet")).to_be_visible()
    page.locator(".status label", has_text="OK").click()
    expect(page.locator(".lede")).to_contain_text("OK, faite le")
    expect(page.locator("#histoire")).to_contain_text("OK (était En cours)")


def test_the_whole_journey_by_keyboard(visit: Visit) -> None:
    """Skip link, stepper, switch by its arrows, panel, message: without a mouse."""
    page = visit("lead").go(f"{CHECKLIST}?etape=1")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()

    tab_to(page, '#etapes a[href$="etape=7"]')
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Étape 7")
    page.wait_for_selector("html[data-ready]", state="attached")

    action = page.locator(".action").first
    number = action.get_attribute("id").removeprefix("a")
    before = action.locator(".status input:checked").get_attribute("value")
    tab_to(page, f'[id="a{number}"] .status input')
    page.keyboard.press("ArrowRight" if before == "todo" else "ArrowLeft")
    with page.expect_response(lambda answer: answer.url.endswith(f"{number}/etat/")):
        page.keyboard.press("Enter")
    expect(action.locator(".saved")).to_contain_text("Enregistré à")
    expect(action.locator(".status input:checked")).to_have_value("in_progress" if before == "todo" else "todo")
    expect(action.locator(".status input:checked")).to_be_focused()

    tab_to(page, f'[id="a{number}"] h3 a', backwards=True)
    page.keyboard.press("Enter")
    expect(page.locator("#detail")).to_be_focused()
    expect(page.locator("#detail .history")).to_contain_text("Maëlle Kerdrain")
    tab_to(page, "#detail textarea[name=text]")
    page.keyboard.type("Vu au clavier.")
    tab_to(page, "#detail #message button")
    page.keyboard.press("Enter")
    expect(page.locator("#detail .people", has_text="Vu au clavier.")).to_contain_text("Maëlle Kerdrain")


def tab_to(page: Page, selector: str, *, backwards: bool = False, limit: int = 60) -> None:
    """Press Tab until the focus is there. Each stop on the way must show where the focus is."""
    for _ in range(limit):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Le clavier n’arrive pas à {selector} en {limit} pas.")
