"""The documentary base: what a structure holds, what it lacks, what is asked of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from organisations.models import ESMS, Project
from structures.enums.documents import OF_THE_INVENTORY, DocumentKind
from structures.models import DocumentAbsence, DocumentRequest, DocumentVersion, RequestedDocument, StructureDocument

SOON = timedelta(days=45)  # before its day, a document is told to be about to lapse


class Freshness(Enum):
    """How a document stands against the day on which it is to be looked at again."""

    FRESH = "fresh"
    SOON = "soon"
    OVER = "over"


def freshness(valid_until: date | None, today: date) -> Freshness:
    if valid_until is None or valid_until > today + SOON:
        return Freshness.FRESH
    return Freshness.SOON if valid_until >= today else Freshness.OVER


@dataclass(frozen=True)
class Held:
    """A document of the base with its versions, the latest first; there is always one."""

    document: StructureDocument
    versions: list[DocumentVersion]

    @property
    def latest(self) -> DocumentVersion:
        return self.versions[0]


@dataclass(frozen=True)
class Asked:
    """A kind of document that a request waits for."""

    kind: DocumentKind
    request: DocumentRequest


@dataclass(frozen=True)
class Base:
    """The documentary base of one structure. `asked`: what requests wait for, the most pressing first, each kind
    once."""

    held: list[Held]
    absences: dict[str, DocumentAbsence]
    asked: list[Asked]

    @property
    def lacking(self) -> list[DocumentKind]:
        """The kinds that the inventory asks for and nothing answers, besides those asked."""
        told = {item.document.kind for item in self.held} | set(self.absences) | {item.kind for item in self.asked}
        return [kind for kind in OF_THE_INVENTORY if kind not in told]


def documents_in(structures: Iterable[ESMS]) -> list[Held]:
    """The documents of these structures, those taken out left aside. Two queries."""
    rows = StructureDocument.objects.filter(esms__in=list(structures), removed_at=None)
    return held(rows.select_related("added_by"))


def documents_of_project(project: Project) -> list[Held]:
    """The documents of a project that the reader may see. Two queries."""
    return held(StructureDocument.objects.filter(project=project, removed_at=None))


def held(documents: QuerySet[StructureDocument]) -> list[Held]:
    live = DocumentVersion.objects.filter(removed_at=None).select_related("deposited_by").order_by("-number")
    rows = documents.prefetch_related(Prefetch("versions", queryset=live)).order_by("title", "added_at")
    found = [Held(row, list(row.versions.all())) for row in rows]
    return [item for item in found if item.versions]


def read_base(esms: ESMS) -> Base:
    """What a structure holds and what it is asked for. Four queries."""
    documents = documents_in([esms])
    absences = {item.kind: item for item in DocumentAbsence.objects.filter(esms=esms).select_related("told_by")}
    answered = {item.document.kind for item in documents} | set(absences)
    asked: dict[str, Asked] = {}
    for row in requested_in([esms]):
        if row.kind not in answered:
            asked.setdefault(row.kind, Asked(DocumentKind(row.kind), row.request))
    return Base(documents, absences, list(asked.values()))


def requested_in(structures: Sequence[ESMS]) -> list[RequestedDocument]:
    """What requests that stand ask of these structures, the earliest day first. One query."""
    rows = RequestedDocument.objects.filter(esms__in=structures, request__withdrawn_at=None)
    return list(rows.select_related("request__asked_by").order_by("request__due_on", "kind"))


# --- All structures of a project --------------------------------------------------------------------------------------


class CellState(Enum):
    """Where one kind of document stands in one structure."""

    THERE = "there"
    SOON = "soon"
    OVER = "over"
    ABSENT = "absent"
    WAITED = "waited"
    LATE = "late"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Cell:
    """One kind in one structure. `held`: the document to open, `count` of them; `day`: until when it holds, or is
    waited for."""

    state: CellState
    held: Held | None = None
    count: int = 0
    absence: DocumentAbsence | None = None
    day: date | None = None


@dataclass(frozen=True)
class FollowUp:
    """Structures × kinds, and the requests that stand or stood."""

    structures: list[ESMS]
    cells: dict[tuple[UUID, str], Cell]
    requests: list[DocumentRequest]
    asked: dict[UUID, list[RequestedDocument]]  # by request
    answered: frozenset[tuple[UUID, str]]


def follow_up(project: Project, structures: list[ESMS], today: date) -> FollowUp:
    """Where the documents of these structures stand. Five queries, whatever their number."""
    cells: dict[tuple[UUID, str], Cell] = {}
    for item in documents_of_project(project):
        _count(cells, item, today)
    for absence in DocumentAbsence.objects.filter(project=project):
        cells.setdefault((absence.esms_id, absence.kind), Cell(CellState.ABSENT, absence=absence))
    answered = frozenset(cells)
    rows = RequestedDocument.objects.filter(project=project).select_related("request__asked_by").order_by("pk")
    requests: dict[UUID, DocumentRequest] = {}
    asked: dict[UUID, list[RequestedDocument]] = {}
    for row in rows:
        requests[row.request_id] = row.request
        asked.setdefault(row.request_id, []).append(row)
        key = (row.esms_id, row.kind)
        if row.request.withdrawn_at is None and key not in answered:
            day = min(cells[key].day or row.request.due_on, row.request.due_on) if key in cells else row.request.due_on
            cells[key] = Cell(CellState.WAITED if day >= today else CellState.LATE, day=day)
    found = sorted(requests.values(), key=lambda request: request.asked_at, reverse=True)
    return FollowUp(structures, cells, found, asked, answered)


def _count(cells: dict[tuple[UUID, str], Cell], item: Held, today: date) -> None:
    """Add a document to its cell, which shows the one that presses most: over, then soon, then the first."""
    states = {Freshness.FRESH: CellState.THERE, Freshness.SOON: CellState.SOON, Freshness.OVER: CellState.OVER}
    order = [CellState.THERE, CellState.SOON, CellState.OVER]
    key, state = (item.document.esms_id, item.document.kind), states[freshness(item.latest.valid_until, today)]
    known = cells.get(key)
    if known is None:
        cells[key] = Cell(state, item, 1, day=item.latest.valid_until)
    elif order.index(state) > order.index(known.state):
        cells[key] = Cell(state, item, known.count + 1, day=item.latest.valid_until)
    else:
        cells[key] = Cell(known.state, known.held, known.count + 1, day=known.day)
