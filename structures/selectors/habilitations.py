"""Versions of habilitation matrices as pages, exports and other tools read them: with the proposal where nothing was
changed, and what the rules say."""

import datetime
import hashlib
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from common import french
from common.history import author, authors, versions_of
from organisations.models import ESMS, ESMSProfile
from structures.catalogue.habilitations import Catalogue, Cell, catalogue
from structures.enums.habilitations import AccessLevel, MatrixStatus, Perimeter
from structures.enums.inventory import InventoryStatus
from structures.habilitation_rules import (
    APPROVAL,
    REVIEW,
    Declarations,
    Finding,
    Headcount,
    Matrix,
    findings,
    justified,
    review_due,
    rules_that_ask_why,
)
from structures.models import HabilitationMatrix, InventoryAnswer, MatrixCell, MatrixComment, MatrixProfile

Place = tuple[str, str]  # profile and domain


@dataclass(frozen=True)
class Reading:
    """One version of a matrix. `profiles`: its rows, in the order of the catalogue; `written`: the accesses that differ
    from the proposal, or that have their own justification."""

    matrix: HabilitationMatrix
    catalogue: Catalogue
    profiles: dict[str, MatrixProfile]
    written: dict[Place, MatrixCell]
    values: Matrix
    findings: list[Finding]

    def cell(self, profile: str, domain: str) -> Cell:
        return self.values.cells[profile, domain]

    def version_of(self, profile: str, domain: str) -> int:
        """What a form that changes this access posts; 0 where the proposal holds."""
        row = self.written.get((profile, domain))
        return row.version if row else 0

    def differs(self, profile: str, domain: str) -> bool:
        """Whether the level or the perimeter is not the proposed one."""
        return differ(self.catalogue.proposal[profile, domain], self.cell(profile, domain))

    @property
    def differences(self) -> list[Place]:
        return [place for place in self.catalogue.proposal if place in self.written and self.differs(*place)]

    @property
    def unexplained(self) -> list[Place]:
        """Accesses of which somebody asks why, and nobody said it."""
        return [
            (profile, domain)
            for profile, domain in self.catalogue.proposal
            if not self.values.heads[profile].unused
            and rules_that_ask_why(self.catalogue, profile, domain, self.cell(profile, domain))
            and not justified(self.catalogue, profile, domain, self.cell(profile, domain))
        ]

    @property
    def to_mend(self) -> list[Finding]:
        """What doesn't hold, but for the director's approval, which comes last, and the yearly review, which is of the
        version in force."""
        return [finding for finding in self.findings if finding.rule.code not in {APPROVAL, REVIEW}]

    @property
    def blocking(self) -> list[Finding]:
        """What keeps the director from validating."""
        return [finding for finding in self.to_mend if finding.blocking]

    @property
    def fingerprint(self) -> str:
        """What a form that validates posts, so that nobody validates what they have not seen."""
        said = [sorted(self.values.heads.items()), sorted(_as_text(self.values).items()), self.values.declared]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Standing:
    """Where a structure's matrix stands: the version in force, the one being prepared."""

    in_force: HabilitationMatrix | None = None
    open: HabilitationMatrix | None = None

    @property
    def current(self) -> HabilitationMatrix | None:
        """What one works on, or else what holds."""
        return self.open or self.in_force

    def review_due(self) -> datetime.date | None:
        """Until when the version in force holds without being looked at again."""
        if self.in_force is None or self.in_force.approved_at is None:
            return None
        return review_due(catalogue(), french.day(self.in_force.approved_at))

    def status(self, today: datetime.date) -> MatrixStatus | None:
        """Of the version worked on, or of the one in force, which is to review once it is too old."""
        due = self.review_due()
        if self.open is None and due and due < today:
            return MatrixStatus.TO_REVIEW
        return MatrixStatus(self.current.status) if self.current else None


def differ(one: Cell, other: Cell) -> bool:
    return (one.level, one.perimeter) != (other.level, other.perimeter)


_PEOPLE = ("started_by", "shared_by", "approved_by", "consolidated_by", "sent_back_by")


def matrices_of(esms: ESMS, *, consolidated: bool = False) -> list[HabilitationMatrix]:
    """The versions of a structure, the latest first, with who did what. `consolidated`: these only, which is all that
    the vendor reads. One query."""
    rows = HabilitationMatrix.objects.filter(esms=esms).select_related(*_PEOPLE).order_by("-number")
    return list(rows.filter(status=MatrixStatus.CONSOLIDATED) if consolidated else rows)


def standing_of(matrices: Iterable[HabilitationMatrix]) -> Standing:
    """Of the versions of one structure, the latest first."""
    in_force = next((matrix for matrix in matrices if matrix.validated), None)
    return Standing(in_force, next((matrix for matrix in matrices if matrix.open), None))


def standings(structures: Sequence[ESMS]) -> dict[uuid.UUID, Standing]:
    """Where the matrix of each stands. One query, however many."""
    rows = HabilitationMatrix.objects.filter(esms__in=[esms.pk for esms in structures]).select_related(*_PEOPLE)
    found: dict[uuid.UUID, list[HabilitationMatrix]] = defaultdict(list)
    for row in rows.order_by("-number"):
        found[row.esms_id].append(row)
    return {esms.pk: standing_of(found[esms.pk]) for esms in structures}


def read(matrix: HabilitationMatrix, *, today: datetime.date | None = None) -> Reading:
    """One version, in three or four queries."""
    return readings([matrix], today=today)[matrix.pk]


def readings(matrices: Iterable[HabilitationMatrix], *, today: datetime.date | None = None) -> dict[uuid.UUID, Reading]:
    """Versions of any number of structures, in a fixed number of queries."""
    matrices = list(matrices)
    ids = [matrix.pk for matrix in matrices]
    profiles: dict[uuid.UUID, dict[str, MatrixProfile]] = defaultdict(dict)
    cells: dict[uuid.UUID, dict[Place, MatrixCell]] = defaultdict(dict)
    for row in MatrixProfile.objects.filter(matrix__in=ids).order_by("pk"):
        profiles[row.matrix_id][row.profile] = row
    for cell in MatrixCell.objects.filter(matrix__in=ids).order_by("pk"):
        cells[cell.matrix_id][cell.profile, cell.domain] = cell
    to_equip = _to_equip({matrix.esms_id for matrix in matrices})
    day = today or french.today()
    return {
        matrix.pk: _reading(matrix, profiles[matrix.pk], cells[matrix.pk], to_equip.get(matrix.esms_id), day)
        for matrix in matrices
    }


def _to_equip(structures: set[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Users to equip: of the last inventory, a validated one before others; of the structure's sheet where there is
    none. Two queries."""
    sheets = ESMSProfile.objects.filter(esms__in=structures, users_to_equip__isnull=False)
    found = {sheet.esms_id: int(sheet.users_to_equip or 0) for sheet in sheets.order_by("pk")}
    answers = InventoryAnswer.objects.filter(esms__in=structures, field="users_to_equip", answered=True, unknown=False)
    answers = answers.select_related("inventory").order_by("pk")
    settled = {InventoryStatus.VALIDATED, InventoryStatus.TRANSMITTED}
    rank = {row.pk: (row.inventory.status in settled, row.inventory.number) for row in answers}
    for answer in sorted(answers, key=lambda row: rank[row.pk]):
        if isinstance(answer.value, int):
            found[answer.esms_id] = answer.value
    return found


def _reading(
    matrix: HabilitationMatrix,
    profiles: dict[str, MatrixProfile],
    written: dict[Place, MatrixCell],
    to_equip: int | None,
    today: datetime.date,
) -> Reading:
    known = catalogue()
    cells = {**known.proposal, **{place: as_cell(row) for place, row in written.items() if place in known.proposal}}
    heads = {
        code: Headcount(row.users_count, row.unused, row.account_days) if row else Headcount()
        for code in known.profiles
        for row in [profiles.get(code)]
    }
    values = Matrix(
        heads=heads,
        cells=cells,
        declared=Declarations(
            og_backup=matrix.og_backup_declared,
            generic_accounts=matrix.generic_accounts,
            emergency_profiles=tuple(matrix.emergency_profiles),
            emergency_hours=matrix.emergency_hours,
            emergency_reason=matrix.emergency_reason,
            emergency_logged=matrix.emergency_logged,
            publisher_access=matrix.publisher_access,
            publisher_until=matrix.publisher_until,
            publisher_ticket=matrix.publisher_ticket,
        ),
        to_equip=to_equip,
        approved_on=french.day(matrix.approved_at) if matrix.approved_at else None,
        approved_by_director=matrix.approved_by_id is not None,
    )
    return Reading(
        matrix=matrix,
        catalogue=known,
        profiles={code: profiles[code] for code in known.profiles if code in profiles},
        written=written,
        values=values,
        findings=findings(known, values, today=today),
    )


def as_cell(row: MatrixCell) -> Cell:
    """A stored access as the rules read it, with what the proposal says of it."""
    proposal = catalogue().proposal.get((row.profile, row.domain), Cell())
    perimeter = Perimeter(row.perimeter) if row.perimeter else None
    return Cell(AccessLevel(row.level), perimeter, row.justification, proposal.note)


def _as_text(values: Matrix) -> dict[Place, str]:
    return {place: f"{cell.level} {cell.perimeter or ''} {cell.justification}" for place, cell in values.cells.items()}


def comments_of(matrix: HabilitationMatrix) -> list[MatrixComment]:
    """What was said of a version, those still open first. One query."""
    rows = MatrixComment.objects.filter(matrix=matrix).select_related("author", "resolved_by")
    return sorted(rows.order_by("created_at"), key=lambda row: row.resolved_at is not None)


@dataclass(frozen=True)
class Writer:
    """Who wrote an access last, and when."""

    who: str
    at: datetime.datetime


def latest_writer(matrix: HabilitationMatrix, profile: str, domain: str) -> Writer | None:
    """Of an access, whether it was changed or brought back to the proposal. Two queries."""
    events = versions_of(MatrixCell).filter(matrix_id=matrix.pk, profile=profile, domain=domain)
    latest = events.order_by("-pgh_id").first()
    return Writer(author(latest, authors([latest])), latest.pgh_created_at) if latest else None


@dataclass(frozen=True)
class Difference:
    """What changed between two versions: an access (`domain`), or how many have a profile."""

    profile: str
    domain: str | None
    before: Cell | Headcount
    after: Cell | Headcount


def compare(before: Reading, after: Reading) -> list[Difference]:
    """What changed from a version to another: headcounts, then accesses, in the order of the catalogue."""
    heads = [
        Difference(code, None, old, new)
        for code in after.catalogue.profiles
        for old, new in [(before.values.heads[code], after.values.heads[code])]
        if (old.users, old.unused) != (new.users, new.unused)
    ]
    cells = [
        Difference(profile, domain, old, new)
        for profile, domain in after.catalogue.proposal
        for old, new in [(before.cell(profile, domain), after.cell(profile, domain))]
        if differ(old, new)
    ]
    return [*heads, *cells]
