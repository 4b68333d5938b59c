"""Where the matrices of all structures stand, in French: to follow them, to set them up, to decide of one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from common import french
from common.ui import Link
from organisations.models import ESMS, Project
from structures.enums.habilitations import MatrixStatus
from structures.habilitation_rules import exceeds
from structures.models import HabilitationMatrix
from structures.presentation import habilitation_words as words
from structures.selectors.habilitation_follow_up import Consolidated, Followed, waits
from structures.selectors.habilitations import Reading, Standing

# Tone and icon by status; None: nobody began it.
MARKS: dict[MatrixStatus | None, tuple[str, str, str]] = {
    None: ("Pas commencée", "todo", "s-todo"),
    MatrixStatus.DRAFT: ("En préparation", "progress", "s-progress"),
    MatrixStatus.SHARED: ("Partagée avec l’encadrement", "progress", "s-progress"),
    MatrixStatus.APPROVED: ("À consolider", "late", "s-watch"),
    MatrixStatus.CONSOLIDATED: ("Consolidée", "ok", "s-ok"),
    MatrixStatus.TO_REVIEW: ("À revoir : plus d’un an", "late", "s-watch"),
}
# What the list may be narrowed to: in the address, in words, what is kept.
NARROWINGS: dict[str, tuple[str, Callable[[Followed, ESMS], bool]]] = {
    "a-consolider": ("À consolider", lambda found, esms: waits(found.standings[esms.pk])),
    "en-preparation": ("En préparation", lambda found, esms: found.standings[esms.pk].open is not None),
    "consolidees": (
        "Consolidées",
        lambda found, esms: found.statuses[esms.pk] == MatrixStatus.CONSOLIDATED,
    ),
    "a-revoir": ("À revoir", lambda found, esms: found.statuses[esms.pk] == MatrixStatus.TO_REVIEW),
    "pas-commencees": ("Pas commencées", lambda found, esms: found.statuses[esms.pk] is None),
}


@dataclass(frozen=True)
class Line:
    """A structure. `review_url`: where the lead decides, when it is to be decided."""

    name: str
    og: str
    url: str
    mark: tuple[str, str, str]
    version: str
    approved: str
    findings: str
    blocking: bool
    differences: str
    review_url: str


@dataclass(frozen=True)
class FollowUpPage:
    title: str
    lede: str
    crumbs: list[Link]
    filters: list[Link]
    decide: Link | None


def crumbs(project: Project, *more: Link) -> list[Link]:
    way = [
        Link(project.short_name, reverse("project", args=[project.slug])),
        Link("Structures", reverse("structures", args=[project.slug])),
    ]
    here = reverse("habilitation_follow_up", args=[project.slug]) if more else ""
    return [*way, Link("Habilitations", here), *more]


def follow_up(project: Project, found: Followed, narrowing: str, *, coordinates: bool) -> FollowUpPage:
    return FollowUpPage(
        title=_title(found, coordinates=coordinates),
        lede=_lede(found),
        crumbs=crumbs(project),
        filters=_filters(project, found, narrowing),
        decide=_decide(project, found) if coordinates else None,
    )


def _decide(project: Project, found: Followed) -> Link | None:
    """The first matrix that waits for the lead."""
    for esms in found.waiting:
        if in_force := found.standings[esms.pk].in_force:
            return Link(french.typography(f"Décider : {esms.name}"), review_url(project, esms, in_force))
    return None


def narrowed(found: Followed, narrowing: str) -> list[ESMS]:
    if narrowing not in NARROWINGS:
        return found.structures
    _, keeps = NARROWINGS[narrowing]
    return [esms for esms in found.structures if keeps(found, esms)]


def _title(found: Followed, *, coordinates: bool) -> str:
    """« Cinq matrices sur douze sont validées ; trois attendent que vous les consolidiez »."""
    total = len(found.structures)
    validated = sum(where.in_force is not None for where in found.standings.values())
    if not validated:
        return "Aucune matrice n’est encore validée par une direction"
    title = (
        f"{french.capital(french.counted(validated, 'matrice', 'matrices', feminine=True))} sur "
        f"{french.in_words(total)} {french.agree(validated, 'est validée', 'sont validées')}"
    )
    if waiting := len(found.waiting):
        rest = french.in_words(waiting, feminine=True)
        whose = (
            french.agree(waiting, "attend que vous la consolidiez", "attendent que vous les consolidiez")
            if coordinates
            else french.agree(waiting, "attend le chef de projet", "attendent le chef de projet")
        )
        title += f" ; {rest} {whose}"
    return french.typography(title)


def _lede(found: Followed) -> str:
    counts = found.counts
    parts = [
        french.counted(count, *forms, feminine=True)
        for count, forms in (
            (counts[MatrixStatus.DRAFT], ("en préparation", "en préparation")),
            (counts[MatrixStatus.SHARED], ("partagée avec l’encadrement", "partagées avec l’encadrement")),
            (counts[MatrixStatus.CONSOLIDATED], ("consolidée pour l’éditeur", "consolidées pour l’éditeur")),
            (counts[MatrixStatus.TO_REVIEW], ("à revoir", "à revoir")),
            (counts[None], ("pas commencée", "pas commencées")),
        )
        if count
    ]
    return french.typography(f"{french.capital(french.listed(parts))}.") if parts else ""


def _filters(project: Project, found: Followed, narrowing: str) -> list[Link]:
    url = reverse("habilitation_follow_up", args=[project.slug])
    return [
        Link("Toutes", url, current=narrowing not in NARROWINGS, count=len(found.structures)),
        *(
            Link(label, f"{url}?voir={code}", current=code == narrowing, count=len(narrowed(found, code)))
            for code, (label, _) in NARROWINGS.items()
        ),
    ]


def lines(
    project: Project, found: Followed, shown: Sequence[ESMS], read: Mapping[UUID, Reading], *, coordinates: bool
) -> list[Line]:
    return [
        _line(project, esms, found.standings[esms.pk], found.statuses[esms.pk], read.get(esms.pk), coordinates)
        for esms in shown
    ]


def _line(
    project: Project,
    esms: ESMS,
    where: Standing,
    status: MatrixStatus | None,
    reading: Reading | None,
    coordinates: bool,
) -> Line:
    current, in_force = where.current, where.in_force
    waiting = waits(where)
    return Line(
        name=french.typography(esms.name),
        og=french.typography(esms.og.short_name),
        url=reverse("habilitation_matrix", args=[project.slug, esms.slug]) if current else "",
        mark=MARKS[status],
        version=_version(where),
        approved=f"le {french.short_date(in_force.approved_at)}" if in_force and in_force.approved_at else "",
        findings=_findings(reading) if reading else "",
        blocking=bool(reading and reading.blocking),
        differences=_differences(reading) if reading else "",
        review_url=review_url(project, esms, in_force) if coordinates and waiting and in_force else "",
    )


def review_url(project: Project, esms: ESMS, matrix: HabilitationMatrix) -> str:
    return reverse("habilitation_review", args=[project.slug, esms.slug, matrix.number])


def _version(where: Standing) -> str:
    """« 2 », « 2, la 3 en préparation »."""
    if where.in_force and where.open:
        return f"{where.in_force.number}, la {where.open.number} en préparation"
    return str(where.current.number) if where.current else ""


def _findings(reading: Reading) -> str:
    found = reading.findings if reading.matrix.validated else reading.to_mend
    blocking = sum(item.blocking for item in found)
    parts = []
    if blocking:
        parts.append(french.plural(blocking, "point bloque", "points bloquent"))
    if watched := len(found) - blocking:
        parts.append(f"{french.number(watched)} à regarder")
    return ", ".join(parts) or "Rien à reprendre"


def _differences(reading: Reading) -> str:
    """« 5 écarts, dont 3 élargis »."""
    places = reading.differences
    if not places:
        return "Suit la proposition"
    wider = sum(exceeds(reading.catalogue.proposal[place], reading.cell(*place)) for place in places)
    text = french.plural(len(places), "écart", "écarts")
    if wider:
        text += f", dont {french.number(wider)} au-delà"
    return text


# --- The vendor ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class VendorLine:
    name: str
    og: str
    url: str
    version: str
    when: str
    export_url: str
    reports_url: str


@dataclass(frozen=True)
class VendorPage:
    title: str
    lede: str
    crumbs: list[Link]
    lines: list[VendorLine]


def for_vendor(project: Project, found: Sequence[Consolidated]) -> VendorPage:
    count = len(found)
    title = "Aucune matrice n’est encore consolidée"
    if count:
        matrices = french.capital(french.counted(count, "matrice", "matrices", feminine=True))
        title = f"{matrices} {french.agree(count, 'est prête', 'sont prêtes')} à paramétrer"
    return VendorPage(
        title=title,
        lede="Chacune est validée par la direction de sa structure et consolidée par le chef de projet : elle dit les "
        "profils, les accès et les effectifs, sans nommer personne.",
        crumbs=crumbs(project),
        lines=[
            VendorLine(
                name=french.typography(item.esms.name),
                og=french.typography(item.esms.og.short_name),
                url=reverse("habilitation_matrix", args=[project.slug, item.esms.slug]),
                version=str(item.matrix.number),
                when=french.long_date(item.matrix.consolidated_at) if item.matrix.consolidated_at else "",
                export_url=reverse("habilitation_export", args=[project.slug, item.esms.slug]),
                reports_url=reverse("structure_reports", args=[project.slug, item.esms.slug]),
            )
            for item in found
        ],
    )


# --- The lead decides ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DifferenceLine:
    place: str
    proposed: str
    chosen: str
    why: str
    mark: tuple[str, str, str]


@dataclass(frozen=True)
class FindingLine:
    place: str
    message: str
    mark: tuple[str, str, str]


@dataclass(frozen=True)
class ReviewPage:
    """`decides`: whether something is still to be decided; `told`: what came of it otherwise."""

    title: str
    lede: str
    crumbs: list[Link]
    url: str
    number: int
    version: int
    decides: bool
    told: str
    differences: list[DifferenceLine]
    findings: list[FindingLine]


def review(project: Project, esms: ESMS, reading: Reading, where: Standing) -> ReviewPage:
    matrix = reading.matrix
    decides = matrix.status == MatrixStatus.APPROVED and where.in_force is not None and where.in_force.pk == matrix.pk
    return ReviewPage(
        title=_review_title(esms, matrix, decides=decides),
        lede=_review_lede(reading),
        crumbs=crumbs(project, Link(french.typography(esms.name))),
        url=reverse("habilitation_matrix", args=[project.slug, esms.slug]),
        number=matrix.number,
        version=matrix.version,
        decides=decides,
        told=_told(matrix, where, decides=decides),
        differences=[_difference(reading, *place) for place in reading.differences],
        findings=[_finding(reading, index) for index in range(len(reading.findings))],
    )


def _review_title(esms: ESMS, matrix: HabilitationMatrix, *, decides: bool) -> str:
    name = french.typography(esms.name)
    if decides:
        return french.typography(f"{name} : la matrice attend que vous la consolidiez")
    if matrix.status == MatrixStatus.CONSOLIDATED:
        return french.typography(f"{name} : la matrice est consolidée pour l’éditeur")
    return french.typography(f"{name} : la matrice n’attend rien de vous")


def _review_lede(reading: Reading) -> str:
    matrix = reading.matrix
    users = french.plural(reading.values.total, "utilisateur", "utilisateurs")
    profiles = french.counted(len(reading.values.used), "profil", "profils")
    when = f", validée le {french.long_date(matrix.approved_at)}" if matrix.validated and matrix.approved_at else ""
    return french.typography(f"Version {matrix.number}{when} : {users}, {profiles}. {_differences(reading)}.")


def _told(matrix: HabilitationMatrix, where: Standing, *, decides: bool) -> str:
    if decides:
        return ""
    if matrix.status == MatrixStatus.CONSOLIDATED:
        return "L’éditeur peut la lire. Elle ne change plus : la structure la modifie par une révision."
    if matrix.open:
        return "La structure la prépare. Elle vous revient quand la direction l’a validée."
    number = where.in_force.number if where.in_force else matrix.number
    return f"La version {number} l’a remplacée."


def _difference(reading: Reading, profile: str, domain: str) -> DifferenceLine:
    proposal, cell = reading.catalogue.proposal[profile, domain], reading.cell(profile, domain)
    wider = exceeds(proposal, cell)
    return DifferenceLine(
        place=words.place(reading.catalogue, profile, domain),
        proposed=words.access(proposal),
        chosen=words.access(cell),
        why=french.typography(cell.justification) or ("Justification à écrire" if wider else "Rien à justifier"),
        mark=("Au-delà", "late", "s-watch") if wider else ("En deçà", "ok", "s-ok"),
    )


def _finding(reading: Reading, index: int) -> FindingLine:
    found = reading.findings[index]
    place = words.place(reading.catalogue, found.profile, found.domain) if found.profile else "Toute la matrice"
    mark = ("Bloque", "ko", "s-ko") if found.blocking else ("À regarder", "late", "s-watch")
    return FindingLine(place, found.message, mark)
