"""The page of the matrix: what it says first, the grid, the rules."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from common import french
from common.ui import Link
from organisations.models import ESMS, Project
from structures.catalogue.habilitations import Domain, Profile
from structures.enums.habilitations import AccessLevel, MatrixStatus, Perimeter
from structures.models import HabilitationMatrix
from structures.presentation import habilitation_words as words
from structures.presentation.habilitation_fields import SavedField, grid_fields
from structures.presentation.habilitation_rule_list import Rules, rules
from structures.rights import Rights
from structures.selectors.habilitations import Reading, Standing

FIRST_OF_BAND = ("social_rights", "schedule_attendance", "configuration")


@dataclass(frozen=True)
class CellView:
    """A cell of the grid. `url`: where it is changed, empty for who only reads; `key`: its place in the page."""

    key: str
    letter: str
    word: str
    reach: str
    state: str
    says: str
    label: str
    version: int
    differs: bool
    band: bool
    url: str = ""
    changed: str = ""  # since the other version, in words
    rejected: bool = False  # what was pasted there

    @property
    def classes(self) -> str:
        said = {"diff": self.differs, "changed": bool(self.changed), "rejected": self.rejected}
        return " ".join(["lv", *(name for name, holds in said.items() if holds)])


@dataclass(frozen=True)
class RowView:
    profile: Profile
    url: str
    users: str
    unused: bool
    fields: list[SavedField]
    cells: list[CellView]


@dataclass(frozen=True)
class Column:
    domain: Domain
    band: bool


@dataclass(frozen=True)
class Grid:
    columns: list[Column]
    rows: list[RowView]


def grid(reading: Reading, project: Project, esms: ESMS, *, fills: bool, before: Reading | None = None) -> Grid:
    """Profiles × domains. `fills`: cells lead to where they are changed; `before`: what changed since is marked."""
    known = reading.catalogue
    columns = [Column(domain, domain.code in FIRST_OF_BAND) for domain in known.domains.values()]
    rows = []
    for code, profile in known.profiles.items():
        head = reading.values.heads[code]
        rows.append(
            RowView(
                profile=profile,
                url=reverse("habilitation_profile", args=[project.slug, esms.slug, code]) if fills else "",
                users=words.users(head),
                unused=head.unused,
                fields=grid_fields(reading, project, esms, code) if fills else [],
                cells=[
                    cell_view(reading, project, esms, code, column.domain.code, fills=fills, before=before)
                    for column in columns
                ],
            )
        )
    return Grid(columns, rows)


def cell_view(
    reading: Reading,
    project: Project,
    esms: ESMS,
    profile: str,
    domain: str,
    *,
    fills: bool,
    before: Reading | None = None,
) -> CellView:
    known, cell = reading.catalogue, reading.cell(profile, domain)
    differs = reading.differs(profile, domain)
    says = words.said_of(known, profile, domain, cell, known.proposal[profile, domain] if differs else None)
    changed = ""
    if before and words.letters(before.cell(profile, domain)) != words.letters(cell):
        changed = words.access(before.cell(profile, domain))
        says += french.typography(f" ; avant : {changed}")
    return CellView(
        key=words.cell_key(profile, domain),
        letter=cell.level.letter,
        word=cell.level.label,
        reach=cell.perimeter.letter if cell.perimeter in {Perimeter.UNIT, Perimeter.OG} else "",
        state=words.access(cell),
        says=says,
        label=known.domains[domain].label,
        version=reading.version_of(profile, domain),
        differs=differs,
        band=domain in FIRST_OF_BAND,
        url=words.cell_url(project, esms, profile, domain) if fills else "",
        changed=changed,
    )


@dataclass(frozen=True)
class Heading:
    """What the page says first; `note`: what is in force meanwhile."""

    title: str
    lede: str
    note: str


def heading(reading: Reading, where: Standing, today: datetime.date, *, named: bool = True) -> Heading:
    """`named`: whether people are."""
    matrix = reading.matrix
    return Heading(_title(reading, where, today), _lede(reading, where), _note(matrix, where, today, named=named))


def _title(reading: Reading, where: Standing, today: datetime.date) -> str:
    matrix = reading.matrix
    if matrix.validated:
        if where.in_force and matrix.pk != where.in_force.pk:
            return f"Voici qui voyait quoi dans le DUI, version {matrix.number}"
        if where.status(today) == MatrixStatus.TO_REVIEW:
            return "La matrice a plus d’un an : elle est à revoir"
        return f"Voici qui voit quoi dans le DUI depuis le {french.long_date(matrix.approved_at)}"
    if blocking := len(reading.blocking):
        points = french.counted(blocking, "point", "points")
        return f"{french.capital(points)} {french.agree(blocking, 'empêche', 'empêchent')} de valider la matrice"
    step = "à la valider" if matrix.status == MatrixStatus.SHARED else "à la partager avec l’encadrement"
    if left := len(reading.unexplained):
        said = french.counted(left, "accès", "accès")
        return f"Aucun point ne bloque ; {said} {french.agree(left, 'reste', 'restent')} à justifier"
    return french.typography(f"La matrice est complète : il reste {step}")


def _lede(reading: Reading, where: Standing) -> str:
    used = len(reading.values.used)
    first = (
        f"{french.plural(reading.values.total, 'utilisateur', 'utilisateurs')}, "
        f"{french.plural(used, 'profil', 'profils')}."
    )
    what = "La révision en cours" if reading.matrix.open and where.in_force else "La matrice"
    count = len(reading.differences)
    if not count:
        return f"{first} {what} suit partout la proposition."
    changes = f"{what} change {french.counted(count, 'accès', 'accès')} par rapport à la proposition"
    left = len(reading.unexplained)
    if not left:
        return f"{first} {changes}."
    asks = french.agree(left, "demande", "demandent")
    return french.typography(f"{first} {changes} ; {french.in_words(left)} {asks} encore une justification.")


def _note(matrix: HabilitationMatrix, where: Standing, today: datetime.date, *, named: bool) -> str:
    current = where.in_force
    if matrix.open and current:
        return (
            f"La matrice validée le {french.long_date(current.approved_at)} reste en vigueur "
            "jusqu’à ce que la direction valide cette révision."
        )
    if matrix.open:
        return "Aucune matrice n’est encore en vigueur : celle-ci le sera quand la direction l’aura validée."
    if current is None or matrix.pk != current.pk:
        return "Cette version n’est plus en vigueur."
    who = matrix.approved_by.get_full_name() if named and matrix.approved_by else "La direction"
    by = f"{who} l’a validée"
    due = where.review_due()
    review = f" À revoir avant le {french.long_date(due)}." if due else ""
    if matrix.status == MatrixStatus.CONSOLIDATED:
        return f"{by} ; consolidée pour l’éditeur le {french.long_date(matrix.consolidated_at)}.{review}"
    return f"{by} ; le chef de projet doit encore la consolider pour l’éditeur.{review}"


# --- The page --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Legend:
    letter: str
    label: str


MARKS = {
    MatrixStatus.DRAFT: ("none", "s-progress"),
    MatrixStatus.SHARED: ("progress", "s-progress"),
    MatrixStatus.TO_REVIEW: ("late", "s-watch"),
}
LEGEND = [Legend(level.letter, level.label) for level in AccessLevel]


@dataclass(frozen=True)
class VersionLine:
    """A version in the list of those that were, with what it can be compared to."""

    number: int
    label: str
    url: str
    compare_url: str
    current: bool


@dataclass(frozen=True)
class Page:
    crumbs: list[Link]
    heading: Heading
    grid: Grid
    rules: Rules
    legend: list[Legend]
    versions: list[VersionLine]
    status: str
    tone: str
    icon: str


def page(
    reading: Reading,
    where: Standing,
    project: Project,
    esms: ESMS,
    rights: Rights,
    versions: Iterable[HabilitationMatrix],
    today: datetime.date,
) -> Page:
    fills = rights.fills and reading.matrix.open
    named = rights.reads  # outside the structure and who follows it, nobody is
    stored = MatrixStatus(reading.matrix.status)
    status = (where.status(today) if where.current == reading.matrix else None) or stored
    tone, icon = MARKS.get(status, ("ok", "s-ok"))
    return Page(
        crumbs=crumbs(project, esms, rights),
        heading=heading(reading, where, today, named=named),
        grid=grid(reading, project, esms, fills=fills),
        rules=rules(reading, project, esms, fills=fills),
        legend=LEGEND,
        versions=version_lines(list(versions), project, esms, reading.matrix, named=named),
        status=status.label,
        tone=tone,
        icon=icon,
    )


@dataclass(frozen=True)
class Steps:
    """What the reader can do next with the version shown; `waits`: who does it instead; `why_not`: what comes first."""

    starts: str = ""
    shares: bool = False
    approves: bool = False
    waits: str = ""
    why_not: str = ""


def steps(reading: Reading, where: Standing, rights: Rights, today: datetime.date) -> Steps:
    matrix = reading.matrix
    if matrix != where.current:
        return Steps()
    if matrix.validated:
        due = where.status(today) == MatrixStatus.TO_REVIEW
        return Steps(starts="primary" if due else "quiet") if rights.fills else Steps()
    if matrix.status == MatrixStatus.DRAFT:
        if rights.validates:
            return Steps(shares=True)
        return Steps(waits="La direction partage la matrice avec l’encadrement, puis la valide.")
    blocking = len(reading.blocking)
    if not rights.validates:
        return Steps(waits="La direction de la structure la valide ; cela ne se délègue pas.")
    if blocking:
        points = french.counted(blocking, "point", "points")
        verb = french.agree(blocking, "reste à corriger", "restent à corriger")
        return Steps(why_not=f"Pour valider, {points} {verb} : voyez les règles, sous la matrice.")
    return Steps(approves=True)


def version_lines(
    matrices: Sequence[HabilitationMatrix], project: Project, esms: ESMS, shown: HabilitationMatrix, *, named: bool
) -> list[VersionLine]:
    lines = []
    for matrix, older in zip(matrices, [*matrices[1:], None], strict=True):
        by = f", validée par {matrix.approved_by.get_full_name()}" if named and matrix.approved_by else ""
        on = french.long_date(matrix.approved_at or matrix.started_at)
        what = f"le {on}{by}" if matrix.approved_at else f"commencée le {on}"
        compare = reverse("habilitation_compare", args=[project.slug, esms.slug])
        lines.append(
            VersionLine(
                number=matrix.number,
                label=f"Version {matrix.number}, {what}",
                url=reverse("habilitation_version", args=[project.slug, esms.slug, matrix.number]),
                compare_url=f"{compare}?de={older.number}&a={matrix.number}" if older else "",
                current=matrix.pk == shown.pk,
            )
        )
    return lines


def crumbs(project: Project, esms: ESMS, rights: Rights, *below: str) -> list[Link]:
    """The way to a page of the matrix; the DPD and the vendor don't open the structure itself."""
    place = [project.slug, esms.slug]
    here = reverse("habilitation_matrix", args=place)
    return [
        Link(project.short_name, reverse("project", args=place[:1])),
        Link(french.typography(esms.name), reverse("structure", args=place) if rights.reads else ""),
        Link("Habilitations", here if below else ""),
        *(Link(label) for label in below),
    ]
