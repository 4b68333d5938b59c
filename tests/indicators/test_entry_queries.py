"""Query budgets of entry: the same whatever was entered, and whatever was entered before."""

from collections.abc import Callable

import pytest
from django.test import Client

from common.scope import elevated
from indicators.models import Figure
from organisations.models import User
from tests.harness.indicators import OWN
from tests.harness.queries import counted
from tests.harness.world import World
from tests.indicators.entering import Desk, desk_of

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = (1, 3, 30)


def grown(world: World, client_as: Callable[[User], Client], size: int) -> Desk:
    """So many earlier statements, all filled; so many lines of this one."""
    desk = desk_of(world, client_as)
    for row in desk.earlier(size):
        desk.fill(statement=row)
    desk.fill()
    with elevated():
        kept = Figure.objects.filter(statement=desk.statement).exclude(indicator__code=OWN)
        for figure in list(kept)[size:]:
            figure.delete()
    return desk


def asked(client_as: Callable[[User], Client], by: User, url: str) -> int:
    """How many queries a page makes; what is read once for all is read."""
    client = client_as(by)
    client.get(url)
    with counted() as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", ["statement", "statements"])
def test_what_is_to_enter(world: World, client_as: Callable[[User], Client], name: str) -> None:
    desks = [grown(world, client_as, size) for size in SIZES]
    found = [asked(client_as, desk.director, desk.url(name)) for desk in desks]
    assert found == [found[0]] * 3
    assert found[0] <= 18


@pytest.mark.parametrize("who", ["referent", "lead"])
def test_the_statement_that_was_given(world: World, client_as: Callable[[User], Client], who: str) -> None:
    found = []
    for size in SIZES:
        desk = grown(world, client_as, size)
        desk.fill_the_rest()
        assert desk.act(desk.director, "statement_give").status_code == 302
        client = client_as(getattr(desk, who))
        assert "relevé rendu" in client.get(desk.url("statement")).content.decode()
        found.append(asked(client_as, getattr(desk, who), desk.url("statement")))
    assert found == [found[0]] * 3
    assert found[0] <= 20


def test_saving_a_line(world: World, client_as: Callable[[User], Client]) -> None:
    found = []
    for size in (1, 30):
        desk = grown(world, client_as, size)
        desk.save(desk.referent, OWN, 1, amount="7")
        with counted() as queries:
            assert desk.save(desk.referent, OWN, 2, amount="8").status_code == 200
        found.append(len(queries))
    assert found[0] == found[1]
    assert found[0] <= 34


def test_the_history_of_a_line(world: World, client_as: Callable[[User], Client]) -> None:
    found = []
    for size in (1, 30):
        desk = desk_of(world, client_as)
        for rank in range(size):
            desk.save(desk.referent, OWN, rank, amount=str(rank + 1))
        found.append(asked(client_as, desk.referent, desk.url("statement_history", OWN)))
    assert found[0] == found[1]
    assert found[0] <= 16
