"""The inventory of a structure: read by who sees the structure, filled by its people, validated by its direction, sent
back by the project lead."""

from typing import Any

from tests.harness.world import World
from tests.walker.base import (
    ESMS_DIRECTOR,
    LEAD,
    OG_DIRECTOR,
    ONLY_LEAD,
    REFERENT,
    RIVAL_DIRECTOR,
    TOKEN,
    UUID,
    Row,
    Values,
    form,
)

INSIDERS = frozenset({LEAD, OG_DIRECTOR, ESMS_DIRECTOR, REFERENT})  # of the structure « foyer »
FILLING = frozenset({ESMS_DIRECTOR, REFERENT})
DIRECTING = frozenset({ESMS_DIRECTOR})
SOFTWARE = {
    "cell_functional_area": "billing",
    "cell_product": "Factura",
    "cell_hosting": "unknown",
    "cell_future": "undecided",
}


def at(slug: str, **more: Any) -> Values:
    return lambda world: {"esms_slug": slug, **more}


def here(**more: Any) -> dict[str, Values]:
    return {
        "place": at("foyer", **more),
        "strange": at("ailleurs-seulement", **more),
        "missing": at("absente", **more),
    }


def one(kind: str, name: str, **more: Any) -> dict[str, Values]:
    """A line or a remark of the structure « foyer »; that of the other project under this address; none."""

    def of(tenant: str) -> Values:
        return lambda world: {
            "esms_slug": "foyer",
            name: getattr(getattr(world, tenant).work[0].inventory, kind).pk,
            **more,
        }

    return {"place": of("own"), "strange": of("foreign"), "missing": at("foyer", **{name: UUID}, **more)}


def versioned(world: World) -> dict[str, int]:
    return {"version": world.own.work[0].inventory.current.version}


def read(name: str, **more: Any) -> list[Row]:
    """A page that all who may see the structure read: this one, a sibling, one of the other OG."""
    return [
        Row(name, get={200: INSIDERS}, post={405: INSIDERS}, otherwise=404, **here(**more)),
        Row(
            name,
            get={200: {LEAD, OG_DIRECTOR}},
            post={405: {LEAD, OG_DIRECTOR}},
            otherwise=404,
            place=at("atelier", **more),
            note="another structure of the same OG",
        ),
        Row(
            name,
            get={200: {LEAD, RIVAL_DIRECTOR}},
            post={405: {LEAD, RIVAL_DIRECTOR}},
            otherwise=404,
            place=at("foyer-aval", **more),
            note="a structure of the other OG",
        ),
    ]


def written(
    name: str, who: frozenset[str], status: int, body: Values, places: dict[str, Values], *, opens: bool = False
) -> Row:
    """A form that these people alone may post. `opens`: its page is at the same address."""
    refused = INSIDERS - who
    return Row(
        name,
        get={200 if opens else 405: who, 403: refused},
        post={status: who, 403: refused},
        otherwise=404,
        body=body,
        **places,
    )


LINE = {"field": "software_in_place"}
ROWS = [
    *read("inventory"),
    *read("inventory_section", section="network"),
    *read("inventory_whole", number=1),
    *read("inventory_differences", number=2),
    written("inventory_start", FILLING, 302, form(), here()),
    written("inventory_submit", FILLING, 302, versioned, here()),
    written("inventory_validate", DIRECTING, 422, versioned, here()),  # it is not submitted
    written("inventory_transmit", DIRECTING, 422, versioned, here()),
    written("inventory_reopen", FILLING, 422, versioned, here()),
    written("inventory_send_back", ONLY_LEAD, 422, versioned, here()),
    written("inventory_answer", FILLING, 302, form(value="oui", version=1, number=2), here(field="backup_link")),
    written("inventory_line_add", FILLING, 302, form(**SOFTWARE, token=TOKEN), here(**LINE), opens=True),
    written("inventory_line", FILLING, 302, form(**SOFTWARE, version=1), one("line", "line_id", **LINE), opens=True),
    written("inventory_line_remove", FILLING, 302, form(version=1), one("line", "line_id", **LINE)),
    written("inventory_line_restore", FILLING, 302, form(), one("line", "line_id", **LINE)),
    written(
        "inventory_remark",
        ONLY_LEAD,
        422,  # it is with the structure already
        form(field="", text="À compléter", token=TOKEN),
        here(section="network"),
    ),
    written("inventory_remark_withdraw", ONLY_LEAD, 302, form(), one("unsent", "remark_id")),
    written("inventory_remark_resolve", FILLING, 302, form(), one("remark", "remark_id")),
]
