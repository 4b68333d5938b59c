"""The figures of one structure: its people, who is above it, the lead and both bodies; it is there for nobody else."""

from typing import Any

from tests.harness.indicators import RATE, SLOTS
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
)

EVERYWHERE = frozenset({LEAD, COSTRAT, COMOP})
PLACES = {
    "foyer": (EVERYWHERE | {OG_DIRECTOR, ESMS_DIRECTOR, REFERENT}, ""),
    "atelier": (EVERYWHERE | {OG_DIRECTOR}, "another structure of the same OG"),
    "foyer-aval": (EVERYWHERE | {RIVAL_DIRECTOR}, "a structure of the other OG"),
}


def at(slug: str, **more: Any) -> Values:
    def place(world: World) -> dict[str, Any]:
        return {"esms_slug": slug, **more}

    return place


def read(name: str, **more: Any) -> list[Row]:
    return [
        Row(
            name,
            get={200: readers},
            post={405: readers},
            otherwise=404,
            place=at(slug, **more),
            strange=at("ailleurs-seulement", **more),
            missing=at("absente", **more),
            note=note,
        )
        for slug, (readers, note) in PLACES.items()
    ]


ROWS: list[Row] = [
    *read("structure_indicators"),
    *read("structure_indicators_export"),
    *read("structure_indicator", code=RATE),
    *read("structure_indicator", code=SLOTS),
    *read("structure_indicator_export", code=SLOTS),
]
