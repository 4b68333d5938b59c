"""The grid of one structure: indicators down, periods across, a text in each cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from common import french
from common.ui import Link
from indicators.cells import cell_text, expects
from indicators.enums import Frequency, Kind, StatementStatus
from indicators.models import Statement
from indicators.periods import SPAN, Period
from indicators.presentation import crumbs as trails
from indicators.rights import Rights
from indicators.selectors.definitions import Followed
from indicators.selectors.grid import Grid
from organisations.models import ESMS

__all__ = ["GridView", "address", "cell_id", "cell_text", "grid_view", "place_in_words"]

TITLE = "Saisie sur plusieurs périodes"
LEGEND = {
    "given": "Relevé rendu : il se reprend depuis sa page.",
    "submitted": "Relevé soumis à la direction : il se reprend depuis sa page.",
    "over": "Collecte close : le chef de projet peut la rouvrir pour votre structure.",
    "early": "Collecte pas encore ouverte.",
    "none": "Aucune collecte ouverte pour cette période.",
    "not_asked": "Indicateur non demandé pour cette période : le DUI n’y était pas encore ouvert.",
}
WORDS = {
    "given": "rendu",
    "submitted": "soumis",
    "over": "close",
    "early": "à venir",
    "none": "sans collecte",
    "not_asked": "non demandé",
}
PER = {Frequency.WEEKLY: "Par semaine", Frequency.MONTHLY: "Par mois", Frequency.QUARTERLY: "Par trimestre"}


@dataclass(frozen=True)
class Column:
    """`lock`: why nothing is entered there, a key of LEGEND; nothing when it is open."""

    code: str
    short: str
    label: str
    url: str
    lock: str
    word: str
    why: str


@dataclass(frozen=True)
class CellView:
    id: str
    name: str
    text: str
    version: int
    label: str
    open: bool
    why: str
    refused: str = ""


@dataclass(frozen=True)
class RowView:
    code: str
    label: str
    unit: str
    expects: str
    long: bool
    cells: list[CellView]


@dataclass(frozen=True)
class GridView:
    title: str
    lede: str
    crumbs: list[Link]
    frequencies: list[Link]
    earlier: Link
    later: Link | None
    columns: list[Column]
    rows: list[RowView]
    legend: list[tuple[str, str]]
    seen: str
    query: str
    open: bool
    span: str


def query_of(until: Period) -> str:
    """What the address of the grid says after its question mark."""
    return urlencode({"jusqua": until.code, "frequence": until.frequency})


def address(name: str, esms: ESMS, until: Period, *more: object) -> str:
    """A page of the grid, for the same periods."""
    return f"{reverse(name, args=[esms.project.slug, esms.slug, *more])}?{query_of(until)}"


def cell_id(code: str, period: Period) -> str:
    return f"c-{code}-{period.code}"


def place_in_words(one: Followed, period: Period) -> str:
    """« Taux de connexion, mai 2026 »."""
    return f"{french.typography(one.definition.label)}, {period.label}"


def grid_view(
    grid: Grid,
    rights: Rights,
    frequencies: Sequence[Frequency],
    today: date,
    *,
    kept: Mapping[str, tuple[str, str]] | None = None,
) -> GridView:
    """`kept`: what was refused and why, by id of its cell: it stays there."""
    until = grid.periods[-1]
    columns = [_column(grid, period, today) for period in grid.periods]
    rows = [_row(grid, one, columns, kept or {}) for one in grid.rows]
    locks = {column.lock for column in columns if column.lock}
    if len(grid.asked) < len(grid.rows) * len(grid.periods):
        locks.add("not_asked")
    latest = Period.of(until.frequency, today)
    later = min(_after(until, SPAN), latest)
    span = f"{french.capital(grid.periods[0].label)} – {until.label}"
    return GridView(
        title=TITLE,
        lede=_lede(columns),
        crumbs=trails.of_structure(
            grid.esms,
            rights,
            Link("Saisie", reverse("statements", args=[grid.esms.project.slug, grid.esms.slug])),
            Link("Grille"),
        ),
        frequencies=_frequencies(grid, frequencies, today) if len(frequencies) > 1 else [],
        earlier=Link("Périodes d’avant", address("statement_grid", grid.esms, until.back(SPAN))),
        later=Link("Périodes d’après", address("statement_grid", grid.esms, later)) if until < latest else None,
        columns=columns,
        rows=rows,
        legend=[(WORDS[key], why) for key, why in LEGEND.items() if key in locks],
        seen=seen_of(grid),
        query=query_of(until),
        open=any(not column.lock for column in columns),
        span=span,
    )


def seen_of(grid: Grid) -> str:
    """The versions that the page shows, of what isn't empty: « code/2026-05:3 »."""
    return " ".join(
        f"{one.code}/{period.code}:{version}"
        for one in grid.rows
        for period in grid.periods
        if (version := grid.version(one.code, period))
    )


def _after(period: Period, count: int) -> Period:
    for _ in range(count):
        period = period.next
    return period


def _frequencies(grid: Grid, frequencies: Sequence[Frequency], today: date) -> list[Link]:
    here = grid.periods[-1]
    found = []
    for frequency in frequencies:
        until = here if frequency == here.frequency else Period.of(frequency, min(here.end, today))
        found.append(
            Link(PER[frequency], address("statement_grid", grid.esms, until), current=frequency == here.frequency)
        )
    return found


def _column(grid: Grid, period: Period, today: date) -> Column:
    lock = "" if grid.opens(period, today) else _lock(grid.statements.get(period.start), today)
    return Column(
        code=period.code,
        short=period.short,
        label=period.label,
        url=reverse("statement", args=[grid.esms.project.slug, grid.esms.slug, period.code])
        if period.start in grid.statements
        else "",
        lock=lock,
        word=WORDS.get(lock, ""),
        why=LEGEND.get(lock, ""),
    )


def _lock(statement: Statement | None, today: date) -> str:
    if statement is None:
        return "none"
    if statement.status == StatementStatus.GIVEN:
        return "given"
    if statement.status == StatementStatus.SUBMITTED:
        return "submitted"
    return "early" if statement.campaign.opens_on > today else "over"


def _row(grid: Grid, one: Followed, columns: Sequence[Column], kept: Mapping[str, tuple[str, str]]) -> RowView:
    cells = []
    for period, column in zip(grid.periods, columns, strict=True):
        asked = (one.code, period.start) in grid.asked
        opened, name, text = asked and not column.lock, cell_id(one.code, period), grid.text(one.code, period)
        text, refused = kept.get(name, (text, "")) if opened else (text, "")
        cells.append(
            CellView(
                id=name,
                name=f"{one.code}/{period.code}",
                text=text,
                version=grid.version(one.code, period),
                label=place_in_words(one, period),
                open=opened,
                why=column.why if asked else LEGEND["not_asked"],
                refused=refused,
            )
        )
    definition = one.definition
    return RowView(
        code=one.code,
        label=french.typography(definition.label),
        unit=definition.unit,
        expects=expects(definition),
        long=definition.kind == Kind.TEXT,
        cells=cells,
    )


def _lede(columns: Sequence[Column]) -> str:
    opened = sum(not column.lock for column in columns)
    if not opened:
        return "Aucune de ces périodes ne se saisit en ce moment : la grille se lit."
    return french.typography(
        f"{french.counted(opened, 'période se saisit', 'périodes se saisissent', feminine=True).capitalize()} ; "
        "chaque case s’enregistre seule. Un bloc copié d’un tableur se colle sur une case."
    )
