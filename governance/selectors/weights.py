"""What each OG weighs, weighed and will weigh, and the figures from which weights are computed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from governance.enums import BodyKind, MeetingStatus, WeightingMethod
from governance.models import Decision, Meeting, Weighting
from governance.weights import one_each
from organisations.models import ESMS, OG, Project


@dataclass(frozen=True)
class Weights:
    """The weights of the OG of a project. `current`: those that count today, None before the first were decided;
    `shares`: what each OG weighs today, equal until then; `newcomers`: OG that the current weights don't know."""

    ogs: list[OG]
    all: list[Weighting]  # the latest to take effect first
    current: Weighting | None
    shares: dict[OG, Decimal]

    @property
    def newcomers(self) -> list[OG]:
        return [og for og in self.ogs if og not in self.shares]


def weights_of(project: Project) -> Weights:
    """The weights of a project, today and over time. Three queries, two without weights."""
    found = Weighting.objects.filter(project=project).select_related("decision", "recorded_by")
    weightings = list(found.prefetch_related("shares__og").order_by("-effective_on", "-number"))
    ogs = list(OG.objects.filter(project=project).order_by("name"))
    today = timezone.localdate()
    current = next((item for item in weightings if item.effective_on <= today), None)
    shares = {share.og: share.percent for share in current.shares.all()} if current else one_each(ogs)
    return Weights(ogs, weightings, current, shares)


@dataclass(frozen=True)
class Figures:
    """What an OG counts in the project. `unknown`: its structures whose capacity nobody gave; they count for none."""

    og: OG
    esms: int
    capacity: int
    unknown: tuple[str, ...] = ()

    def basis(self, method: WeightingMethod) -> Decimal:
        """What a computed method weighs it by. Raises KeyError for a method whose figures are typed."""
        counted = {WeightingMethod.ESMS_COUNT: self.esms, WeightingMethod.CAPACITY: self.capacity}
        return Decimal(counted[method])


def figures_of(project: Project, ogs: Sequence[OG]) -> list[Figures]:
    """The ESMS and the capacity of each OG, as far as the reader sees inside structures. One query."""
    capacities: dict[object, list[tuple[str, int | None]]] = defaultdict(list)
    structures = ESMS.objects.filter(project=project).order_by("name")
    for og_id, name, capacity in structures.values_list("og_id", "name", "profile__capacity"):
        capacities[og_id].append((name, capacity))
    return [
        Figures(
            og=og,
            esms=len(capacities[og.pk]),
            capacity=sum(capacity or 0 for _, capacity in capacities[og.pk]),
            unknown=tuple(name for name, capacity in capacities[og.pk] if capacity is None),
        )
        for og in ogs
    ]


def council_decisions(project: Project) -> QuerySet[Decision]:
    """The decisions of the COSTRAT, newest first."""
    of_council = Decision.objects.filter(project=project, body__kind=BodyKind.COSTRAT)
    return of_council.select_related("body").order_by("-decided_on", "-year", "-number")


def last_session(project: Project) -> date | None:
    """The day of the last COSTRAT that began, if any did. One query."""
    began = Meeting.objects.filter(
        project=project,
        body__kind=BodyKind.COSTRAT,
        status__in=[MeetingStatus.IN_SESSION, MeetingStatus.CLOSED],
    )
    last = began.order_by("-starts_at").values_list("starts_at", flat=True).first()
    return timezone.localtime(last).date() if last else None


def next_session(project: Project) -> date | None:
    """The day of the next COSTRAT that is planned, if one is. One query."""
    planned = Meeting.objects.filter(
        project=project,
        body__kind=BodyKind.COSTRAT,
        status__in=[MeetingStatus.DRAFT, MeetingStatus.CONVENED],
        starts_at__gt=timezone.now(),
    )
    first = planned.order_by("starts_at").values_list("starts_at", flat=True).first()
    return timezone.localtime(first).date() if first else None
