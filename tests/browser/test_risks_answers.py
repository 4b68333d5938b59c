"""Two people of a structure answer the risk questionnaire in Chromium, each alone, by keyboard, in two windows."""

import re
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Locator, Page, Route, expect

from common.scope import elevated
from organisations.models import ESMS, User
from risks.catalogue import questionnaire
from risks.models import Assessment, Mark
from risks.places import Place
from tests.browser.conftest import email_of
from tests.browser.visitor import PROJECT, Visitor, plain
from tests.risks.answering import campaign_of

Visit = Callable[..., Visitor]
PHONE = {"width": 390, "height": 844}
RISKS = f"{PROJECT}structures/ime-la-clairiere-aux-songes/risques/"
QUESTIONS = questionnaire().questions


@pytest.fixture
def assessment(demonstration: None) -> Assessment:
    """All hundred questions, asked of a structure that answered nothing."""
    with elevated():
        esms = ESMS.objects.select_related("project", "og").get(slug="ime-la-clairiere-aux-songes")
        Assessment.objects.open().filter(esms=esms).update(closed_at=timezone.now())
        campaign = campaign_of(esms.project, User.objects.get(email=email_of("lead")))
        return Assessment.objects.create(**Place(esms.project, esms).columns, campaign=campaign)


def h1(page: Page) -> str:
    return plain(page.locator("h1").inner_text())


def saved(page: Page, question: int) -> None:
    expect(page.locator(f"#q-{QUESTIONS[question].slug}-sv")).to_contain_text("Enregistré à")


def radio(page: Page, question: int, mark: str) -> Locator:
    return page.locator(f'#q-{QUESTIONS[question].slug}-form [name=mark][value="{mark}"]')


def at(page: Page, question: int) -> None:
    expect(page).to_have_url(re.compile(f"/question/{QUESTIONS[question].slug}/$"))
    expect(page.locator("html")).to_have_attribute("data-ready", "")


def kept(assessment: Assessment) -> dict[str, list[tuple[str, int | None]]]:
    with elevated():
        rows = Mark.objects.filter(assessment=assessment).select_related("user").order_by("question")
        found: dict[str, list[tuple[str, int | None]]] = {}
        for row in rows:
            found.setdefault(row.user.last_name, []).append((row.question, row.value))
        return found


def test_a_referent_answers_by_keyboard_then_the_director_a_section_a_page(
    visit: Visit, assessment: Assessment
) -> None:
    lucas = visit("ref_ime", viewport=PHONE)
    page = lucas.go(f"{RISKS}repondre/")
    assert h1(page) == plain(QUESTIONS[0].text)
    expect(page.locator("main")).to_contain_text("Question 1 sur 100")
    lucas.expect_no_side_scroll()
    lucas.expect_accessible()

    # Digits where a French keyboard has them, without shift; then the next question.
    page.keyboard.press("Digit7")
    saved(page, 0)
    expect(page.locator("#avancement")).to_contain_text("1 réponse sur 100")
    page.keyboard.press("Digit0")
    expect(radio(page, 0, "10")).to_be_checked()
    page.keyboard.press("ArrowRight")
    at(page, 1)
    page.keyboard.press("n")
    saved(page, 1)
    expect(radio(page, 1, "nc")).to_be_checked()

    # Keys are words while one writes.
    comment = page.get_by_label("Commentaire")
    comment.click()
    page.keyboard.type("Voir le 3e étage, demain.")
    expect(radio(page, 1, "nc")).to_be_checked()
    page.get_by_role("link", name="Suivante").click()
    at(page, 2)
    page.keyboard.press("ArrowLeft")
    at(page, 1)
    expect(page.get_by_label("Commentaire")).to_have_value("Voir le 3e étage, demain.")

    # Cut by who doesn't want them, and for good.
    page.get_by_role("button", name="Couper ces touches").click()
    page.reload()
    lucas.ready()
    page.keyboard.press("Digit4")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Rétablir ces touches")).to_be_visible()
    expect(radio(page, 1, "nc")).to_be_checked()
    page.get_by_role("button", name="Rétablir ces touches").click()
    page.get_by_role("link", name="Voir où j’en suis").click()
    lucas.ready()
    assert h1(page) == "Vous avez répondu à 2 questions sur 100"
    lucas.expect_accessible()
    lucas.expect_no_side_scroll()
    page.get_by_role("button", name="J’ai terminé").click()
    lucas.ready()
    assert h1(page) == "C’est terminé : vous avez répondu à 2 questions sur 100"

    fanny = visit("dir_enfance")
    page = fanny.go(f"{RISKS}repondre/1/")
    assert h1(page) == "Les caractéristiques du projet : aucune réponse sur 10"
    expect(page.locator("[name=mark]:checked")).to_have_count(0)
    expect(page.locator("main")).not_to_contain_text("3e étage")
    fanny.expect_accessible()
    for question in range(10):
        radio(page, question, str(question + 1)).check(force=True)
        saved(page, question)
    expect(page.locator("h1")).to_contain_text("toutes les réponses y sont")
    page.get_by_role("link", name="Section suivante").click()
    fanny.ready()
    assert h1(page) == "Le contexte de l’établissement : aucune réponse sur 10"
    fanny.go(f"{RISKS}repondants/")
    expect(page.locator("main")).to_contain_text(re.compile(r"Lucas Tambourin\s*Terminé, 2 réponses sur 100"))
    fanny.expect_accessible()
    found = kept(assessment)
    assert found["Tambourin"] == [("1.1", 10), ("1.2", None)]
    assert sorted(value for _, value in found["Delorgerie"] if value) == list(range(1, 11))


def test_marks_given_in_a_hurry_are_all_sent_before_one_leaves(visit: Visit, assessment: Assessment) -> None:
    lucas = visit("ref_ime", viewport={"width": 320, "height": 700})
    page = lucas.go(f"{RISKS}repondre/")
    lucas.expect_no_side_scroll()

    def slowly(route: Route) -> None:
        page.wait_for_timeout(300)
        route.continue_()

    page.route("**/notes/**", slowly)
    for key in ("Digit3", "Digit8", "Digit5"):
        page.keyboard.press(key)
    page.keyboard.press("ArrowRight")
    at(page, 1)
    assert kept(assessment)["Tambourin"] == [("1.1", 5)]


def test_two_windows_of_one_person_meet(visit: Visit, assessment: Assessment) -> None:
    lucas = visit("ref_ime")
    first = lucas.go(f"{RISKS}repondre/question/1-1/")
    second = lucas.context.new_page()
    second.goto(f"{RISKS}repondre/1/")
    second.wait_for_selector("html[data-ready]", state="attached")
    radio(second, 0, "2").check(force=True)
    saved(second, 0)
    first.keyboard.press("Digit9")
    both = first.locator("#q-1-1-form")
    expect(both).to_contain_text("Vous avez répondu autrement dans une autre fenêtre.")
    expect(both).to_contain_text(re.compile(r"9\ssur\s10"))
    expect(both).to_contain_text(re.compile(r"2\ssur\s10"))
    lucas.expect_accessible()
    first.get_by_role("button", name="Enregistrer celle-ci").click()
    saved(first, 0)
    expect(radio(first, 0, "9")).to_be_checked()
    first.keyboard.press("Digit6")  # and the form works on
    expect(radio(first, 0, "6")).to_be_checked()
    first.keyboard.press("ArrowRight")
    at(first, 1)
    assert kept(assessment)["Tambourin"] == [("1.1", 6)]


def test_a_mark_given_once_the_session_is_over_is_saved_after_signing_in(visit: Visit, assessment: Assessment) -> None:
    lucas = visit("ref_ime", through_the_door=True)
    page = lucas.go(f"{RISKS}repondre/question/1-1/")
    Session.objects.all().delete()
    page.keyboard.press("Digit7")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Votre session est terminée")
    dialog.get_by_role("link", name="Se reconnecter").click()
    lucas.ready()
    lucas.sign_in(email_of("ref_ime"))
    at(page, 0)
    saved(page, 0)
    assert kept(assessment)["Tambourin"] == [("1.1", 7)]


def test_answering_without_javascript(visit: Visit, assessment: Assessment) -> None:
    lucas = visit("ref_ime", viewport=PHONE, java_script_enabled=False)
    page = lucas.page
    page.goto(f"{RISKS}repondre/")
    expect(page.get_by_role("heading", name="Au clavier")).to_have_count(0)
    radio(page, 0, "4").check(force=True)
    page.get_by_role("button", name="Enregistrer et continuer").click()
    expect(page).to_have_url(re.compile("/question/1-2/$"))
    page.goto(f"{RISKS}repondre/terminer/")
    page.get_by_role("button", name="J’ai terminé").click()
    assert h1(page) == "C’est terminé : vous avez répondu à 1 question sur 100"
    page.get_by_role("button", name="Reprendre mes réponses").click()
    assert h1(page) == "Vous avez répondu à 1 question sur 100"
