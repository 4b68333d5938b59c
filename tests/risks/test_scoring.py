"""Scores, levels, criticality: what holds whatever the marks."""

from dataclasses import replace
from fractions import Fraction
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as some

from risks.catalogue import Questionnaire, questionnaire
from risks.criticality import aggravated, criticality, product
from risks.enums import Criticality, Level
from risks.scoring import Marks, Thresholds, rounded, score, strongest

FORM = questionnaire()
NUMBERS = [question.number for question in FORM.questions]
MARK = some.integers(1, 10)
ANSWER = some.none() | MARK
MARKS = some.dictionaries(some.sampled_from(NUMBERS), ANSWER)
COMPLETE = some.lists(MARK, min_size=100, max_size=100).map(lambda found: dict(zip(NUMBERS, found, strict=True)))
THRESHOLDS = some.builds(
    lambda bounds, mark: Thresholds(min(bounds), max(bounds), mark),
    some.lists(some.integers(11, 100), min_size=2, max_size=2, unique=True),
    some.integers(2, 10),
)
SECTION_SCORES = some.fractions(10, 100, max_denominator=10)
STEP = some.integers(1, 4)
CELL = some.tuples(STEP, STEP)
SEVERITY = list(Criticality)
ORDER = list(Level)
AT_ANY_SPEED = settings(deadline=None)


def by_section(marks: Marks, form: Questionnaire = FORM) -> dict[int, Fraction | None]:
    return {item.section.number: item.score.normalised for item in score(form, marks).sections}


# --- Bounds and normalisation ----------------------------------------------------------------------------------------


@AT_ANY_SPEED
@given(MARKS)
def test_a_score_stays_within_its_bounds(marks: Marks) -> None:
    scores = score(FORM, marks)
    for unit, found in ((10, [item.score for item in scores.sections]), (100, [scores.total])):
        for one in found:
            assert one.marked <= one.raw <= 10 * one.marked
            assert one.marked <= one.answered <= one.asked
            if one.marked:
                assert unit <= one.normalised <= 10 * unit
                assert unit <= one.points <= 10 * unit
            else:
                assert one.normalised is one.points is None


@AT_ANY_SPEED
@given(COMPLETE)
def test_a_complete_questionnaire_is_its_marks_added(marks: Marks) -> None:
    scores = score(FORM, marks)
    assert scores.total.complete
    assert scores.total.normalised == scores.total.raw == scores.total.points == sum(marks.values())
    assert 100 <= scores.total.raw <= 1000
    for item in scores.sections:
        assert item.score.normalised == item.score.raw
        assert 10 <= item.score.raw <= 100
    assert sum(scores.points) == scores.total.points


def test_the_ends_of_the_scale_are_reached() -> None:
    for mark in (1, 10):
        scores = score(FORM, dict.fromkeys(NUMBERS, mark))
        assert scores.points == (10 * mark,) * 10
        assert scores.total.points == 100 * mark


@AT_ANY_SPEED
@given(some.sets(some.sampled_from(NUMBERS), min_size=1), MARK)
def test_the_same_mark_everywhere_gives_the_same_score_however_many_are_marked(numbers: set[str], mark: int) -> None:
    marks = dict.fromkeys(numbers, mark)
    assert score(FORM, marks).total.normalised == 100 * mark
    assert set(by_section(marks).values()) <= {10 * mark, None}


@AT_ANY_SPEED
@given(MARKS, some.data())
def test_not_concerned_changes_no_score_but_answers(marks: Marks, data: some.DataObject) -> None:
    unanswered = [number for number in NUMBERS if number not in marks]
    assume(unanswered)
    number = data.draw(some.sampled_from(unanswered))
    before, after = score(FORM, marks), score(FORM, {**marks, number: None})
    assert [item.score.normalised for item in before.sections] == [item.score.normalised for item in after.sections]
    assert (before.total.raw, before.total.normalised) == (after.total.raw, after.total.normalised)
    assert after.total.answered == before.total.answered + 1


def test_nothing_marked_has_no_score() -> None:
    for marks in ({}, dict.fromkeys(NUMBERS)):
        scores = score(FORM, marks)
        assert scores.points == (None,) * 10
        assert scores.total.points is None
        assert strongest(FORM, marks) == []
    assert scores.total.complete  # « non concerné » everywhere is an answer


@AT_ANY_SPEED
@given(MARKS)
def test_a_number_that_is_not_asked_counts_for_nothing(marks: Marks) -> None:
    assert score(FORM, {**marks, "11.1": 10, "0.0": 1}) == score(FORM, marks)


# --- Monotony --------------------------------------------------------------------------------------------------------


@AT_ANY_SPEED
@given(MARKS, some.data())
def test_raising_a_mark_raises_its_section_and_the_whole_and_nothing_else(marks: Marks, data: some.DataObject) -> None:
    low = sorted(number for number, mark in marks.items() if mark is not None and mark < 10)
    assume(low)
    number = data.draw(some.sampled_from(low))
    raised = {**marks, number: data.draw(some.integers(marks[number] + 1, 10))}
    before, after = by_section(marks), by_section(raised)
    own = FORM.by_number[number].section
    assert after.pop(own) > before.pop(own)
    assert after == before
    assert score(FORM, raised).total.normalised > score(FORM, marks).total.normalised
    assert score(FORM, raised).total.points >= score(FORM, marks).total.points


@AT_ANY_SPEED
@given(MARKS, some.data())
def test_a_mark_above_the_mean_raises_it_and_one_below_lowers_it(marks: Marks, data: some.DataObject) -> None:
    unmarked = [number for number in NUMBERS if marks.get(number) is None]
    before = score(FORM, marks).total.normalised
    assume(unmarked and before is not None)
    number, mark = data.draw(some.sampled_from(unmarked)), data.draw(MARK)
    after = score(FORM, {**marks, number: mark}).total.normalised
    assert (after > before) == (100 * mark > before)
    assert (after < before) == (100 * mark < before)


# --- Order -----------------------------------------------------------------------------------------------------------


@AT_ANY_SPEED
@given(MARKS, some.randoms(use_true_random=False))
def test_the_order_of_sections_questions_and_marks_is_irrelevant(marks: Marks, chance: Random) -> None:
    def mixed(items: tuple) -> tuple:
        return tuple(chance.sample(items, len(items)))

    form = replace(
        FORM, sections=mixed(tuple(replace(item, questions=mixed(item.questions)) for item in FORM.sections))
    )
    shuffled = dict(mixed(tuple(marks.items())))
    assert by_section(shuffled, form) == by_section(marks)
    assert score(form, shuffled).total == score(FORM, marks).total
    assert strongest(form, shuffled) == strongest(FORM, marks)


@AT_ANY_SPEED
@given(MARKS, MARK)
def test_the_strongest_are_all_there_the_strongest_first_then_in_their_order(marks: Marks, floor: int) -> None:
    found = strongest(FORM, marks, from_mark=floor)
    assert {question.number: mark for question, mark in found} == {
        number: mark for number, mark in marks.items() if mark is not None and mark >= floor
    }
    keys = [(-mark, question.rank) for question, mark in found]
    assert keys == sorted(keys)


# --- What is printed, and levels -------------------------------------------------------------------------------------


def test_halves_are_rounded_upwards() -> None:
    """Eight marks: 100 × 25 / 8 = 312,5."""
    numbers = NUMBERS[:8]
    marks = dict(zip(numbers, [3, 3, 3, 3, 3, 3, 3, 4], strict=True))
    total = score(FORM, marks).total
    assert total.normalised == Fraction(625, 2)
    assert total.points == 313
    assert [rounded(Fraction(value, 4)) for value in (1, 2, 3, 5, 6)] == [0, 1, 1, 1, 2]


@AT_ANY_SPEED
@given(some.fractions(0, 1000))
def test_a_printed_score_is_the_nearest(value: Fraction) -> None:
    assert -Fraction(1, 2) < rounded(value) - value <= Fraction(1, 2)


@AT_ANY_SPEED
@given(THRESHOLDS, SECTION_SCORES, SECTION_SCORES)
def test_a_higher_score_never_has_a_lower_level(bounds: Thresholds, one: Fraction, other: Fraction) -> None:
    low, high = sorted((one, other))
    assert ORDER.index(bounds.level(low)) <= ORDER.index(bounds.level(high))
    assert ORDER.index(bounds.level(10 * low, whole=True)) <= ORDER.index(bounds.level(10 * high, whole=True))


@AT_ANY_SPEED
@given(THRESHOLDS, THRESHOLDS, SECTION_SCORES)
def test_raising_a_threshold_never_raises_a_level(one: Thresholds, other: Thresholds, value: Fraction) -> None:
    lower = Thresholds(min(one.moderate_from, other.moderate_from), min(one.certain_from, other.certain_from))
    for bounds in (one, other):
        assert ORDER.index(bounds.level(value)) <= ORDER.index(lower.level(value))


@AT_ANY_SPEED
@given(THRESHOLDS, SECTION_SCORES)
def test_the_level_is_that_of_the_score_as_it_is_printed(bounds: Thresholds, value: Fraction) -> None:
    points = rounded(value)
    assert (bounds.level(value) == Level.CERTAIN) == (points >= bounds.certain_from)
    assert (bounds.level(value) == Level.LOW) == (points < bounds.moderate_from)
    assert bounds.level(Fraction(points)) == bounds.level(value) == bounds.level(Fraction(10 * points), whole=True)


# --- Criticality -----------------------------------------------------------------------------------------------------


@AT_ANY_SPEED
@given(CELL)
def test_criticality_is_symmetric_and_within_its_bounds(cell: tuple[int, int]) -> None:
    probability, impact = cell
    assert criticality(probability, impact) == criticality(impact, probability)
    assert 1 <= product(probability, impact) <= 16


@AT_ANY_SPEED
@given(CELL, CELL)
def test_criticality_never_falls_as_probability_and_impact_rise(one: tuple[int, int], other: tuple[int, int]) -> None:
    high = (max(one[0], other[0]), max(one[1], other[1]))
    assert SEVERITY.index(criticality(*one)) <= SEVERITY.index(criticality(*high))


def test_the_corners_of_the_matrix_are_the_ends_of_the_scale_and_each_level_is_there() -> None:
    assert criticality(1, 1) == Criticality.LOW
    assert criticality(4, 4) == Criticality.CRITICAL
    assert {criticality(p, i) for p in range(1, 5) for i in range(1, 5)} == set(Criticality)


@AT_ANY_SPEED
@given(CELL, CELL)
def test_a_risk_is_aggravated_when_it_becomes_critical_and_then_alone(
    before: tuple[int, int], after: tuple[int, int]
) -> None:
    was, is_now = (criticality(*cell) == Criticality.CRITICAL for cell in (before, after))
    assert aggravated(before, after) == (is_now and not was)
    assert not (aggravated(before, after) and aggravated(after, before))
    assert not aggravated(before, before)
