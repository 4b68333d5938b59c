"""Bodies and seats."""

from governance.enums import BodyKind, Representation
from tests.harness.world import World
from tests.walker.base import COSTRAT, LEAD, MEMBERS, ONLY_LEAD, TOKEN, UUID, Row, form


def group(world: World) -> dict[str, object]:
    return {"code": world.own.governance.group.pk}


def foreign_group(world: World) -> dict[str, object]:
    return {"code": world.foreign.governance.group.pk}


def seat(world: World) -> dict[str, object]:
    return {"seat_id": world.own.governance.seat.pk}


def foreign_seat(world: World) -> dict[str, object]:
    return {"seat_id": world.foreign.governance.seat.pk}


def appointed(world: World) -> dict[str, object]:
    return {
        "user": world.lead.pk,
        "place": "siege",
        "representation": Representation.OG_AMBASSADOR,
        "og": world.own.ogs[0].pk,
        "starts_on": "2026-01-01",
        "token": TOKEN,
    }


GROUP = {"place": group, "strange": foreign_group, "missing": form(code=UUID)}
SEAT = {"place": seat, "strange": foreign_seat, "missing": form(seat_id=UUID)}

ROWS = [
    Row("bodies", get={200: MEMBERS}, post={405: MEMBERS}),
    Row("bodies_set_up", get={405: ONLY_LEAD}, post={302: ONLY_LEAD}),
    Row("group_add", get={200: ONLY_LEAD}, post={302: ONLY_LEAD}, body=form(name="Formation", token=TOKEN)),
    Row("body", get={200: MEMBERS}, post={405: MEMBERS}, **GROUP),
    Row(
        "body_field",
        get={405: ONLY_LEAD},
        post={302: ONLY_LEAD},
        body=form(version=1, frequency_months=2),
        place=lambda world: {"code": BodyKind.COMOP.value, "field": "frequency_months"},
        strange=lambda world: {**foreign_group(world), "field": "frequency_months"},
        missing=form(code=UUID, field="frequency_months"),
    ),
    Row("group_close", get={405: ONLY_LEAD}, post={302: ONLY_LEAD}, body=form(version=1), **GROUP),
    Row("seat_add", get={200: ONLY_LEAD}, post={302: ONLY_LEAD}, body=appointed, **GROUP),
    # Read by who holds it, too; changed by the lead; answered by who holds it alone.
    Row("seat", get={200: {LEAD, COSTRAT}}, post={302: ONLY_LEAD}, body=form(version=1), **SEAT),
    Row("seat_end", get={405: ONLY_LEAD}, post={302: ONLY_LEAD}, body=form(version=1), **SEAT),
    Row("seat_answer", get={405: {COSTRAT}}, post={302: {COSTRAT}}, body=form(answer="oui"), **SEAT),
]
