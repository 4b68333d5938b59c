"""The needs of all structures, and their common expression, in French."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.urls import reverse

from common import french
from common.charts import HeatCell, HeatGroup, HeatMap, HeatRow
from common.ui import Link
from organisations.models import ESMS, Project
from structures.enums.needs import NeedDomain, Outcome, Priority
from structures.models import Need, NeedCall
from structures.presentation.needs.words import (
    Mark,
    detail_of,
    domain_of,
    outcome_mark,
    own_url,
    project_crumbs,
    project_tabs,
)
from structures.selectors.needs.project import Figures, Filters, Suggestion


@dataclass(frozen=True)
class Line:
    """A transmitted need, as the lead reads it."""

    need: Need
    key: str
    title: str
    url: str
    where: str
    detail: str
    mark: Mark
    common: Link | None = None


def line(need: Need, project: Project) -> Line:
    need.esms.project = project
    common = need.common
    return Line(
        need=need,
        key=f"{need.pk}:{need.version}",
        title=french.typography(need.title),
        url=own_url("need", need.esms, need.number),
        where=french.typography(need.esms.name),
        detail=detail_of(need),
        mark=outcome_mark(need),
        common=Link(
            french.typography(f"n° {common.number}, {common.title}"),
            reverse("need_common", args=[project.slug, common.number]),
        )
        if common
        else None,
    )


# --- The list --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Like:
    """A suggestion: needs that look alike, and the page that merges them."""

    title: str
    needs: list[Line]
    url: str


@dataclass(frozen=True)
class FollowUpView:
    title: str
    lede: str
    crumbs: list[Link]
    tabs: list[Link]
    views: list[Link]
    chosen: dict[str, str]
    narrows: bool
    domains: list[tuple[str, str]]
    priorities: list[tuple[str, str]]
    structures: list[tuple[str, list[tuple[str, str]]]]
    ogs: list[tuple[str, str]]
    lines: list[Line]
    likes: list[Like]
    chart: HeatMap
    total: int
    call: str


VIEWS = (
    ("", "Tous", None),
    ("a-decider", "À décider", Outcome.UNDECIDED),
    ("portes", "Portés", Outcome.COMMON),
    ("locaux", "Locaux", Outcome.LOCAL),
    ("ecartes", "Écartés", Outcome.DISMISSED),
)


def follow_up(
    project: Project,
    found: Figures,
    shown: Sequence[Need],
    filters: Filters,
    structures: Sequence[ESMS],
    sent: int,
    likes: Sequence[Suggestion],
    call: NeedCall | None,
) -> FollowUpView:
    """`structures`: those followed; `sent`: how many of them transmitted."""
    blank = {"vue": "", "domaine": "", "priorite": "", "structure": "", "og": ""}
    by_og: dict[str, list[tuple[str, str]]] = {}
    for esms in structures:
        by_og.setdefault(french.typography(esms.og.name), []).append((esms.slug, french.typography(esms.name)))
    ogs = {str(esms.og_id): french.typography(esms.og.name) for esms in structures}
    return FollowUpView(
        title=_title(found, sent),
        lede=_lede(found, len(structures), sent),
        crumbs=project_crumbs(project),
        tabs=project_tabs(project, "need_follow_up", reads_needs=True),
        views=_views(project, found, filters),
        chosen={**blank, **filters.parameters},
        narrows=replace(filters, shown="") != Filters(),
        domains=list(NeedDomain.choices),
        priorities=list(Priority.choices),
        structures=list(by_og.items()),
        ogs=list(ogs.items()),
        lines=[line(need, project) for need in shown],
        likes=[_like(one, project) for one in likes],
        chart=heat(found),
        total=found.total,
        call=call_words(call),
    )


def _title(found: Figures, sent: int) -> str:
    """« 24 besoins transmis par huit structures ; six attendent une suite »."""
    if not found.total:
        return "Aucune structure n’a encore transmis ses besoins"
    base = (
        f"{french.capital(french.counted(found.total, 'besoin transmis', 'besoins transmis'))} "
        f"par {french.counted(sent, 'structure', 'structures', feminine=True)}"
    )
    if not found.undecided:
        return french.typography(f"{base} ; tous ont reçu une suite")
    waiting = f"{french.in_words(found.undecided)} {french.agree(found.undecided, 'attend', 'attendent')} une suite"
    return french.typography(f"{base} ; {waiting}")


def _lede(found: Figures, structures: int, sent: int) -> str:
    left = structures - sent
    if left:
        who = french.counted(left, "structure n’a", "structures n’ont", feminine=True)
        return f"{french.capital(who)} encore rien transmis."
    return "Toutes les structures ont transmis." if found.total else ""


def call_words(call: NeedCall | None) -> str:
    return f"Besoins demandés aux structures avant le {french.long_date(call.due_on)}." if call else ""


def _views(project: Project, found: Figures, filters: Filters) -> list[Link]:
    """The chips. Their counts are of all needs: left out once something else narrows the list."""
    url, alone = reverse("need_follow_up", args=[project.slug]), replace(filters, shown="") == Filters()
    links = []
    for code, label, outcome in VIEWS:
        count = found.total if outcome is None else found.by_outcome.get(outcome, 0)
        asked = replace(filters, shown=code).parameters
        address = f"{url}?{urlencode(asked)}" if asked else url
        links.append(Link(label, address, current=filters.shown == code, count=count if alone else None))
    return links


def _like(one: Suggestion, project: Project) -> Like:
    asked: list[tuple[str, str]] = [("besoin", str(need.pk)) for need in one.needs]
    structures = {need.esms_id for need in one.needs}
    who = french.counted(len(one.needs), "besoin", "besoins")
    if one.common:
        asked.append(("dans", str(one.common.number)))
        title = f"{who} comme le besoin commun n° {one.common.number}, {one.common.title}"
    else:
        where = french.counted(len(structures), "structure", "structures", feminine=True)
        title = f"{who} de {where} : {domain_of(one.needs[0]).lower()}"
    url = f"{reverse('need_merge', args=[project.slug])}?{urlencode(asked)}"
    return Like(french.typography(french.capital(title)), [line(need, project) for need in one.needs], url)


def heat(found: Figures) -> HeatMap:
    """Domains × priorities: how many needs."""
    domains = [domain for domain in NeedDomain if any((domain, value) in found.by_cell for value in Priority)]
    must = {domain: found.by_cell.get((domain, Priority.MUST), 0) for domain in domains}
    first = max(domains, key=lambda domain: must[domain], default=None)
    rows = []
    for domain in domains:
        cells = []
        for priority in Priority:
            count = found.by_cell.get((domain, priority), 0)
            cells.append(HeatCell(_TONES[priority] if count else "none", french.number(count)))
        rows.append(HeatRow(str(domain.label), cells))
    said = ""
    if first is not None and must[first]:
        what = french.counted(must[first], "besoin indispensable", "besoins indispensables")
        said = french.typography(f"Le plus pressant : {first.label.lower()}, avec {what}.")
    return HeatMap(
        title="Besoins par domaine et par priorité",
        sentence=said,
        columns=[str(priority.label) for priority in Priority],
        groups=[HeatGroup(rows)],
        row_label="Domaine",
        legend=_LEGEND,
        empty="Les besoins transmis se liront ici, domaine par domaine",
    )


_TONES = {Priority.MUST: "late", Priority.SHOULD: "progress", Priority.COULD: "none", Priority.WONT: "none"}
_LEGEND = (("late", "Indispensable"), ("progress", "Important"), ("none", "Souhaitable, ou écarté pour l’instant"))


# --- Merging ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MergeView:
    title: str
    lede: str
    crumbs: list[Link]
    lines: list[Line]
    taken: list[Line] = field(default_factory=list)


def merge(project: Project, needs: Sequence[Need], taken: Sequence[Need] = ()) -> MergeView:
    """`taken`: those of which somebody decided meanwhile."""
    open_ones = [need for need in needs if need.outcome == Outcome.UNDECIDED]
    structures = {need.esms_id for need in open_ones}
    if not open_ones:
        title, lede = "Aucun besoin à regrouper", "Cochez dans la liste des besoins qui attendent une suite."
    else:
        who = french.counted(len(structures), "structure", "structures", feminine=True)
        title = f"Regrouper {french.counted(len(open_ones), 'besoin', 'besoins')} de {who}"
        lede = "Chaque structure lira le besoin commun, jamais les mots des autres."
    return MergeView(
        title=title,
        lede=lede,
        crumbs=project_crumbs(project, "Regrouper"),
        lines=[line(need, project) for need in open_ones],
        taken=[line(need, project) for need in taken],
    )


def first_words(needs: Sequence[Need]) -> dict[str, str]:
    """A first wording of the common need: the shortest title, the highest priority, the first domain."""
    if not needs:
        return {}
    order = list(Priority.values)
    return {
        "title": min((need.title for need in needs), key=len),
        "domain": needs[0].domain,
        "priority": min((need.priority for need in needs), key=order.index),
    }
