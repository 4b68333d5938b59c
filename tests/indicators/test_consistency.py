"""What the figures of a statement say of each other."""

from decimal import Decimal

import pytest

from indicators.consistency import (
    CLOSED,
    COMPLETED,
    CREATED,
    HANDLED,
    LAUNCHED,
    PER_ACCOUNT,
    PLACES,
    RUNNING,
    SLOTS,
    Problem,
    Read,
    problems,
)
from indicators.values import Terms


def terms(**amounts: int) -> dict[str, Terms]:
    return {code: Terms(Decimal(amount)) for code, amount in amounts.items()}


def tickets(created: int, handled: int, closed: int) -> dict[str, int]:
    return {CREATED: created, HANDLED: handled, CLOSED: closed}


def before(*months: dict[str, int]) -> list[dict[str, Decimal]]:
    return [{code: Decimal(amount) for code, amount in month.items()} for month in months]


def judged(found: dict[str, int], *months: dict[str, int], whole: bool = True) -> list[Problem]:
    return problems(Read(terms(**found), before=before(*months), whole=whole))


def test_units_launched_are_those_that_go_on_and_those_that_are_over() -> None:
    assert judged({LAUNCHED: 5, RUNNING: 2, COMPLETED: 3}) == []
    (problem,) = judged({LAUNCHED: 5, RUNNING: 2, COMPLETED: 2})
    assert problem.blocks
    assert problem.codes == (LAUNCHED, RUNNING, COMPLETED)
    assert "somme des unités en cours et des unités finalisées" in problem.message
    assert judged({LAUNCHED: 5, RUNNING: 2}) == []  # nothing to compare with


def test_tickets_are_judged_since_the_opening_not_month_by_month() -> None:
    assert judged(tickets(2, 5, 5), tickets(10, 6, 4)) == []
    (problem,) = judged(tickets(2, 5, 5), tickets(10, 8, 5))
    assert problem.blocks
    assert problem.codes == (CREATED, HANDLED)
    assert "Ici : 12 créés et 13 traités." in problem.message


def test_tickets_closed_are_compared_with_those_that_were_handled() -> None:
    (problem,) = judged(tickets(10, 5, 6))
    assert problem.codes == (HANDLED, CLOSED)
    assert "5 traités et 6 fermés" in problem.message
    assert len(judged(tickets(1, 2, 3))) == 2


def test_as_many_of_each_is_fine() -> None:
    assert judged(tickets(3, 3, 3), tickets(4, 4, 4)) == []
    assert judged(tickets(0, 0, 0)) == []


def test_tickets_from_before_the_figures_are_only_to_check() -> None:
    (problem,) = judged(tickets(2, 5, 5), whole=False)
    assert not problem.blocks


@pytest.mark.parametrize("month", [{CREATED: 4}, {HANDLED: 4, CLOSED: 4}, {HANDLED: 4}])
def test_where_a_month_lacks_one_of_two_nothing_is_said_of_them(month: dict[str, int]) -> None:
    assert not [one for one in judged(tickets(2, 5, 5), month) if one.codes == (CREATED, HANDLED)]


def test_a_month_without_tickets_at_all_says_nothing() -> None:
    assert judged(tickets(3, 3, 3), {}) == []
    assert judged({CREATED: 2}) == []
    assert judged({HANDLED: 9}, tickets(1, 1, 1)) == []


def test_the_same_connections_told_in_three_ways_are_to_check_when_they_differ() -> None:
    assert judged({SLOTS: 300, PLACES: 300, PER_ACCOUNT: 300}) == []
    assert judged({SLOTS: 300}) == []
    (problem,) = judged({SLOTS: 300, PLACES: 299})
    assert not problem.blocks
    assert problem.codes == (SLOTS, PLACES)
    assert "300 selon l’heure et 299 selon le lieu" in problem.message


def test_two_rates_over_the_same_people_are_to_check_when_they_differ() -> None:
    def read(first: int, second: int, words: str = "Usagers") -> Read:
        found = {"a": Terms(Decimal(1), Decimal(first)), "b": Terms(Decimal(2), Decimal(second))}
        return Read(found, denominators={"a": "Usagers", "b": words, "c": "Usagers"})

    assert problems(read(60, 60)) == []
    assert problems(read(60, 50, "Comptes")) == []
    (problem,) = problems(read(60, 58))
    assert not problem.blocks
    assert problem.codes == ("a", "b")
    assert "58 et 60" in problem.message


def test_what_blocks_comes_first() -> None:
    found = judged({SLOTS: 1, PLACES: 2, LAUNCHED: 1, RUNNING: 0, COMPLETED: 0})
    assert [problem.blocks for problem in found] == [True, False]
