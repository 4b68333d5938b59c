"""The common needs, and the expression that they make, in French."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.urls import reverse

from common import french
from common.charts import Bar, Bars, Part
from common.ui import Entry, Link
from organisations.models import OG, Project
from organisations.presentation.sheets import SavedField
from structures.aggregates import Carried
from structures.enums.needs import IN_EXPRESSION, CommonStatus, NeedDomain
from structures.models import CommonNeed, Need
from structures.presentation.needs.project import Line, line
from structures.presentation.needs.words import (
    COMMON_SHEET,
    COMMON_TONES,
    Mark,
    common_mark,
    detail_of,
    domain_of,
    history_of,
    priority_of,
    project_crumbs,
    project_tabs,
    saved_fields,
)
from structures.selectors.needs.project import CommonLine
from structures.services.needs.common import EDITABLE

HISTORY = (*EDITABLE, "status", "reason")

# --- One common need -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CommonView:
    title: str
    lede: str
    crumbs: list[Link]
    mark: Mark
    detail: str
    description: str
    reason: str
    weight: str
    fields: list[SavedField] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    likes: list[Line] = field(default_factory=list)
    history: list[Entry] = field(default_factory=list)


def common(
    row: CommonNeed,
    project: Project,
    carried: Carried,
    needs: Sequence[Need],
    likes: Sequence[Need],
    *,
    coordinates: bool,
) -> CommonView:
    """`needs`: those that it carries and the reader may read."""
    return CommonView(
        title=french.typography(row.title),
        lede=weight(carried),
        crumbs=project_crumbs(project, f"Besoin commun n°{french.NBSP}{row.number}"),
        mark=common_mark(row),
        detail=detail_of(row),
        description=french.typography(row.description),
        reason=french.typography(row.reason),
        weight=weight(carried),
        fields=saved_fields(COMMON_SHEET, row, project, EDITABLE) if coordinates else [],
        lines=[line(need, project) for need in needs],
        likes=[line(need, project) for need in likes],
        history=history_of(row, HISTORY) if coordinates else [],
    )


def weight(carried: Carried) -> str:
    """« Porté par quatre structures de deux OG. »"""
    if not carried.structures:
        return "Aucun besoin de structure ne lui est rattaché."
    who = french.counted(carried.structures, "structure", "structures", feminine=True)
    if carried.structures == 1:
        return f"Porté par {who}."
    return f"Porté par {who} {french.agree(carried.ogs, 'd’un même OG', f'de {french.in_words(carried.ogs)} OG')}."


# --- The common expression -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CommonItem:
    row: CommonNeed
    title: str
    url: str
    domain: str
    priority: str
    description: str
    reason: str
    weight: str
    structures: int
    mark: Mark
    origin: str = ""


@dataclass(frozen=True)
class ExpressionView:
    title: str
    lede: str
    crumbs: list[Link]
    tabs: list[Link]
    groups: list[tuple[str, str, list[CommonItem]]]
    chart: Bars
    total: int


def expression(
    project: Project, lines: Sequence[CommonLine], ogs: Mapping[UUID, OG] | None, *, reads_needs: bool
) -> ExpressionView:
    """`ogs`: given to who may know from which OG a need comes."""
    items = [_item(one, project, ogs) for one in lines]
    groups = [
        (f"suite-{status.value}", str(status.label), [item for item in items if item.row.status == status])
        for status in IN_EXPRESSION
    ]
    return ExpressionView(
        title=_expression_title(lines),
        lede="La base du cahier des charges : ce que les structures demandent ensemble, et combien le demandent.",
        crumbs=project_crumbs(project, "Expression commune"),
        tabs=project_tabs(project, "need_expression", reads_needs=reads_needs),
        groups=[group for group in groups if group[2]],
        chart=statuses(lines),
        total=len(items),
    )


def _item(one: CommonLine, project: Project, ogs: Mapping[UUID, OG] | None) -> CommonItem:
    row = one.need
    return CommonItem(
        row=row,
        title=french.typography(f"{row.number}. {row.title}"),
        url=reverse("need_common", args=[project.slug, row.number]),
        domain=domain_of(row),
        priority=priority_of(row),
        description=french.typography(row.description),
        reason=french.typography(row.reason),
        weight=weight(one.carried),
        structures=one.carried.structures,
        mark=common_mark(row),
        origin=origin(one.carried, ogs) if ogs else "",
    )


def origin(carried: Carried, ogs: Mapping[UUID, OG]) -> str:
    """« Les Brumes Claires 3, Les Lucioles 1 »."""
    named = sorted((french.typography(ogs[pk].short_name), count) for pk, count in carried.by_og.items() if pk in ogs)
    return ", ".join(f"{name}{french.NBSP}{count}" for name, count in named)


def _expression_title(lines: Sequence[CommonLine]) -> str:
    if not lines:
        return "L’expression commune des besoins est encore vide"
    kept = sum(one.need.status == CommonStatus.RETAINED for one in lines)
    said = french.capital(french.counted(len(lines), "besoin commun", "besoins communs"))
    if not kept:
        return french.typography(f"{said}, aucun n’est encore retenu au cahier des charges")
    return f"{said}, dont {french.in_words(kept)} {french.agree(kept, 'retenu', 'retenus')} au cahier des charges"


_LEFT = (CommonStatus.OUT_OF_SCOPE, CommonStatus.DISMISSED)  # drawn as one


def statuses(lines: Sequence[CommonLine]) -> Bars:
    """Domains of the common needs, by what becomes of them."""
    drawn = [status for status in IN_EXPRESSION if status not in _LEFT]
    parts = [Part(str(status.label), *COMMON_TONES[status]) for status in drawn]
    parts.append(Part("Hors périmètre ou écarté", *COMMON_TONES[CommonStatus.DISMISSED]))
    bars: list[Bar] = []
    for domain in NeedDomain:
        there = [one.need.status for one in lines if one.need.domain == domain]
        if there:
            values = [*(there.count(status) for status in drawn), sum(there.count(status) for status in _LEFT)]
            bars.append(Bar(str(domain.label), values, len(there), french.plural(len(there), "besoin", "besoins")))
    kept = sum(bool(bar.values[0]) for bar in bars)
    said = french.counted(kept, "domaine a", "domaines ont")
    return Bars(
        title="Ce que deviennent les besoins communs, par domaine",
        sentence=f"{french.capital(said)} au moins un besoin retenu au cahier des charges.",
        parts=parts,
        bars=bars,
        row_label="Domaine",
        empty="Les besoins communs se liront ici, domaine par domaine",
    )
