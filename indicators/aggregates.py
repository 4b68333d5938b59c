"""What is read elevated: figures of the whole for who reads no structure, and splits, whose cells nobody above their
structure may read as they are. Returns figures that may be told, never rows."""

import uuid
from collections import defaultdict
from collections.abc import Collection as Several
from collections.abc import Mapping, Sequence

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import OuterRef, Q, Subquery

from common.scope import elevated
from indicators.enums import Breakdown, CollectedAt
from indicators.masking import Split, masked
from indicators.models import Cell, Definition, Figure
from indicators.periods import Period
from indicators.selectors.definitions import Followed
from indicators.selectors.totals import Of, totals
from indicators.selectors.withheld import is_masked, is_withheld
from indicators.splits import choices_of
from indicators.totals import Total, may_be_told, split_together, unnamed_split
from indicators.values import Terms
from organisations.models import Project


def splits(figures: Sequence[Figure]) -> Mapping[uuid.UUID, Split]:
    """As `splits_of`. `figures`: those that the reader may read, each with its definition at hand."""
    known = {figure.pk: (figure.terms, figure.definition) for figure in figures}
    return splits_of({pk: (terms, definition) for pk, (terms, definition) in known.items() if terms})


def splits_of(figures: Mapping[uuid.UUID, tuple[Terms, Definition]]) -> Mapping[uuid.UUID, Split]:
    """How each of these figures, by its id, splits: those that the reader may read, each with its definition. Small
    groups are withheld where this says so, or the latest one. One query, and those that change role."""
    if not figures:
        return {}
    cells: dict[uuid.UUID, dict[str, Terms]] = defaultdict(dict)
    whole: set[uuid.UUID] = set()  # withheld as a whole
    under: set[uuid.UUID] = set()  # the rule
    versions = Definition.objects.filter(indicator=OuterRef("figure__indicator")).order_by("-number")
    rows = Cell.objects.filter(figure__in=figures.keys()).annotate(latest=Subquery(versions.values("masked")[:1]))
    rule = Q(latest=True) | is_masked([], "figure__")
    with elevated():
        rows = rows.annotate(whole=is_withheld(rule, "figure__"), under=rule)
        for pk, value, amount, base, is_whole, is_under in rows.values_list(
            "figure_id", "value", "amount", "base", "whole", "under"
        ):
            cells[pk][value] = Terms(amount, base)
            whole |= {pk} if is_whole else set()
            under |= {pk} if is_under else set()
    return {
        pk: _split(None if pk in whole else terms, cells[pk], definition, under=pk in under)
        for pk, (terms, definition) in figures.items()
        if cells[pk]
    }


def _split(terms: Terms | None, cells: Mapping[str, Terms], definition: Definition, *, under: bool) -> Split:
    if under:
        return masked(terms, cells, kind=definition.kind, percent=definition.percent)
    return Split(terms, cells, frozenset())


def filled_lines(statements: Several[uuid.UUID]) -> Mapping[uuid.UUID, frozenset[uuid.UUID]]:
    """By statement, the indicators of which it says something already: how far an entry got is told to who follows it,
    not what it holds. One query, and those that change role."""
    says = Q(amount__isnull=False) | ~Q(text="") | ~Q(absence="")
    with elevated():
        rows = Figure.objects.filter(says, statement__in=statements).order_by().values_list("statement_id")
        return {pk: frozenset(found) for pk, found in rows.annotate(lines=ArrayAgg("indicator_id")) if pk}


# --- Of a whole project, for who reads no structure one by one -------------------------------------------------------


def project_totals(
    project: Project, found: Sequence[Followed], periods: Several[Period], *readers: Several[uuid.UUID]
) -> Mapping[Of, Total]:
    """What the structures of a project are worth together, by indicator and period: only what tells none of these
    readers of one in particular (`totals.may_be_told`). `readers`: of each of them, the structures that they read one
    by one. What is of the project itself is told as it is. One query, and those that change role."""
    with elevated():
        added = totals(project, found, periods, naming=True)
    of_project = {one.indicator.pk for one in found if one.definition.collected_at == CollectedAt.PROJECT}
    return {of: one for of, one in added.items() if of[0] in of_project or may_be_told(one.places, readers)}


def project_split(project: Project, one: Followed, period: Period, *readers: Several[uuid.UUID]) -> Mapping[str, Total]:
    """How the structures of a project split together over one period, value by value, as `project_totals` tells it. Two
    queries, and those that change role."""
    with elevated():
        figures = _figures_at(project, one, period)
    whole = [figure.place for figure in figures]
    if one.definition.collected_at != CollectedAt.PROJECT and not may_be_told(whole, readers):
        return {}
    found = _by_place(figures)
    added = split_together(found, one.definition.aggregation, _values_of(one))
    if one.definition.collected_at == CollectedAt.PROJECT:
        return added
    return unnamed_split(whole, found, added, readers)


def read_split(
    project: Project, one: Followed, period: Period, places: Several[uuid.UUID] | None = None
) -> Mapping[str, Total]:
    """How the structures that the reader may read split together: what is told of each is added. Two queries, and those
    that change role."""
    figures = _figures_at(project, one, period, places)
    return split_together(_by_place(figures), one.definition.aggregation, _values_of(one))


def _figures_at(
    project: Project, one: Followed, period: Period, places: Several[uuid.UUID] | None = None
) -> list[Figure]:
    """Those of an indicator over a period that are told, for their splits alone."""
    withheld = is_withheld(is_masked([one.indicator.pk] if one.definition.masked else []))
    rows = (
        Figure.objects.alias(withheld=withheld)
        .filter(
            project=project,
            published=True,
            indicator=one.indicator,
            frequency=period.frequency,
            period_start=period.start,
            amount__isnull=False,
            withheld=False,
        )
        .select_related("definition")
    )
    return list(rows if places is None else rows.filter(place__in=places))


def _by_place(figures: Sequence[Figure]) -> Mapping[uuid.UUID, Split]:
    found = splits(figures)
    return {figure.place: found[figure.pk] for figure in figures if figure.pk in found}


def _values_of(one: Followed) -> list[str]:
    breakdown = one.definition.breakdown
    return [choice.code for choice in choices_of(Breakdown(breakdown))] if breakdown else []
