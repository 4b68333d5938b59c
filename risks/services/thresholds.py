"""From which scores a project calls a risk moderate, certain, and proposes an action."""

from typing import Any

from django.db import transaction

from common.errors import Conflict
from common.locks import one_at_a_time
from common.refusals import refused_in_words
from common.versions import change
from organisations.models import Project
from risks.models import RiskThresholds


@transaction.atomic
def set_thresholds(
    *, project: Project, version: int, moderate_from: int, certain_from: int, action_from: int
) -> RiskThresholds:
    """Write the project's own. `version` 0: it had none when the form was read.

    Raises Conflict when somebody wrote them since, DomainError for numbers out of order.
    """
    values: dict[str, Any] = {"moderate_from": moderate_from, "certain_from": certain_from, "action_from": action_from}
    one_at_a_time(f"risk thresholds:{project.pk}")  # two first ones at once
    row = RiskThresholds.objects.filter(project=project).first()
    with refused_in_words(RiskThresholds, field="certain_from"):
        if row is None:
            return RiskThresholds.objects.create(project=project, **values)
        if not version:
            raise Conflict(current=row, attempted=values)
        return change(row, version=version, **values)
