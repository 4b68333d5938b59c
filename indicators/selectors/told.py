"""Figures as they may be told, for pages, exports, reports and answers to software alike: nobody reads the table of
figures to show it. Small groups are withheld here (`masking`)."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from indicators.models import Figure
from indicators.periods import Period
from indicators.selectors.definitions import Followed
from indicators.selectors.withheld import is_masked, is_withheld
from indicators.values import Terms
from organisations.models import Project

# Place (a structure, or the project itself), indicator, first day of the period.
Key = tuple[uuid.UUID, uuid.UUID, date]


@dataclass(frozen=True, slots=True)
class Told:
    """One figure. Without `terms` there is none: `withheld` for being about too few, or absent and `why`.
    `definition_id`: that which it was given under."""

    figure_id: uuid.UUID
    terms: Terms | None
    withheld: bool
    text: str
    absence: str
    why: str
    comment: str
    origin: str
    definition_id: uuid.UUID | None = None


def told(
    project: Project,
    found: Sequence[Followed],
    periods: Sequence[Period],
    *,
    places: Collection[uuid.UUID] | None = None,
) -> Mapping[Key, Told]:
    """What was given or computed of these indicators over these periods, of one frequency, in these places (all that
    the reader may read unless said). One query."""
    if not periods:
        return {}
    fields = (
        "place",
        "indicator_id",
        "period_start",
        "pk",
        "definition_id",
        "is_withheld",
        "amount",
        "base",
        "text",
        "absence",
        "why",
        "comment",
        "origin",
    )
    return {
        (place, indicator, start): _told(*said)
        for place, indicator, start, *said in _rows(project, found, periods, places).values_list(*fields)
    }


def terms_told(
    project: Project, found: Sequence[Followed], period: Period, *, places: Collection[uuid.UUID] | None = None
) -> Mapping[tuple[uuid.UUID, uuid.UUID], Terms]:
    """The terms alone of what `told` tells of one period, by place and indicator: what another one is compared to. One
    query."""
    rows = _rows(project, found, [period], places).filter(is_withheld=False, amount__isnull=False)
    return {
        (place, indicator): Terms(amount, base)
        for place, indicator, amount, base in rows.values_list("place", "indicator_id", "amount", "base")
    }


def _rows(
    project: Project, found: Sequence[Followed], periods: Sequence[Period], places: Collection[uuid.UUID] | None
) -> QuerySet[Any]:
    """With `is_withheld`."""
    masked = {one.indicator.pk for one in found if one.definition.masked}
    rows = Figure.objects.filter(
        project=project,
        published=True,
        frequency=periods[0].frequency,
        period_start__in=[period.start for period in periods],
        indicator__in=[one.indicator.pk for one in found],
    ).annotate(is_withheld=is_withheld(is_masked(masked)))
    return rows if places is None else rows.filter(place__in=places)


def _told(
    pk: uuid.UUID,
    definition: uuid.UUID,
    withheld: bool,
    amount: Decimal | None,
    base: Decimal | None,
    text: str,
    absence: str,
    why: str,
    comment: str,
    origin: str,
) -> Told:
    terms = None if withheld or amount is None else Terms(amount, base)
    return Told(pk, terms, withheld, text, absence, why, comment, origin, definition)
