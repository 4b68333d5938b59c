"""Computed figures: which periods still change, and how one figure was computed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from indicators import aggregates
from indicators.computing import waits_for
from indicators.computing.base import as_of
from indicators.enums import CollectedAt, Frequency, Origin, Source
from indicators.models import Campaign, Figure
from indicators.periods import Period
from indicators.selectors.definitions import Followed
from indicators.selectors.told import told
from indicators.values import Terms
from organisations.models import ESMS


def is_frozen(period: Period, campaigns: Sequence[Campaign], today: date) -> bool:
    """Whether what was computed of a period stays: its campaign is over; without one, it comes before the last period
    that is over."""
    campaign = next((one for one in campaigns if one.period == period), None)
    if campaign is None:
        return period.start < Period.of(period.frequency, today).previous.start
    return campaign.closed_at is not None or campaign.closes_on < today


def told_periods(frequency: Frequency, campaigns: Sequence[Campaign], today: date) -> list[Period]:
    """Those whose figures still change, oldest first."""
    current = Period.of(frequency, today)
    collected = {one.period for one in campaigns if one.frequency == frequency and one.period.start <= current.start}
    return sorted(
        period for period in {current, current.previous} | collected if not is_frozen(period, campaigns, today)
    )


@dataclass(frozen=True)
class How:
    """How a figure came to be. `waits`: what its source waits for, in a sentence. Without `terms` there is none.
    `computed_at`: when it took this value; None when it is not there, or was entered. `as_of`: the day it tells of;
    `frozen`: it changes no more; `begun`: the period was begun before today."""

    esms: ESMS
    followed: Followed
    period: Period
    waits: str
    as_of: date
    begun: bool
    frozen: bool
    terms: Terms | None = None
    cells: Mapping[str, Terms] = field(default_factory=dict)
    computed_at: datetime | None = None
    entered: bool = False

    @property
    def source(self) -> Source:
        return Source(self.followed.definition.source)


def is_computed(one: Followed, esms: ESMS) -> bool:
    """Whether the application computes it in this structure, now or once its source is there. No query."""
    definition = one.definition
    return definition.source != Source.ENTERED and definition.collected_at == CollectedAt.ESMS and one.concerns(esms)


def how(esms: ESMS, one: Followed, period: Period, today: date) -> How:
    """Of an indicator that is computed, as far as the reader may know it. Five queries at most, and those that change
    role."""
    campaigns = list(
        Campaign.objects.filter(project=esms.project_id, frequency=period.frequency, period_start=period.start)
    )
    found = How(
        esms=esms,
        followed=one,
        period=period,
        waits=waits_for(one.definition.source),
        as_of=as_of(period, today),
        begun=period.start < today,
        frozen=is_frozen(period, campaigns, today),
    )
    key = (esms.pk, one.indicator.pk, period.start)
    said = told(esms.project, [one], [period], places=[esms.pk]).get(key)
    if said is None:
        return found
    row = Figure.objects.select_related("definition").get(pk=said.figure_id)
    split = aggregates.splits([row]).get(row.pk)
    entered = row.origin != Origin.COMPUTED
    return replace(
        found,
        terms=said.terms,
        cells=split.cells if split else {},
        computed_at=None if entered else row.written_at,
        entered=entered,
    )
