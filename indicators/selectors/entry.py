"""A statement as it is entered: what is asked, what is there, what was given before, what doesn't hold together."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from indicators import consistency
from indicators.consistency import Problem
from indicators.enums import Frequency, Kind
from indicators.models import Cell, Figure, Statement
from indicators.periods import Period
from indicators.selectors.asked import asked_of, cells_of, is_open
from indicators.selectors.definitions import Followed, followed
from indicators.selectors.targets import Targets, targets_of
from indicators.values import Terms
from organisations.models import ESMS

# How many values one sees beside the one that is entered.
LAST = 12


@dataclass(frozen=True)
class Sheet:
    """`before`: the figures of earlier periods by indicator, oldest first. `cells`: those of this statement and of the
    last figure before it. All as their structure reads them."""

    esms: ESMS
    statement: Statement
    asked: Sequence[Followed]
    figures: Mapping[uuid.UUID, Figure]
    cells: Mapping[uuid.UUID, Sequence[Cell]]
    before: Mapping[uuid.UUID, Sequence[Figure]]
    targets: Targets

    @property
    def period(self) -> Period:
        return self.statement.campaign.period

    def figure_of(self, one: Followed) -> Figure | None:
        return self.figures.get(one.indicator.pk)

    def split_of(self, figure: Figure | None) -> dict[str, Terms]:
        return {cell.value: cell.terms for cell in self.cells.get(figure.pk, ())} if figure else {}

    def last_of(self, one: Followed) -> Figure | None:
        """The latest one before that says something."""
        return _last(self.before.get(one.indicator.pk, ()))

    def target_of(self, one: Followed) -> Decimal | None:
        return self.targets.at(one.indicator.pk, self.esms, self.period.end)

    @cached_property
    def problems(self) -> list[Problem]:
        """What doesn't hold together among what is asked."""
        return consistency.problems(
            consistency.Read(
                terms={one.code: figure.terms for one, figure in self._there if figure.terms is not None},
                denominators={one.code: _denominator(one) for one in self.asked},
                before=self._past,
                whole=_goes_back_to_the_opening(self.esms, self.period, self._past_starts),
            )
        )

    @property
    def _there(self) -> list[tuple[Followed, Figure]]:
        return [(one, figure) for one in self.asked if (figure := self.figure_of(one))]

    @cached_property
    def _by_period(self) -> dict[date, dict[str, Decimal]]:
        """The tickets of each period before this one."""
        found: dict[date, dict[str, Decimal]] = defaultdict(dict)
        for one in self.asked:
            if one.code not in consistency.TICKETS:
                continue
            for figure in self.before.get(one.indicator.pk, ()):
                if figure.amount is not None:
                    found[figure.period_start][one.code] = figure.amount
        return found

    @property
    def _past(self) -> list[dict[str, Decimal]]:
        return list(self._by_period.values())

    @property
    def _past_starts(self) -> set[date]:
        return set(self._by_period)


def _last(rows: Sequence[Figure]) -> Figure | None:
    return next((row for row in reversed(rows) if row.is_there), None)


def _denominator(one: Followed) -> str:
    return one.definition.denominator if one.definition.kind == Kind.RATIO else ""


def _goes_back_to_the_opening(esms: ESMS, period: Period, starts: set[date]) -> bool:
    if esms.opened_on is None or not is_open(esms, period):
        return False
    first = Period.of(Frequency(period.frequency), esms.opened_on)
    return all(one.start in starts for one in first.until(period.previous))


def statement_at(esms: ESMS, period: Period) -> Statement | None:
    """What is asked of a structure for a period, if anything is. One query."""
    rows = Statement.objects.filter(
        esms=esms, campaign__frequency=period.frequency, campaign__period_start=period.start
    )
    found = rows.select_related("campaign", "submitted_by", "given_by", "sent_back_by").first()
    if found:
        found.esms = esms
    return found


def read_sheet(esms: ESMS, statement: Statement) -> Sheet:
    """For who enters it. Four queries."""
    period = statement.campaign.period
    asked = asked_of(esms, period, followed(esms.project))
    rows = Figure.objects.filter(
        place=esms.pk,
        frequency=period.frequency,
        period_start__lte=period.start,
        indicator__in=[one.indicator.pk for one in asked],
    )
    figures: dict[uuid.UUID, Figure] = {}
    before: dict[uuid.UUID, list[Figure]] = defaultdict(list)
    for row in rows.order_by("period_start"):
        if row.period_start == period.start:
            figures[row.indicator_id] = row
        else:
            before[row.indicator_id].append(row)
    latest = [last for found in before.values() if (last := _last(found))]
    return Sheet(
        esms=esms,
        statement=statement,
        asked=asked,
        figures=figures,
        cells=cells_of([*figures.values(), *latest]),
        before=before,
        targets=targets_of(esms.project, [one.indicator.pk for one in asked]),
    )


def missing(sheet: Sheet) -> list[Followed]:
    """What is asked and says nothing yet."""
    return [one for one in sheet.asked if not ((figure := sheet.figure_of(one)) and figure.is_there)]


def blocking(sheet: Sheet) -> list[Problem]:
    """Why it can't be given as it is."""
    return [problem for problem in sheet.problems if problem.blocks]


def problems_by_code(sheet: Sheet) -> Mapping[str, list[Problem]]:
    found: dict[str, list[Problem]] = defaultdict(list)
    for problem in sheet.problems:
        for code in problem.codes:
            found[code].append(problem)
    return found


def last_writer(figure: Figure) -> str:
    """Who wrote it last; empty for a software. One query."""
    return str(figure.written_by) if figure.written_by_id else ""
