"""The indicators of a structure cost the same for one and for thirty, for one period and for twenty-four."""

import gzip
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.scope import elevated
from indicators.enums import Breakdown, Kind
from indicators.models import Cell, Figure
from indicators.periods import Period
from indicators.selectors.definitions import Followed, followed
from indicators.splits import choices_of
from organisations.enums import Role
from organisations.models import ESMS, User, place_of
from tests.factories import ESMSFactory
from tests.harness.indicators import SLOTS
from tests.harness.queries import counted
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db

BUDGETS = {
    "structure_indicators": 17,
    "structure_indicators_export": 15,
    "structure_indicator": 18,
    "structure_indicator_export": 18,
}
OF_ONE = {"structure_indicator", "structure_indicator_export"}
MOST = 30_000  # bytes of a compressed page


def fill(esms: ESMS, found: list[Followed], periods: int) -> None:
    """Every one of these over as many periods of its frequency, split where it splits."""
    place = {**place_of(esms), "place": esms.pk}
    with elevated():
        Cell.objects.filter(place=esms.pk).delete()
        Figure.objects.filter(place=esms.pk).delete()
        rows = Figure.objects.bulk_create(
            Figure(
                **place,
                indicator=one.indicator,
                definition=one.definition,
                frequency=one.definition.frequency,
                period_start=period.start,
                amount=10 + rank if one.definition.kind != Kind.LEVEL else 1,
                base=60 if one.definition.kind == Kind.RATIO else None,
                text="Rien à signaler" if one.definition.kind == Kind.TEXT else "",
                published=True,
            )
            for one in found
            for rank, period in enumerate(
                Period.of(one.definition.frequency, timezone.localdate()).previous.last(periods)
            )
        )
        Cell.objects.bulk_create(
            Cell(**place, figure=row, value=choice.code, amount=3 if rank else 40)
            for row in rows
            if row.definition.breakdown == Breakdown.TIME_SLOT
            for rank, choice in enumerate(choices_of(Breakdown.TIME_SLOT))
        )


def cost(client: Client, name: str) -> tuple[int, int]:
    """Queries and bytes of a page."""
    address = reverse(name, args=[SLUG, "digue", SLOTS] if name in OF_ONE else [SLUG, "digue"])
    query = {"format": "csv"} if name.endswith("export") else {}
    client.get(address, query)  # what is read once for all is read
    with counted() as queries:
        answer = client.get(address, query)
    assert answer.status_code == 200
    return len(queries), len(gzip.compress(answer.content))


def test_as_many_queries_for_one_indicator_and_for_thirty(
    world: World, lead: Client, client_as: Callable[[User], Client]
) -> None:
    esms = ESMSFactory(og=world.own.ogs[0], slug="digue", name="Foyer de la Digue")
    with elevated():
        found = [one for one in followed(world.project) if one.concerns(esms)]
    slots = [one for one in found if one.code == SLOTS]
    others = [one for one in found if one.code != SLOTS]
    assert len(found) > 30
    readers = {"lead": lead, "costrat": client_as(world.person(Role.COSTRAT))}
    costs: dict[str, list[tuple[int, int]]] = {}
    for chosen, periods in ((slots, 1), ([*slots, *others[:2]], 3), (found, 24)):
        fill(esms, chosen, periods)
        for reader, client in readers.items():
            for name in BUDGETS:
                costs.setdefault(f"{name} {reader}", []).append(cost(client, name))
    for name, (first, second, third) in costs.items():
        assert first[0] == second[0] == third[0], (name, first[0], second[0], third[0])
        assert first[0] <= BUDGETS[name.split()[0]], (name, first[0])
        assert third[1] < MOST, (name, third[1])
