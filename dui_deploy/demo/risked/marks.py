"""Marks of the demonstration world, from the scores it gives: pure, and always the same."""

from collections.abc import Iterable, Mapping
from math import ceil
from zlib import crc32

from risks.catalogue import Question, Section
from risks.scoring import HIGHEST, LOWEST

CALM = 6  # no mark above it, but those that are given, where a section is no worry
WORRY = 5.2  # mean of the marks of a section
NEAR = 9  # marks that move no more


def spread(place: str, section: Section, score: int, given: Mapping[str, int]) -> dict[str, int]:
    """Marks of a section that add up to its score: the given ones, and the others around what is left."""
    free = [question for question in section.questions if question.number not in given]
    kept = {question.number: given[question.number] for question in section.questions if question.number in given}
    left = score - sum(kept.values())
    mean = left / len(free)
    highest = CALM if mean <= WORRY else min(HIGHEST, ceil(mean) + 1)
    found = {q.number: _within(round(mean) + _luck(place, q.number, 5) - 2, highest) for q in free}
    numbers = sorted(found, key=lambda number: _luck(place, f"{number} rank", 997))
    while (missing := left - sum(found.values())) != 0:
        step = 1 if missing > 0 else -1
        for number in numbers:
            if missing and LOWEST <= found[number] + step <= highest:
                found[number] += step
                missing -= step
    return {**kept, **found}


def moved(
    place: str, before: Mapping[str, int], asked: Iterable[Question], trend: int, given: Mapping[str, int]
) -> dict[str, int]:
    """Marks of what is asked again: one in four moves by `trend`, the given ones as they are."""
    found = {}
    for question in asked:
        mark = before[question.number]
        moves = trend if mark < NEAR and _luck(place, f"{question.number} again", 4) == 0 else 0
        found[question.number] = given.get(question.number, _within(mark + moves))
    return found


def two_sides(place: str, agreed: Mapping[str, int]) -> tuple[dict[str, int], dict[str, int]]:
    """What two people answered before they agreed: mostly alike, sometimes far apart."""
    apart = {0: (2, -3), 1: (1, -1), 2: (0, -1), 3: (0, 1), 4: (-1, 2)}
    one, other = {}, {}
    for number, mark in agreed.items():
        up, down = apart.get(_luck(place, f"{number} sides", 11), (0, 0))
        one[number], other[number] = _within(mark + up), _within(mark + down)
    return one, other


def _luck(place: str, what: str, of: int) -> int:
    """A number below `of`, always the same for the same names."""
    return crc32(f"{place} {what}".encode()) % of


def _within(mark: int, highest: int = HIGHEST) -> int:
    return min(max(mark, LOWEST), highest)
