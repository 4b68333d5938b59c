"""What dashboards read, of the structures that the reader may read one by one or of the whole alone."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import Exists, OuterRef

from indicators.distribution import Distance, distance
from indicators.enums import CollectedAt, Kind, StatementStatus
from indicators.models import Statement
from indicators.periods import Period
from indicators.selectors.definitions import Followed
from indicators.selectors.targets import Targets, targets_of
from indicators.selectors.told import Key, Told, terms_told, told
from indicators.selectors.totals import Of, totals
from indicators.totals import Total
from indicators.values import Terms, together, value_of
from organisations.access import Access
from organisations.enums import Level, Permission
from organisations.models import ESMS, Project, Wave


def value(one: Followed, figure: Told | Total | None) -> Decimal | None:
    """The value of a figure, told or added; None of a text: its amount only ranks it."""
    definition = one.definition
    if figure is None or definition.kind == Kind.TEXT:
        return None
    return value_of(figure.terms, kind=definition.kind, percent=definition.percent)


@dataclass(frozen=True)
class Column:
    """One indicator over structures, by the id of each: what is told, what that is worth, what it was to be, how far it
    is from there."""

    figures: Mapping[uuid.UUID, Told]
    values: Sequence[tuple[ESMS, Decimal]]
    targets: Mapping[uuid.UUID, Decimal]
    distances: Mapping[uuid.UUID, Distance]


@dataclass(frozen=True)
class Board:
    """Indicators over the twelve `periods` that end with `period`. `structures`: those that are read one by one, in
    order; `told`: what each gave for `period`, `earlier`: for `compared`; `totals`: of all of them, or of the project
    for who reads none of them."""

    project: Project
    found: Sequence[Followed]
    period: Period
    compared: Period | None
    periods: Sequence[Period]
    totals: Mapping[Of, Total]
    targets: Targets
    structures: Sequence[ESMS] = ()
    told: Mapping[Key, Told] = field(default_factory=dict)
    earlier: Mapping[tuple[uuid.UUID, uuid.UUID], Terms] = field(default_factory=dict)

    def total(self, one: Followed, period: Period) -> Total | None:
        return self.totals.get((one.indicator.pk, period.start))

    def whole(self, one: Followed, period: Period) -> Decimal | None:
        """What the whole is worth over a period."""
        return value(one, self.total(one, period))

    def before_and_now(self, one: Followed) -> tuple[Decimal | None, Decimal | None]:
        """What the same structures were worth together in the compared period and in this one: with those that gave
        one of the two alone, a difference would tell who gave. None twice when there is nothing to compare."""
        if self.compared is None:
            return None, None
        indicator, starts = one.indicator.pk, (self.compared.start, self.period.start)
        if not self.structures or one.definition.collected_at == CollectedAt.PROJECT:
            before, now = (self.totals.get((indicator, start)) for start in starts)
            same = before is not None and now is not None and before.places == now.places
            return (value(one, before), value(one, now)) if same else (None, None)
        both = [
            (earlier, figure.terms)
            for esms in self.structures
            if (earlier := self.earlier.get((esms.pk, indicator)))
            and (figure := self.told.get((esms.pk, indicator, self.period.start)))
            and figure.terms
        ]
        before, now = (
            Total(together((pair[rank] for pair in both), one.definition.aggregation), len(both)) for rank in (0, 1)
        )
        return value(one, before), value(one, now)

    def target(self, one: Followed) -> Decimal | None:
        """What the project was to reach at the end of the period."""
        return self.targets.at(one.indicator.pk, None, self.day)

    def figure(self, one: Followed, esms: ESMS, period: Period) -> Told | None:
        return self.told.get((esms.pk, one.indicator.pk, period.start))

    @cached_property
    def day(self) -> date:
        return self.period.end

    @cached_property
    def columns(self) -> Mapping[uuid.UUID, Column]:
        """What structures gave for the period, by indicator: once for a page that looks at it from several sides."""
        return {one.indicator.pk: self._column(one) for one in self.found}

    def column(self, one: Followed) -> Column:
        return self.columns[one.indicator.pk]

    def _column(self, one: Followed) -> Column:
        indicator, start, direction = one.indicator.pk, self.period.start, one.definition.direction
        figures, values, targets, distances = {}, [], {}, {}
        for esms in self.structures:
            figure = self.told.get((esms.pk, indicator, start))
            if figure is None:
                continue
            figures[esms.pk] = figure
            amount = value(one, figure)
            if amount is None:
                continue
            values.append((esms, amount))
            target = self.targets.at(indicator, esms, self.day)
            if target is None:
                continue
            targets[esms.pk] = target
            if there := distance(amount, target, direction):
                distances[esms.pk] = there
        return Column(figures, values, targets, distances)


def read_board(
    project: Project,
    found: Sequence[Followed],
    period: Period,
    compared: Period | None,
    structures: Sequence[ESMS],
    *,
    places: Sequence[uuid.UUID] | None,
) -> Board:
    """Of structures read one by one. `places`: only these are added; None adds all that the reader may read. Four
    queries."""
    periods = period.last()
    return Board(
        project,
        found,
        period,
        compared,
        periods,
        totals(project, found, all_of(periods, compared), places=places),
        targets_of(project, [one.indicator.pk for one in found]),
        structures,
        told(project, found, [period], places=places),
        terms_told(project, found, compared, places=places) if compared else {},
    )


@dataclass(frozen=True)
class Structures:
    """Those that somebody reads one by one, by OG and name, each with its wave. `awaited`: the statement of the period
    was asked of them and is not given."""

    read: Sequence[ESMS] = ()
    awaited: frozenset[uuid.UUID] = frozenset()


def structures_read(project: Project, access: Access, period: Period) -> Structures:
    """All of them, or those of the OG that this person directs. One query."""
    asked = Statement.objects.filter(
        esms=OuterRef("pk"), campaign__frequency=period.frequency, campaign__period_start=period.start
    )
    rows = ESMS.objects.filter(project=project).select_related("og", "wave").order_by("og__name", "name")
    everywhere = access.in_project(project, Permission.VIEW_INDICATORS)
    own = access.ids_with(Level.OG, Permission.VIEW_STRUCTURES)
    found, awaited = [], set()
    for esms in rows.annotate(is_awaited=Exists(asked.exclude(status=StatementStatus.GIVEN))):
        if everywhere or str(esms.og_id) in own:
            esms.project = project
            found.append(esms)
            awaited |= {esms.pk} if esms.is_awaited else set()
    return Structures(found, frozenset(awaited))


def waves_among(structures: Sequence[ESMS]) -> list[Wave]:
    """Those that some of these structures are in, in their order. No query."""
    found = {esms.wave_id: esms.wave for esms in structures if esms.wave}
    return sorted(found.values(), key=lambda wave: (wave.position, wave.pk))


def all_of(periods: Sequence[Period], compared: Period | None) -> list[Period]:
    return [*periods, *([compared] if compared and compared not in periods else [])]
