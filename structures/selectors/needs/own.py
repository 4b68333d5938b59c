"""The needs of one structure: what is collected, what the project made of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, IntegerField, Max, Q, QuerySet, Value, When

from organisations.models import ESMS, Project
from structures.aggregates import Carried, carriers
from structures.enums.needs import NeedStatus, Priority
from structures.models import Need, NeedCall, NeedCollection, NeedMessage

BY_PRIORITY: Case = Case(
    *(When(priority=value, then=Value(place)) for place, value in enumerate(Priority.values)),
    default=Value(len(Priority.values)),
    output_field=IntegerField(),
)


def needs_of(esms: ESMS) -> QuerySet[Need]:
    """The needs of a structure that were not taken away, the most pressing first."""
    return Need.objects.kept().filter(esms=esms).order_by(BY_PRIORITY, "number")


def collection_of(esms: ESMS) -> NeedCollection:
    """How a structure collects; one that nobody began is empty and not in the database."""
    found = NeedCollection.objects.filter(esms=esms).select_related("approved_by").first()
    return found or NeedCollection(project_id=esms.project_id, og_id=esms.og_id, esms=esms)


def call_of(project: Project) -> NeedCall | None:
    """What the project lead asked of all structures."""
    return NeedCall.objects.filter(project=project).first()


@dataclass(frozen=True)
class Decided:
    """A transmitted need, what the project made of it, and how many structures the common need speaks for."""

    need: Need
    carried: Carried


def decided_of(esms: ESMS) -> list[Decided]:
    """The transmitted needs of a structure, with what became of them. Two queries."""
    rows = needs_of(esms).filter(status=NeedStatus.TRANSMITTED).select_related("common")
    counted = carriers(esms.project_id)
    return [Decided(need, counted.get(need.common_id, Carried()) if need.common_id else Carried()) for need in rows]


def messages_of(need: Need) -> QuerySet[NeedMessage]:
    return NeedMessage.objects.filter(need=need).select_related("author").order_by("written_at", "pk")


@dataclass(frozen=True)
class Standing:
    """Where one structure is with its needs. Figures are of needs that were not taken away."""

    esms: ESMS
    collection: NeedCollection | None
    draft: int = 0
    proposed: int = 0
    validated: int = 0
    transmitted: int = 0
    undecided: int = 0
    evolutions: int = 0
    last_transmitted: datetime | None = None
    last_evolution: datetime | None = None

    @property
    def total(self) -> int:
        return self.draft + self.proposed + self.validated + self.transmitted


def standings(structures: Sequence[ESMS]) -> list[Standing]:
    """Where these structures are, in their order. Two queries."""
    ids = [esms.pk for esms in structures]
    collections = {row.esms_id: row for row in NeedCollection.objects.filter(esms__in=ids)}
    sent = Q(status=NeedStatus.TRANSMITTED)
    rows = Need.objects.kept().filter(esms__in=ids).order_by().values("esms_id")
    counted: Any = rows.annotate(
        **{status.value: Count("pk", filter=Q(status=status)) for status in NeedStatus},
        undecided=Count("pk", filter=sent & Q(outcome="")),
        evolutions=Count("pk", filter=Q(evolution=True) & ~sent),
        last_transmitted=Max("transmitted_at", filter=sent & Q(evolution=False)),
        last_evolution=Max("transmitted_at", filter=sent & Q(evolution=True)),
    )
    figures = {row.pop("esms_id"): row for row in counted}
    return [Standing(esms, collections.get(esms.pk), **figures.get(esms.pk, {})) for esms in structures]
