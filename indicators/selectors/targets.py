"""What indicators should reach, by day and by place."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from indicators.models import Target
from organisations.models import ESMS, Project

# What a target is of: a structure or the project (its id), or a wave (the wave's id), of one indicator.
Of = tuple[uuid.UUID, uuid.UUID]


@dataclass(frozen=True)
class Targets:
    """Those that the reader may read, each list latest first."""

    project_id: uuid.UUID
    _dated: Mapping[Of, Sequence[tuple[date, Decimal]]]

    def at(self, indicator_id: uuid.UUID, esms: ESMS | None, day: date) -> Decimal | None:
        """The target of a structure on a day: its own, else that of its wave, else that of the project; of the project
        itself without a structure. No query."""
        places = [self.project_id]
        if esms is not None:
            places = [esms.pk, *([esms.wave_id] if esms.wave_id else []), self.project_id]
        for place in places:
            for from_on, value in self._dated.get((indicator_id, place), ()):
                if from_on <= day:
                    return value
        return None


def targets_of(project: Project, indicators: Iterable[uuid.UUID] | None = None) -> Targets:
    """Every target of a project (`indicators`: of these only). One query."""
    rows = Target.objects.filter(project=project)
    if indicators is not None:
        rows = rows.filter(indicator__in=list(indicators))
    dated: dict[Of, list[tuple[date, Decimal]]] = defaultdict(list)
    fields = rows.order_by("-from_on").values_list("indicator_id", "place", "wave_id", "from_on", "value")
    for indicator, place, wave, from_on, value in fields:
        dated[indicator, wave or place].append((from_on, value))
    return Targets(project.pk, dated)
