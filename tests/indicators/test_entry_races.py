"""Two people on one figure, giving while somebody writes, two directors who give: nothing is lost, nothing is twice."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from common.scope import elevated
from indicators.enums import StatementStatus
from indicators.models import Figure, Statement
from indicators.services import figures
from organisations.models import User
from tests.harness.htmx import HTMX
from tests.harness.indicators import OWN
from tests.harness.threads import together
from tests.harness.world import World
from tests.indicators.entering import Desk, desk_of

pytestmark = pytest.mark.django_db(transaction=True)
Post = Callable[..., HttpResponse]


@pytest.fixture
def desk(world: World, client_as: Callable[[User], Client]) -> Desk:
    return desk_of(world, client_as)


@pytest.fixture
def post(desk: Desk, client_as: Callable[[User], Client]) -> Post:
    """`post("referent", "statement_give")`: from a browser of its own, in that person's session."""
    signed_in = {name: client_as(getattr(desk, name)) for name in ("director", "referent")}
    for client in signed_in.values():
        client.get("/")  # one browser alone meets the middleware first

    def send(who: str, name: str, *more: str, **posted: Any) -> HttpResponse:
        client = Client(raise_request_exception=False)
        client.cookies.update(signed_in[who].cookies)
        return client.post(desk.url(name, *more), posted, **(HTMX if name == "statement_figure" else {}))

    return send


def amounts(desk: Desk) -> list[int]:
    with elevated():
        rows = Figure.objects.filter(statement=desk.statement, indicator__code=OWN)
        return [int(row.amount or 0) for row in rows]


def test_one_figure_written_by_eight_keeps_the_first_and_tells_the_others(desk: Desk, post: Post) -> None:
    def save(rank: int) -> HttpResponse:
        who = ("director", "referent")[rank % 2]
        return post(who, "statement_figure", OWN, version=0, amount=str(rank + 1))

    got = together(8, save)
    assert Counter(answer.status_code for answer in got) == {200: 1, 409: 7}
    (kept,) = [rank + 1 for rank, answer in enumerate(got) if answer.status_code == 200]
    assert amounts(desk) == [kept]


def test_without_the_version_they_would_overwrite_each_other(
    desk: Desk, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above: the same figure, there already, the version not looked at."""
    post("referent", "statement_figure", OWN, version=0, amount="100")
    write = figures.write_figure
    monkeypatch.setattr("indicators.services.entry.write_figure", lambda **values: write(**{**values, "version": None}))

    def save(rank: int) -> HttpResponse:
        return post("referent", "statement_figure", OWN, version=1, amount=str(rank + 1))

    got = together(8, save)
    assert Counter(answer.status_code for answer in got)[200] > 1


def test_who_gives_and_who_writes_meet_in_one_order(desk: Desk, post: Post) -> None:
    desk.fill()

    def do(rank: int) -> HttpResponse:
        if rank == 0:
            return post("director", "statement_give")
        return post("referent", "statement_figure", OWN, version=1, amount="9")

    given, written = together(2, do)
    assert given.status_code == 302
    # What was written before is given; what came after was refused.
    assert amounts(desk) == ([9] if written.status_code == 200 else [4])
    assert written.status_code in {200, 422}
    with elevated():
        assert set(Figure.objects.filter(statement=desk.statement).values_list("published", flat=True)) == {True}


def test_two_directors_who_give_at_once_give_once(desk: Desk, post: Post) -> None:
    desk.fill()
    got = together(6, lambda rank: post(("director", "referent")[rank % 2], "statement_give"))
    assert {answer.status_code for answer in got} == {302}
    with elevated():
        statement = Statement.objects.get(pk=desk.statement.pk)
        given = statement.history.filter(status=StatementStatus.GIVEN).count()
    assert (statement.status, given) == (StatementStatus.GIVEN, 1)
