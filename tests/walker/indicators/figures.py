"""How figures are computed: read with the figures of the structure; computed again by who leads and its own people."""

from typing import Any

from tests.harness.indicators import current_period
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

COMPUTED = "open_risks_count"
ABOVE = frozenset({OG_DIRECTOR, COSTRAT, COMOP})
COMPUTING = frozenset({LEAD, ESMS_DIRECTOR, REFERENT})


def at(slug: str, code: str = COMPUTED) -> Values:
    def place(world: World) -> dict[str, Any]:
        return {"esms_slug": slug, "code": code, "period": current_period().code}

    return place


HERE = {"place": at("foyer"), "strange": at("ailleurs-seulement"), "missing": at("absente")}

ROWS: list[Row] = [
    Row("indicator_computed", get={200: COMPUTING | ABOVE}, post={405: COMPUTING | ABOVE}, otherwise=404, **HERE),
    Row(
        "indicator_computed",
        get={200: {LEAD, RIVAL_DIRECTOR, COSTRAT, COMOP}},
        post={405: {LEAD, RIVAL_DIRECTOR, COSTRAT, COMOP}},
        otherwise=404,
        place=at("foyer-aval"),
        note="a structure of the other OG",
    ),
    Row(
        "indicator_computed",
        get={200: COMPUTING | ABOVE},
        post={405: COMPUTING | ABOVE},
        otherwise=404,
        place=at("foyer", "trained_people_rate"),
        note="one that waits for its source",
    ),
    Row(
        "indicator_computed_again",
        get={405: COMPUTING, 403: ABOVE},
        post={302: COMPUTING, 403: ABOVE},
        otherwise=404,
        **HERE,
    ),
]
