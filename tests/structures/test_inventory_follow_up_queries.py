"""The follow-up of inventories costs the same for three structures and for three hundred."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.scope import elevated
from organisations.enums import Role
from organisations.models import ESMS, place_of
from structures.enums.inventory import InventoryStatus
from structures.models import Inventory, InventoryAnswer, InventoryLine
from tests.harness.queries import counted
from tests.harness.world import SLUG, World
from tests.structures.inventory_factories import READY, SOFTWARE

pytestmark = pytest.mark.django_db

PAGES = {
    "inventory_follow_up": 17,
    "inventory_software": 16,
    "inventory_means": 16,
    "inventory_competing": 16,
    "inventory_fields": 16,
    "inventory_field": 16,
    "inventory_export": 16,
    "inventory_figures": 18,
    "inventory_thresholds": 16,
    "inventory_threshold": 18,
    "inventory_ask": 16,
}


ANSWERS = ("downstream_mbps", "peak_users", "backup_link", "users_to_equip", "digital_ease_level")


def add(world: World, count: int, *, answers: tuple[str, ...] = ANSWERS) -> None:
    """Structures that transmitted what they have."""
    og, by, now = world.own.ogs[0], world.lead, timezone.now()
    by_hand = {
        f"{act}_{part}": value
        for act in ("submitted", "validated", "transmitted")
        for part, value in (("at", now), ("by", by))
    }
    with elevated():
        found = ESMS.objects.bulk_create(
            ESMS(project=og.project, og=og, name=f"Service {one}", slug=one, category="183", comop_category="service")
            for one in (uuid.uuid4().hex for _ in range(count))
        )
        rows = Inventory.objects.bulk_create(Inventory(**place_of(esms), number=1, started_by=by) for esms in found)
        InventoryAnswer.objects.bulk_create(
            InventoryAnswer(**place_of(row.esms), inventory=row, field=code, value=READY[code], answered_by=by)
            for row in rows
            for code in answers
        )
        InventoryLine.objects.bulk_create(
            InventoryLine(
                **place_of(row.esms),
                inventory=row,
                field="software_in_place",
                position=1,
                values=SOFTWARE,
                written_by=by,
            )
            for row in rows
        )
        Inventory.objects.filter(pk__in=[row.pk for row in rows]).update(
            status=InventoryStatus.TRANSMITTED, review_on=timezone.localdate(), **by_hand
        )


def costs(client: Client) -> dict[str, int]:
    found = {}
    for name in PAGES:
        args = {"inventory_field": ["backup_link"], "inventory_threshold": ["upstream_mbps"]}.get(name, [])
        query = "?format=csv" if name == "inventory_export" else ""
        with counted() as queries:
            assert client.get(reverse(name, args=[SLUG, *args]) + query).status_code == 200
        found[name] = len(queries)
    return found


def test_the_same_queries_for_twelve_structures_and_for_three_hundred(world: World, lead: Client) -> None:
    add(world, 9)
    lead.get(reverse("inventory_follow_up", args=[SLUG]))  # what a first visit alone asks
    few = costs(lead)
    add(world, 288)
    assert costs(lead) == few
    assert {name: (cost, PAGES[name]) for name, cost in few.items() if cost > PAGES[name]} == {}


def test_many_structures_are_read_page_by_page_and_counted_whole(
    world: World, client_as: Callable, lead: Client
) -> None:
    add(world, 60)
    page = lead.get(reverse("inventory_follow_up", args=[SLUG])).content.decode()
    assert "Page 1 sur 3" in page.replace("\u202f", " ")
    assert "Les 63 structures ont transmis" in page
    seen = client_as(world.person(Role.COSTRAT)).get(reverse("inventory_figures", args=[SLUG]))
    assert "Les 63 structures ont transmis" in seen.content.decode()
