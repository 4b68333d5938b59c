"""Computing figures: what changed is written, the rest is left alone, and so is what a campaign that is over told."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from common import french
from common.errors import DomainError
from common.locks import one_at_a_time
from common.scope import elevated
from indicators.computing import SOURCES, Asked, Computed, Key
from indicators.enums import CollectedAt, Frequency, Origin, Source
from indicators.models import Campaign, Cell, Figure
from indicators.periods import Period
from indicators.selectors.computed import is_frozen, told_periods
from indicators.selectors.definitions import Followed, followed
from organisations.models import ESMS, Project, place_of


@transaction.atomic
def compute(
    project: Project,
    periods: Sequence[Period] | None = None,
    *,
    structures: Sequence[ESMS] | None = None,
    today: date | None = None,
) -> int:
    """Write the computed figures of a project over these periods, each of its own frequency, and return how many
    changed. By default: the period that goes on, the one before, and those whose campaign goes on.

    What was told of a period that is over (`is_frozen`) stays; what is missing of it is added only when the period is
    asked for by name. Elevated: figures are of rows that nobody here may read. A fixed number of queries.
    """
    today = today or french.today()
    with elevated():
        one_at_a_time(f"computed-figures:{project.pk}")
        found = [one for one in followed(project) if _is_computed(one)]
        campaigns = list(Campaign.objects.filter(project=project))
        if periods is None:
            periods = [
                period
                for frequency in sorted({one.definition.frequency for one in found})
                for period in told_periods(Frequency(frequency), campaigns, today)
            ]
        begun = sorted({period for period in periods if period.start < today})
        frozen = {period for period in begun if is_frozen(period, campaigns, today)}
        places = structures if structures is not None else list(ESMS.objects.filter(project=project).order_by("pk"))
        wanted = _wanted(project, found, places, begun, today)
        return _write(project, found, places, begun, frozen, wanted)


@transaction.atomic
def compute_again(*, esms: ESMS, period: Period) -> int:
    """Compute the figures of one structure over one period now. Raises DomainError once they stay as they are."""
    today = french.today()
    if period.start >= today:
        raise DomainError("Cette période commence à peine : ses chiffres se calculent à partir de demain.")
    if is_frozen(period, list(Campaign.objects.filter(project=esms.project_id)), today):
        raise DomainError(
            f"La collecte de cette période ({period.label}) est terminée : les chiffres calculés restent ce qu’ils "
            "étaient alors."
        )
    return compute(esms.project, [period], structures=[esms], today=today)


def _is_computed(one: Followed) -> bool:
    return one.definition.source in SOURCES and one.definition.collected_at == CollectedAt.ESMS


def _wanted(
    project: Project, found: Sequence[Followed], places: Sequence[ESMS], periods: Sequence[Period], today: date
) -> Mapping[Key, Computed]:
    concerned = {(one.code, esms.pk) for one in found for esms in places if one.concerns(esms)}
    figures: dict[Key, Computed] = {}
    for source, compute_source in SOURCES.items():
        of_source = [one for one in found if Source(one.definition.source) == source]
        if of_source and periods and places:
            asked = Asked(project.pk, of_source, [esms.pk for esms in places], periods, today)
            figures |= compute_source(asked)
    return {key: figure for key, figure in figures.items() if key[:2] in concerned}


@dataclass(frozen=True)
class _There:
    """The rows that are there, by what they are of, with the cells of those that were computed."""

    figures: Mapping[Key, Figure]
    cells: Mapping[uuid.UUID, Mapping[str, Cell]]

    def says(self, figure: Figure, wanted: Computed, one: Followed) -> bool:
        cells = {value: cell.terms for value, cell in self.cells.get(figure.pk, {}).items()}
        return (
            figure.terms == wanted.terms and cells == dict(wanted.cells) and figure.definition_id == one.definition.pk
        )


def _there(project: Project, found: Sequence[Followed], places: Sequence[ESMS], periods: Sequence[Period]) -> _There:
    codes = {one.indicator.pk: one.code for one in found}
    rows = Figure.objects.filter(
        project=project,
        indicator__in=list(codes),
        esms__in=[esms.pk for esms in places],
        frequency__in={period.frequency for period in periods},
        period_start__in={period.start for period in periods},
    )
    figures = {(codes[row.indicator_id], row.place, row.period): row for row in rows.order_by()}
    cells: dict[uuid.UUID, dict[str, Cell]] = {}
    computed = [row.pk for row in figures.values() if row.origin == Origin.COMPUTED]
    for cell in Cell.objects.filter(figure__in=computed).order_by():
        cells.setdefault(cell.figure_id, {})[cell.value] = cell
    return _There(figures, cells)


def _write(
    project: Project,
    found: Sequence[Followed],
    places: Sequence[ESMS],
    periods: Sequence[Period],
    frozen: Collection[Period],
    wanted: Mapping[Key, Computed],
) -> int:
    there, by_code = _there(project, found, places, periods), {one.code: one for one in found}
    by_pk = {esms.pk: esms for esms in places}
    new: dict[uuid.UUID, tuple[Figure, Computed]] = {}
    changed: dict[uuid.UUID, tuple[Figure, Computed]] = {}
    for (code, esms_id, period), figure in wanted.items():
        one, row = by_code[code], there.figures.get((code, esms_id, period))
        if row is None:
            row = _row(by_pk[esms_id], one, period)
            new[row.pk] = (row, figure)
        elif row.origin == Origin.COMPUTED and period not in frozen and not there.says(row, figure, one):
            changed[row.pk] = (row, figure)
        else:  # entered meanwhile, over, or the same
            continue
        row.amount, row.base, row.definition = figure.terms.amount, figure.terms.base, one.definition
    gone = [
        row.pk
        for (code, esms_id, period), row in there.figures.items()
        if row.origin == Origin.COMPUTED
        and period not in frozen
        and period in periods
        and (code, esms_id, period) not in wanted
    ]
    written = _create(new.values()) | _change(changed, there)
    _create_cells(row for pk, row in {**new, **changed}.items() if pk in written)
    if gone:
        Figure.objects.filter(pk__in=gone).delete()
    return len(written) + len(gone)


def _row(esms: ESMS, one: Followed, period: Period) -> Figure:
    return Figure(
        **place_of(esms),
        place=esms.pk,
        indicator=one.indicator,
        frequency=period.frequency,
        period_start=period.start,
        origin=Origin.COMPUTED,
        published=True,
    )


def _create(new: Iterable[tuple[Figure, Computed]]) -> set[uuid.UUID]:
    """The ids of those that are there: one that a structure entered at this very moment is its own."""
    rows = [row for row, _ in new]
    if not rows:
        return set()
    Figure.objects.bulk_create(rows, ignore_conflicts=True)
    return set(Figure.objects.filter(pk__in=[row.pk for row in rows]).order_by().values_list("pk", flat=True))


def _change(changed: Mapping[uuid.UUID, tuple[Figure, Computed]], there: _There) -> set[uuid.UUID]:
    if not changed:
        return set()
    now = timezone.now()
    for row, _ in changed.values():
        row.written_at, row.version = now, row.version + 1
    Figure.objects.bulk_update(
        [row for row, _ in changed.values()], ["amount", "base", "definition", "written_at", "version"]
    )
    moved = [
        cell.pk
        for pk, (_, figure) in changed.items()
        for value, cell in there.cells.get(pk, {}).items()
        if figure.cells.get(value) != cell.terms
    ]
    Cell.objects.filter(pk__in=moved).delete()
    return set(changed)


def _create_cells(figures: Iterable[tuple[Figure, Computed]]) -> None:
    """Those that are there already say the same."""
    Cell.objects.bulk_create(
        (
            Cell(
                project_id=row.project_id,
                og_id=row.og_id,
                esms_id=row.esms_id,
                place=row.place,
                figure=row,
                value=value,
                amount=terms.amount,
                base=terms.base,
            )
            for row, figure in figures
            for value, terms in figure.cells.items()
        ),
        ignore_conflicts=True,
    )
