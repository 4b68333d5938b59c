"""Where the documents of all structures stand, in French."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse

from common import french
from common.charts import HeatCell, HeatGroup, HeatMap, HeatRow
from common.ui import Link
from organisations.models import ESMS, Project
from structures.enums.documents import OF_THE_INVENTORY, SHORT_KINDS, DocumentKind
from structures.models import DocumentRequest
from structures.selectors.documents import Cell, CellState, FollowUp

LEGEND = (
    ("ok", "Déposé, ou signalé absent"),
    ("late", "À mettre à jour"),
    ("progress", "Attendu"),
    ("ko", "En retard"),
    ("none", "Rien demandé"),
)
WAITING = {CellState.WAITED, CellState.LATE}


@dataclass(frozen=True)
class Filters:
    """What the table is narrowed to: an OG, a kind, the structures that owe something."""

    og: str = ""
    kind: str = ""
    waiting: bool = False

    @property
    def parameters(self) -> dict[str, str]:
        asked = {"og": self.og, "type": self.kind, "voir": "attendus" if self.waiting else ""}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True)
class RequestLine:
    """A request: what it asks, what was answered. `withdraw`: whether it may be taken back."""

    id: object
    title: str
    detail: str
    message: str
    tone: str
    icon: str
    withdrawn: bool


@dataclass(frozen=True)
class FollowUpView:
    title: str
    lede: str
    crumbs: list[Link]
    views: list[Link]
    filters: Filters
    ogs: list[tuple[str, str]]
    kinds: list[tuple[str, str]]
    narrows: bool
    requests: list[RequestLine]


def crumbs(project: Project, *more: str) -> list[Link]:
    here = ("Documents", reverse("document_follow_up", args=[project.slug]))
    way = [
        Link(project.short_name, reverse("project", args=[project.slug])),
        Link("Structures", reverse("structures", args=[project.slug])),
    ]
    if not more:
        return [*way, Link(here[0])]
    return [*way, Link(*here), *(Link(label) for label in more)]


def follow_up(found: FollowUp, project: Project, filters: Filters, today: date) -> FollowUpView:
    return FollowUpView(
        title=_title(found),
        lede=_lede(found, today),
        crumbs=crumbs(project),
        views=_views(found, project, filters),
        filters=filters,
        ogs=_ogs(found.structures),
        kinds=[(kind.value, kind.label) for kind in DocumentKind],
        narrows=bool(filters.parameters),
        requests=[_request(request, found, today) for request in found.requests],
    )


def narrowed(found: FollowUp, filters: Filters) -> list[ESMS]:
    """The structures that the filters keep."""
    owing = (
        {esms_id for (esms_id, kind), cell in found.cells.items() if cell.state in WAITING} if filters.waiting else None
    )
    return [
        esms
        for esms in found.structures
        if (not filters.og or str(esms.og_id) == filters.og) and (owing is None or esms.pk in owing)
    ]


def _standing(found: FollowUp) -> list[tuple[object, str]]:
    """What requests that stand ask of the structures shown: structure and kind, each once."""
    shown = {esms.pk for esms in found.structures}
    asked = {
        (row.esms_id, row.kind)
        for request in found.requests
        if request.withdrawn_at is None
        for row in found.asked[request.pk]
        if row.esms_id in shown
    }
    return list(asked)


def _title(found: FollowUp) -> str:
    """« 31 réponses sur 44 documents demandés ; quatre sont en retard »."""
    asked = _standing(found)
    if not asked:
        return "Aucun document n’est demandé aux structures pour l’instant"
    answered = sum(key in found.answered for key in asked)
    late = sum(key in found.cells and found.cells[key].state is CellState.LATE for key in asked)
    total = french.plural(len(asked), "document demandé", "documents demandés")
    title = f"{french.plural(answered, 'réponse', 'réponses')} sur {total}"
    if late:
        title += f" ; {french.counted(late, 'est en retard', 'sont en retard')}"
    return french.typography(title)


def _lede(found: FollowUp, today: date) -> str:
    over = sum(cell.state is CellState.OVER for cell in found.cells.values())
    if over:
        words = french.counted(over, "document a passé", "documents ont passé")
        return (
            f"{french.capital(words)} sa date de révision."
            if over == 1
            else f"{french.capital(words)} leur date de révision."
        )
    return "Chaque case ouvre le document de la structure. « N’existe pas » compte comme une réponse."


def _views(found: FollowUp, project: Project, filters: Filters) -> list[Link]:
    owing = len({esms_id for (esms_id, _), cell in found.cells.items() if cell.state in WAITING})
    url = reverse("document_follow_up", args=[project.slug])
    others = {name: value for name, value in filters.parameters.items() if name != "voir"}

    def at(**more: str) -> str:
        query = {**others, **more}
        return f"{url}?{urlencode(query)}" if query else url

    return [
        Link("Toutes les structures", at(), current=not filters.waiting, count=len(found.structures)),
        Link("Celles qui doivent répondre", at(voir="attendus"), current=filters.waiting, count=owing),
    ]


def _ogs(structures: Sequence[ESMS]) -> list[tuple[str, str]]:
    return list({str(esms.og_id): french.typography(esms.og.name) for esms in structures}.items())


def table(found: FollowUp, shown: Sequence[ESMS], project: Project, filters: Filters) -> HeatMap:
    """Structures × kinds: those of the inventory, those asked for, or the one that is filtered."""
    asked = {row.kind for rows in found.asked.values() for row in rows}
    kinds = [
        kind
        for kind in DocumentKind
        if (kind == filters.kind if filters.kind else kind in OF_THE_INVENTORY or kind in asked)
    ]
    groups = [
        HeatGroup(
            [
                HeatRow(
                    french.typography(esms.name),
                    [_cell(found.cells.get((esms.pk, kind.value)), esms, project) for kind in kinds],
                    reverse("document_base", args=[project.slug, esms.slug]),
                )
                for esms in structures
            ],
            label=french.typography(og),
        )
        for og, structures in groupby(shown, key=lambda esms: esms.og.name)
    ]
    return HeatMap(
        title="Structures et types de documents",
        context="Une case ouvre le document ; le nom, tous les documents de la structure.",
        caption="Documents par structure et par type",
        columns=[SHORT_KINDS[kind] for kind in kinds],
        groups=groups,
        legend=LEGEND,
        empty="Aucune structure ne répond à ces filtres.",
    )


def _cell(cell: Cell | None, esms: ESMS, project: Project) -> HeatCell:
    if cell is None:
        return HeatCell()
    place = [project.slug, esms.slug]
    base = reverse("document_base", args=place)
    url = reverse("document", args=[*place, cell.held.document.pk]) if cell.held and cell.count == 1 else base
    several = f"{cell.count} documents" if cell.count > 1 else "Déposé"
    tone, text = {
        CellState.THERE: ("ok", several),
        CellState.SOON: ("late", "À revoir"),
        CellState.OVER: ("late", "Dépassé"),
        CellState.ABSENT: ("ok", "N’existe pas"),
        CellState.WAITED: ("progress", f"Avant le {french.short_date(cell.day)}" if cell.day else "Attendu"),
        CellState.LATE: ("ko", "En retard"),
        CellState.NOTHING: ("none", ""),
    }[cell.state]
    return HeatCell(tone, text, url)


def _request(request: DocumentRequest, found: FollowUp, today: date) -> RequestLine:
    rows = found.asked[request.pk]
    answered = sum((row.esms_id, row.kind) in found.answered for row in rows)
    kinds = [
        SHORT_KINDS[kind].lower() if kind != DocumentKind.CONTINUITY_PLAN else SHORT_KINDS[kind]
        for kind in DocumentKind
        if any(row.kind == kind for row in rows)
    ]
    structures = len({row.esms_id for row in rows})
    tone, icon = ("ok", "s-ok") if answered == len(rows) else ("progress", "s-progress")
    state = f"{french.plural(answered, 'réponse', 'réponses')} sur {len(rows)}"
    if request.withdrawn_at:
        tone, icon, state = "none", "s-na", f"Retirée, {state}"
    elif answered < len(rows) and request.due_on < today:
        tone, icon = "ko", "s-ko"
    to = french.counted(structures, "structure", "structures", feminine=True)
    return RequestLine(
        id=request.pk,
        title=french.typography(f"{french.capital(french.listed(kinds))} : {state}"),
        detail=(
            f"Demandé à {to} par {request.asked_by.get_full_name()} le {french.long_date(request.asked_at)}, "
            f"à répondre avant le {french.long_date(request.due_on)}"
        ),
        message=french.typography(f"« {request.message} »") if request.message else "",
        tone=tone,
        icon=icon,
        withdrawn=request.withdrawn_at is not None,
    )
