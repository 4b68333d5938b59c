"""Query budgets of the grid: the same for one cell and for two hundred."""

from collections.abc import Callable

import pytest
from django.test import Client

from common.scope import elevated
from indicators.models import Cell, Figure
from organisations.models import ESMS
from tests.harness.htmx import HTMX
from tests.harness.queries import counted
from tests.harness.world import World
from tests.indicators.gridding import asked_in, block, entering, grid_url, months

pytestmark = pytest.mark.django_db(transaction=True)
READING, WRITING = 14, 26


def paste(client: Client, esms: ESMS, text: str, seen: str = "") -> list[str]:
    first = asked_in(esms)[0]
    posted = {"code": first.code, "period": months()[0].code, "text": text, "seen": seen}
    with counted() as queries:
        answer = client.post(grid_url(esms, "statement_grid_paste"), posted, **HTMX)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return queries


def seen(esms: ESMS) -> str:
    with elevated():
        rows = Figure.objects.filter(place=esms.pk).values_list("indicator__code", "period_start", "version")
        return " ".join(f"{code}/{start:%Y-%m}:{version}" for code, start, version in rows)


def test_two_hundred_cells_cost_what_a_few_cost(world: World, client_as: Callable) -> None:
    esms, director = entering(world)
    client = client_as(director)
    client.get("/")
    rows = asked_in(esms)
    assert len(rows) == 18  # the seventeen of the catalogue, one of the project's own
    one = paste(client, esms, "1\t2")
    three = paste(client, esms, block(rows[:3], 3, start=3), seen(esms))
    everything = paste(client, esms, block(rows, 12, start=5), seen(esms))
    with elevated():
        assert Figure.objects.filter(place=esms.pk).count() == 12 * 18
        assert Cell.objects.filter(place=esms.pk).count() == 12 * 13
    changed = paste(client, esms, block(rows, 12, start=6), seen(esms))
    sizes = [len(one), len(three), len(everything), len(changed)]
    assert max(sizes) <= WRITING, sizes


@pytest.mark.parametrize("size", [1, 3, 12])
def test_the_page_costs_the_same_whatever_is_in_it(world: World, client_as: Callable, size: int) -> None:
    esms, director = entering(world)
    client = client_as(director)
    client.get("/")
    paste(client, esms, block(asked_in(esms), size))
    with counted() as queries:
        answer = client.get(grid_url(esms))
    assert answer.status_code == 200
    assert len(queries) <= READING, len(queries)
