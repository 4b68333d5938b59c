"""Two people who answered alone agree in Chromium; the referent submits, the direction validates and transmits."""

import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from common.scope import elevated
from organisations.models import ESMS, User
from risks.catalogue import questionnaire
from risks.enums import Capacity
from risks.models import Assessment
from risks.places import Place
from tests.browser.conftest import email_of
from tests.browser.visitor import PROJECT, Visitor, plain
from tests.risks.answering import campaign_of
from tests.risks.together import Analysis, respond

Visit = Callable[..., Visitor]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
RISKS = f"{PROJECT}structures/ime-la-clairiere-aux-songes/risques/"
ALIKE = {question.number: 2 + question.rank % 4 for question in questionnaire().questions}


@pytest.fixture
def analysis(demonstration: None) -> Analysis:
    """A structure whose direction and referent answered everything, apart on three questions."""
    with elevated():
        esms = ESMS.objects.select_related("project", "og").get(slug="ime-la-clairiere-aux-songes")
        lead, fanny, lucas = (User.objects.get(email=email_of(code)) for code in ("lead", "dir_enfance", "ref_ime"))
        Assessment.objects.open().filter(esms=esms).update(closed_at=timezone.now())
        place = Place(esms.project, esms)
        found = Analysis(place, campaign_of(esms.project, lead), fanny, lucas, lead)
        Assessment.objects.create(**place.columns, campaign=found.campaign)
        respond(found, fanny, Capacity.DIRECTION, {**ALIKE, "1.2": 2, "3.4": None, "5.5": 4})
        respond(found, lucas, Capacity.REFERENT, {**ALIKE, "1.2": 9, "3.4": 6, "5.5": 5})
    return found


def h1(page: Page) -> str:
    return plain(page.locator("h1").inner_text())


def press(visitor: Visitor, button: str) -> None:
    visitor.page.get_by_role("button", name=button).click()
    visitor.ready()


def test_two_people_apart_agree_and_the_direction_transmits(visit: Visit, analysis: Analysis) -> None:
    lucas = visit("ref_ime", viewport=PHONE)
    page = lucas.go(RISKS)
    assert h1(page).endswith(" : tout le monde a répondu")
    lucas.expect_no_side_scroll()
    lucas.expect_accessible()
    page.get_by_role("link", name="Mettre en commun").click()
    lucas.ready()
    lucas.expect_accessible()
    press(lucas, "Mettre en commun")
    assert h1(page) == "3 questions à accorder sur 100"
    lucas.expect_no_side_scroll()
    lucas.expect_accessible()
    page.set_viewport_size({"width": 320, "height": 700})
    lucas.expect_no_side_scroll()
    page.set_viewport_size(PHONE)
    numbers = page.locator(".together > li[id]").evaluate_all("items => items.slice(0, 3).map(item => item.id)")
    assert numbers == ["q-1-2", "q-3-4", "q-5-5"]

    # One tap where a point lies between them, and one to take it back.
    press(lucas, "Retenir la plus haute des deux notes")
    assert h1(page) == "2 questions à accorder sur 100"
    press(lucas, "Annuler")
    assert h1(page) == "3 questions à accorder sur 100"
    press(lucas, "Retenir la plus haute des deux notes")

    # A word and a tap keep a mark; the page says what is left.
    first = page.locator("#q-1-2")
    first.get_by_text("Ajouter un mot avant la note").click()
    first.get_by_label("Ce que vous retenez").fill("La liste n’est pas diffusée aux équipes de nuit.")
    first.get_by_role("button", name="Retenir 7 sur 10").click()
    expect(page.locator("h1")).to_have_text("1 question à accorder sur 100")
    expect(page.locator("#q-1-2")).to_contain_text("équipes de nuit")
    assert analysis.agreed()["1.2"] == 7
    page.get_by_role("link", name="En réunion, question par question").click()
    lucas.ready()
    assert h1(page) == plain(questionnaire().by_number["3.4"].text)
    lucas.expect_no_side_scroll()
    lucas.expect_accessible()
    page.set_viewport_size({"width": 320, "height": 700})
    lucas.expect_no_side_scroll()
    page.keyboard.press("6")
    expect(page.locator("h1")).to_have_text("Toutes les notes sont accordées")
    lucas.ready()
    lucas.expect_accessible()
    press(lucas, "Soumettre à la direction")
    assert h1(page) == "L’analyse de risques attend la validation de la direction"

    fanny = visit("dir_enfance", viewport=DESK)
    page = fanny.go(RISKS)
    assert h1(page) == "L’analyse de risques attend votre validation"
    page.get_by_role("link", name="Relire les notes").click()
    fanny.ready()
    fanny.expect_accessible()
    page.get_by_role("link", name="Où en est l’analyse").click()
    press(fanny, "Valider l’analyse")
    press(fanny, "Transmettre au chef de projet")
    assert re.match(r"L’analyse de risques a été transmise le .* : \d+ points sur 1 000, risque", h1(page))
    fanny.expect_accessible()

    maelle = visit("lead", viewport=DESK)
    page = maelle.go(RISKS)
    assert "transmise le" in h1(page)
    maelle.expect_accessible()
    page.get_by_label("Ce qui est à reprendre").fill("La note de la question 3.4 étonne : revoyez-la.")
    press(maelle, "Renvoyer à la structure")
    assert h1(page) == "La structure reprend son analyse de risques"
    page = fanny.go(RISKS)
    expect(page.locator("main")).to_contain_text("revoyez-la.")


def test_without_scripts_the_same_forms_do_it(visit: Visit, analysis: Analysis) -> None:
    visitor = visit("dir_enfance", viewport=PHONE, java_script_enabled=False)
    page = visitor.page
    page.goto(f"{RISKS}mise-en-commun/ouvrir/")
    page.get_by_role("button", name="Mettre en commun").click()
    page.locator("#q-1-2").get_by_role("button", name="Retenir 4 sur 10").click()
    assert h1(page) == "2 questions à accorder sur 100"
    assert page.url.endswith("/mise-en-commun/#q-1-2")
    assert analysis.agreed()["1.2"] == 4
