"""Arbitrations: the register and its filters, those that wait, the file of one."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, TextChoices, Value, When

from governance.enums import ArbitrationKind, ArbitrationStatus, BodyKind, MeetingStatus
from governance.models import (
    Alert,
    Arbitration,
    ArbitrationDocument,
    ArbitrationOption,
    ArbitrationStructure,
    ArbitrationVote,
    FollowUp,
    Meeting,
)
from governance.rights import Rights
from organisations.access import Access
from organisations.enums import Level, Permission
from organisations.models import ESMS, OG, Project

Status = ArbitrationStatus


class Shown(TextChoices):
    """What the register shows, as the address says it."""

    ALL = "", "Tous"
    TO_DECIDE = "a-trancher", "À trancher"
    DRAFT = "en-instruction", "En instruction"
    POSTPONED = "reportes", "Reportés"
    RENDERED = "rendus", "Rendus"
    WITHDRAWN = "retires", "Retirés"

    @property
    def statuses(self) -> tuple[ArbitrationStatus, ...]:
        """Those of one heading; none for all."""
        return {
            Shown.ALL: (),
            Shown.TO_DECIDE: (Status.TO_DECIDE,),
            Shown.DRAFT: (Status.DRAFT,),
            Shown.POSTPONED: (Status.POSTPONED,),
            Shown.RENDERED: (Status.DECIDED, Status.APPLIED),
            Shown.WITHDRAWN: (Status.WITHDRAWN,),
        }[self]


# What who reads only the arbitrations of their structures is shown: what was put to the body.
PUT = (Status.TO_DECIDE, Status.POSTPONED, Status.DECIDED, Status.APPLIED)


@dataclass(frozen=True)
class Filters:
    """What the register is narrowed to. `concerned`: an OG, or one structure."""

    shown: Shown = Shown.ALL
    kind: ArbitrationKind | None = None
    year: int | None = None
    concerned: OG | ESMS | None = None

    @property
    def narrowed(self) -> bool:
        return self != Filters()

    @property
    def parameters(self) -> dict[str, str]:
        """As they stand in an address."""
        found = {
            "vue": self.shown.value,
            "nature": self.kind.value if self.kind else "",
            "annee": str(self.year or ""),
            "concerne": str(self.concerned.pk) if self.concerned else "",
        }
        return {name: value for name, value in found.items() if value}

    def showing(self, shown: Shown) -> "Filters":
        return replace(self, shown=shown)


def arbitrations_of(project: Project) -> QuerySet[Arbitration]:
    """The arbitrations of a project, with what a line of the register says: those to decide first, then those that
    are prepared, postponed, rendered and withdrawn; in each, the newest first."""
    order = [status for shown in Shown for status in shown.statuses]
    rank = Case(*(When(status=status, then=Value(place)) for place, status in enumerate(order)), default=Value(99))
    found = Arbitration.objects.filter(project=project).select_related("meeting__body", "chosen")
    return found.order_by(rank, "-year", "-number")


def read_by(project: Project, rights: Rights, access: Access) -> QuerySet[Arbitration]:
    """Those that this person may read: all, or those put to the body that concern a structure of theirs."""
    found = arbitrations_of(project)
    if rights.reads_council:
        return found
    ogs, structures = (access.ids_with(level, Permission.VIEW_OWN_ARBITRATIONS) for level in (Level.OG, Level.ESMS))
    theirs = Q(og_id__in=ogs) | Q(esms_id__in=structures)
    concerns = ArbitrationStructure.objects.filter(theirs, arbitration=OuterRef("pk"))
    return found.filter(Exists(concerns), status__in=PUT)


def narrowed(arbitrations: QuerySet[Arbitration], filters: Filters) -> QuerySet[Arbitration]:
    """Those that the filters keep."""
    wanted: dict[str, Any] = {}
    if filters.shown.statuses:
        wanted["status__in"] = filters.shown.statuses
    if filters.kind:
        wanted["kind"] = filters.kind
    if filters.year:
        wanted["year"] = filters.year
    found = arbitrations.filter(**wanted)
    if filters.concerned:
        column = "og" if isinstance(filters.concerned, OG) else "esms"
        concerns = ArbitrationStructure.objects.filter(arbitration=OuterRef("pk"), **{column: filters.concerned})
        found = found.filter(Exists(concerns))
    return found


def to_decide(project: Project) -> QuerySet[Arbitration]:
    """Those on the agenda of a meeting, the most pressing first."""
    return arbitrations_of(project).filter(status=Status.TO_DECIDE).order_by("deadline", "year", "number")


def with_file(arbitrations: QuerySet[Arbitration]) -> QuerySet[Arbitration]:
    """Each with all that its file holds. Eight queries more, however many there are."""
    return arbitrations.select_related(
        "project", "meeting__body", "requested_by", "recommended", "chosen", "cites", "decision"
    ).prefetch_related(
        Prefetch("options", ArbitrationOption.objects.order_by("position")),
        Prefetch("votes", ArbitrationVote.objects.select_related("og", "voter", "option", "recorded_by")),
        Prefetch("documents", ArbitrationDocument.objects.select_related("added_by").order_by("added_at")),
        Prefetch("concerns", ArbitrationStructure.objects.select_related("og", "esms").order_by("esms__name")),
        Prefetch("follow_ups", FollowUp.objects.select_related("owner").order_by("due_on", "number")),
        Prefetch("cited_by", Arbitration.objects.order_by("year", "number")),
        Prefetch("alerts", Alert.objects.order_by("number")),
    )


def file_of(project: Project, year: int, number: int) -> Arbitration | None:
    """One arbitration with its whole file; None when there is none of that number."""
    return with_file(arbitrations_of(project)).filter(year=year, number=number).first()


def meetings_ahead(project: Project) -> QuerySet[Meeting]:
    """The meetings of the COSTRAT at which an arbitration may still be put, the nearest first."""
    over = (MeetingStatus.CLOSED, MeetingStatus.CANCELLED)
    of_body = Meeting.objects.filter(project=project, body__kind=BodyKind.COSTRAT).exclude(status__in=over)
    return of_body.select_related("body").order_by("starts_at")


def years_of(arbitrations: QuerySet[Arbitration]) -> list[int]:
    """The years in which one was opened, newest first. One query."""
    return list(arbitrations.order_by("-year").values_list("year", flat=True).distinct())
