"""How structures differ from the proposal and among each other, in French."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from common import french
from common.ui import Link
from organisations.models import Project
from structures.catalogue.habilitations import Domain
from structures.presentation import habilitation_words as words
from structures.presentation.habilitation_follow_up import crumbs
from structures.selectors.habilitation_follow_up import Departure, Gaps, Spread

MOST = 3
SHOWN = 12  # lines of the list that are shown at once
# How strong a cell of the grid is, as the levels of the matrix are drawn: from this share of the structures on.
SHARES = ((50, "V"), (25, "E"), (0, "L"))
LEGEND = (("L", "Moins d’un quart des structures"), ("E", "Un quart ou plus"), ("V", "La moitié ou plus"))


@dataclass(frozen=True)
class SpreadLine:
    """A profile × domain that isn't the same everywhere."""

    label: str
    said: str
    url: str
    mark: tuple[str, str, str]


@dataclass(frozen=True)
class CellView:
    """A cell of the grid; without `url` all structures follow the proposal."""

    count: str
    strength: str
    wider: bool
    says: str
    url: str


@dataclass(frozen=True)
class RowView:
    label: str
    cells: list[CellView]


@dataclass(frozen=True)
class GapsPage:
    title: str
    lede: str
    crumbs: list[Link]
    first: list[SpreadLine]
    rest: list[SpreadLine]
    columns: list[Domain]
    rows: list[RowView]
    legend: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DepartureLine:
    name: str
    og: str
    url: str
    access: str
    users: str
    why: str


@dataclass(frozen=True)
class GapPage:
    title: str
    lede: str
    crumbs: list[Link]
    levels: list[tuple[str, str]]
    wider: list[DepartureLine]
    narrower: list[DepartureLine]


def gaps(project: Project, found: Gaps) -> GapsPage:
    lines = [_line(project, found, spread) for spread in found.differing]
    known = found.catalogue
    return GapsPage(
        title=_title(found),
        lede=_lede(found),
        crumbs=crumbs(project, Link("Écarts entre structures")),
        first=lines[:SHOWN],
        rest=lines[SHOWN:],
        columns=list(known.domains.values()),
        rows=[
            RowView(profile.label, [_cell(project, found, found.spreads[code, domain]) for domain in known.domains])
            for code, profile in known.profiles.items()
        ],
        legend=LEGEND,
    )


def _title(found: Gaps) -> str:
    """« 14 accès sur 256 ne sont pas les mêmes partout »."""
    count = len(found.differing)
    if not found.structures:
        return "Aucune structure n’a encore de matrice"
    if not count:
        return "Toutes les structures suivent la proposition"
    total = french.number(len(found.spreads))
    verb = french.agree(count, "n’est pas le même", "ne sont pas les mêmes")
    return french.typography(f"{french.number(count)} accès sur {total} {verb} dans toutes les structures")


def _lede(found: Gaps) -> str:
    counted = french.plural(len(found.structures), "structure est comptée", "structures sont comptées")
    return f"{counted}, chacune par sa matrice en vigueur, ou par celle qu’elle prépare."


def _url(project: Project, spread: Spread) -> str:
    return reverse("habilitation_gap", args=[project.slug, spread.profile, spread.domain])


def _line(project: Project, found: Gaps, spread: Spread) -> SpreadLine:
    count = french.plural(len(spread.departures), "structure", "structures")
    return SpreadLine(
        label=words.place(found.catalogue, spread.profile, spread.domain),
        said=french.typography(
            f"{count} sur {french.number(spread.used)} ; la proposition : {words.access(spread.proposal)}"
        ),
        url=_url(project, spread),
        mark=_mark(spread),
    )


def _mark(spread: Spread) -> tuple[str, str, str]:
    """« 3 donnent plus, 1 donne moins »."""
    more, less = len(spread.wider), len(spread.narrower)
    parts = [
        french.plural(count, *forms)
        for count, forms in ((more, ("donne plus", "donnent plus")), (less, ("donne moins", "donnent moins")))
        if count
    ]
    return (", ".join(parts), "late", "s-watch") if more else (", ".join(parts), "progress", "s-progress")


def _cell(project: Project, found: Gaps, spread: Spread) -> CellView:
    place = words.place(found.catalogue, spread.profile, spread.domain)
    count = len(spread.departures)
    if not count:
        return CellView("–", "–", wider=False, says=f"{place} : aucune", url="")
    share = 100 * count // max(spread.used, 1)
    verb = french.plural(count, "structure s’écarte", "structures s’écartent")
    return CellView(
        count=french.number(count),
        strength=next(letter for least, letter in SHARES if share >= least),
        wider=bool(spread.wider),
        says=french.typography(f"{place} : {verb} de la proposition"),
        url=_url(project, spread),
    )


def gap(project: Project, found: Gaps, spread: Spread) -> GapPage:
    known = found.catalogue
    label = words.place(known, spread.profile, spread.domain)
    gaps_url = reverse("habilitation_gaps", args=[project.slug])
    return GapPage(
        title=french.typography(f"{label} : {_said(spread)}"),
        lede=french.typography(
            f"La proposition : {words.access(spread.proposal)}. "
            f"{french.plural(spread.used, 'structure a', 'structures ont')} ce profil."
        ),
        crumbs=crumbs(project, Link("Écarts entre structures", gaps_url), Link(known.profiles[spread.profile].label)),
        levels=[
            (
                words.access(cell) + (" (la proposition)" if index == 0 else ""),
                french.plural(count, "structure", "structures"),
            )
            for index, (cell, count) in enumerate(spread.levels)
        ],
        wider=_departures(project, spread.wider),
        narrower=_departures(project, spread.narrower),
    )


def _said(spread: Spread) -> str:
    """« trois structures donnent plus, une donne moins »."""
    more, less = len(spread.wider), len(spread.narrower)
    if not spread.departures:
        return "toutes les structures suivent la proposition"
    parts = []
    if more:
        parts.append(french.counted(more, "structure donne plus", "structures donnent plus", feminine=True))
    if less:
        few = ("donne moins", "donnent moins") if more else ("structure donne moins", "structures donnent moins")
        parts.append(french.counted(less, *few, feminine=True))
    return ", ".join(parts)


def _departures(project: Project, found: Sequence[Departure]) -> list[DepartureLine]:
    return [
        DepartureLine(
            name=french.typography(item.esms.name),
            og=french.typography(item.esms.og.short_name),
            url=reverse("habilitation_matrix", args=[project.slug, item.esms.slug]),
            access=words.access(item.cell),
            users="" if item.users is None else french.plural(item.users, "utilisateur", "utilisateurs"),
            why=french.typography(item.cell.justification),
        )
        for item in found
    ]
