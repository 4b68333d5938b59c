"""« Analyse de risques consolidée » and the risks of the committees' reports: the figures of the selectors, and what of
structures must not be there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import reports.tasks  # noqa: F401  registers what makes the documents, as a worker does when it starts
from common.jobs.execution import run
from common.scope import elevated
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import User
from reports.enums import ReportKind
from reports.fingerprint import fingerprint
from reports.models import Report
from reports.rendering.chapters.risks import answered, risks, spread
from reports.rendering.risks_consolidated import MOST_STRUCTURES, chapters, heat
from reports.rendering.risks_consolidated import said as essence
from reports.selectors.risks import RiskFacts, risks_since
from reports.selectors.risks_consolidated import ConsolidatedFacts, consolidated_facts
from risks.aggregates import project_figures
from risks.places import Place
from risks.selectors.campaigns import structures_of
from risks.selectors.overview import overview, register_summary
from tests.factories import ESMSFactory
from tests.harness.htmx import parse
from tests.harness.queries import counted
from tests.harness.risks import untold
from tests.harness.world import INSIDE, RIVAL, SIBLING, SLUG, World
from tests.pdf import accessibility_faults
from tests.reports.documents import asked, content, made, outline, stored
from tests.reports.documents import said as words_of
from tests.reports.risk_documents import action, analysis, asked_consolidated, flat, risk, spaced
from tests.reports.risk_documents import spread as marks

pytestmark = pytest.mark.django_db(transaction=True)
Browsers = Callable[[User], Client]
NAME = "Résidence de la"


def grow(world: World, count: int, first: int = 0) -> None:
    """So many structures, one OG after the other, that transmitted at the start, some with a risk and a late action."""
    for number in range(first, first + count):
        with elevated():
            esms = ESMSFactory(og=world.own.ogs[number % 2], name=f"{NAME} {number}e colline")
        place = Place(world.project, esms)
        given = flat(9) if number % 7 == 6 else marks(number)
        analysis(place, world.own.risks.first, world.lead, given=given)
        told = risk(
            place, 1, f"Risque de la {number}e", world.lead, cell=(4, 4), raised=number % 3 == 0, transmitted=True
        )
        action(told, f"Agir {number}", None, world.lead, days=-number - 1)


@pytest.fixture
def many(world: World) -> World:
    grow(world, 8)
    return world


def consolidated(world: World) -> ConsolidatedFacts:
    with acting_as(world.lead.pk):
        return consolidated_facts(world.project, world.own.risks.second)


def told_to(world: World, user: User) -> RiskFacts:
    with acting_as(user.pk):
        return risks_since(world.project, world.project.started_on, timezone.localdate())


# --- Consolidated ----------------------------------------------------------------------------------------------------


def test_it_says_the_figures_of_the_overview(many: World, tmp_path: Path) -> None:
    document = content(made(asked_consolidated(many.project, many.lead, many.own.risks.second)))
    assert accessibility_faults(document, tmp_path) == []
    facts, found = consolidated(many), words_of(document)
    with acting_as(many.lead.pk):
        seen = overview(many.project, structures_of(many.project), many.own.risks.second)
    assert [item.median for item in facts.spread] == list(seen.summary.medians)
    assert facts.total_median == seen.summary.total_median
    assert facts.levels == tuple(seen.summary.levels[level] for level in ("low", "moderate", "certain"))
    assert [(item.number, item.count) for item in facts.common] == [
        (item.question.number, item.count) for item in seen.summary.common
    ]
    points = {one.esms.name: one.reading.scores.total.points for one in seen.read if one.reading}
    assert {item.name: item.points for item in facts.structures} == points
    assert {item.name for item in facts.awaited} == {one.esms.name for one in seen.awaited}
    assert spaced(essence(facts)) in found
    for item in facts.structures:
        assert f"{item.name} (n° 1)" in found
    titles = outline(document)
    assert "2. Onze structures, dont une en risque certain" in titles
    assert "3. Trois structures n’ont pas transmis" in titles
    assert f"Agir {7}" in found


def test_it_holds_nothing_that_a_structure_keeps(many: World) -> None:
    found = words_of(content(made(asked_consolidated(many.project, many.lead, many.own.risks.second))))
    for canary in (INSIDE, SIBLING, RIVAL):
        assert untold(canary) not in found
    assert f"Débit insuffisant {INSIDE}" not in found  # transmitted, and not raised: it is counted only
    assert "Les structures ont transmis huit autres risques ouverts sans les porter au projet" in found


def test_its_register_is_the_project_s_and_what_was_raised(many: World) -> None:
    facts = consolidated(many)
    with acting_as(many.lead.pk):
        seen = register_summary(many.project)
    assert len(facts.carried) == seen.open
    assert sum(bool(item.structure) for item in facts.carried) == seen.raised == 3
    owners = {item.owner for item in facts.carried if not item.structure}
    assert owners == {many.lead.get_full_name()}


def test_three_hundred_structures_ask_as_much_as_twelve_and_a_line_each(world: World) -> None:
    counts = []
    for first, count in ((0, 1), (1, 2), (3, 27)):
        grow(world, count, first)
        with acting_as(world.lead.pk), counted() as queries:
            consolidated_facts(world.project, world.own.risks.second)
        counts.append(len(queries))
    assert counts == [counts[0]] * 3
    facts = consolidated(world)
    drawn = heat(facts, facts.structures)
    assert sum(len(group.rows) for group in drawn.groups) == len(facts.structures) == 33
    huge = replace(facts, structures=facts.structures * 20)
    shown = next(chapter for chapter in chapters(huge) if chapter.anchor == "structures").data["shown"]
    assert (len(shown.items), shown.rest) == (MOST_STRUCTURES, 660 - MOST_STRUCTURES)


def test_it_is_asked_of_a_campaign_by_the_lead(many: World, client_as: Browsers) -> None:
    client = client_as(many.lead)
    address = reverse("report_ask", args=[SLUG, "risques-consolides"])
    form = parse(client.get(address, {"campagne": "1"}).content).xpath("//form[@id='demande']")[0]
    assert form.xpath(".//input[@name='campaign'][@checked]/@value") == ["1"]
    posted = {"campaign": "1", "token": form.xpath(".//input[@name='token']/@value")[0]}
    answer = client.post(address, posted)
    assert answer.status_code == 302
    with elevated():
        report = Report.objects.select_related("job").get(
            project=many.project, number=answer["Location"].split("/")[-2]
        )
    found = words_of(content(made(report)))
    assert "Campagne n° 1, début du projet" in found
    assert client.post(address, {**posted, "campaign": "99"}).status_code == 422


def test_a_campaign_that_is_gone_says_so(world: World) -> None:
    report = asked_consolidated(world.project, world.lead, world.own.risks.second)
    with elevated():
        Report.objects.filter(pk=report.pk).update(filters="campagne=99")
    run(report.job_id)
    assert "La campagne de ce document n’existe plus" in stored(report).job.error


# --- In the reports of the committees --------------------------------------------------------------------------------


def test_the_section_says_the_aggregates_and_the_register(many: World) -> None:
    facts = told_to(many, many.lead)
    with acting_as(many.person(Role.COSTRAT).pk):
        figures = project_figures(many.project, many.own.risks.second)
        register = register_summary(many.project)
    assert figures.summary is not None
    assert facts.together is not None
    assert facts.together.total_median == figures.summary.total_median
    assert (facts.asked, facts.transmitted) == (figures.asked, figures.transmitted)
    assert (len(facts.risks), facts.critical, facts.raised) == (register.open, register.critical, register.raised)
    assert facts.late_actions == register.late
    assert sorted((item.points for item in facts.together.medians), reverse=True) == sorted(
        (points for points in figures.summary.medians if points is not None), reverse=True
    )


@pytest.mark.parametrize("kind", [ReportKind.COSTRAT_ARBITRATIONS, ReportKind.COMOP_FOLLOW_UP])
def test_both_reports_have_their_section_and_name_no_structure_in_figures(
    many: World, tmp_path: Path, kind: ReportKind
) -> None:
    document = content(made(asked(many.project, kind, many.lead)))
    assert accessibility_faults(document, tmp_path) == []
    found, facts = words_of(document), told_to(many, many.lead)
    assert any("risques ouverts au registre du projet, dont trois critiques" in title for title in outline(document))
    together = facts.together
    assert together is not None
    assert spaced(answered(facts)) in found
    assert spaced(spread(together, facts.transmitted)) in found
    raised = {item.structure for item in facts.risks if item.structure}
    section = " ".join(str(chapter.data) for chapter in risks(facts, "depuis hier"))
    for number in range(8):
        name = f"{NAME} {number}e colline"
        assert (name in section) is (name in raised), name
    for canary in (INSIDE, SIBLING, RIVAL, *map(untold, (INSIDE, SIBLING, RIVAL))):
        assert canary not in found


def test_a_member_and_the_lead_would_read_the_same(many: World) -> None:
    readers = (many.lead, many.person(Role.COSTRAT), many.person(Role.COMOP))
    assert len({fingerprint(told_to(many, user)) for user in readers}) == 1


def test_figures_of_too_few_are_not_said(world: World) -> None:
    """Three structures transmitted, two of them of one OG: its director, who reads the report, would know the third."""
    facts = told_to(world, world.lead)
    assert facts.together is None
    with acting_as(world.person(Role.COSTRAT).pk):
        assert project_figures(world.project, world.own.risks.second).summary is not None
    text = answered(facts)
    assert "Les chiffres d’ensemble se lisent à partir de trois analyses" in text


def test_what_is_new_is_counted_from_the_last_meeting(many: World) -> None:
    today = timezone.localdate()
    with acting_as(many.lead.pk):
        assert risks_since(many.project, today + timedelta(days=1), today).new == 0
        assert risks_since(many.project, today, today).new == 4


def test_a_project_that_asked_nothing_has_no_section(world: World) -> None:
    facts = replace(told_to(world, world.lead), campaign="", risks=())
    assert risks(facts, "depuis hier") == []
