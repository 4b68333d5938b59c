"""The register of a structure in Chromium: from a strong mark to an action, by a click on the matrix, on a phone, by
keyboard, without scripts."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from common.scope import elevated
from risks.catalogue import Question, questionnaire
from risks.models import AgreedMark, Risk
from tests.browser.visitor import PROJECT, Visitor, plain

Visit = Callable[..., Visitor]
PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 700}
RISKS = f"{PROJECT}structures/eam-les-tournesols-gris/risques/"


def strong_question() -> Question:
    """One of those marked high whose risk is not in the register yet."""
    with elevated():
        marks = AgreedMark.objects.filter(esms__slug="eam-les-tournesols-gris", value__gte=7).order_by("-value")
        known = set(Risk.objects.filter(esms__slug="eam-les-tournesols-gris").values_list("question", flat=True))
        number = next(mark.question for mark in marks if mark.question not in known)
    return questionnaire().by_number[number]


def told(visitor: Visitor, words: str) -> None:
    expect(visitor.page.locator(".messages")).to_contain_text(re.compile(words.replace(" ", r"\s")))


def test_a_director_makes_an_action_of_a_strong_mark_and_places_its_risk(visit: Visit) -> None:
    nadege, question = visit("dir_valcendre"), strong_question()
    page = nadege.go(f"{RISKS}registre/proposer/{question.slug}/")
    expect(page.locator("main")).to_contain_text(question.mitigation)
    nadege.expect_accessible()
    page.get_by_role("group", name="Probabilité du risque").get_by_label("2, possible").check()
    page.get_by_role("button", name="Créer l’action").click()
    nadege.ready()
    told(nadege, "L’action est dans le plan d’action.")
    expect(page.locator("h1")).to_contain_text(question.text)
    expect(page.locator("#actions")).to_contain_text(question.mitigation)
    nadege.expect_accessible()

    # A click on a critical cell: said before, then done.
    expect(page.locator("main")).to_contain_text("le COMOP reçoit une alerte")
    page.locator("#matrice").get_by_role("button", name=re.compile("Quasi certain, bloquant", re.IGNORECASE)).click()
    nadege.ready()
    told(nadege, "est donnée au COMOP et le risque est transmis")
    page.get_by_role("link", name=re.compile(r"^Alerte n°")).click()
    nadege.ready()
    page.get_by_role("link", name=re.compile(r"^Ouvrir le risque n°")).click()
    nadege.ready()
    expect(page.locator("h1")).to_contain_text(question.text)

    # A field saves itself.
    cause = page.get_by_label("D’où il vient")
    cause.fill("Une ligne partagée.")
    cause.press("Tab")
    expect(page.locator("#risque-cause-sv")).to_contain_text("Enregistré à")

    # Done, taken back; closed, reopened.
    page.locator("#actions").get_by_role("button", name="C’est fait").click()
    nadege.ready()
    told(nadege, "L’action est faite.")
    page.get_by_role("button", name="Annuler").click()
    nadege.ready()
    told(nadege, "L’action est reprise.")
    page.get_by_role("link", name=re.compile(r"^Risque n°")).click()
    nadege.ready()
    page.get_by_text("Clore ce risque").click()
    page.get_by_label("Pourquoi il est clos").fill("Le lien de secours est en service.")
    page.get_by_role("button", name="Clore", exact=True).click()
    nadege.ready()
    told(nadege, "Le risque est clos.")
    expect(page.locator("main")).to_contain_text("Le lien de secours est en service.")
    nadege.expect_accessible()
    page.get_by_role("button", name="Annuler").click()
    nadege.ready()
    told(nadege, "Le risque est rouvert.")


def test_the_matrix_is_read_and_walked_by_keyboard_on_a_phone(visit: Visit) -> None:
    nadege = visit("dir_valcendre", viewport=PHONE)
    page = nadege.go(f"{RISKS}registre/")
    assert plain(page.locator("h1").inner_text()) == "Un risque est critique, trois actions sont en retard"
    nadege.expect_no_side_scroll()
    nadege.expect_accessible()
    cell = page.locator("#matrice a", has_text="Élevée")
    cell.focus()
    page.keyboard.press("Enter")
    nadege.ready()
    page.wait_for_url(re.compile(r"case=3-3"))
    expect(page.locator("#liste")).to_contain_text("Deux risques correspondent à ces filtres.")
    expect(page.locator("#liste")).not_to_contain_text("Référente absente")
    page.get_by_role("link", name="Débit internet insuffisant aux heures de transmission").click()
    nadege.ready()
    nadege.expect_no_side_scroll()
    nadege.expect_accessible()
    chosen = page.locator("#matrice button[aria-pressed=true]")
    chosen.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")  # the next row begins
    page.keyboard.press("Enter")
    nadege.ready()
    told(nadege, "C’est enregistré")
    for address in ("registre/", "registre/noter/", "plan-d-action/"):
        page.set_viewport_size(NARROW)
        nadege.go(f"{RISKS}{address}")
        nadege.expect_no_side_scroll()
        nadege.expect_accessible()


def test_without_scripts_a_risk_is_noted_and_followed(visit: Visit) -> None:
    page = visit("dir_valcendre", java_script_enabled=False).page
    page.goto(f"{RISKS}registre/noter/")
    page.get_by_label("Ce qui peut arriver").fill("Grève au démarrage")
    page.get_by_label("Humain").check()
    page.get_by_role("radio", name=re.compile("possible, grave", re.IGNORECASE)).check()
    page.get_by_role("button", name="Noter ce risque").click()
    expect(page.locator("h1")).to_contain_text("Grève au démarrage")
    page.get_by_text("Ajouter une action").click()
    page.get_by_label("Ce qu’il y a à faire").fill("Former deux remplaçants")
    page.get_by_role("button", name="Ajouter au plan d’action").click()
    expect(page.locator("#actions")).to_contain_text("Former deux remplaçants")
    page.get_by_label("Ce qu’il entraînerait").fill("Une semaine perdue.")
    page.locator("#risque-consequence").get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_label("Ce qu’il entraînerait")).to_have_value("Une semaine perdue.")


def test_the_lead_reads_the_register_of_the_project(visit: Visit) -> None:
    maelle = visit("lead")
    for address in ("risques/registre/", "risques/registre/?des=structures", "risques/registre/1/"):
        page = maelle.go(f"{PROJECT}{address}")
        maelle.expect_accessible()
    page = maelle.go(f"{PROJECT}risques/plan-d-action/")
    maelle.expect_accessible()
    page.get_by_role("link", name=re.compile("Les miennes")).click()
    maelle.ready()
    expect(page.locator("main")).to_contain_text("Chiffrer les trois scénarios")
