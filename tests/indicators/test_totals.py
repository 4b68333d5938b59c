"""Totals above a structure tell of none in particular, and add up in the database as they do in Python."""

import uuid
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.scope import elevated
from indicators.aggregates import project_split, project_totals
from indicators.enums import Aggregation, Frequency
from indicators.masking import Split
from indicators.models import Definition, Figure
from indicators.periods import Period
from indicators.selectors.definitions import Followed, by_code, followed
from indicators.selectors.totals import totals
from indicators.totals import Total, may_be_told, split_together, unnamed_split
from indicators.values import Terms, together
from organisations.models import ESMS
from tests.harness.indicators import RATE, RECORDS, SLOTS, current_period
from tests.harness.world import World

IDS = [uuid.UUID(int=number) for number in range(1, 10)]
STRUCTURES = st.frozensets(st.sampled_from(IDS))
PERIOD = Period(date(2026, 1, 1), Frequency.MONTHLY)


# --- What may be told ------------------------------------------------------------------------------------------------


@given(structures=STRUCTURES, readers=st.lists(STRUCTURES, max_size=4))
def test_no_reader_is_left_with_one_structure_by_subtraction(
    structures: frozenset[uuid.UUID], readers: list[frozenset[uuid.UUID]]
) -> None:
    if may_be_told(structures, readers):
        assert len(structures) >= 3
        assert all(len(structures - known) != 1 for known in readers)
    else:
        assert len(structures) < 3 or any(len(structures - known) == 1 for known in readers)


@given(structures=STRUCTURES, readers=st.lists(STRUCTURES, max_size=4))
def test_one_more_reader_never_has_more_told(
    structures: frozenset[uuid.UUID], readers: list[frozenset[uuid.UUID]]
) -> None:
    if may_be_told(structures, readers):
        assert may_be_told(structures)
        assert all(may_be_told(structures, readers[:count]) for count in range(len(readers)))


@given(
    parts=st.dictionaries(
        st.sampled_from(IDS),
        st.dictionaries(st.sampled_from("abcd"), st.tuples(st.integers(0, 60), st.booleans()), min_size=1),
    ),
    known=STRUCTURES,
)
def test_a_split_of_the_whole_leaves_no_single_structure_in_what_it_does_not_tell(
    parts: dict[uuid.UUID, dict[str, tuple[int, bool]]], known: frozenset[uuid.UUID]
) -> None:
    """`parts`: by structure and value, how many, and whether it is told."""
    splits = {
        place: Split(
            Terms(Decimal(sum(amount for amount, _ in cells.values()))),
            {value: Terms(Decimal(amount)) for value, (amount, told) in cells.items() if told},
            frozenset(value for value, (_, told) in cells.items() if not told),
        )
        for place, cells in parts.items()
    }
    added = split_together(splits, Aggregation.SUM, "abcd")
    shown = unnamed_split(splits.keys(), splits, added, [known])
    for value, total in shown.items():
        assert may_be_told(total.places, [known])
        assert total.terms == Terms(sum((splits[place].cells[value].amount for place in total.places), Decimal()))
    if shown:
        # What the total has and its parts have not comes from nobody, or from three structures at least.
        partly = {place for place, split in splits.items() if split.withheld or not split.cells}
        assert not partly or may_be_told(partly, [known])


# --- Added where they are kept ---------------------------------------------------------------------------------------


def write(world: World, one: Followed, esms: ESMS, terms: Terms, definition: Definition | None = None) -> None:
    with elevated():
        Figure.objects.create(
            project=world.project,
            og_id=esms.og_id,
            esms=esms,
            place=esms.pk,
            indicator=one.indicator,
            definition=definition or one.definition,
            frequency=PERIOD.frequency,
            period_start=PERIOD.start,
            amount=terms.amount,
            base=terms.base,
            published=True,
        )


def more_structures(world: World, count: int) -> list[ESMS]:
    og = world.own.ogs[0]
    with elevated():
        return ESMS.objects.bulk_create(
            ESMS(
                project=og.project,
                og=og,
                name=f"Service {n}",
                slug=f"service-{n}",
                category="183",
                comop_category="service",
            )
            for n in range(count)
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("tickets_created_count", [(4, None), (0, None), (17, None)]),
        (RECORDS, [(30, 60), (1, 3), (80, 90)]),
        ("ticket_resolution_days", [("2.5", 10), (4, 30), (9, None)]),
        ("schedule_drift_days", [(3, None), (41, None), (0, None)]),
        ("schedule_status_level", [(1, None), (3, None), (2, None)]),
        ("attention_points_text", [(1, None), (2, None), (3, None)]),
    ],
)
def test_the_database_adds_as_values_do(world: World, code: str, values: list[tuple[object, object]]) -> None:
    with elevated():
        one = by_code(followed(world.project))[code]
        figures = [Terms(Decimal(str(a)), None if b is None else Decimal(str(b))) for a, b in values]
        for esms, terms in zip(more_structures(world, 3), figures, strict=True):
            write(world, one, esms, terms)
        found = totals(world.project, [one], [PERIOD])[one.indicator.pk, PERIOD.start]
    expected = together(figures, one.definition.aggregation)
    assert found.count == 3
    if expected is None:
        assert found.terms is None
    else:
        assert found.terms is not None
        assert round(found.terms.amount, 10) == round(expected.amount, 10)
        assert found.terms.base == expected.base


@pytest.mark.django_db
def test_what_is_masked_of_a_structure_is_in_no_total(world: World) -> None:
    with elevated():
        one = by_code(followed(world.project))[RATE]
        amounts = [(40, 50), (20, 30), (10, 20), (2, 4)]  # the last is of four people
        for esms, (amount, base) in zip(more_structures(world, 4), amounts, strict=True):
            write(world, one, esms, Terms(Decimal(amount), Decimal(base)))
        found = totals(world.project, [one], [PERIOD], naming=True)[one.indicator.pk, PERIOD.start]
    assert (found.terms, found.count) == (Terms(Decimal(70), Decimal(100)), 3)
    assert len(found.places) == 3


@pytest.mark.django_db
def test_a_total_over_two_structures_is_told_to_nobody_who_reads_none(world: World) -> None:
    one = by_code(followed_elevated(world))["tickets_created_count"]
    structures = more_structures(world, 3)
    for esms in structures[:2]:
        write(world, one, esms, Terms(Decimal(10)))
    assert project_totals(world.project, [one], [PERIOD]) == {}
    write(world, one, structures[2], Terms(Decimal(5)))
    told = project_totals(world.project, [one], [PERIOD])
    assert told[one.indicator.pk, PERIOD.start].terms == Terms(Decimal(25))
    # Who reads two of the three would have the third.
    known = {esms.pk for esms in structures[:2]}
    assert project_totals(world.project, [one], [PERIOD], known) == {}
    assert project_totals(world.project, [one], [PERIOD], set(), known) == {}


@pytest.mark.django_db
def test_a_period_that_is_not_given_is_in_no_total(world: World) -> None:
    """The world's own: each structure is entering the current month, and gave the one before."""
    found = by_code(followed_elevated(world))
    one, current = found["attention_points_text"], current_period()
    assert project_totals(world.project, [one], [current]) == {}
    assert project_totals(world.project, [one], [current.previous])[one.indicator.pk, current.previous.start].count == 3


@pytest.mark.django_db
def test_the_split_of_a_project_adds_what_is_told_of_each(world: World) -> None:
    """Of each of three structures: 70, 18, 3 and 9 of 100 connections; three are told of nobody."""
    one = by_code(followed_elevated(world))[SLOTS]
    period = current_period().previous
    told = project_split(world.project, one, period)
    assert told["weekday_day"] == Total(Terms(Decimal(210)), 3, told["weekday_day"].places)
    assert "night" not in told
    structures = [esms.pk for esms in world.own.structures]
    assert project_split(world.project, one, period, structures[:1]) == told
    assert project_split(world.project, one, period, structures[:2]) == {}


def followed_elevated(world: World) -> list[Followed]:
    with elevated():
        return followed(world.project)
