"""The figures of one structure over several periods, as its own people enter them."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from indicators.cells import cell_text
from indicators.entry import Given
from indicators.enums import Frequency, Origin, StatementStatus
from indicators.models import Cell, Figure, Statement
from indicators.periods import SPAN, Period
from indicators.selectors.asked import asked_of, cells_of
from indicators.selectors.definitions import Followed, followed
from organisations.models import ESMS

# An indicator by its code, a period by its first day.
Place = tuple[str, date]
NONE: Given = Given()


@dataclass(frozen=True)
class Grid:
    """`rows`: the indicators asked in one of the periods; `asked`: the places where they are. `statements`: by first
    day of their period."""

    esms: ESMS
    periods: Sequence[Period]
    rows: Sequence[Followed]
    asked: frozenset[Place]
    statements: Mapping[date, Statement]
    figures: Mapping[Place, Figure]
    cells: Mapping[uuid.UUID, Sequence[Cell]] = field(default_factory=dict)

    def figure(self, code: str, period: Period) -> Figure | None:
        return self.figures.get((code, period.start))

    def text(self, code: str, period: Period) -> str:
        """What the cell says."""
        figure = self.figure(code, period)
        return "" if figure is None else cell_text(figure, self.cells.get(figure.pk, ()))

    def version(self, code: str, period: Period) -> int:
        """That of the figure; 0 when there is none."""
        figure = self.figure(code, period)
        return figure.version if figure else 0

    def opens(self, period: Period, on: date) -> bool:
        """Whether figures of this period may be entered on a day."""
        statement = self.statements.get(period.start)
        return statement is not None and statement.status == StatementStatus.OPEN and statement.may_be_entered(on)


def frequencies_of(esms: ESMS, found: Sequence[Followed]) -> list[Frequency]:
    """Those at which this structure is asked for something, the most asked first."""
    asked = [one.definition.frequency for one in found if one.entered and one.concerns(esms)]
    return sorted({Frequency(item) for item in asked}, key=lambda item: (-asked.count(item), item))


def latest_period(esms: ESMS, frequency: Frequency, today: date) -> Period:
    """The last one that was collected, otherwise the last one that is over. One query."""
    over = Period.of(frequency, today).previous
    starts = Statement.objects.filter(esms=esms, campaign__frequency=frequency).order_by("-campaign__period_start")
    found = starts.values_list("campaign__period_start", flat=True).first()
    return Period(max(found, over.start), frequency) if found else over


def read_grid(esms: ESMS, until: Period, found: Sequence[Followed] | None = None, *, count: int = SPAN) -> Grid:
    """The `count` periods up to one."""
    return read_periods(esms, until.last(count), followed(esms.project) if found is None else found)


def read_periods(esms: ESMS, periods: Sequence[Period], found: Sequence[Followed]) -> Grid:
    """These periods, of one frequency. Three queries."""
    frequency = periods[0].frequency
    starts = [period.start for period in periods]
    asked = [(one, period) for period in periods for one in asked_of(esms, period, found)]
    codes = {one.code for one, _ in asked}
    statements = Statement.objects.filter(
        esms=esms, campaign__frequency=frequency, campaign__period_start__in=starts
    ).select_related("campaign")
    # What is carried over from an entry before is no entry.
    figures = Figure.objects.filter(place=esms.pk, frequency=frequency, period_start__in=starts)
    figures = figures.exclude(origin=Origin.COMPUTED).select_related("definition", "indicator")
    known = {(figure.indicator.code, figure.period_start): figure for figure in figures}
    return Grid(
        esms=esms,
        periods=periods,
        rows=[one for one in found if one.code in codes],
        asked=frozenset((one.code, period.start) for one, period in asked),
        statements={statement.campaign.period_start: statement for statement in statements},
        figures=known,
        cells=cells_of(known.values()),
    )
