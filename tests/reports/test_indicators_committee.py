"""« Indicateurs et cibles » in the reports of committees: totals, and nothing that tells of one structure."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone

import reports.tasks  # noqa: F401  registers what makes the documents, as a worker does when it starts
from common.scope import elevated
from indicators.enums import StatementStatus
from indicators.models import Figure, Statement, Target
from indicators.periods import Period
from indicators.selectors.definitions import by_code, followed
from indicators.selectors.told import told
from indicators.values import together
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import ESMS, User
from reports.enums import ReportKind
from reports.fingerprint import fingerprint
from reports.rendering.chapters.indicators import indicators, title, untold
from reports.selectors.indicators import IndicatorFacts, WholeFact, indicators_since
from tests.factories import ESMSFactory, MembershipFactory
from tests.harness.indicators import RATE, RECORDS, current_period, point
from tests.harness.queries import counted
from tests.harness.world import INSIDE, RIVAL, SIBLING, World
from tests.indicators.given import give
from tests.pdf import accessibility_faults
from tests.reports.documents import asked, content, made, outline, said
from tests.reports.risk_documents import spaced

pytestmark = pytest.mark.django_db
making = pytest.mark.django_db(transaction=True)  # a worker says how far it is outside transactions
REFUSED = "n’ont pas de chiffre d’ensemble ici"


def month() -> Period:
    """The last that structures gave."""
    return current_period().previous


@pytest.fixture
def six(world: World) -> World:
    """Three structures in each OG, which gave their connection rate and their records over three months."""
    upstream, downstream = world.own.ogs
    more = [ESMSFactory(og=og, slug=f"plus-{number}") for number, og in enumerate((upstream, downstream, downstream))]
    for esms in world.own.structures:  # the last month is given already
        give(esms, RATE, month().previous.code, [(20, 50), (30, 50)])
        give(esms, RECORDS, month().previous.code, [(10, 60), (20, 60)])
    for esms in more:
        give(esms, RATE, month().code, [(20, 50), (30, 50), (40, 50)])
        give(esms, RECORDS, month().code, [(10, 60), (20, 60), (30, 60)])
    return world


def facts_of(world: World, user: User | None = None, since: date | None = None) -> IndicatorFacts:
    with acting_as((user or world.lead).pk):
        return indicators_since(world.project, since or world.project.started_on, timezone.localdate())


def line(facts: IndicatorFacts, code: str) -> WholeFact | None:
    return next((one for one in facts.lines if one.followed.code == code), None)


def aim(world: World, code: str, value: int) -> None:
    with elevated():
        indicator = by_code(followed(world.project))[code].indicator
        Target.objects.create(
            project=world.project,
            place=world.project.pk,
            indicator=indicator,
            value=value,
            from_on=timezone.localdate() - timedelta(days=150),
        )


# --- What it says ----------------------------------------------------------------------------------------------------


@making
@pytest.mark.parametrize("kind", [ReportKind.COSTRAT_ARBITRATIONS, ReportKind.COMOP_FOLLOW_UP])
def test_it_says_what_structures_are_worth_together(six: World, kind: ReportKind, tmp_path: Path) -> None:
    document = content(made(asked(six.project, kind, six.lead)))
    assert accessibility_faults(document, tmp_path) == []
    found = said(document)
    with acting_as(six.lead.pk):
        one = by_code(followed(six.project))[RATE]
        figures = told(six.project, [one], [month()])
    terms = together((figure.terms for figure in figures.values() if figure.terms), one.definition.aggregation)
    assert terms is not None
    assert (len(figures), terms.amount, terms.base) == (6, 240, 300)
    assert any("trois relevés attendus sont rendus" in spaced(title).lower() for title in outline(document))
    for words in ("six structures", "80 %", "240 sur 300", "Cible atteinte", "+20 points depuis", "180 sur 360"):
        assert words in found, words
    assert "En progrès" in found  # a word beside the sign
    assert f"{one.definition.label} : 80 %" in found  # the title of its curve


def test_the_furthest_from_its_target_comes_first_and_what_has_none_last(six: World) -> None:
    give_accounts(six)
    assert [one.followed.code for one in facts_of(six).lines] == [RATE, RECORDS, "tickets_created_count"]
    aim(six, RECORDS, 90)
    assert [one.followed.code for one in facts_of(six).lines] == [RECORDS, RATE, "tickets_created_count"]
    assert spaced(title(facts_of(six))).endswith("une cible atteinte sur deux")


def give_accounts(world: World) -> None:
    with elevated():
        structures = list(ESMS.objects.filter(project=world.project))
    for esms in structures:
        give(esms, "tickets_created_count", month().code, [7])


def test_it_compares_with_what_was_known_at_the_last_meeting(six: World) -> None:
    cases = [
        (month().start, month().previous, 60),
        (month().previous.end, month().back(2), 40),
        (timezone.localdate(), month().previous, 60),  # nothing came since: the month before
    ]
    for since, period, value in cases:
        found = line(facts_of(six, since=since), RATE)
        assert found is not None
        assert found.before is not None
        assert found.before[:2] == (period, Decimal(value)), since
    long_ago = line(facts_of(six, since=month().back(10).start), RATE)
    assert long_ago is not None
    assert long_ago.before is not None
    assert long_ago.before[:2] == (month().previous, Decimal(60))  # nothing was known then


def test_a_sum_over_fewer_structures_is_not_said_to_fall(six: World) -> None:
    with elevated():
        structures = list(ESMS.objects.filter(project=six.project).order_by("pk"))
    for number, esms in enumerate(structures):
        give(esms, "tickets_created_count", month().code, [7, 7 if number else None])
    [chapter] = indicators(facts_of(six))
    rows = {row.label: row for _, rows in chapter.data["groups"] for row in rows}
    row = next(row for label, row in rows.items() if label.startswith("Tickets"))
    assert (row.over, row.moved.text) == ("cinq structures", "Ne se compare pas")
    assert spaced(row.change) == f"42 tickets en {spaced(month().previous.label)}, sur six structures"


def test_a_month_that_few_have_given_yet_waits_for_the_others(six: World) -> None:
    with elevated():
        running = Statement.objects.filter(campaign=six.own.indicators.current).order_by("pk")
        first = running[0]
        Statement.objects.filter(pk=first.pk).update(
            status=StatementStatus.GIVEN,
            given_by=six.lead,
            given_at=timezone.now(),
            first_given_at=timezone.now(),
        )
    facts = facts_of(six)
    assert facts.period == month()
    assert facts.running is not None
    assert (facts.running[0], facts.running[1].received, facts.running[1].expected) == (current_period(), 1, 3)
    [chapter] = indicators(facts)
    assert "un relevé sur trois est rendu à ce jour" in spaced(chapter.data["running"])


# --- What it must not say --------------------------------------------------------------------------------------------


def test_a_reader_who_could_find_a_structure_by_subtraction_gets_the_sentence_instead(six: World) -> None:
    assert line(facts_of(six), RATE) is not None
    with elevated():  # the direction of the first OG would be left with one
        gone = list(ESMS.objects.filter(slug__in=["plus-1", "plus-2"]))
        Figure.objects.filter(esms__in=gone, indicator__code=RATE).delete()
    facts = facts_of(six)
    assert line(facts, RATE) is None
    assert line(facts, RECORDS) is not None
    [chapter] = indicators(facts)
    words = spaced(chapter.data["untold"])
    assert REFUSED in words
    assert "en ôtant celles qu’il connaît" in words


def test_what_a_reader_knows_as_somebody_of_a_structure_counts_too(six: World) -> None:
    member = six.person(Role.COSTRAT)
    assert line(facts_of(six), RATE) is not None
    with elevated():
        structures = list(ESMS.objects.filter(project=six.project).order_by("slug"))[:5]
    for esms in structures:
        MembershipFactory(user=member, role=Role.LOCAL_REFERENT, target=esms)
    assert line(facts_of(six), RATE) is None


def test_of_three_structures_in_two_ogs_nothing_is_told(world: World) -> None:
    facts = facts_of(world)
    assert facts.lines == ()
    assert facts.reporting is not None
    assert facts.reporting.received == 3
    assert REFUSED in spaced(untold(facts))


@making
@pytest.mark.parametrize("kind", [ReportKind.COSTRAT_ARBITRATIONS, ReportKind.COMOP_FOLLOW_UP])
def test_it_holds_nothing_of_the_inside_of_a_structure(six: World, kind: ReportKind) -> None:
    found = said(content(made(asked(six.project, kind, six.lead))))
    for canary in (INSIDE, SIBLING, RIVAL):
        assert canary not in found
        assert point(canary) not in found


def test_what_is_masked_does_not_enter_the_total(six: World) -> None:
    with elevated():
        esms = ESMS.objects.get(slug="plus-1")
        fourth = ESMSFactory(og=esms.og, slug="plus-3")
    for structure, base in ((fourth, 50), (esms, 4)):
        give(structure, RATE, month().code, [(4, base)])
    found = line(facts_of(six), RATE)
    assert found is not None
    assert found.terms is not None
    assert (found.count, found.terms.base) == (6, 300)


def test_it_says_the_same_to_whoever_asks(six: World) -> None:
    found = {fingerprint(facts_of(six, six.person(role))) for role in (Role.PROJECT_LEAD, Role.COSTRAT, Role.DPO)}
    assert len(found) == 1


def test_a_project_that_only_begins_has_no_such_chapter(world: World) -> None:
    fresh = IndicatorFacts(month(), None, None, (), ("Taux",))
    assert indicators(fresh) == []


def test_the_number_of_structures_does_not_change_the_number_of_queries(world: World) -> None:
    grown: list[Callable[[], object]] = [lambda: None, lambda: _grow(world, 2), lambda: _grow(world, 27)]
    counts = []
    for grow in grown:
        grow()
        with counted() as queries:
            facts_of(world)
        counts.append(len(queries))
    assert len(set(counts)) == 1


def _grow(world: World, count: int) -> None:
    for number in range(count):
        esms = ESMSFactory(og=world.own.ogs[number % 2])
        give(esms, RATE, month().code, [(20, 50), (40, 50)])
