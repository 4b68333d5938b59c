"""Alerts: read, raised and answered as far as the table of product.md says."""

from tests.harness.world import Tenant, World
from tests.walker.base import (
    COMOP,
    COSTRAT,
    DPO,
    ESMS_DIRECTOR,
    LEAD,
    OG_DIRECTOR,
    REFERENT,
    RIVAL_DIRECTOR,
    TOKEN,
    VENDOR,
    Row,
    form,
)
from tests.walker.governance.readers import ALERT_READERS

ANSWERING = frozenset({LEAD, COMOP})
DIRECTORS = frozenset({OG_DIRECTOR, ESMS_DIRECTOR, REFERENT})
# Who reads alerts of their structures, or their own; RIVAL_DIRECTOR those of another OG.
SOME = DIRECTORS | {RIVAL_DIRECTOR, DPO, VENDOR}
NO_OTHERS = {404: frozenset({RIVAL_DIRECTOR, DPO, VENDOR})}  # theirs to read, but not this one


def about_the_structure(tenant: Tenant) -> dict[str, int]:
    return {"number": tenant.governance.structure_alert.number}


def own(world: World) -> dict[str, int]:
    return about_the_structure(world.own)


def strange(world: World) -> dict[str, int]:
    return about_the_structure(world.foreign)


def versioned(**values: str):
    return lambda world: {"version": world.own.governance.structure_alert.version, **values}


ROWS = [
    Row("alerts", get={200: ALERT_READERS | SOME}, post={405: ALERT_READERS | SOME}),
    Row(
        "alert_raise",
        get={200: ANSWERING | DIRECTORS | {COSTRAT, RIVAL_DIRECTOR, DPO}},
        post={
            302: ANSWERING | {COSTRAT, OG_DIRECTOR, ESMS_DIRECTOR, REFERENT},
            422: frozenset({RIVAL_DIRECTOR, DPO}),  # not on this structure
        },
        body=form(about="foyer", subject="Le réseau", text="Il tombe.", severity="warning", token=TOKEN),
    ),
    Row(
        "alert",
        get={200: ALERT_READERS | DIRECTORS, **NO_OTHERS},
        post={302: ANSWERING, **NO_OTHERS},
        place=own,
        strange=strange,
        missing=form(number=99),
        body=form(answer="Un renfort arrive."),
    ),
    Row(
        "alert_owner",
        get={405: ANSWERING},
        post={302: ANSWERING},
        place=own,
        strange=strange,
        missing=form(number=99),
        body=versioned(),
    ),
    Row(
        "alert_escalate",
        get={200: ANSWERING},
        post={302: ANSWERING},
        place=own,
        strange=strange,
        missing=form(number=99),
        body=form(question="Que faire ?", kind="schedule", context="Le réseau tombe.", token=TOKEN),
    ),
    Row(
        "alert_read",
        get={405: ALERT_READERS | DIRECTORS, **NO_OTHERS},
        post={422: ALERT_READERS | DIRECTORS, **NO_OTHERS},  # no answer yet, or not theirs to have read
        place=own,
        strange=strange,
        missing=form(number=99),
    ),
]
