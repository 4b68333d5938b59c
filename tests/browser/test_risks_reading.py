"""A director reads the risks of the structure: on a screen, on a phone, on paper."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from common.scope import elevated
from organisations.enums import Role
from organisations.models import ESMS, OG, Project, User
from risks.catalogue import questionnaire
from risks.places import Place
from tests.browser.conftest import email_of
from tests.browser.visitor import PROJECT, Visitor
from tests.factories import ESMSFactory, MembershipFactory
from tests.risks.reading_factories import assessed, campaign, everywhere

Visit = Callable[..., Visitor]
PAGE = f"{PROJECT}structures/les-tilleuls/risques/lecture/"
BY_SECTION = (6, 3, 7, 5, 2, 8, 4, 9, 5, 3)
KEPT = [question.number for question in questionnaire().questions if not question.starred]


def marks(*, worse: int = 0, **others: int | None) -> dict[str, int | None]:
    """Sections unlike one another; `worse`: how much is added to each mark of the last three."""
    found: dict[str, int | None] = {}
    for question in questionnaire().questions:
        mark = BY_SECTION[question.section - 1] + question.rank % 3 - 1
        found[question.number] = max(1, min(10, mark + (worse if question.section > 7 and question.starred else 0)))
    return found | {name.removeprefix("q").replace("_", "."): value for name, value in others.items()}


@pytest.fixture
def tilleuls(demonstration: None) -> ESMS:
    """A structure with two campaigns, and three others that answered the second."""
    with elevated():
        project = Project.objects.get(slug="trois-rivages")
        og = OG.objects.filter(project=project).first()
        by = User.objects.get(email=email_of("dir_enfance"))
        esms = ESMSFactory(og=og, project=project, slug="les-tilleuls", name="EHPAD Les Tilleuls")
        MembershipFactory(user=by, role=Role.ESMS_DIRECTOR, target=esms)
        place = Place(project, esms)
        start, end = (campaign(project, by, number) for number in (91, 92))
        first = assessed(place, start, by, marks(q2_1=None))
        comments = {"8.1": "Un seul référent formé, en arrêt jusqu'en mars.", "6.2": "Planning déjà tendu."}
        assessed(
            place,
            end,
            by,
            marks(worse=-2, q6_1=10, q2_1=None),
            based_on=first,
            carried=KEPT,
            comments=comments,
            asks_all=False,
        )
        for rank, mark in enumerate((3, 5, 6)):
            other = ESMSFactory(og=og, project=project, slug=f"voisine-{rank}", name=f"Voisine {rank}")
            assessed(Place(project, other), end, by, everywhere(mark))
    return esms


@pytest.mark.parametrize("width", [1280, 390])
def test_a_director_reads_where_risk_is_and_what_to_do(visit: Visit, tilleuls: ESMS, width: int) -> None:
    director = visit("dir_enfance", viewport={"width": width, "height": 900})
    page = director.go(PAGE)
    expect(page.get_by_role("heading", level=1)).to_contain_text("points sur 1 000")
    expect(page.locator(".lede")).to_contain_text("Plus le score est haut, plus le risque est fort.")
    expect(page.get_by_role("heading", name="notes appellent une action")).to_be_visible()
    director.expect_accessible()
    director.expect_no_side_scroll()

    radar = page.locator("figure[data-chart=radar]")
    expect(radar.locator(".legend")).to_contain_text("Campagne n° 91")
    page.get_by_role("link", name="Médiane des autres structures").click()
    director.ready()
    expect(radar.locator(".legend")).to_contain_text("Médiane des autres structures")
    expect(page.locator("main")).not_to_contain_text("Voisine")

    page.get_by_text("Lire les notes, section par section").click()
    expect(page.get_by_text("Note gardée de la campagne n° 91").last).to_be_visible()
    director.expect_accessible()
    director.expect_no_side_scroll()

    page.get_by_role("navigation", name="Campagne à lire").get_by_role("link", name="Campagne n° 91").click()
    director.ready()
    expect(page.locator(".lede")).to_contain_text("Campagne n° 91")
    expect(page.get_by_role("link", name="En faire une action")).to_have_count(0)


def test_on_paper_every_mark_is_there(visit: Visit, tilleuls: ESMS) -> None:
    page = visit("dir_enfance").go(PAGE)
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.get_by_role("row", name="10.10.")).to_be_visible()
    expect(page.locator("nav.tabs")).to_be_hidden()
