"""What a project follows: each indicator with what it means today."""

import uuid
from collections import defaultdict
from collections.abc import Collection as Several
from collections.abc import Mapping
from dataclasses import dataclass

from indicators.enums import CollectedAt, Frequency, Source
from indicators.models import Definition, Indicator
from organisations.catalogue import esms_categories
from organisations.models import ESMS, Project


@dataclass(frozen=True)
class Followed:
    """An indicator and its latest definition."""

    indicator: Indicator
    definition: Definition

    @property
    def code(self) -> str:
        return self.indicator.code

    @property
    def entered(self) -> bool:
        """Whether structures are asked for it."""
        return self.definition.source == Source.ENTERED or self.indicator.asked

    def concerns(self, esms: ESMS) -> bool:
        """Whether it has a sense in this structure, by its category or its phase. What follows usage has none before
        the record is open (`asked_of` knows the period)."""
        if self.definition.collected_at == CollectedAt.PROJECT:
            return False
        field = self.definition.applies_field
        return not field or condition_of(esms, field) in self.definition.applies_values


def condition_of(esms: ESMS, field: str) -> str:
    """The value of a field that conditions are written on (`enums.Condition`)."""
    if field == "phase":
        return esms.phase
    return str(getattr(esms_categories()[esms.category], field))


def followed(project: Project, *, active: bool = True) -> list[Followed]:
    """The indicators of a project in their order, with their latest definition; with those given up unless `active`.
    One query."""
    rows = Definition.objects.filter(project=project).select_related("indicator")
    if active:
        rows = rows.filter(indicator__active=True)
    rows = rows.order_by("indicator__position", "indicator_id", "-number").distinct(
        "indicator__position", "indicator_id"
    )
    return [Followed(row.indicator, row) for row in rows]


def followed_in(projects: Several[uuid.UUID]) -> Mapping[uuid.UUID, list[Followed]]:
    """What each of these projects follows today, in no order. One query."""
    rows = Definition.objects.filter(project__in=projects, indicator__active=True).select_related("indicator")
    found: dict[uuid.UUID, list[Followed]] = defaultdict(list)
    for row in rows.order_by("indicator_id", "-number").distinct("indicator_id"):
        found[row.project_id].append(Followed(row.indicator, row))
    return found


def by_code(found: list[Followed]) -> Mapping[str, Followed]:
    return {one.code: one for one in found}


def at_frequency(found: list[Followed], frequency: Frequency) -> list[Followed]:
    return [one for one in found if one.definition.frequency == frequency]
