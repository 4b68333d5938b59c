"""The dashboards: of each structure, of an OG, or totals alone, according to who reads."""

from tests.harness.indicators import RATE, TEXT
from tests.harness.world import World
from tests.walker.base import (
    COMOP,
    COSTRAT,
    LEAD,
    OBSERVER,
    OG_DIRECTOR,
    RIVAL_DIRECTOR,
    VENDOR,
    Row,
    Values,
)

READ = frozenset({LEAD, COSTRAT, COMOP, OG_DIRECTOR, RIVAL_DIRECTOR, OBSERVER})
TICKETS = "tickets_created_count"


def of(code: str) -> Values:
    def place(world: World) -> dict[str, str]:
        return {"code": code}

    return place


ROWS: list[Row] = [
    Row("indicators", get={200: READ | {VENDOR}}, post={405: READ | {VENDOR}}),
    Row("indicators_export", get={200: READ | {VENDOR}}, post={405: READ | {VENDOR}}),
    *(
        row
        for name in ("indicator_of_project", "indicator_of_project_export")
        for row in (
            Row(
                name,
                get={200: READ, 404: {VENDOR}},
                post={405: READ | {VENDOR}},
                place=of(RATE),
                missing=of("inconnu"),
            ),
            Row(name, get={200: READ, 404: {VENDOR}}, post={405: READ | {VENDOR}}, place=of(TEXT), note="a text"),
            Row(name, get={200: READ | {VENDOR}}, post={405: READ | {VENDOR}}, place=of(TICKETS), note="of support"),
        )
    ),
]
