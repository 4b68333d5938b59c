"""Figures of several structures as one, indicator by indicator and period by period, added where they are kept."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from indicators.enums import Aggregation
from indicators.models import Figure
from indicators.periods import Period
from indicators.selectors.definitions import Followed
from indicators.selectors.withheld import is_masked, is_withheld
from indicators.totals import Total
from indicators.values import Terms
from organisations.models import Project

# Indicator, first day of the period.
Of = tuple[uuid.UUID, date]


def totals(
    project: Project,
    found: Sequence[Followed],
    periods: Collection[Period],
    *,
    places: Collection[uuid.UUID] | None = None,
    naming: bool = False,
) -> Mapping[Of, Total]:
    """What is told of these indicators over these periods, of one frequency, added over these places (all that the
    reader may read unless said). `naming`: with the places of each. One query."""
    if not periods or not found:
        return {}
    rows = _told_rows(project, found, periods)
    if places is not None:
        rows = rows.filter(place__in=places)
    ways = {one.indicator.pk: one.definition.aggregation for one in found}
    means = [pk for pk, way in ways.items() if way == Aggregation.WEIGHTED_MEAN]
    weight = Coalesce("base", Decimal(1))
    more: dict[str, Any] = {"places": ArrayAgg("place")} if naming else {}
    if means:
        of_means = Q(indicator__in=means)
        more |= {
            "weighted": Sum(F("amount") * weight, filter=of_means),
            "weights": Sum(weight, filter=of_means),
        }
    added: Iterable[Mapping[str, Any]] = (
        rows.order_by()
        .values("indicator_id", "period_start")
        .annotate(count=Count("amount"), amounts=Sum("amount"), bases=Sum("base"), most=Max("amount"), **more)
    )
    return {
        (row["indicator_id"], row["period_start"]): Total(
            _terms(ways[row["indicator_id"]], row), row["count"], frozenset(row.get("places", ()))
        )
        for row in added
    }


def _told_rows(project: Project, found: Sequence[Followed], periods: Collection[Period]) -> QuerySet[Figure]:
    """As `told` withholds them: those about too few are left out."""
    masked = [one.indicator.pk for one in found if one.definition.masked]
    return Figure.objects.alias(withheld=is_withheld(is_masked(masked))).filter(
        project=project,
        published=True,
        frequency=next(iter(periods)).frequency,
        period_start__in=[period.start for period in periods],
        indicator__in=[one.indicator.pk for one in found],
        amount__isnull=False,
        withheld=False,
    )


def _terms(aggregation: str, row: Mapping[str, Any]) -> Terms | None:
    """As `values.together` does it."""
    if aggregation == Aggregation.LIST:
        return None
    if aggregation == Aggregation.WEIGHTED_RATIO:
        return Terms(row["amounts"], row["bases"] or Decimal())
    if aggregation in {Aggregation.MAX, Aggregation.WORST_LEVEL}:
        return Terms(row["most"])
    if aggregation == Aggregation.WEIGHTED_MEAN:
        return Terms(row["weighted"] / row["weights"], row["weights"])
    return Terms(row["amounts"])
