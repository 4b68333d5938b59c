"""Many figures of one structure at once: a block that is pasted, a file that is given back. A fixed number of queries,
whatever their number; the guarantees are those of `services.figures`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from common.errors import DomainError
from common.refusals import refused_in_words
from indicators.cells import given_by, read_text, says_all, text_of
from indicators.entry import Given, checked
from indicators.enums import Origin, StatementStatus
from indicators.models import Cell, Figure, Statement
from indicators.periods import Period
from indicators.selectors.definitions import Followed
from indicators.selectors.grid import Grid, Place, read_periods
from indicators.services.figures import GIVEN, OVER, SUBMITTED, figure_place, make_room
from organisations.models import ESMS, User, place_of

NO_STATEMENT = "Aucune collecte n’est ouverte pour cette période."
NOT_ASKED = "Cet indicateur n’est pas demandé pour cette période."
CHANGED = "Cette valeur a changé depuis que vous l’avez lue. Rien n’est écrasé."
MORE = (
    "Cette valeur est ventilée, ce qu’une seule case ne peut dire : changez-la dans le relevé de la période, "
    "avec sa ventilation."
)


@dataclass(frozen=True)
class Typed:
    """What somebody wants in one cell. `version`: that of the figure that was read, 0 when there was none."""

    code: str
    period: Period
    text: str
    version: int

    @property
    def place(self) -> Place:
        return self.code, self.period.start


@dataclass(frozen=True)
class Refused:
    """What was not written, and why. `theirs`: somebody wrote in between, and what."""

    typed: Typed
    why: str
    theirs: str | None = None


@dataclass
class Done:
    """What became of each cell. `before`: the texts that were there, of those written."""

    written: list[Typed] = field(default_factory=list)
    unchanged: list[Typed] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    before: dict[Place, str] = field(default_factory=dict)
    versions: dict[Place, int] = field(default_factory=dict)


@transaction.atomic
def write_cells(
    *, esms: ESMS, typed: Sequence[Typed], found: Sequence[Followed], by: User, origin: Origin = Origin.ENTERED
) -> Done:
    """Write what can be written, and say why the rest can't: what can't be read, what the definition refuses, what may
    not be entered any more, what somebody else wrote since it was read. An empty text takes the value away, not its
    comment. `typed`: periods of one frequency, a place once."""
    done = Done()
    if not typed:
        return done
    periods = sorted({item.period for item in typed})
    _lock(esms, periods)
    grid = read_periods(esms, periods, found)  # once locked, they stay as they are read
    known = {one.code: one for one in found}
    wanted: list[tuple[Typed, Followed, Given]] = []
    for item in typed:
        try:
            given = judged(item, grid, known)
        except Stale as stale:
            done.refused.append(Refused(item, CHANGED, stale.theirs))
        except DomainError as error:
            done.refused.append(Refused(item, str(error)))
        else:
            if given is None:
                done.unchanged.append(item)
                done.versions[item.place] = grid.version(item.code, item.period)
            else:
                wanted.append((item, known[item.code], given))
                done.written.append(item)
                done.before[item.place] = grid.text(item.code, item.period)
    _write(grid, wanted, by, origin, done)
    return done


class Stale(DomainError):
    """Somebody wrote in between."""

    def __init__(self, theirs: str) -> None:
        super().__init__(CHANGED)
        self.theirs = theirs


def _lock(esms: ESMS, periods: Sequence[Period]) -> None:
    """Nobody gives them, nor writes one of their figures, meanwhile (`services.figures.entering`). In order, so that
    two who lock several wait for each other rather than for ever."""
    rows = Statement.objects.select_for_update(no_key=True, of=("self",)).filter(
        esms=esms,
        campaign__frequency=periods[0].frequency,
        campaign__period_start__in=[period.start for period in periods],
    )
    list(rows.order_by("pk").values_list("pk"))


def judged(item: Typed, grid: Grid, known: Mapping[str, Followed]) -> Given | None:
    """What is to be written; None when it is there already. Raises DomainError. No query."""
    there = grid.figure(item.code, item.period)
    now = grid.text(item.code, item.period)
    if item.text.strip() == now.replace("\r\n", "\n"):
        return None
    if item.code not in known or item.place not in grid.asked:
        raise DomainError(NOT_ASKED)
    definition = known[item.code].definition
    _check_open(grid.statements.get(item.period.start))
    given = checked(read_text(item.text, definition), definition)
    if text_of(given, definition) == now:
        return None
    if item.version != (there.version if there else 0):
        raise Stale(now)
    if there and there.is_there and not says_all(given_by(there, grid.cells.get(there.pk, ())), there.definition):
        raise DomainError(MORE)
    return given


def _check_open(statement: Statement | None) -> None:
    if statement is None:
        raise DomainError(NO_STATEMENT)
    if statement.status == StatementStatus.GIVEN:
        raise DomainError(GIVEN)
    if statement.status == StatementStatus.SUBMITTED:
        raise DomainError(SUBMITTED)
    if not statement.may_be_entered(timezone.localdate()):
        raise DomainError(OVER)


def _write(
    grid: Grid,
    wanted: Iterable[tuple[Typed, Followed, Given]],
    by: User,
    origin: Origin,
    done: Done,
) -> None:
    now = timezone.now()
    new, changed, gone = [], [], []
    cells: list[tuple[Figure, Given]] = []
    for item, one, given in wanted:
        figure = grid.figure(item.code, item.period)
        if figure is not None and given.is_empty and not figure.comment:
            gone.append(figure)
            done.versions[item.place] = 0
            continue
        if figure is None:
            statement = grid.statements[item.period.start]
            figure = Figure(
                **place_of(grid.esms),
                place=grid.esms.pk,
                indicator=one.indicator,
                statement=statement,
                frequency=statement.campaign.frequency,
                period_start=statement.campaign.period_start,
            )
            new.append(figure)
        else:
            figure.version += 1
            changed.append(figure)
        figure.amount, figure.base = given.amount, given.base
        figure.text, figure.absence, figure.why = given.text, given.absence, given.why
        figure.definition, figure.origin = one.definition, origin
        figure.written_by, figure.written_at = by, now
        done.versions[item.place] = figure.version
        cells.append((figure, given))
    with refused_in_words(Figure):
        if gone:
            Figure.objects.filter(pk__in=[figure.pk for figure in gone]).delete()
        make_room(new)
        Figure.objects.bulk_create(new)
        Figure.objects.bulk_update(
            changed,
            [
                "amount",
                "base",
                "text",
                "absence",
                "why",
                "definition",
                "origin",
                "written_by",
                "written_at",
                "version",
            ],
        )
    _write_parts(grid, cells)


def _write_parts(grid: Grid, wanted: Iterable[tuple[Figure, Given]]) -> None:
    """Parts that stay as they are are not written again: their history tells changes."""
    new, changed, gone = [], [], []
    for figure, given in wanted:
        there = {cell.value: cell for cell in grid.cells.get(figure.pk, ())}
        gone += [there[value].pk for value in there.keys() - given.cells.keys()]
        for value, terms in given.cells.items():
            cell = there.get(value)
            if cell is None:
                new.append(
                    Cell(**figure_place(figure), figure=figure, value=value, amount=terms.amount, base=terms.base)
                )
            elif cell.terms != terms:
                cell.amount, cell.base = terms.amount, terms.base
                changed.append(cell)
    if gone:
        Cell.objects.filter(pk__in=gone).delete()
    Cell.objects.bulk_create(new)
    Cell.objects.bulk_update(changed, ["amount", "base"])
