"""What the project asks of inventories in the demonstration world: by when, and with which thresholds."""

from decimal import Decimal
from typing import Any

from dui_deploy.demo.governed.cast import lead_of, working_day
from organisations.models import Project
from structures.models import InventoryCollection, InventoryThreshold


def load(world: dict[str, Any], project: Project, code: str) -> None:
    for item in world["inventory_calls"]:
        if item["project"] == code:
            call = InventoryCollection.objects.create(
                project=project,
                opened_on=working_day(item["opened_on"]),
                due_on=working_day(item["first_due_on"]),
                counts_from=item["counts_from"],
                message=item["message"],
                opened_by_id=lead_of(project),
            )
            # Put off afterwards, so that its history says so.
            InventoryCollection.objects.filter(pk=call.pk).update(
                due_on=working_day(item["due_on"]), reason=item["reason"], version=2
            )
    for item in world["inventory_thresholds"]:
        if item["project"] == code:
            InventoryThreshold.objects.create(
                project=project,
                field=item["field"],
                threshold=Decimal(str(item["threshold"])),
                source=item["source"],
                dated_on=item["dated_on"],
            )
