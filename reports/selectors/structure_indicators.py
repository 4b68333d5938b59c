"""What « Indicateurs de la structure » says: what one structure gave, as it is told, up to one period.

Whoever asks, it holds the same: nothing that isn't given yet, nothing of which only some of its readers know.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from common import french
from indicators.aggregates import splits_of
from indicators.enums import StatementStatus
from indicators.masking import Split
from indicators.models import Statement
from indicators.periods import SPAN, Period
from indicators.selectors.definitions import followed
from indicators.selectors.structure import Line, Reading, main_frequency, read_structure
from indicators.splits import WHOLE
from organisations.models import ESMS

OFFERED = 12  # periods


def period_filter(period: Period) -> str:
    """« periode=2026-10 »: kept with the report as the filter of the page it shows."""
    return f"periode={period.code}"


def filtered_period(filters: str) -> Period | None:
    try:
        return Period.at(QueryDict(filters).get("periode", ""))
    except ValueError:
        return None


def given_periods(esms: ESMS) -> list[Period]:
    """The last periods that a structure gave, of the frequency that its page is about, the latest first. Two
    queries."""
    frequency = main_frequency([one for one in followed(esms.project) if one.concerns(esms)])
    rows = Statement.objects.filter(esms=esms, status=StatementStatus.GIVEN, campaign__frequency=frequency)
    starts = rows.order_by("-campaign__period_start").values_list("campaign__period_start", flat=True)
    return [Period(start, frequency) for start in starts[:OFFERED]]


@dataclass(frozen=True)
class StructureIndicatorFacts:
    """`reading`: its indicators, each over the periods up to its own; `splits`: how the figure of that period splits,
    by indicator."""

    project: str
    structure: str
    og: str
    opened_on: date | None
    reading: Reading
    splits: Mapping[uuid.UUID, Split]
    read_at: datetime

    @property
    def period(self) -> Period:
        return self.reading.period

    @property
    def there(self) -> list[Line]:
        """Those of which something is told for their period."""
        return [line for line in self.reading.lines if line.told is not None]

    def plain(self) -> dict[str, Any]:
        """What is printed of it (`fingerprint.Facts`)."""
        return {
            "project": self.project,
            "structure": self.structure,
            "og": self.og,
            "opened_on": self.opened_on,
            "period": self.period,
            "lines": [_plain(line) for line in self.reading.lines],
            "splits": {
                line.one.code: [split.total, split.cells, sorted(split.withheld)]
                for line in self.there
                if (split := self.splits.get(line.one.indicator.pk))
            },
            "read_at": self.read_at,
        }


def _plain(line: Line) -> dict[str, Any]:
    definition = line.one.definition
    return {
        "code": line.one.code,
        "label": definition.label,
        "version": definition.number,
        "period": line.period,
        "target": line.target,
        "before": line.before,
        "series": line.series(SPAN),
        "told": line.told,
    }


def structure_indicator_facts(esms: ESMS, period: Period) -> StructureIndicatorFacts:
    """`esms` comes with its OG and its project. Seven queries at most, and those that change role."""
    reading = read_structure(esms, followed(esms.project), french.today(), period=period)
    of_figure, asked = {}, {}
    for line in reading.lines:
        told = line.told
        if told and told.terms and line.one.definition.breakdown not in {"", *WHOLE}:
            of_figure[told.figure_id] = line.one.indicator.pk
            asked[told.figure_id] = (told.terms, line.definition_of(told))
    return StructureIndicatorFacts(
        project=esms.project.name,
        structure=esms.name,
        og=esms.og.name,
        opened_on=esms.opened_on,
        reading=reading,
        splits={of_figure[pk]: split for pk, split in splits_of(asked).items()},
        read_at=timezone.now(),
    )
