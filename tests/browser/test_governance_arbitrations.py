"""An arbitration from its question to its seal: the lead writes it, two directors vote in their own browsers, the lead
concludes; a new one cites it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from common.scope import elevated
from governance.enums import ArbitrationStatus, BodyKind, Presence
from governance.models import Arbitration, Body, Mandate, Meeting
from organisations.models import User
from tests.browser.conftest import email_of
from tests.browser.visitor import PROJECT, Visitor
from tests.factories import ArbitrationFactory, AttendanceFactory, MeetingFactory

Visit = Callable[..., Visitor]
REGISTER = f"{PROJECT}gouvernance/arbitrages/"
WIDE, NARROW, NARROWEST = 1280, 390, 320
DIRECTORS = ("ogdir_brumes", "ogdir_lucioles")  # 41,67 and 33,33 %


@pytest.fixture
def session(demonstration: None) -> None:
    """A COSTRAT under way today; the director of the Val-Cendré is excused."""
    with elevated():
        body = Body.objects.select_related("project").get(project__slug="trois-rivages", kind=BodyKind.COSTRAT)
        meeting = MeetingFactory(body=body, project=body.project, number=900, in_session=True)
        seats = Mandate.objects.active().filter(body=body, votes=True).select_related("user", "og")
        here = set(User.objects.filter(email__in=[email_of(code) for code in DIRECTORS]))
        for seat in seats:
            AttendanceFactory(
                meeting=meeting,
                project=body.project,
                user=seat.user,
                mandate=seat,
                og=seat.og,
                votes=True,
                presence=Presence.PRESENT if seat.user in here else Presence.EXCUSED,
            )
        assert len(seats) == 3


def written(page: Page, label: str, text: str) -> None:
    """Write a field that saves itself, and wait until it says so."""
    field = page.get_by_label(label, exact=True)
    form = page.locator("form.saves", has=field)
    field.fill(text)
    field.blur()
    expect(form.locator(".saved")).to_contain_text("Enregistré à")


def reads_well(visitor: Visitor) -> None:
    for width in (WIDE, NARROW):
        visitor.page.set_viewport_size({"width": width, "height": 900})
        visitor.page.emulate_media(color_scheme="light")
        visitor.expect_accessible()
        visitor.page.emulate_media(color_scheme="dark")
        visitor.expect_accessible(rules=("color-contrast",))
    visitor.page.emulate_media(color_scheme="light")
    visitor.page.set_viewport_size({"width": NARROWEST, "height": 700})
    visitor.expect_no_side_scroll()
    expect(visitor.page.locator("h1")).to_have_count(1)
    visitor.page.set_viewport_size({"width": WIDE, "height": 900})


def test_from_the_question_to_the_seal_and_back(visit: Visit, session: None) -> None:
    maelle = visit("lead", viewport={"width": WIDE, "height": 900}, reduced_motion="reduce")
    page = maelle.go(REGISTER)
    reads_well(maelle)
    page.get_by_role("link", name="Ouvrir un arbitrage").click()
    maelle.ready()
    page.get_by_label("La question à trancher").fill("Qui paie l’appui de nuit ?")
    page.get_by_label("Sa nature").select_option(label="Ressources humaines et temps dégagé")
    reads_well(maelle)
    page.get_by_role("button", name="Ouvrir cet arbitrage").click()
    maelle.ready()

    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text("Il manque six éléments au dossier")
    expect(page.locator("#manque-quoi")).to_contain_text("Il manque le contexte")
    written(page, "Contexte", "Les veilleurs de nuit n’ont pas été formés.")
    written(page, "Effet d’une absence de décision", "La nuit reste au papier.")
    deadline = page.get_by_label("À trancher avant le")
    deadline.fill("2030-01-15")
    deadline.blur()
    expect(title).to_contain_text("Il manque deux options au moins")
    for label, what in (("Le projet paie", "Six semaines d’appui."), ("Chaque OG paie", "Selon ses structures.")):
        if not page.get_by_label("Intitulé de l’option").is_visible():
            page.get_by_text("Ajouter une option").click()
        page.get_by_label("Intitulé de l’option").fill(label)
        page.get_by_label("Ce qu’elle fait, en une ou deux phrases").fill(what)
        page.get_by_role("button", name="Ajouter cette option").click()
        maelle.ready()
        expect(title).to_have_text(label)
        page.get_by_role("group", name="Incidence sur le coût").get_by_role("radio", name="Moyen").click()
        expect(page.locator("#option-cost_impact .saved")).to_contain_text("Enregistré à")
        written(page, "Montant estimé, en euros", "16 500")
        reads_well(maelle)
        page.get_by_role("link", name="Revenir au dossier").click()
        maelle.ready()
    page.get_by_role("button", name="Recommander l’option A").click()
    maelle.ready()
    written(page, "Pourquoi vous recommandez cette option", "C’est le plus simple.")
    expect(title).to_have_text("Le dossier est complet")
    reads_well(maelle)
    page.get_by_role("link", name="Voir le dossier et l’inscrire à une séance").click()
    maelle.ready()
    reads_well(maelle)
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Inscrire à l’ordre du jour").click()
    maelle.ready()
    expect(page.locator(".messages")).to_contain_text("L’arbitrage est inscrit à l’ordre du jour du COSTRAT")
    expect(page.locator("#scrutin")).to_contain_text("Le quorum est atteint : 75 %")
    address = page.url

    for code, changes in zip(DIRECTORS, (False, True), strict=True):
        director = visit(code, viewport={"width": NARROW, "height": 900}, reduced_motion="reduce")
        theirs = director.go(address)
        ballot = theirs.locator("form[id^=voter-]")
        expect(ballot).to_have_count(1)
        expect(ballot).to_contain_text("Votre vote, au nom de")
        ballot.get_by_role("radio", name="Contre").check()
        if changes:
            ballot.get_by_role("button", name="Voter").click()
            expect(theirs.locator("#vote-dit")).to_contain_text("contre")
        ballot.get_by_role("radio", name="Pour l’option A").check()
        ballot.get_by_label("Explication de vote").fill("Pour avancer.")
        ballot.get_by_role("button", name="Changer mon vote" if changes else "Voter").click()
        expect(theirs.locator("#vote-dit")).to_contain_text("pour l’option A")
        reads_well(director)

    count = page.locator("#scrutin")  # the lead's page follows by itself
    expect(count).to_contain_text("Le vote adopte l’option A", timeout=15_000)
    reads_well(maelle)
    page.get_by_role("link", name="Conclure").click()
    maelle.ready()
    expect(page.get_by_role("radio", name="Vote pondéré")).to_be_checked()
    page.get_by_label("Le texte de la décision").fill("Le projet paie six semaines d’appui de nuit.")
    page.get_by_text("Les suites à donner").click()
    page.get_by_label("Ce qu’il y a à faire").first.fill("Chiffrer l’appui")
    page.get_by_label("Qui s’en charge").first.select_option(index=1)
    page.get_by_label("Pour le").first.fill("2030-02-01")
    reads_well(maelle)
    page.get_by_role("button", name="Enregistrer la décision").click()
    maelle.ready()
    seal = page.locator(".seal")
    expect(seal).to_contain_text("Le projet paie six semaines d’appui de nuit.")
    expect(seal).to_contain_text("Option A, adoptée par 75 % du poids des OG")
    expect(page.get_by_text("Chiffrer l’appui")).to_be_visible()
    reads_well(maelle)

    page.get_by_role("link", name="Ouvrir un arbitrage qui le cite").click()
    maelle.ready()
    page.get_by_label("La question à trancher").fill("Qui paie la suite ?")
    page.get_by_role("button", name="Ouvrir cet arbitrage").click()
    maelle.ready()
    page.get_by_role("link", name="Voir le dossier").click()
    maelle.ready()
    page.get_by_role("link", name=re.compile("Qui paie l’appui de nuit")).click()
    maelle.ready()
    expect(page.get_by_text("Un autre arbitrage revient sur celui-ci")).to_be_visible()


def test_by_keyboard_without_scripts_a_director_votes(visit: Visit, session: None) -> None:
    with elevated():
        meeting = Meeting.objects.select_related("project").get(project__slug="trois-rivages", number=900)
        arbitration = ArbitrationFactory(
            project=meeting.project, number=900, meeting=meeting, status=ArbitrationStatus.TO_DECIDE
        )
    hippolyte = visit(DIRECTORS[0], java_script_enabled=False)
    page = hippolyte.page
    page.goto(f"{REGISTER}{arbitration.year}/900/")
    page.get_by_role("radio", name="Abstention").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Voter").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("est enregistré : abstention.")
    with elevated():
        assert Arbitration.objects.get(pk=arbitration.pk).votes.get().choice == "abstention"
