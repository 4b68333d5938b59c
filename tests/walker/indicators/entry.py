"""Entering: the people of the structure alone. Who follows it (the lead, its OG) reads where statements stand, and what
was given; both bodies read figures elsewhere."""

from typing import Any

from indicators.periods import Period
from tests.harness.indicators import RATE, TEXT, current_period
from tests.harness.world import World
from tests.walker.base import (
    COMOP,
    COSTRAT,
    ESMS_DIRECTOR,
    LEAD,
    OG_DIRECTOR,
    REFERENT,
    RIVAL_DIRECTOR,
    Row,
    Values,
    form,
)

FILLING = frozenset({ESMS_DIRECTOR, REFERENT})
FOLLOWING = FILLING | {LEAD, OG_DIRECTOR}
TOLD = frozenset({COSTRAT, COMOP})  # they know that the structure is followed
NOTHING = form()


def at(slug: str, period: Period | None = None, **more: Any) -> Values:
    def place(world: World) -> dict[str, Any]:
        return {"esms_slug": slug, **({"period": period.code} if period else {}), **more}

    return place


def here(period: Period | None = None, **more: Any) -> dict[str, Values]:
    return {
        "place": at("foyer", period, **more),
        "strange": at("ailleurs-seulement", period, **more),
        "missing": at("absente", period, **more),
    }


def read(name: str, period: Period | None = None, **more: Any) -> list[Row]:
    """A page that who follows the structure reads: here, and in one of the other OG."""
    rival = {LEAD, RIVAL_DIRECTOR}
    return [
        Row(
            name,
            get={200: FOLLOWING, 403: TOLD},
            post={405: FOLLOWING, 403: TOLD},
            otherwise=404,
            **here(period, **more),
        ),
        Row(
            name,
            get={200: rival, 403: TOLD},
            post={405: rival, 403: TOLD},
            otherwise=404,
            place=at("foyer-aval", period, **more),
            note="a structure of the other OG",
        ),
    ]


def acted(name: str, status: int, period: Period, body: Values = NOTHING, **more: Any) -> list[Row]:
    """Something that the people of a structure do; of the sibling nobody of this world does."""
    above = (FOLLOWING | TOLD) - FILLING
    return [
        Row(
            name,
            get={405: FILLING, 403: above},
            post={status: FILLING, 403: above},
            otherwise=404,
            body=body,
            **here(period, **more),
        ),
        Row(
            name,
            get={403: above},
            post={403: above},
            otherwise=404,
            body=body,
            place=at("atelier", period, **more),
            note="another structure of the same OG",
        ),
    ]


CURRENT, BEFORE = current_period(), current_period().previous
ABOVE = (FOLLOWING | TOLD) - FILLING

ROWS: list[Row] = [
    *read("statements"),
    *read("statement", BEFORE),
    *read("statement", CURRENT),
    *acted("statement_figure", 302, CURRENT, form(version=0, amount="40", base="50"), code=RATE),
    *acted("statement_figure", 422, BEFORE, form(version=1, amount="41", base="50"), code=RATE),
    *acted("statement_give", 422, CURRENT),  # something is missing
    *acted("statement_submit", 422, CURRENT),  # the direction is not asked
    *acted("statement_resume", 422, BEFORE),  # the collection is over
    Row(
        "statement_return",
        get={405: {ESMS_DIRECTOR}, 403: (FOLLOWING | TOLD) - {ESMS_DIRECTOR}},
        post={422: {ESMS_DIRECTOR}, 403: (FOLLOWING | TOLD) - {ESMS_DIRECTOR}},
        otherwise=404,
        body=form(why="Revoir les tickets"),
        **here(CURRENT),
    ),
    Row(
        "statement_history",
        get={200: FILLING, 403: ABOVE},
        post={405: FILLING, 403: ABOVE},
        otherwise=404,
        **here(CURRENT, code=TEXT),
    ),
]
