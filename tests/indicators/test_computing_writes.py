"""What is written of what is computed: what changed, once, and nothing of what is over."""

from datetime import date

import pytest

from common.errors import DomainError
from common.french import today
from common.ids import new_id
from common.scope import elevated
from indicators.entry import Given
from indicators.enums import Frequency, Origin
from indicators.models import Cell, Definition, Figure, Indicator, Statement
from indicators.periods import Period
from indicators.selectors.definitions import by_code, followed
from indicators.services.computing import compute, compute_again
from indicators.services.definitions import adopt_catalogue
from indicators.services.figures import write_figure
from indicators.services.grid import Typed, write_cells
from indicators.tasks import compute_figures
from organisations.models import Project, place_of
from tests.factories import ESMSFactory, ProjectFactory, UserFactory
from tests.harness.queries import counted
from tests.harness.threads import together
from tests.indicators.computing import CRITICAL, FEBRUARY, JANUARY, MARCH, TODAY, Reckoning

pytestmark = pytest.mark.django_db
BUDGET = (30, 28)  # queries, then again when nothing changed
RISKS, COUNT = "open_risks_count", "accounts_created_count"


@pytest.fixture
def place(db: None) -> Reckoning:
    project, user = ProjectFactory(), UserFactory()
    with elevated():
        adopt_catalogue(project=project, user=user)
        Indicator.objects.filter(project=project, code=COUNT).update(asked=True)
    return Reckoning(project, ESMSFactory(og__project=project), user)


def test_only_what_changed_is_written_again(place: Reckoning) -> None:
    place.risk(date(2025, 2, 1))
    assert place.compute() > 0
    before = place.figure(RISKS, FEBRUARY)
    assert before is not None
    assert (before.published, before.statement_id, before.origin) == (True, None, Origin.COMPUTED)
    assert place.compute() == 0
    place.risk(date(2025, 2, 1), cell=CRITICAL)
    assert place.compute() == 4  # open risks and those critical, of two months
    after = place.figure(RISKS, FEBRUARY)
    assert after is not None
    assert (after.pk, after.amount, after.version) == (before.pk, 2, before.version + 1)
    assert after.written_at > before.written_at
    assert place.cells(RISKS) == {"high": 1, "critical": 1}


def test_what_has_no_value_any_more_goes(place: Reckoning) -> None:
    risk = place.risk(date(2025, 2, 1))
    action = place.action(risk, date(2025, 2, 2))
    place.compute()
    assert place.terms("risk_actions_completed_rate") == (0, 1)
    with elevated():
        action.delete()
    place.compute()
    assert place.terms("risk_actions_completed_rate") is None
    assert place.terms(RISKS) == 1


def test_a_part_that_is_nothing_goes(place: Reckoning) -> None:
    risk = place.risk(date(2025, 2, 1))
    place.risk(date(2025, 2, 1), cell=CRITICAL)
    place.compute()
    with elevated():
        risk.probability, risk.impact = CRITICAL
        risk.save()
    place.compute()
    assert place.terms(RISKS) == 2
    assert place.cells(RISKS) == {"critical": 2}


def test_the_last_two_periods_change_and_those_before_stay(place: Reckoning) -> None:
    place.compute(JANUARY, FEBRUARY, MARCH)
    place.risk(date(2025, 1, 2))
    place.compute()
    assert [place.terms(RISKS, period) for period in (JANUARY, FEBRUARY, MARCH)] == [0, 1, 1]
    place.compute(JANUARY)  # even asked for by name
    assert place.terms(RISKS, JANUARY) == 0


def test_a_campaign_that_goes_on_keeps_its_period_open_and_one_that_is_over_shuts_it(place: Reckoning) -> None:
    place.compute(JANUARY, FEBRUARY, MARCH)
    place.campaign(JANUARY, closes_on=TODAY)
    campaign = place.campaign(FEBRUARY, closes_on=date(2025, 3, 14))
    place.risk(date(2025, 1, 2))
    place.compute()
    assert [place.terms(RISKS, period) for period in (JANUARY, FEBRUARY, MARCH)] == [1, 0, 1]
    with elevated():
        type(campaign).objects.filter(pk=campaign.pk).update(closes_on=TODAY)
    place.compute()
    assert place.terms(RISKS, FEBRUARY) == 1


def test_a_campaign_closed_early_shuts_its_period(place: Reckoning) -> None:
    place.compute()
    place.campaign(FEBRUARY, closes_on=date(2025, 4, 1), closed_by=place.user, closed_at="2025-03-10T10:00Z")
    place.risk(date(2025, 2, 2))
    place.compute()
    assert place.terms(RISKS, FEBRUARY) == 0


def test_periods_asked_for_by_name_are_filled_in_however_old(place: Reckoning) -> None:
    place.risk(date(2024, 6, 2))
    old = Period.at("2024-06").until(FEBRUARY)
    assert place.compute(*old) > 0
    assert place.terms(RISKS, Period.at("2024-06")) == 1
    assert place.terms(RISKS, Period.at("2024-12")) == 1


def test_each_is_computed_at_its_own_frequency(place: Reckoning) -> None:
    with elevated():
        definition = by_code(followed(place.project))[RISKS].definition
        definition.pk, definition.token = new_id(), new_id()
        definition.number, definition.frequency = 2, Frequency.WEEKLY
        definition.save(force_insert=True)
    place.risk(date(2025, 3, 5))
    place.compute()
    assert place.terms(RISKS, FEBRUARY) is None
    week = Period.of(Frequency.WEEKLY, date(2025, 3, 5))
    assert place.terms(RISKS, week) == 1
    assert place.terms("critical_risks_count", MARCH) == 0


def test_a_new_definition_is_that_of_figures_that_still_change(place: Reckoning) -> None:
    place.compute(JANUARY, FEBRUARY)
    with elevated():
        definition = by_code(followed(place.project))[RISKS].definition
        old = definition.pk
        definition.pk, definition.token, definition.number, definition.label = new_id(), new_id(), 2, "Autrement dit"
        definition.save(force_insert=True)
    place.compute()
    january, february = place.figure(RISKS, JANUARY), place.figure(RISKS, FEBRUARY)
    assert january is not None
    assert february is not None
    assert (january.definition_id, february.definition_id) == (old, definition.pk)
    with elevated():
        assert Definition.objects.filter(indicator=definition.indicator).count() == 2


def test_what_is_given_up_or_of_other_structures_is_left_alone(place: Reckoning) -> None:
    other = ESMSFactory(og=place.esms.og)
    with elevated():
        Indicator.objects.filter(project=place.project, code="critical_risks_count").update(active=False)
    compute(place.project, [FEBRUARY], structures=[place.esms], today=TODAY)
    assert place.terms(RISKS) == 0
    assert place.terms("critical_risks_count") is None
    assert Reckoning(place.project, other, place.user).terms(RISKS) is None


def test_what_a_structure_enters_takes_the_place_of_what_was_carried_over(place: Reckoning) -> None:
    place.entered(COUNT, JANUARY, 4, nurse=4)
    place.compute()
    assert place.terms(COUNT) == 4
    campaign = place.campaign(FEBRUARY, closes_on=date(2999, 1, 1))
    with elevated():
        statement = Statement.objects.create(**place_of(place.esms), campaign=campaign)
        one = by_code(followed(place.project))[COUNT]
        write_figure(statement=statement, followed=one, given=Given(amount=9), version=0, by=place.user)
    place.compute()
    assert place.terms(COUNT, FEBRUARY) is None
    assert place.terms(COUNT, MARCH) == 4  # until it is given
    with elevated():
        Figure.objects.filter(statement=statement).update(published=True)
    place.compute()
    assert place.terms(COUNT, MARCH) == 9
    assert place.cells(COUNT, MARCH) == {}


def test_a_grid_too_takes_the_place_of_what_was_carried_over(place: Reckoning) -> None:
    month = Period.of(Frequency.MONTHLY, today()).previous
    place.entered(COUNT, month.previous, 4)
    place.compute(month, today=today())
    assert place.terms(COUNT, month) == 4
    campaign = place.campaign(month, closes_on=date(2999, 1, 1))
    with elevated():
        statement = Statement.objects.create(**place_of(place.esms), campaign=campaign)
        typed = [Typed(COUNT, month, "9", 0)]
        done = write_cells(esms=place.esms, typed=typed, found=followed(place.project), by=place.user)
        assert not done.refused
        assert Figure.objects.get(statement=statement).amount == 9
    assert place.terms(COUNT, month) is None


def test_now_is_computed_for_one_structure_unless_the_period_is_over(place: Reckoning) -> None:
    period = Period.of(Frequency.MONTHLY, today()).previous
    place.risk(period.start)
    assert compute_again(esms=place.esms, period=period) > 0
    assert place.terms(RISKS, period) == 1
    assert compute_again(esms=place.esms, period=period) == 0
    with pytest.raises(DomainError, match="est terminée"):
        compute_again(esms=place.esms, period=period.back(3))
    with pytest.raises(DomainError, match="à partir de demain"):
        compute_again(esms=place.esms, period=period.next.next)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_it_costs_the_same_whatever_there_is(place: Reckoning, count: int) -> None:
    for rank in range(count):
        one = Reckoning(place.project, ESMSFactory(og=place.esms.og), place.user) if rank else place
        one.action(one.risk(date(2025, 1, 2), cell=CRITICAL), date(2025, 1, 3))
        one.alert(date(2025, 1, 3))
        one.entered(COUNT, JANUARY, 4, nurse=4)
    with counted() as first:
        place.compute(*JANUARY.back(count).until(MARCH))
    with counted() as again:
        place.compute(*JANUARY.back(count).until(MARCH))
    assert (len(first), len(again)) == BUDGET


def test_every_project_is_computed_and_one_that_fails_holds_up_no_other(
    place: Reckoning, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[Project] = []

    def fails_once(project: Project) -> int:
        seen.append(project)
        if project != place.project:
            raise DomainError("Cassé.")
        return compute(project)

    monkeypatch.setattr("indicators.tasks.compute", fails_once)
    compute_figures()
    assert place.project in seen
    assert len(seen) > 1
    assert "could not be computed" in caplog.text
    period = Period.of(Frequency.MONTHLY, today()).previous
    assert place.terms(RISKS, period) == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_write_each_figure_once(place: Reckoning) -> None:
    place.risk(date(2025, 2, 1))
    wrote = together(3, lambda _: compute(place.project, today=TODAY))
    assert sorted(wrote)[:2] == [0, 0]
    assert max(wrote) > 0
    with elevated():
        assert Cell.objects.filter(project=place.project).count() == 2  # of February and March
