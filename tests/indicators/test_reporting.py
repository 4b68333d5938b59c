"""The reporting rate: only who is asked counts, late is from the day after the due day."""

import pytest
from django.utils import timezone

from common.scope import elevated
from indicators.enums import Frequency, StatementStatus
from indicators.periods import Period
from indicators.selectors.campaigns import Reporting, progress_of, reporting
from organisations.access import acting_as
from organisations.enums import Phase, Role
from organisations.models import ESMS
from tests.factories import ESMSFactory
from tests.harness.queries import counted
from tests.harness.world import World
from tests.indicators.campaigns import CURRENT, DAY, OVER, TODAY, campaign_of, give, put, statements

pytestmark = pytest.mark.django_db


def told(world: World, *periods: Period, role: Role = Role.PROJECT_LEAD) -> dict[Period, Reporting]:
    with acting_as(world.person(role).pk):
        return dict(reporting(world.project, periods))


@pytest.mark.parametrize(("days", "on_time"), [(-1, 0), (0, 1), (1, 1)])
def test_given_on_the_due_day_is_on_time_and_the_day_after_late(world: World, days: int, on_time: int) -> None:
    """Given now, for a day so many days from now."""
    rows = list(statements(campaign_of(world)).values())
    put(campaign_of(world), due_on=TODAY + days * DAY)
    give(rows[0])
    found = told(world, CURRENT)[CURRENT]
    assert (found.expected, found.received, found.on_time) == (3, 1, on_time)
    assert (found.late, found.missing) == (1 - on_time, 2)


def test_the_first_time_decides_whatever_was_corrected_since(world: World) -> None:
    row = next(iter(statements(campaign_of(world, OVER)).values()))
    before = told(world, OVER)[OVER]
    put(row, given_at=timezone.now())
    assert told(world, OVER)[OVER] == before == Reporting(3, 3, 3)


def test_what_is_taken_back_is_not_received(world: World) -> None:
    row = next(iter(statements(campaign_of(world, OVER)).values()))
    put(row, status=StatementStatus.OPEN)
    assert told(world, OVER)[OVER] == Reporting(3, 2, 2)


def test_who_is_not_asked_does_not_count(world: World) -> None:
    ESMSFactory(og=world.own.ogs[0], phase=Phase.ROLLOUT)
    assert told(world, CURRENT)[CURRENT].expected == 3


def test_a_period_without_a_campaign_is_not_told(world: World) -> None:
    other = Period.of(Frequency.QUARTERLY, CURRENT.start)
    assert list(told(world, OVER, CURRENT, CURRENT.back(7), other)) == [OVER, CURRENT]


def test_each_reader_is_told_of_the_statements_they_may_follow(world: World) -> None:
    assert told(world, CURRENT, role=Role.COSTRAT)[CURRENT].expected == 3
    og = world.own.structures[0].og_id
    own = sum(esms.og_id == og for esms in world.own.structures)
    assert told(world, CURRENT, role=Role.OG_DIRECTOR)[CURRENT].expected == own
    assert told(world, CURRENT, role=Role.VENDOR) == {}


def test_twenty_periods_cost_one_query(world: World) -> None:
    with acting_as(world.lead.pk), counted() as queries:
        reporting(world.project, CURRENT.last(20))
    assert len(queries) == 1


def test_an_entry_is_as_far_as_its_lines_say_something_for_every_reader(world: World) -> None:
    rows = statements(campaign_of(world))
    with elevated():
        expected = progress_of(list(rows.values()))
    assert {one.filled for one in expected.values()} == {1}
    assert all(one.asked > 5 for one in expected.values())
    with acting_as(world.lead.pk):
        assert progress_of(list(rows.values())) == expected


def test_before_the_record_opens_fewer_lines_are_asked(world: World) -> None:
    row = statements(campaign_of(world))[world.own.structures[0].pk]
    with elevated():
        after = progress_of([row])[row.pk].asked
        row.esms = ESMS(**{**_columns(row.esms), "opened_on": None})
        assert progress_of([row])[row.pk].asked < after


def _columns(esms: ESMS) -> dict[str, object]:
    return {field.attname: getattr(esms, field.attname) for field in ESMS._meta.concrete_fields}
