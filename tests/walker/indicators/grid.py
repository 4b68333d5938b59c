"""Twelve periods at once, and files of figures: entered by the structure's own people, whom nobody above replaces; a
file of what was given is for who reads it on a page."""

import json
from typing import Any

from common.models import SpreadsheetImport
from common.scope import elevated
from common.spreadsheets.tables import Table
from indicators.resources import KEY, head
from indicators.services.spreadsheets import kind_of
from organisations.enums import Role
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
    TOKEN,
    UUID,
    Row,
    Values,
    form,
)

FILLING = frozenset({ESMS_DIRECTOR, REFERENT})
ABOVE = frozenset({LEAD, OG_DIRECTOR, COSTRAT, COMOP})  # who read what the structure gave
CODE = "tickets_created_count"


def at(slug: str, **more: Any) -> Values:
    return lambda world: {"esms_slug": slug, **more}


def here(**more: Any) -> dict[str, Values]:
    return {
        "place": at("foyer", **more),
        "strange": at("ailleurs-seulement", **more),
        "missing": at("absente", **more),
    }


def period() -> str:
    return current_period().code


def entered(name: str, body: Values, *, opens: bool = False, post: int = 200, note: str = "") -> Row:
    """A form of the grid. `opens`: it has a page."""
    return Row(
        name,
        get={200 if opens else 405: FILLING, 403: ABOVE},
        post={post: FILLING, 403: ABOVE},
        otherwise=404,
        body=body,
        note=note,
        **here(),
    )


def read(name: str) -> list[Row]:
    return [
        Row(name, get={200: who}, post={405: who}, otherwise=404, note=note, **place)
        for who, place, note in (
            (FILLING | ABOVE, here(), ""),
            (ABOVE, {"place": at("atelier")}, "another structure of the same OG"),
            (ABOVE - {OG_DIRECTOR} | {RIVAL_DIRECTOR}, {"place": at("foyer-aval")}, "a structure of the other OG"),
        )
    ]


def deposited(world: World) -> dict[str, Any]:
    """A file that the director gave and did not confirm."""
    esms = world.own.structures[0]
    heads = [KEY, head(current_period())]
    table = Table("Grille", heads, [(2, [CODE, "31"])], frozenset())
    with elevated():
        found, _ = SpreadsheetImport.objects.get_or_create(
            project_id=world.own.project.pk,
            kind=kind_of(esms),
            received_from=world.own.people[Role.ESMS_DIRECTOR],
            defaults={"file_name": "indicateurs.xlsx", "rows": {"table": table.as_json(), "origin": {}}},
        )
    return {"esms_slug": "foyer", "import_id": found.pk}


def of_a_file(name: str, get: int, post: int, note: str = "") -> Row:
    """Only who gave the file has its address."""
    return Row(
        name,
        get={get: {ESMS_DIRECTOR}, 403: ABOVE},
        post={post: {ESMS_DIRECTOR}, 403: ABOVE},
        otherwise=404,
        place=deposited,
        strange=at("ailleurs-seulement", import_id=UUID),
        missing=at("absente", import_id=UUID),
        note=note,
    )


ROWS: list[Row] = [
    entered("statement_grid", form(), opens=True),
    entered("statement_grid_cell", lambda world: {"code": CODE, "period": period(), "text": "12", "version": 0}),
    entered("statement_grid_paste", lambda world: {"code": CODE, "period": period(), "text": "12\n", "seen": ""}),
    entered("statement_grid_undo", lambda world: {"before": json.dumps([[CODE, period(), 1, ""]])}),
    *read("statement_file_export"),
    entered("statement_file_import", form(token=TOKEN), opens=True, post=422, note="no file"),
    of_a_file("statement_file_preview", 200, 409, "confirmed without having been seen"),
    of_a_file("statement_file_annotated", 302, 405, "nothing to correct"),
]
