"""Two versions of a matrix, compared in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from common import french
from common.ui import Link
from organisations.models import ESMS, Project
from structures.catalogue.habilitations import Catalogue, Cell
from structures.models import HabilitationMatrix
from structures.presentation import habilitation_words as words
from structures.presentation.habilitations import LEGEND, Grid, Legend, crumbs, grid
from structures.rights import Rights
from structures.selectors.habilitations import Difference, Reading, compare


@dataclass(frozen=True)
class Change:
    """« Éducateur, Bilans et rééducation », before, after, whether it was opened or narrowed, and why if it is said."""

    what: str
    before: str
    after: str
    how: str
    why: str


@dataclass(frozen=True)
class Comparison:
    crumbs: list[Link]
    title: str
    lede: str
    accesses: list[Change]
    heads: list[Change]
    grid: Grid
    legend: list[Legend]
    versions: list[tuple[int, str]]
    before: int
    after: int


def comparison(
    before: Reading,
    after: Reading,
    project: Project,
    esms: ESMS,
    rights: Rights,
    versions: Sequence[HabilitationMatrix],
) -> Comparison:
    found = compare(before, after)
    accesses = [
        _access(after.catalogue, item, item.before, item.after)
        for item in found
        if isinstance(item.before, Cell) and isinstance(item.after, Cell)
    ]
    heads = [_head(after.catalogue, item) for item in found if item.domain is None]
    numbers = f"{before.matrix.number} à la version {after.matrix.number}"
    return Comparison(
        crumbs=crumbs(project, esms, rights, "Comparer"),
        title=_title(len(accesses), len(heads)),
        lede=f"De la version {numbers}.",
        accesses=accesses,
        heads=heads,
        grid=grid(after, project, esms, fills=False, before=before),
        legend=LEGEND,
        versions=[(matrix.number, _label(matrix)) for matrix in versions],
        before=before.matrix.number,
        after=after.matrix.number,
    )


def _title(accesses: int, heads: int) -> str:
    parts = [
        french.counted(count, *forms)
        for count, forms in ((accesses, ("accès", "accès")), (heads, ("effectif", "effectifs")))
        if count
    ]
    if not parts:
        return "Rien ne change entre ces deux versions"
    return f"{french.capital(french.listed(parts))} {french.agree(accesses + heads, 'change', 'changent')}"


def _access(known: Catalogue, item: Difference, before: Cell, after: Cell) -> Change:
    return Change(
        what=words.place(known, item.profile, item.domain),
        before=words.access(before),
        after=words.access(after),
        how=words.rank_word(before, after),
        why=after.justification,
    )


def _head(known: Catalogue, item: Difference) -> Change:
    before, after = (words.users(head) for head in (item.before, item.after) if not isinstance(head, Cell))
    return Change(known.profiles[item.profile].label, before, after, "", "")


def _label(matrix: HabilitationMatrix) -> str:
    if matrix.approved_at:
        return f"Version {matrix.number}, validée le {french.long_date(matrix.approved_at)}"
    return f"Version {matrix.number}, en préparation"
