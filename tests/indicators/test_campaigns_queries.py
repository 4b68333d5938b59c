"""Campaigns cost the same for three structures and for three hundred, for three campaigns and for thirty."""

import gzip
import uuid

import pytest
from django.test import Client

from common.scope import elevated
from indicators.models import Campaign, Statement
from organisations.enums import Phase
from organisations.models import ESMS, place_of
from tests.harness.queries import counted
from tests.harness.world import World
from tests.indicators.campaigns import CODE, CURRENT, DAY, TODAY, campaign_of, url

pytestmark = pytest.mark.django_db

BUDGETS = {
    "campaigns": 10,
    "campaign_open": 13,
    "campaign": 18,
    "campaign_export": 17,
    "campaign_add": 18,
    "campaign_close": 16,
}
OF_ALL = {"campaigns", "campaign_open"}
MOST = 30_000  # bytes of a compressed page, of three hundred structures


def add(world: World, count: int) -> None:
    """Structures asked by the running campaign, and one in ten that is not."""
    og, campaign = world.own.ogs[0], campaign_of(world)
    with elevated():
        found = ESMS.objects.bulk_create(
            ESMS(
                project=og.project,
                og=og,
                name=f"Service {one}",
                slug=one,
                category="183",
                comop_category="service",
                phase=Phase.ROLLOUT,
                opened_on=TODAY - 90 * DAY,
            )
            for one in (uuid.uuid4().hex for _ in range(count))
        )
        Statement.objects.bulk_create(
            Statement(**place_of(esms), campaign=campaign) for rank, esms in enumerate(found) if rank % 10
        )


def cost(client: Client, name: str) -> tuple[int, int]:
    """Queries and bytes of a page."""
    address = url(name) if name in OF_ALL else url(name, CODE)
    client.get(address)  # what is read once for all is read
    with counted() as queries:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(queries), len(gzip.compress(answer.content))


def test_as_many_queries_for_12_structures_and_for_300(world: World, lead: Client) -> None:
    costs: dict[str, list[tuple[int, int]]] = {name: [] for name in BUDGETS}
    for count in (9, 288):  # besides the three of the world
        add(world, count)
        for name, found in costs.items():
            found.append(cost(lead, name))
    for name, (few, many) in costs.items():
        assert few[0] == many[0], name
        assert few[0] <= BUDGETS[name], (name, few[0])
        assert many[1] < MOST, (name, many[1])


def test_as_many_queries_for_3_campaigns_and_for_30(world: World, lead: Client) -> None:
    costs = []
    for backs in (range(2, 3), range(3, 30)):
        with elevated():
            Campaign.objects.bulk_create(
                Campaign(
                    project=world.project,
                    frequency=CURRENT.frequency,
                    period_start=CURRENT.back(back).start,
                    opens_on=TODAY - 40 * DAY,
                    due_on=TODAY - 30 * DAY,
                    closes_on=TODAY - 20 * DAY,
                )
                for back in backs
            )
        costs.append(cost(lead, "campaigns")[0])
    assert costs[0] == costs[1]
