"""The needs of all structures, and the common expression into which the project merges them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.db.models.expressions import RawSQL

from common.scope import as_array
from organisations.access import Access
from organisations.enums import Level, Permission
from organisations.models import Project
from structures.aggregates import Carried, carriers
from structures.enums.needs import IN_EXPRESSION, CommonStatus, Outcome, Priority
from structures.models import CommonNeed, Need
from structures.need_likeness import alike
from structures.selectors.needs.own import BY_PRIORITY

DECIDED_VIEWS = {
    "": Q(),
    "a-decider": Q(outcome=Outcome.UNDECIDED),
    "portes": Q(outcome=Outcome.COMMON),
    "locaux": Q(outcome=Outcome.LOCAL),
    "ecartes": Q(outcome=Outcome.DISMISSED),
}


@dataclass(frozen=True)
class Filters:
    """What the list of needs is narrowed to. `structure`: its slug."""

    shown: str = ""
    domain: str = ""
    priority: str = ""
    structure: str = ""
    og: uuid.UUID | None = None

    @property
    def parameters(self) -> dict[str, str]:
        """As the address has them, those without a value left out."""
        asked = {
            "vue": self.shown,
            "domaine": self.domain,
            "priorite": self.priority,
            "structure": self.structure,
            "og": str(self.og or ""),
        }
        return {name: value for name, value in asked.items() if value}


def transmitted_to(project: Project, access: Access) -> QuerySet[Need]:
    """The needs that structures transmitted and this person reads: of all of them, or of their own OG."""
    rows = Need.objects.transmitted().filter(project=project)
    if not access.in_project(project, Permission.VIEW_STRUCTURES):
        ids = as_array(access.ids_with(Level.OG, Permission.VIEW_STRUCTURES))
        rows = rows.filter(og_id__in=RawSQL("select unnest(%s::uuid[])", [ids]))
    return rows


def narrowed(needs: QuerySet[Need], filters: Filters) -> QuerySet[Need]:
    """Those that the filters keep: to be decided first, domain by domain, the most pressing first."""
    kept = DECIDED_VIEWS[filters.shown]
    if filters.domain:
        kept &= Q(domain=filters.domain)
    if filters.priority:
        kept &= Q(priority=filters.priority)
    if filters.structure:
        kept &= Q(esms__slug=filters.structure)
    if filters.og:
        kept &= Q(og_id=filters.og)
    rows = needs.filter(kept).select_related("esms", "og", "common")
    return rows.order_by("outcome", "domain", BY_PRIORITY, "esms__name", "number")


@dataclass(frozen=True)
class Figures:
    """`by_outcome`: how many needs of each outcome; `by_cell`: how many of each domain and priority."""

    by_outcome: dict[str, int]
    by_cell: dict[tuple[str, str], int]

    @property
    def total(self) -> int:
        return sum(self.by_outcome.values())

    @property
    def undecided(self) -> int:
        return self.by_outcome.get(Outcome.UNDECIDED, 0)


def figures(needs: QuerySet[Need]) -> Figures:
    """One query."""
    by_outcome: dict[str, int] = {}
    by_cell: dict[tuple[str, str], int] = {}
    rows = needs.order_by().values_list("domain", "priority", "outcome").annotate(count=Count("pk"))
    for domain, priority, outcome, count in rows:
        by_outcome[outcome] = by_outcome.get(outcome, 0) + count
        by_cell[domain, priority] = by_cell.get((domain, priority), 0) + count
    return Figures(by_outcome, by_cell)


@dataclass(frozen=True)
class CommonLine:
    """A common need, and how many carry it."""

    need: CommonNeed
    carried: Carried


def common_needs(project: Project) -> list[CommonLine]:
    """The common expression, carried by most first. Two queries."""
    counted = carriers(project.pk)
    lines = [CommonLine(row, counted.get(row.pk, Carried())) for row in CommonNeed.objects.filter(project=project)]
    ranks = list(Priority.values)
    return sorted(
        lines,
        key=lambda line: (
            IN_EXPRESSION.index(CommonStatus(line.need.status)),
            ranks.index(line.need.priority),
            -line.carried.structures,
            line.need.number,
        ),
    )


def carried_by(common: CommonNeed) -> QuerySet[Need]:
    """The needs that a common need carries, which the reader may read."""
    rows = Need.objects.transmitted().filter(common=common).select_related("esms", "og")
    return rows.order_by("og__name", "esms__name", "number")


def undecided_like(common: CommonNeed, *, most: int = 6) -> list[Need]:
    """The needs to decide of its domain that look like a common need. One query."""
    rows = Need.objects.transmitted().filter(project=common.project_id, outcome=Outcome.UNDECIDED, domain=common.domain)
    found = {str(need.pk): need for need in rows.select_related("esms", "og").order_by("pk")[:300]}
    return [found[key] for key in alike(common.title, [(key, need.title) for key, need in found.items()], most=most)]


@dataclass(frozen=True)
class Suggestion:
    """Needs to decide that look alike: `common`, into which they may go, if one looks like the first."""

    needs: list[Need]
    common: CommonNeed | None = None


def suggestions(needs: Sequence[Need], commons: Sequence[CommonNeed], *, most: int = 4) -> list[Suggestion]:
    """Among these needs to decide, those that look like a common need or like one another, each need once. No query."""
    by_id = {str(common.pk): common for common in commons if common.status != CommonStatus.DISMISSED}
    left = {str(need.pk): need for need in needs if need.outcome == Outcome.UNDECIDED}
    into: dict[str, list[Need]] = {}
    for key, need in list(left.items()):
        there = [(pk, common.title) for pk, common in by_id.items() if common.domain == need.domain]
        if found := alike(need.title, there, most=1):
            into.setdefault(found[0], []).append(left.pop(key))
    lists = [Suggestion(found, by_id[pk]) for pk, found in into.items()]
    for key, need in list(left.items()):
        if key not in left:
            continue
        others = [(pk, other.title) for pk, other in left.items() if pk != key and other.domain == need.domain]
        if found := alike(need.title, others, most=10):
            lists.append(Suggestion([left.pop(pk) for pk in (key, *found)]))
    return sorted(lists, key=lambda one: -len(one.needs))[:most]


def chosen_among(project: Project, ids: Sequence[uuid.UUID]) -> list[Need]:
    """The needs of these ids that structures of the project transmitted, in their order of the list. One query."""
    rows = Need.objects.transmitted().filter(project=project, pk__in=ids).select_related("esms", "og", "common")
    return list(rows.order_by("domain", BY_PRIORITY, "esms__name", "number"))
