"""The inventories of all structures, followed from the project's side."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from common.scope import elevated
from structures.models import InventoryCollection
from tests.harness.world import World
from tests.walker.base import (
    COMOP,
    COSTRAT,
    LEAD,
    OBSERVER,
    OG_DIRECTOR,
    ONLY_LEAD,
    RIVAL_DIRECTOR,
    TOKEN,
    Row,
    form,
)

FOLLOWING = frozenset({LEAD, OG_DIRECTOR, RIVAL_DIRECTOR})  # each director the structures of their own OG
FIGURES_ONLY = frozenset({COSTRAT, COMOP, OBSERVER})


def asked(world: World) -> dict[str, Any]:
    """Inventories are asked for."""
    today = timezone.localdate()
    days = {"due_on": today + timedelta(days=20), "counts_from": today}
    with elevated():
        InventoryCollection.objects.get_or_create(
            project=world.project, token=TOKEN, defaults={**days, "opened_by": world.lead}
        )
    return {}


def days(**values: Any) -> Any:
    return lambda world: {"due_on": (timezone.localdate() + timedelta(days=30)).isoformat(), **values}


ROWS = [
    Row(
        "inventory_follow_up",
        get={200: FOLLOWING, 302: FIGURES_ONLY},
        post={405: FOLLOWING | FIGURES_ONLY},
        note="who reads figures only is led to them",
    ),
    *(
        Row(name, get={200: FOLLOWING}, post={405: FOLLOWING})
        for name in ("inventory_software", "inventory_means", "inventory_competing", "inventory_fields")
    ),
    Row(
        "inventory_field",
        get={200: FOLLOWING},
        post={405: FOLLOWING},
        place=form(code="interfaces_needed"),
        missing=form(code="inconnu"),
    ),
    Row("inventory_export", get={200: FOLLOWING}, post={405: FOLLOWING}),
    Row("inventory_figures", get={200: FIGURES_ONLY | {LEAD}}, post={405: FIGURES_ONLY | {LEAD}}),
    Row("inventory_thresholds", get={200: ONLY_LEAD}, post={405: ONLY_LEAD}),
    *(
        Row(
            name,
            get={200: ONLY_LEAD},
            post={405: ONLY_LEAD},
            place=form(code="upstream_mbps"),
            missing=form(code="backup_link"),  # a question without a threshold
        )
        for name in ("inventory_threshold", "inventory_threshold_effect")
    ),
    Row(
        "inventory_threshold_field",
        get={405: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=form(code="upstream_mbps", field="threshold"),
        missing=form(code="backup_link", field="threshold"),
        body=form(threshold="5", version=1),
    ),
    Row(
        "inventory_threshold_reset",
        get={405: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=form(code="upstream_mbps"),
        missing=form(code="backup_link"),
        body=form(version=1),
    ),
    Row(
        "inventory_ask",
        get={200: ONLY_LEAD},
        post={302: ONLY_LEAD},
        body=days(counts_from=timezone.localdate().isoformat(), token=TOKEN),
    ),
    Row(
        "inventory_put_off",
        get={200: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=asked,
        body=days(reason="Les vacances", version=1),
    ),
]
