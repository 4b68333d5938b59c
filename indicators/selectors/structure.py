"""What is read of one structure: its indicators over time, one of them in full. For its page, its files, its report."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from governance.models import Alert
from governance.selectors.alerts import alerts_read_by
from indicators.aggregates import splits_of
from indicators.computing import waits_for
from indicators.enums import CollectedAt, Frequency, Kind, Origin, StatementStatus
from indicators.masking import Split
from indicators.models import AlertRule, Definition, Statement
from indicators.periods import Period
from indicators.selectors.definitions import Followed, followed
from indicators.selectors.targets import Targets, targets_of
from indicators.selectors.told import Told, told
from indicators.values import value_of
from organisations.access import Access
from organisations.models import ESMS

BACK = 24  # periods that are read
# The frequency that a page is about, by preference; what is followed at another is read at its own latest period.
MAIN = (Frequency.MONTHLY, Frequency.WEEKLY, Frequency.QUARTERLY)


@dataclass(frozen=True)
class Line:
    """One indicator of a structure. `period`: the one that is read; `periods`: those up to it, oldest first;
    `against`: the one it is compared to, None for the last before it that has a value."""

    esms: ESMS
    one: Followed
    period: Period
    periods: Sequence[Period]
    figures: Mapping[date, Told]
    targets: Targets
    definitions: Mapping[uuid.UUID, Definition]
    against: Period | None = None

    @property
    def told(self) -> Told | None:
        return self.figures.get(self.period.start)

    @property
    def value(self) -> Decimal | None:
        return self.value_at(self.period)

    @property
    def target(self) -> Decimal | None:
        return self.target_at(self.period)

    @property
    def waits(self) -> str:
        """What it waits for to be computed; nothing for what is there, or entered."""
        return "" if self.one.entered else waits_for(self.one.definition.source)

    def value_at(self, period: Period) -> Decimal | None:
        """None for a text, for nothing, and for what was counted otherwise than today: it would not compare."""
        definition, figure = self.one.definition, self.figures.get(period.start)
        if figure is None or definition.kind == Kind.TEXT:
            return None
        then = self.definition_of(figure)
        if (then.kind, then.percent, then.unit) != (definition.kind, definition.percent, definition.unit):
            return None
        return value_of(figure.terms, kind=then.kind, percent=then.percent)

    def definition_of(self, figure: Told) -> Definition:
        """That which a figure was given under."""
        latest = self.one.definition
        return self.definitions.get(figure.definition_id, latest) if figure.definition_id else latest

    def target_at(self, period: Period) -> Decimal | None:
        """What was to be reached at the end of a period."""
        return self.targets.at(self.one.indicator.pk, self.esms, period.end)

    @cached_property
    def before(self) -> tuple[Period, Decimal] | None:
        """What it is compared to."""
        if self.against is not None:
            value = self.value_at(self.against)
            return None if value is None else (self.against, value)
        for period in reversed(self.periods[:-1]):
            if (value := self.value_at(period)) is not None:
                return period, value
        return None

    def series(self, count: int) -> list[tuple[Period, Decimal | None]]:
        """The values of the last `count` periods, oldest first."""
        return [(period, self.value_at(period)) for period in self.periods[-count:]]


@dataclass(frozen=True)
class Reading:
    """The indicators of a structure, in order. `given`: whether something was given or computed for `period`;
    `alerts`: those open that the reader reads; `awaited`: what the structure has to give, by due day."""

    esms: ESMS
    period: Period
    against: Period | None
    lines: Sequence[Line]
    alerts: Sequence[Alert] = ()
    awaited: Sequence[Statement] = ()

    @property
    def is_empty(self) -> bool:
        return not any(line.figures for line in self.lines)

    @property
    def gave(self) -> bool:
        """Whether the structure gave something itself."""
        return any(figure.origin != Origin.COMPUTED for line in self.lines for figure in line.figures.values())


def main_frequency(found: Sequence[Followed]) -> Frequency:
    there = {one.definition.frequency for one in found}
    return next((frequency for frequency in MAIN if frequency in there), Frequency.MONTHLY)


def read_structure(
    esms: ESMS, found: Sequence[Followed], today: date, *, period: Period | None = None, against: Period | None = None
) -> Reading:
    """`found`: what the project follows. `period`: of the main frequency; the latest one that was given unless said.
    One query by frequency that the project follows, and two."""
    mine = [one for one in found if one.concerns(esms)]
    main = main_frequency(mine)
    ends = {frequency: _end(frequency, period, today) for frequency in MAIN}
    if period is not None:
        ends[main] = period
    figures = {
        frequency: _figures(
            esms, [one for one in mine if one.definition.frequency == frequency], ends[frequency], against
        )
        for frequency in sorted({Frequency(one.definition.frequency) for one in mine})
    }
    chosen = period or _latest(figures.get(main, {}), main) or ends[main].previous
    targets = targets_of(esms.project, [one.indicator.pk for one in mine])
    definitions = _definitions(mine)
    lines = []
    for one in mine:
        frequency = Frequency(one.definition.frequency)
        of_it = figures[frequency].get(one.indicator.pk, {})
        at = chosen if frequency == main else _last_of(of_it, frequency) or ends[frequency].previous
        lines.append(
            Line(
                esms=esms,
                one=one,
                period=at,
                periods=at.last(BACK),
                figures=of_it,
                targets=targets,
                definitions=definitions,
                against=against if frequency == main else None,
            )
        )
    return Reading(esms, chosen, against, lines)


def _end(frequency: Frequency, chosen: Period | None, today: date) -> Period:
    """The last period to read at a frequency: today's, or the one in which the chosen period ended."""
    return Period.of(frequency, min(chosen.end, today) if chosen else today)


def _figures(
    esms: ESMS, found: Sequence[Followed], end: Period, against: Period | None
) -> dict[uuid.UUID, dict[date, Told]]:
    """By indicator and first day. One query."""
    periods = end.last(BACK)
    if against is not None and against.frequency == end.frequency and against not in periods:
        periods.append(against)
    by_indicator: dict[uuid.UUID, dict[date, Told]] = {}
    for (_, indicator, start), one in told(esms.project, found, periods, places=[esms.pk]).items():
        by_indicator.setdefault(indicator, {})[start] = one
    return by_indicator


def _latest(figures: Mapping[uuid.UUID, Mapping[date, Told]], frequency: Frequency) -> Period | None:
    """The last period that the structure gave; without any, the last one in which something is computed."""
    given = {(one.origin != Origin.COMPUTED, start) for of_one in figures.values() for start, one in of_one.items()}
    return Period(max(given)[1], frequency) if given else None


def _last_of(figures: Mapping[date, Told], frequency: Frequency) -> Period | None:
    return Period(max(figures), frequency) if figures else None


def _definitions(found: Sequence[Followed]) -> dict[uuid.UUID, Definition]:
    """Every version of these. One query."""
    rows = Definition.objects.filter(indicator__in=[one.indicator.pk for one in found])
    return {row.pk: row for row in rows.order_by("number")}


def open_alerts(esms: ESMS, access: Access) -> list[Alert]:
    """Those about a structure that nobody answered, of those that this person reads. One query."""
    return list(alerts_read_by(esms.project, access).filter(esms=esms, answered_at=None))


def awaited_statements(esms: ESMS, today: date) -> list[Statement]:
    """What a structure has not given and may still enter, by due day. One query."""
    rows = Statement.objects.filter(esms=esms).exclude(status=StatementStatus.GIVEN).select_related("campaign")
    found = [row for row in rows.order_by("campaign__due_on", "campaign__period_start") if row.may_be_entered(today)]
    for row in found:
        row.esms = esms
    return found


# --- One indicator ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OneReading:
    """One indicator of a structure over time. `splits`: by first day of a period, what may be told; `versions`: what it
    meant, oldest first; `rules`: those in service about it."""

    line: Line
    splits: Mapping[date, Split]
    versions: Sequence[Definition]
    rules: Sequence[AlertRule]
    known: Mapping[uuid.UUID, Followed] = field(default_factory=dict)


def read_one(esms: ESMS, one: Followed, found: Sequence[Followed], today: date) -> OneReading:
    """Over the last periods until the latest that has a figure. `found`: what the project follows, to say rules in
    words. Five queries, and those that change role."""
    frequency = Frequency(one.definition.frequency)
    figures = _figures(esms, [one], Period.of(frequency, today), None).get(one.indicator.pk, {})
    at = _last_of(figures, frequency) or Period.of(frequency, today).previous
    definitions = _definitions([one])
    line = Line(
        esms=esms,
        one=one,
        period=at,
        periods=at.last(BACK),
        figures=figures,
        targets=targets_of(esms.project, [one.indicator.pk]),
        definitions=definitions,
    )
    there = {told.figure_id: (told.terms, line.definition_of(told)) for told in figures.values() if told.terms}
    split = splits_of(there)
    rules = AlertRule.objects.filter(indicator=one.indicator, active=True)
    return OneReading(
        line=line,
        splits={start: split[figure.figure_id] for start, figure in figures.items() if figure.figure_id in split},
        versions=list(definitions.values()),
        rules=list(rules),
        known={each.indicator.pk: each for each in found},
    )


def of_structure(found: Sequence[Followed], code: str) -> Followed | None:
    """The indicator of this code, if its figures are those of structures."""
    kept = (one for one in found if one.code == code and one.definition.collected_at == CollectedAt.ESMS)
    return next(kept, None)


def all_followed(esms: ESMS) -> list[Followed]:
    """What the project follows, or followed. One query."""
    return followed(esms.project, active=False)
