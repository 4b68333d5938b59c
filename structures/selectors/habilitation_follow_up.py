"""The matrices of all structures, as the project follows them: where each stands, how they differ among each other."""

import datetime
import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from organisations.access import Access
from organisations.enums import Permission
from organisations.models import ESMS, Project
from organisations.selectors import structures_followed
from structures.catalogue.habilitations import Catalogue, Cell, catalogue
from structures.enums.habilitations import MatrixStatus
from structures.habilitation_rules import exceeds
from structures.models import HabilitationMatrix, MatrixCell, MatrixProfile
from structures.selectors.habilitations import Place, Reading, Standing, as_cell, differ, readings, standings


@dataclass(frozen=True)
class Followed:
    """The structures that one follows, and where the matrix of each stands; `None`: nobody began it."""

    structures: list[ESMS]
    standings: Mapping[uuid.UUID, Standing]
    statuses: Mapping[uuid.UUID, MatrixStatus | None]

    @property
    def counts(self) -> Counter[MatrixStatus | None]:
        return Counter(self.statuses.values())

    def in_status(self, *statuses: MatrixStatus | None) -> list[ESMS]:
        return [esms for esms in self.structures if self.statuses[esms.pk] in statuses]

    @property
    def waiting(self) -> list[ESMS]:
        """Those of which the version in force waits for the project lead."""
        return [esms for esms in self.structures if waits(self.standings[esms.pk])]


def waits(where: Standing) -> bool:
    """Whether the version in force is to be consolidated."""
    return where.in_force is not None and where.in_force.status == MatrixStatus.APPROVED


def followed(project: Project, access: Access, today: datetime.date) -> Followed:
    """Of all structures for the lead and the DPD, of one's own OG otherwise. Two queries."""
    structures = structures_followed(project, access, Permission.VIEW_HABILITATIONS)
    found = standings(structures)
    return Followed(structures, found, {esms.pk: found[esms.pk].status(today) for esms in structures})


def current_readings(found: Followed, shown: Sequence[ESMS], today: datetime.date) -> dict[uuid.UUID, Reading]:
    """By structure, the version worked on or in force. A fixed number of queries."""
    current = {esms.pk: matrix for esms in shown if (matrix := found.standings[esms.pk].current)}
    read = readings(current.values(), today=today)
    return {esms_id: read[matrix.pk] for esms_id, matrix in current.items()}


@dataclass(frozen=True)
class Consolidated:
    """What the vendor is given of a structure."""

    esms: ESMS
    matrix: HabilitationMatrix


def consolidated(project: Project, access: Access) -> list[Consolidated]:
    """The last consolidated version of each structure, of one's own OG for its direction. Two queries."""
    permissions = (Permission.VIEW_HABILITATIONS, Permission.VIEW_VALIDATED_MATRICES)
    structures = structures_followed(project, access, *permissions)
    rows = HabilitationMatrix.objects.filter(
        project=project, esms__in=[esms.pk for esms in structures], status=MatrixStatus.CONSOLIDATED
    )
    latest = {row.esms_id: row for row in rows.order_by("number")}
    return [Consolidated(esms, latest[esms.pk]) for esms in structures if esms.pk in latest]


# --- How structures differ among each other --------------------------------------------------------------------------


@dataclass(frozen=True)
class Departure:
    """A structure whose access isn't the proposed one. `wider`: it goes beyond it."""

    esms: ESMS
    matrix: HabilitationMatrix
    cell: Cell
    wider: bool
    users: int | None


@dataclass(frozen=True)
class Spread:
    """A profile × domain over all structures. `used`: structures in which somebody has the profile, or may have it."""

    profile: str
    domain: str
    proposal: Cell
    used: int
    departures: tuple[Departure, ...]

    @property
    def wider(self) -> list[Departure]:
        return [item for item in self.departures if item.wider]

    @property
    def narrower(self) -> list[Departure]:
        return [item for item in self.departures if not item.wider]

    @property
    def levels(self) -> list[tuple[Cell, int]]:
        """How many structures give what: the proposal first, then from the widest."""
        same = self.used - len(self.departures)
        counts: Counter[Place] = Counter()
        cells: dict[Place, Cell] = {}
        for item in self.departures:
            key = (item.cell.level.value, str(item.cell.perimeter or ""))
            counts[key] += 1
            cells[key] = item.cell
        others = sorted(cells, key=lambda key: -_width(cells[key]))
        return [(self.proposal, same), *((cells[key], counts[key]) for key in others)]


@dataclass(frozen=True)
class Gaps:
    """Every profile × domain. `structures`: those whose matrix is counted."""

    catalogue: Catalogue
    structures: list[ESMS]
    spreads: Mapping[Place, Spread]

    @property
    def differing(self) -> list[Spread]:
        """Those in which some structure isn't as proposed, the most frequent first."""
        found = [spread for spread in self.spreads.values() if spread.departures]
        return sorted(found, key=lambda spread: -len(spread.departures))


def gaps(found: Followed) -> Gaps:
    """Of the version in force of each structure, or the one being prepared where there is none. Two queries."""
    matrices = {
        matrix.pk: (esms, matrix)
        for esms in found.structures
        if (matrix := found.standings[esms.pk].in_force or found.standings[esms.pk].open)
    }
    users, used = _headcounts(matrices)
    rows = MatrixCell.objects.filter(matrix__in=list(matrices)).order_by("profile", "domain", "pk")
    departures: dict[Place, list[Departure]] = defaultdict(list)
    known = catalogue()
    for row in rows:
        place = row.profile, row.domain
        if place not in known.proposal or (row.matrix_id, row.profile) not in users:
            continue
        cell, proposal = as_cell(row), known.proposal[place]
        if differ(cell, proposal):
            esms, matrix = matrices[row.matrix_id]
            count = users[row.matrix_id, row.profile]
            departures[place].append(Departure(esms, matrix, cell, exceeds(proposal, cell), count))
    order = {esms.pk: index for index, esms in enumerate(found.structures)}
    return Gaps(
        known,
        [esms for esms, _ in matrices.values()],
        {
            (profile, domain): Spread(
                profile,
                domain,
                proposal,
                used[profile],
                tuple(sorted(departures[profile, domain], key=lambda item: order[item.esms.pk])),
            )
            for (profile, domain), proposal in known.proposal.items()
        },
    )


def _headcounts(
    matrices: Mapping[uuid.UUID, tuple[ESMS, HabilitationMatrix]],
) -> tuple[dict[tuple[uuid.UUID, str], int | None], Counter[str]]:
    """Users of each profile that isn't without object, by matrix and profile; how many matrices have it."""
    rows = MatrixProfile.objects.filter(matrix__in=list(matrices), unused=False).order_by()
    users = {
        (matrix_id, profile): count
        for matrix_id, profile, count in rows.values_list("matrix_id", "profile", "users_count")
    }
    return users, Counter(profile for _, profile in users)


def _width(cell: Cell) -> int:
    return cell.level.rank * 10 + (cell.perimeter.rank if cell.perimeter else 0)
