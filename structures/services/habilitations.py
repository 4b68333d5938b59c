"""Preparing a version of a structure's matrix: its accesses, its headcounts, what it declares."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from common.errors import Conflict, DomainError
from common.french import typography
from common.history import versions_of
from common.locks import one_at_a_time
from common.refusals import refused_in_words
from common.versions import change, change_fields
from organisations.models import ESMS, User, place_of
from structures.catalogue.habilitations import Cell, catalogue
from structures.enums.habilitations import AccessLevel, Perimeter
from structures.models import HabilitationMatrix, MatrixCell, MatrixProfile
from structures.models.habilitations import FROZEN
from structures.selectors.habilitations import as_cell

DECLARED = (
    "og_backup_declared",
    "generic_accounts",
    "emergency_profiles",
    "emergency_hours",
    "emergency_reason",
    "emergency_logged",
    "publisher_access",
    "publisher_until",
    "publisher_ticket",
)
PROFILE_FIELDS = ("users_count", "unused", "account_days", "comment")


@transaction.atomic
def start_matrix(*, esms: ESMS, user: User, token: uuid.UUID) -> HabilitationMatrix:
    """Begin a version: from the one in force, or else from the proposal; the same form posted twice begins one.

    Raises DomainError while another is being prepared.
    """
    one_at_a_time(f"habilitations:{esms.pk}")  # numbers follow one another
    if known := HabilitationMatrix.objects.filter(esms=esms, token=token).first():
        return known
    if HabilitationMatrix.objects.filter(esms=esms).open().exists():
        raise DomainError("Une matrice est déjà en préparation : continuez-la.")
    base = HabilitationMatrix.objects.filter(esms=esms).validated().order_by("-number").first()
    last = HabilitationMatrix.objects.filter(esms=esms).aggregate(last=Max("number"))["last"] or 0
    matrix = HabilitationMatrix.objects.create(
        **place_of(esms),
        number=last + 1,
        catalogue_version=catalogue().version,
        based_on=base,
        started_by=user,
        token=token,
        **({name: getattr(base, name) for name in DECLARED} if base else {}),
    )
    kept = {row.profile: row for row in base.profiles.all()} if base else {}
    MatrixProfile.objects.bulk_create(
        MatrixProfile(
            **place_of(esms),
            matrix=matrix,
            profile=code,
            **({name: getattr(kept[code], name) for name in PROFILE_FIELDS} if code in kept else {}),
        )
        for code in catalogue().profiles
    )
    MatrixCell.objects.bulk_create(
        MatrixCell(
            **place_of(esms),
            matrix=matrix,
            profile=row.profile,
            domain=row.domain,
            level=row.level,
            perimeter=row.perimeter,
            justification=row.justification,
        )
        for row in (base.cells.order_by("pk") if base else [])
        if (row.profile, row.domain) in catalogue().proposal
    )
    return matrix


@dataclass(frozen=True)
class Wanted:
    """An access to write: `version` is that of the one read, 0 where the proposal holds. Unsaid (None) stays as it is;
    a perimeter that nobody said is that of the proposal, or the narrowest."""

    profile: str
    domain: str
    version: int
    level: AccessLevel | None = None
    perimeter: Perimeter | None = None
    justification: str | None = None


@dataclass(frozen=True)
class CellConflict:
    """What a Conflict carries: the access as somebody else left it."""

    cell: Cell
    version: int


@transaction.atomic
def set_cell(*, matrix: HabilitationMatrix, wanted: Wanted) -> None:
    """Write an access; where it is again as proposed, the proposal holds.

    Raises Conflict (`current` is a CellConflict) when somebody else changed it since, DomainError for an access that
    can't be, or once the matrix is validated.
    """
    _write(_locked(matrix), wanted)


def _write(matrix: HabilitationMatrix, wanted: Wanted) -> None:
    row = _row(matrix, wanted.profile, wanted.domain)
    proposal = catalogue().proposal[wanted.profile, wanted.domain]
    current = as_cell(row) if row else proposal
    cell = _completed(wanted, current, proposal)
    _check(wanted.profile, wanted.domain, cell)
    _replace(matrix, wanted, row, current, cell)


def _replace(matrix: HabilitationMatrix, wanted: Wanted, row: MatrixCell | None, current: Cell, cell: Cell) -> None:
    if _said(cell) == _said(current):
        return
    version = row.version if row else 0
    if wanted.version != version:
        raise Conflict(current=CellConflict(current, version), attempted={"cell": cell})
    proposal = catalogue().proposal[wanted.profile, wanted.domain]
    values = {"level": cell.level, "perimeter": cell.perimeter or "", "justification": cell.justification}
    if _said(cell) == _said(proposal):
        if row:
            row.delete()
    elif row:
        change(row, version=version, **values)
    else:
        place = {"project_id": matrix.project_id, "og_id": matrix.og_id, "esms_id": matrix.esms_id}
        MatrixCell.objects.create(
            **place,
            matrix=matrix,
            profile=wanted.profile,
            domain=wanted.domain,
            version=_last_version(matrix, wanted.profile, wanted.domain) + 1,
            **values,
        )


def _said(cell: Cell) -> tuple[AccessLevel, Perimeter | None, str]:
    return cell.level, cell.perimeter, cell.justification


def _completed(wanted: Wanted, current: Cell, proposal: Cell) -> Cell:
    """What is wanted, with what is left unsaid. Without access there is neither perimeter nor reason."""
    level = wanted.level if wanted.level is not None else current.level
    if level == AccessLevel.NONE:
        return Cell() if wanted.justification is None else Cell(justification=wanted.justification.strip())
    perimeter = wanted.perimeter or current.perimeter or proposal.perimeter or Perimeter.UNIT
    why = wanted.justification if wanted.justification is not None else current.justification or proposal.justification
    return Cell(level, perimeter, why.strip())


def _check(profile: str, domain: str, cell: Cell) -> None:
    known = catalogue()
    if cell.level == AccessLevel.ADMIN and not known.domains[domain].technical:
        raise DomainError(known.rules["admin_only_on_technical"].message, field="level")
    if cell.perimeter == Perimeter.OG and not known.profiles[profile].og_perimeter_allowed:
        raise DomainError(
            "Pour ce profil, le périmètre OG n’est pas prévu : choisissez l’unité ou l’ESMS.", field="perimeter"
        )


@transaction.atomic
def restore_cell(*, matrix: HabilitationMatrix, profile: str, domain: str, version: int, to: int) -> None:
    """Give an access what it had at one of its versions; 0: what the proposal says.

    Raises Conflict when somebody else changed it since `version`, DomainError for a version that never was.
    """
    matrix = _locked(matrix)
    proposal = catalogue().proposal[profile, domain]
    row = _row(matrix, profile, domain)
    events = versions_of(MatrixCell).filter(matrix_id=matrix.pk, profile=profile, domain=domain)
    if to == 0:
        cell = proposal
    else:
        event = events.filter(version=to).exclude(pgh_label="delete").order_by("-pgh_id").first()
        if event is None:
            raise DomainError("Cet accès n’a pas d’état précédent.")
        cell = Cell(AccessLevel(event.level), Perimeter(event.perimeter) if event.perimeter else None)
        cell = Cell(cell.level, cell.perimeter, event.justification)
    current = as_cell(row) if row else proposal
    _replace(matrix, Wanted(profile, domain, version), row, current, cell)


@dataclass(frozen=True)
class Refused:
    """A pasted access that was not written, and why, in a sentence."""

    profile: str
    domain: str
    why: str


@transaction.atomic
def set_cells(*, matrix: HabilitationMatrix, wanted: Sequence[Wanted]) -> list[Refused]:
    """Write those that can be, and return the others."""
    matrix = _locked(matrix)
    refused = []
    for item in wanted:
        try:
            _write(matrix, item)
        except Conflict:
            refused.append(Refused(item.profile, item.domain, "quelqu’un l’a changé entre-temps, rien n’est écrasé."))
        except DomainError as error:
            refused.append(Refused(item.profile, item.domain, str(error)))
    return refused


@transaction.atomic
def set_profile_field(*, row: MatrixProfile, version: int, field: str, value: Any) -> MatrixProfile:
    """Write one of PROFILE_FIELDS. A profile without object has no users, one that has users is not without object.

    Raises Conflict when somebody else changed this field since `version`, DomainError once the matrix is validated.
    """
    if field not in PROFILE_FIELDS:
        raise ValueError(f"{field} is not edited one by one.")
    _locked(row.matrix)
    values = {field: value}
    if field == "unused" and value:
        values["users_count"] = None
    elif field == "users_count" and value is not None:
        values["unused"] = False
    return change_fields(row, version=version, **values)


@transaction.atomic
def declare(*, matrix: HabilitationMatrix, version: int, field: str, value: Any) -> HabilitationMatrix:
    """Write one of DECLARED. Raises as `set_profile_field`."""
    if field not in DECLARED:
        raise ValueError(f"{field} is not edited one by one.")
    _locked(matrix)
    with refused_in_words(HabilitationMatrix, field=field):
        return change_fields(matrix, version=version, **{field: value})


def _locked(matrix: HabilitationMatrix) -> HabilitationMatrix:
    """One writer at a time; nobody validates meanwhile. Raises DomainError once the matrix is validated."""
    found = HabilitationMatrix.objects.select_for_update(of=("self",)).get(pk=matrix.pk)
    if not found.open:
        raise DomainError(typography(FROZEN))
    return found


def _row(matrix: HabilitationMatrix, profile: str, domain: str) -> MatrixCell | None:
    return MatrixCell.objects.filter(matrix=matrix, profile=profile, domain=domain).first()


def _last_version(matrix: HabilitationMatrix, profile: str, domain: str) -> int:
    """Of this access, even one brought back to the proposal since: a version read once never comes back for
    something else."""
    events = versions_of(MatrixCell).filter(matrix_id=matrix.pk, profile=profile, domain=domain)
    return events.aggregate(last=Max("version"))["last"] or 0
