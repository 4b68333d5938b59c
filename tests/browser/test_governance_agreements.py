"""The convention: from its first article to its signatures, then a version without an OG that leaves."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from common.scope import elevated
from governance.models import AgreementArticle
from organisations.enums import Role
from organisations.models import User
from tests.browser.conftest import email_of
from tests.browser.visitor import Visitor, plain
from tests.factories import MembershipFactory, OGFactory, ProjectFactory

Visit = Callable[..., Visitor]
CONVENTION = "/projets/trois-vallees/gouvernance/convention/"
NAMES = ("Association des Aulnes", "Fondation du Bief", "Mutuelle du Causse")


@pytest.fixture
def without_convention(demonstration: None) -> None:
    """A project of three OG that has no convention yet: Maëlle leads it, Solène directs one of the OG."""
    project = ProjectFactory(slug="trois-vallees", name="DUI des Trois Vallées")
    first, *_ = [OGFactory(project=project, name=name) for name in NAMES]
    with elevated():
        lead, director = (User.objects.get(email=email_of(code)) for code in ("lead", "ogdir_lucioles"))
    MembershipFactory(user=lead, role=Role.PROJECT_LEAD, target=project)
    MembershipFactory(user=director, role=Role.OG_DIRECTOR, target=first)


def save(page: Page, number: int, text: str) -> None:
    """Type an article, and leave its field."""
    with page.expect_response(lambda answer: answer.request.method == "POST" and "/articles/" in answer.url):
        page.get_by_label(re.compile(rf"^Article.{number}\s")).fill(text)
        page.get_by_label(re.compile(rf"^Article.{number % 17 + 1}\s")).focus()


def sign(visitor: Visitor, og: str, who: str) -> None:
    page = visitor.page
    page.get_by_role("table").get_by_role("link", name=f"Enregistrer la signature : {og}").click()
    visitor.ready()
    page.get_by_label("Qui a signé").fill(who)
    page.get_by_label("En quelle qualité").fill("directrice générale")
    page.get_by_label("Le document signé").set_input_files(
        files=[{"name": "convention.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 convention"}]
    )
    page.get_by_role("button", name="Enregistrer la signature").click()
    visitor.ready()


def title(page: Page) -> str:
    return plain(page.get_by_role("heading", level=1).inner_text())


def test_a_convention_from_its_first_article_to_its_second_version(without_convention: None, visit: Visit) -> None:
    maelle = visit("lead")
    page = maelle.go(CONVENTION)
    maelle.expect_accessible()
    page.get_by_role("button", name="Commencer la convention").click()
    maelle.ready()
    assert title(page) == "Aucun des 17 articles n’est encore écrit"
    maelle.expect_accessible()
    save(page, 1, "Déployer un même dossier.")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("1 article sur 17 est écrit"))
    expect(page.get_by_role("status").filter(has_text="Enregistré à")).to_be_visible()
    page.get_by_role("button", name="Mettre à la signature").click()
    expect(page.get_by_role("alert")).to_contain_text("Il reste à écrire les articles 2, 3")
    with elevated():
        AgreementArticle.objects.filter(text="").update(text="Comme convenu.")
    page.goto(CONVENTION)
    maelle.ready()
    page.get_by_role("button", name="Mettre à la signature").click()
    maelle.ready()
    assert "attend la signature" in title(page)
    maelle.expect_accessible()

    for name in NAMES:
        sign(maelle, name, "Solène Aubertin-Roy")
    assert "La convention est en vigueur depuis le" in title(page)
    maelle.expect_accessible()
    with page.expect_download() as kept:
        page.get_by_role("link", name="convention.pdf").first.click()
    assert kept.value.suggested_filename == "convention.pdf"

    page.get_by_role("link", name="Ouvrir une nouvelle version").click()
    maelle.ready()
    maelle.expect_accessible()
    page.get_by_label("Ce que cette version change, et pourquoi").fill("Un OG quitte le projet.")
    page.get_by_label(NAMES[-1]).uncheck()
    page.get_by_role("button", name="Ouvrir cette version").click()
    maelle.ready()
    expect(page.get_by_text(f"Sort : {NAMES[-1]}.")).to_be_visible()
    expect(page.get_by_role("link", name="Ouvrir l’arbitrage")).to_be_visible()
    save(page, 1, "Déployer un même dossier à deux.")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Un article change dans la version.2"))
    maelle.expect_accessible()

    solene = visit("ogdir_lucioles", viewport={"width": 320, "height": 640})
    phone = solene.go(CONVENTION)
    solene.expect_no_side_scroll()
    solene.expect_accessible()
    phone.get_by_role("link", name="Version 1").click()
    solene.ready()
    solene.expect_no_side_scroll()
    assert "La convention est en vigueur depuis le" in title(phone)
