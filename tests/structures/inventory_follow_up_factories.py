"""What the project's side of inventories needs: inventories at one state or another, and a call for them."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from common.scope import elevated
from organisations.models import ESMS, Project, User
from structures.enums.inventory import InventoryStatus
from structures.models import Inventory, InventoryCollection
from tests.factories import Factory
from tests.structures.inventory_factories import LINES, READY, InventoryFactory

Line = Mapping[str, Any]


class InventoryCollectionFactory(Factory):
    class Meta:
        model = InventoryCollection

    due_on = timezone.localdate() + timedelta(days=16)
    counts_from = timezone.localdate() - timedelta(days=180)


def call_for(project: Project, by: User, **values: Any) -> InventoryCollection:
    return InventoryCollectionFactory(project=project, opened_by=by, **values)


def said(
    esms: ESMS,
    by: User,
    *,
    status: InventoryStatus = InventoryStatus.TRANSMITTED,
    on: date | None = None,
    software: Sequence[Line] | None = None,
    projects: Sequence[Line] = (),
    number: int = 1,
    **answers: Any,
) -> Inventory:
    """An inventory where all is well but for `answers`; one that is Ellipsis is left out. `on`: when it was
    transmitted."""
    given = {code: value for code, value in {**READY, **answers}.items() if value is not ...}
    lines = {**LINES, "projects": list(projects)}
    if software is not None:
        lines["software_in_place"] = list(software)
    if projects:
        given.pop("projects")
    if on is None:
        return InventoryFactory(esms=esms, by=by, answers=given, lines=lines, status=status, number=number)
    inventory = InventoryFactory(
        esms=esms, by=by, answers=given, lines=lines, status=InventoryStatus.VALIDATED, number=number
    )
    at = timezone.now() - (timezone.localdate() - on)
    with elevated():
        Inventory.objects.filter(pk=inventory.pk).update(
            status=InventoryStatus.TRANSMITTED,
            transmitted_at=at,
            transmitted_by=by,
            review_on=on + timedelta(days=182),
        )
        inventory.refresh_from_db()
    return inventory


def tool(product: str, **values: Any) -> dict[str, Any]:
    """A line of software, as JSON keeps it."""
    return {
        "functional_area": "staff_planning",
        "product": product,
        "publisher": "Aster",
        "hosting": "og_server",
        "future": "kept_linked",
        **values,
    }


def effort(label: str, **values: Any) -> dict[str, Any]:
    """A line of a competing project."""
    start = timezone.localdate() + timedelta(days=30)
    return {"project_label": label, "domain": "building", "load": "heavy", "start": start.isoformat(), **values}
