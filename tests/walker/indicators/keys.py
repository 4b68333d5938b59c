"""Keys with which software sends figures."""

from typing import Any

from django.utils import timezone

from tests.harness.world import World
from tests.walker.base import COMOP, COSTRAT, ESMS_DIRECTOR, LEAD, OG_DIRECTOR, ONLY_LEAD, REFERENT, TOKEN, UUID, Row

# The structure's own people; the others who may know that it has indicators are told no more.
OWN = frozenset({ESMS_DIRECTOR, REFERENT})
ABOVE = frozenset({LEAD, OG_DIRECTOR, COSTRAT, COMOP})
DIRECTOR = frozenset({ESMS_DIRECTOR})


def foyer(world: World) -> dict[str, Any]:
    return {"esms_slug": "foyer"}


def elsewhere(world: World) -> dict[str, Any]:
    return {"esms_slug": "ailleurs-seulement"}


def nowhere(world: World) -> dict[str, Any]:
    return {"esms_slug": "absente"}


def own_key(world: World) -> dict[str, Any]:
    return {**foyer(world), "key_id": world.own.indicator_work[0].key.pk}


def a_form(world: World) -> dict[str, Any]:
    return {"label": "DUI de production", "expires_on": timezone.localdate().isoformat(), "token": TOKEN}


def version(world: World) -> dict[str, Any]:
    return {"version": 1}


ROWS: list[Row] = [
    Row(
        "push_keys",
        get={200: OWN, 403: ABOVE},
        post={405: OWN, 403: ABOVE},
        otherwise=404,
        place=foyer,
        strange=elsewhere,
        missing=nowhere,
    ),
    Row(
        "push_key_issue",
        get={200: DIRECTOR, 403: ABOVE | {REFERENT}},
        post={200: DIRECTOR, 403: ABOVE | {REFERENT}},
        otherwise=404,
        place=foyer,
        strange=elsewhere,
        missing=nowhere,
        body=a_form,
    ),
    Row(
        "push_key_revoke",
        get={200: DIRECTOR, 403: ABOVE | {REFERENT}},
        post={302: DIRECTOR, 403: ABOVE | {REFERENT}},
        otherwise=404,
        place=own_key,
        strange=lambda world: {**foyer(world), "key_id": world.foreign.indicator_work[0].key.pk},
        missing=lambda world: {**foyer(world), "key_id": UUID},
        body=version,
    ),
    Row("vendor_keys", get={200: ONLY_LEAD}, post={405: ONLY_LEAD}),
    Row("vendor_key_issue", get={200: ONLY_LEAD}, post={200: ONLY_LEAD}, body=a_form),
    Row(
        "vendor_key_revoke",
        get={200: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=lambda world: {"key_id": world.own.indicators.key.pk},
        strange=lambda world: {"key_id": world.foreign.indicators.key.pk},
        missing=lambda world: {"key_id": UUID},
        body=version,
    ),
]
