"""Campaigns that open by themselves: on their day, once, for who is concerned."""

from datetime import date, timedelta

import pytest

from common.scope import elevated
from indicators.enums import Frequency
from indicators.models import Campaign, Collection, Definition, Indicator, Statement
from indicators.periods import Period
from indicators.services.campaigns import open_due, periods_due
from organisations.enums import Phase
from organisations.models import ESMS
from tests.harness.threads import together
from tests.harness.world import World

JUNE = Period(date(2031, 6, 1), Frequency.MONTHLY)  # after all that the world holds
FIRST = date(2031, 7, 1)


@pytest.fixture
def monthly(world: World) -> Collection:
    """The only collection of the two projects that opens by itself: on the first, due on the 10th."""
    with elevated():
        Collection.objects.update(automatic=False)
        rows = Collection.objects.filter(project=world.project, frequency=Frequency.MONTHLY)
        rows.update(automatic=True, opens_after=1, due_after=10, closes_after=40)
        ESMS.objects.filter(project=world.project).update(phase=Phase.ROLLOUT)
        return rows.select_related("project").get()


def opened(world: World) -> list[Campaign]:
    with elevated():
        return list(Campaign.objects.filter(project=world.project, period_start__year=2031).order_by("period_start"))


@pytest.mark.django_db
def test_it_opens_on_its_day_for_the_month_that_ended(world: World, monthly: Collection) -> None:
    assert open_due(FIRST - timedelta(days=1)) == []  # May is due since the 10th of June
    (campaign,) = open_due(FIRST)
    assert (campaign.period, campaign.opened_by) == (JUNE, None)
    assert (campaign.opens_on, campaign.due_on, campaign.closes_on) == (FIRST, date(2031, 7, 10), date(2031, 8, 9))
    with elevated():
        assert Statement.objects.filter(campaign=campaign).count() == len(world.own.structures)


@pytest.mark.django_db
def test_again_and_a_server_that_was_down_change_nothing(world: World, monthly: Collection) -> None:
    assert [one.period for one in open_due(date(2031, 7, 8))] == [JUNE]
    assert open_due(date(2031, 7, 8)) == open_due(date(2031, 7, 9)) == []
    assert len(opened(world)) == 1


@pytest.mark.django_db
def test_nobody_is_late_from_the_start(world: World, monthly: Collection) -> None:
    assert open_due(date(2031, 7, 11)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("why", ["phase", "wave", "nothing to enter", "by hand"])
def test_who_is_not_concerned_is_not_asked(world: World, monthly: Collection, why: str) -> None:
    with elevated():
        if why == "phase":
            ESMS.objects.filter(project=world.project).update(phase=Phase.FRAMING)
        elif why == "wave":
            Collection.objects.filter(pk=monthly.pk).update(wave_ids=[world.project.pk])
        elif why == "by hand":
            Collection.objects.filter(pk=monthly.pk).update(automatic=False)
        else:
            ESMS.objects.filter(project=world.project).update(opened_on=None)
            kept = Definition.objects.filter(project=world.project, phase="usage").values("indicator")
            Indicator.objects.filter(project=world.project).exclude(pk__in=kept).update(active=False)
    assert open_due(FIRST) == []


@pytest.mark.parametrize(
    ("opens", "due", "day", "expected"),
    [
        (1, 10, date(2031, 7, 1), ["2031-06"]),
        (1, 10, date(2031, 7, 10), ["2031-06"]),
        (1, 10, date(2031, 7, 11), []),
        (35, 60, date(2031, 7, 6), ["2031-05"]),  # a month later, the one after it has ended too
        (1, 60, date(2031, 7, 6), ["2031-05", "2031-06"]),
    ],
)
def test_what_is_due_to_open(opens: int, due: int, day: date, expected: list[str]) -> None:
    collection = Collection(frequency=Frequency.MONTHLY, opens_after=opens, due_after=due, closes_after=90)
    assert [period.code for period in periods_due(collection, day)] == expected


@pytest.mark.django_db(transaction=True)
def test_two_workers_open_one(world: World, monthly: Collection) -> None:
    found = together(2, lambda index: len(open_due(FIRST)))
    assert sorted(found) == [0, 1]
    assert len(opened(world)) == 1
