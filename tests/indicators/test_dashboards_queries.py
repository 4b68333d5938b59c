"""Dashboards cost the same for three structures and for thirty."""

import gzip
import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from common.scope import elevated
from indicators.models import Figure
from indicators.selectors.definitions import followed
from organisations.enums import Role
from organisations.models import ESMS, User
from tests.harness.indicators import RATE, current_period
from tests.harness.queries import counted
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db

# Of the dashboard and of one indicator, by reader. Those who read no structure change role. Two are the tests' own: the
# scope of a request within a transaction is read before and written back after.
BUDGETS = {"lead": (15, 19), "og": (15, 19), "observer": (18, 26), "vendor": (14, 14)}
MOST = 30_000  # bytes of a compressed page


def add(world: World, count: int) -> None:
    """Structures of one OG with a figure of every indicator over three periods."""
    og, period = world.own.ogs[0], current_period().previous
    with elevated():
        structures = ESMS.objects.bulk_create(
            ESMS(project=og.project, og=og, name=f"Service {one}", slug=one, category="183", comop_category="service")
            for one in (uuid.uuid4().hex for _ in range(count))
        )
        Figure.objects.bulk_create(
            Figure(
                project=world.project,
                og=og,
                esms=esms,
                place=esms.pk,
                indicator=one.indicator,
                definition=one.definition,
                frequency=period.frequency,
                period_start=month.start,
                amount=10 + rank % 40,
                base=60 if one.definition.kind == "ratio" else None,
                published=True,
            )
            for rank, esms in enumerate(structures)
            for one in followed(world.project)
            for month in period.last(3)
        )


def cost(client: Client, name: str, *args: str) -> int:
    address = reverse(name, args=[SLUG, *args])
    client.get(address)  # what is read once for all is read
    with counted() as queries:
        answer = client.get(address)
    assert answer.status_code == 200
    assert len(gzip.compress(answer.content)) < MOST
    return len(queries)


def test_as_many_queries_for_3_structures_and_for_30(
    world: World, lead: Client, client_as: Callable[[User], Client]
) -> None:
    people = world.own.people
    readers = {
        "lead": lead,
        "og": client_as(people[Role.OG_DIRECTOR]),
        "observer": client_as(people[Role.OBSERVER]),
        "vendor": client_as(people[Role.VENDOR]),
    }
    costs: dict[str, list[tuple[int, int]]] = {name: [] for name in readers}
    for count in (0, 27):
        add(world, count)
        for name, client in readers.items():
            code = "tickets_created_count" if name == "vendor" else RATE
            costs[name].append((cost(client, "indicators"), cost(client, "indicator_of_project", code)))
    for name, (few, many) in costs.items():
        assert few == many, name
        assert all(spent <= most for spent, most in zip(few, BUDGETS[name], strict=True)), (name, few)
