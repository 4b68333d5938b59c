"""The scores of one place: those of a structure for who sees it, the project's own for its lead."""

from tests.harness.world import World
from tests.walker.base import ESMS_DIRECTOR, LEAD, OG_DIRECTOR, ONLY_LEAD, REFERENT, RIVAL_DIRECTOR, Row, Values

INSIDERS = frozenset({LEAD, OG_DIRECTOR, ESMS_DIRECTOR, REFERENT})  # of the structure « foyer »


def at(slug: str) -> Values:
    def place(world: World) -> dict[str, str]:
        return {"esms_slug": slug}

    return place


ROWS: list[Row] = [
    Row(
        "esms_risk_scores",
        get={200: INSIDERS},
        post={405: INSIDERS},
        otherwise=404,
        place=at("foyer"),
        strange=at("ailleurs-seulement"),
        missing=at("absente"),
    ),
    Row(
        "esms_risk_scores",
        get={200: {LEAD, OG_DIRECTOR}},
        post={405: {LEAD, OG_DIRECTOR}},
        otherwise=404,
        place=at("atelier"),
        note="another structure of the same OG",
    ),
    Row(
        "esms_risk_scores",
        get={200: {LEAD, RIVAL_DIRECTOR}},
        post={405: {LEAD, RIVAL_DIRECTOR}},
        otherwise=404,
        place=at("foyer-aval"),
        note="a structure of the other OG",
    ),
    Row("project_risk_scores", get={200: ONLY_LEAD}, post={405: ONLY_LEAD}),
]
