"""The statements of a structure, and one of them as it was given."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from indicators.aggregates import splits
from indicators.enums import StatementStatus
from indicators.masking import Split
from indicators.models import Cell, Figure, Statement
from indicators.selectors.asked import asked_of
from indicators.selectors.campaigns import Progress, enterable, progress_of
from indicators.selectors.definitions import Followed, followed
from indicators.selectors.told import Told, told
from indicators.values import Terms
from organisations.access import Access
from organisations.enums import Level, Permission
from organisations.models import ESMS


@dataclass(frozen=True)
class Standing:
    """`progress`: how far it is; None for what is over."""

    statement: Statement
    progress: Progress | None


def standings(esms: ESMS, today: date) -> tuple[list[Standing], list[Standing]]:
    """What is to enter now, by due day; then the others, the latest period first. Three queries, and those that change
    role."""
    rows = Statement.objects.filter(esms=esms).select_related("campaign", "given_by", "sent_back_by")
    found = list(rows.order_by("-campaign__period_start", "campaign__frequency", "pk"))
    for row in found:
        row.esms = esms
    now = [row for row in found if row.status != StatementStatus.GIVEN and row.may_be_entered(today)]
    progress = progress_of(now, {esms.project_id: followed(esms.project)})
    now.sort(key=lambda row: (row.campaign.due_on, row.campaign.period_start))
    return (
        [Standing(row, progress[row.pk]) for row in now],
        [Standing(row, None) for row in found if row not in now],
    )


def others_to_enter(access: Access, esms: ESMS, today: date, *, but: uuid.UUID | None = None) -> list[Statement]:
    """What this person has to enter in their structures of this project, this one first, then by due day. Two
    queries."""
    own = access.ids_with(Level.ESMS, Permission.FILL_STRUCTURES)
    structures = list(ESMS.objects.filter(project=esms.project, pk__in=own).order_by("name"))
    for structure in structures:
        structure.project = esms.project
    found = [row for row in enterable(structures, today) if row.pk != but]
    return sorted(found, key=lambda row: (row.esms_id != esms.pk, row.campaign.due_on))


@dataclass(frozen=True)
class Line:
    """One line of a statement that is read. `split`: by value, what may be told of it."""

    followed: Followed
    told: Told | None
    split: Split | None


def read_lines(esms: ESMS, statement: Statement, *, inside: bool) -> list[Line]:
    """`inside`: by its own people, who read it as it is, given or not; by the others only what may be told. Three
    queries, and those that change role."""
    period = statement.campaign.period
    asked = asked_of(esms, period, followed(esms.project))
    rows = Figure.objects.filter(statement=statement).select_related("definition")
    figures = {row.indicator_id: row for row in rows}
    if inside:
        shown = {pk: _as_it_is(row) for pk, row in figures.items()}
        split = _splits_as_they_are(list(figures.values()))
    else:
        found = told(esms.project, asked, [period], places=[esms.pk])
        shown = {indicator: one for (_, indicator, _), one in found.items()}
        split = splits(list(figures.values()))
    return [
        Line(one, shown.get(one.indicator.pk), split.get(figure.pk) if figure else None)
        for one in asked
        for figure in [figures.get(one.indicator.pk)]
    ]


def _as_it_is(row: Figure) -> Told:
    return Told(row.pk, row.terms, False, row.text, row.absence, row.why, row.comment, row.origin)


def _splits_as_they_are(figures: Sequence[Figure]) -> Mapping[uuid.UUID, Split]:
    cells: dict[uuid.UUID, dict[str, Terms]] = {}
    for cell in Cell.objects.filter(figure__in=[row.pk for row in figures]):
        cells.setdefault(cell.figure_id, {})[cell.value] = cell.terms
    return {row.pk: Split(row.terms, cells[row.pk], frozenset()) for row in figures if row.pk in cells}
