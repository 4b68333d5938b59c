"""Indicators as a committee's report tells them: statements in numbers, and what all structures are worth together.

Its readers see no structure from inside: a total is told over three of them at least, and only when none of its readers
finds one of them by taking away those that they know (`indicators.aggregates.project_totals`).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from indicators.aggregates import project_totals
from indicators.distribution import share_of
from indicators.enums import Aggregation, CollectedAt, Frequency, Kind
from indicators.periods import Period
from indicators.selectors.campaigns import Reporting
from indicators.selectors.dashboards import value
from indicators.selectors.definitions import Followed, at_frequency, followed
from indicators.selectors.targets import Targets, targets_of
from indicators.selectors.totals import Of
from indicators.selectors.wholes import whole_reporting
from indicators.totals import Total
from indicators.values import Terms
from organisations.models import Project
from reports.selectors.readers import known_by_readers

BACK = 24  # months among which the last that was given is looked for
MAIN = Frequency.MONTHLY


@dataclass(frozen=True)
class WholeFact:
    """One indicator of the whole. `count`: the structures behind it, none when it is of the project itself; `before`:
    what was known at the last meeting, or the period before, and how many were behind that; `series`: its last periods,
    oldest first."""

    followed: Followed
    period: Period
    value: Decimal
    terms: Terms | None
    count: int
    target: Decimal | None
    before: tuple[Period, Decimal, int] | None
    series: tuple[tuple[Period, Decimal | None], ...]

    @property
    def share(self) -> Decimal | None:
        """The part of its target that is reached."""
        return share_of(self.value, self.target, self.followed.definition.direction)

    @property
    def compares(self) -> bool:
        """Whether what moved is what structures did: a sum over fewer of them falls by itself."""
        summed = self.followed.definition.aggregation == Aggregation.SUM
        return self.before is not None and not (summed and self.before[2] != self.count)

    def plain(self) -> dict[str, Any]:
        """What is printed of it (`fingerprint.Facts`)."""
        definition = self.followed.definition
        return {
            "code": self.followed.code,
            "label": definition.label,
            "unit": definition.unit,
            "period": self.period,
            "value": self.value,
            "terms": self.terms,
            "count": self.count,
            "target": self.target,
            "before": self.before,
            "series": self.series,
        }


@dataclass(frozen=True)
class IndicatorFacts:
    """`period`: the last that structures gave, and what they gave of it; `running`: a later one, still being collected.
    `lines`: by phase, the furthest from its target first; `untold`: what has no figure of the whole."""

    period: Period
    reporting: Reporting | None
    running: tuple[Period, Reporting] | None
    lines: tuple[WholeFact, ...]
    untold: tuple[str, ...]

    @property
    def empty(self) -> bool:
        return not self.lines and self.reporting is None


def indicators_since(project: Project, since: date, today: date) -> IndicatorFacts:
    """`since`: the day of the last meeting. Five queries, one by frequency that the project follows, and those that
    change role."""
    found = [one for one in followed(project) if one.definition.kind != Kind.TEXT]
    months = Period.of(MAIN, today).last(BACK)
    reports = whole_reporting(project, months)
    period = _collected(reports) or months[-1].previous
    readers, targets = known_by_readers(project), targets_of(project, [one.indicator.pk for one in found])
    lines: list[WholeFact] = []
    for frequency in Frequency:
        of_it = at_frequency(found, frequency)
        end = period if frequency == MAIN else Period.of(frequency, min(period.end, today))
        held = Period.of(frequency, since).previous  # what was known at the last meeting
        periods = end.last()
        added = project_totals(project, of_it, {*periods, held}, *readers) if of_it else {}
        # Of a month, the one that is collected; elsewhere the last one that has a figure.
        ends = [end] if frequency == MAIN else periods[::-1]
        lines += (line for one in of_it if (line := _line(one, ends, held, added, targets)))
    told = {line.followed.indicator.pk for line in lines}
    running = max(reports, default=period)
    return IndicatorFacts(
        period=period,
        reporting=reports.get(period),
        running=(running, reports[running]) if running > period else None,
        lines=tuple(sorted(lines, key=_furthest)),
        untold=tuple(one.definition.label for one in found if one.indicator.pk not in told),
    )


def _collected(reports: Mapping[Period, Reporting]) -> Period | None:
    """The last month that most structures gave; without any, the last that some gave, or that was asked for."""
    given = [period for period, one in reports.items() if one.received]
    most = [period for period in given if 2 * reports[period].received >= reports[period].expected]
    return max(most or given or list(reports), default=None)


def _line(
    one: Followed, ends: Collection[Period], held: Period, added: Mapping[Of, Total], targets: Targets
) -> WholeFact | None:
    """None without a figure that may be told. `ends`: the periods that it may be of, the one wanted most first."""

    def at(period: Period) -> Decimal | None:
        return value(one, added.get((one.indicator.pk, period.start)))

    period = next((end for end in ends if at(end) is not None), None)
    if period is None:
        return None

    def behind(period: Period) -> int:
        whole = one.definition.collected_at == CollectedAt.PROJECT
        return 0 if whole else added[one.indicator.pk, period.start].count

    now, total = at(period), added[one.indicator.pk, period.start]
    assert now is not None  # noqa: S101  it was chosen for that
    before = held if held < period and at(held) is not None else period.previous
    was = at(before)
    return WholeFact(
        followed=one,
        period=period,
        value=now,
        terms=total.terms,
        count=behind(period),
        target=targets.at(one.indicator.pk, None, period.end),
        before=None if was is None else (before, was, behind(before)),
        series=tuple((each, at(each)) for each in period.last()),
    )


def _furthest(line: WholeFact) -> tuple[bool, Decimal, int]:
    """What has no target last, in the order of the project."""
    share = line.share
    return share is None, share or Decimal(), line.followed.indicator.position


def of_phase(lines: Sequence[WholeFact], phase: str) -> list[WholeFact]:
    return [line for line in lines if line.followed.definition.phase == phase]
