"""What changed, and medians that name nobody: what holds whatever the figures."""

import uuid
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as some

from risks.catalogue import questionnaire
from risks.comparison import FEWEST, changes, enough, moves, unnamed_median
from risks.scoring import rounded, score

FORM = questionnaire()
MARKS = some.dictionaries(some.sampled_from([q.number for q in FORM.questions]), some.none() | some.integers(1, 10))
SCORES = some.dictionaries(some.uuids(), some.fractions(10, 100, max_denominator=10), max_size=9)
AT_ANY_SPEED = settings(deadline=None)


@AT_ANY_SPEED
@given(MARKS, MARKS)
def test_a_change_is_undone_by_its_opposite(before: dict, after: dict) -> None:
    there = changes(score(FORM, before), score(FORM, after))
    back = changes(score(FORM, after), score(FORM, before))
    for one, other in zip(there, back, strict=True):
        assert (one.before, one.after) == (other.after, other.before)
        assert (one.difference is None) == (None in (one.before, one.after))
        assert one.difference is None or one.difference == -other.difference


@AT_ANY_SPEED
@given(MARKS, MARKS)
def test_moves_are_the_marks_that_differ_what_moved_most_first(before: dict, after: dict) -> None:
    found = moves(FORM, before, after)
    assert {move.question.number for move in found} == {
        number for number in before.keys() & after.keys() if None not in (before[number], after[number])
    } - {number for number in before if before[number] == after.get(number)}
    sizes = [abs(move.difference) for move in found]
    assert sizes == sorted(sizes, reverse=True)


@AT_ANY_SPEED
@given(SCORES)
def test_a_median_has_as_many_structures_above_it_as_below(scores: dict[uuid.UUID, Fraction]) -> None:
    found = unnamed_median(scores, known=())
    assert (found is None) == (len(scores) < FEWEST)
    if found is not None:
        below = sum(1 for value in scores.values() if rounded(value) < found)
        above = sum(1 for value in scores.values() if rounded(value) > found)
        assert 2 * max(below, above) <= len(scores)


@AT_ANY_SPEED
@given(SCORES, some.data())
def test_no_figure_is_given_over_one_or_two_unknown_structures(
    scores: dict[uuid.UUID, Fraction], data: some.DataObject
) -> None:
    known = data.draw(some.sets(some.sampled_from(sorted(scores)))) if scores else set()
    unknown = len(scores) - len(known)
    assert enough(scores, known) == (len(scores) >= FEWEST and unknown not in (1, 2))
    if unknown in (1, 2):
        assert unnamed_median(scores, known) is None
