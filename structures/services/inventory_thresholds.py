"""The thresholds of the prerequisites: the vendor's in place of the proposals."""

from typing import Any

from django.db import transaction

from common.versions import change_fields
from organisations.models import Project
from structures.models import InventoryThreshold

NO_OTHER = {"threshold": None, "minimum": None, "source": "", "dated_on": None}


@transaction.atomic
def replace_threshold(*, project: Project, code: str, version: int, **values: Any) -> InventoryThreshold:
    """Write fields of what replaces the threshold of a prerequisite in a project. `version` 1: nothing was written yet.

    Raises Conflict when somebody else changed one of them since, DomainError for what the constraints refuse.
    """
    row, _ = InventoryThreshold.objects.get_or_create(project=project, field=code)
    return change_fields(row, version=version, **values)


def back_to_proposal(*, project: Project, code: str, version: int) -> InventoryThreshold:
    """Let the proposed threshold count again. Raises Conflict when somebody changed it since."""
    return replace_threshold(project=project, code=code, version=version, **NO_OTHER)
