"""Two people in one grid at once lose nothing."""

from collections import Counter
from collections.abc import Callable

import pytest

from common.scope import elevated
from indicators.models import Figure, Statement
from organisations.enums import Role
from tests.factories import MembershipFactory, UserFactory
from tests.harness.htmx import HTMX
from tests.harness.threads import together
from tests.harness.world import World
from tests.indicators.gridding import asked_in, block, entering, grid_url, months, type_in

pytestmark = pytest.mark.django_db(transaction=True)
TICKETS = "tickets_created_count"


def amounts(esms: object, code: str = TICKETS) -> list[object]:
    with elevated():
        rows = Figure.objects.filter(place=esms.pk, indicator__code=code).order_by("period_start")
        return [int(row.amount) for row in rows]


def test_a_paste_against_a_colleagues_entry_overwrites_nothing(world: World, client_as: Callable) -> None:
    esms, director = entering(world)
    referent = UserFactory()
    MembershipFactory(user=referent, role=Role.LOCAL_REFERENT, target=esms)
    clients = [client_as(director), client_as(referent)]
    for client in clients:
        client.get("/")
    period = months()[3]
    pasted = {"code": TICKETS, "period": months()[0].code, "text": "\t".join(["12"] * 12), "seen": ""}

    def work(index: int) -> int:
        if index:
            return type_in(clients[1], esms, TICKETS, period, "77", **HTMX).status_code
        return clients[0].post(grid_url(esms, "statement_grid_paste"), pasted, **HTMX).status_code

    statuses = together(2, work)
    found = amounts(esms)
    assert len(found) == 12
    # Whoever came second was told, and the first value stays.
    assert (statuses, found[3]) in (([200, 409], 12), ([422, 200], 77))
    assert [item for place, item in enumerate(found) if place != 3] == [12] * 11


def test_two_pastes_in_opposite_order_wait_for_each_other(world: World, client_as: Callable) -> None:
    esms, director = entering(world)
    clients = [client_as(director) for _ in range(2)]
    for client in clients:
        client.get("/")
    rows = asked_in(esms)

    def work(index: int) -> int:
        posted = {
            "code": rows[0].code,
            "period": months()[0].code,
            "text": block(rows, 12, start=1 + 100 * index),
            "seen": "",
        }
        return clients[index].post(grid_url(esms, "statement_grid_paste"), posted, **HTMX).status_code

    assert Counter(together(2, work)) == {200: 1, 422: 1}
    assert amounts(esms) in (list(range(1, 13)), list(range(101, 113)))
    with elevated():
        assert Figure.objects.filter(place=esms.pk).count() == 12 * len(rows)
        assert not Figure.objects.filter(place=esms.pk, version__gt=1).exists()
        assert Statement.objects.filter(esms=esms).count() == 12
