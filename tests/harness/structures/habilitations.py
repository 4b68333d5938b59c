"""The habilitation matrix of one structure of the tests' world: one in force, and its revision, shared."""

from dataclasses import dataclass

from django.utils import timezone

from organisations.models import ESMS, User, place_of
from structures.catalogue.habilitations import catalogue
from structures.enums.habilitations import MatrixStatus
from structures.models import HabilitationMatrix, MatrixCell, MatrixComment, MatrixProfile


@dataclass
class Habilitations:
    """`approved` is in force, `matrix` its revision; `cell` is one of its accesses, `comment` waits.

    Only what the management team says bears the canary: the DPD reads the rest.
    """

    approved: HabilitationMatrix
    matrix: HabilitationMatrix
    profile: MatrixProfile
    cell: MatrixCell
    comment: MatrixComment


def build(esms: ESMS, canary: str, director: User, lead: User) -> Habilitations:
    approved = _version(esms, 1, director)
    HabilitationMatrix.objects.filter(pk=approved.pk).update(
        status=MatrixStatus.APPROVED, approved_by=director, approved_at=timezone.now()
    )
    matrix = _version(esms, 2, director, based_on=approved)
    HabilitationMatrix.objects.filter(pk=matrix.pk).update(
        status=MatrixStatus.SHARED, shared_by=director, shared_at=timezone.now()
    )
    comment = MatrixComment.objects.create(
        **place_of(esms), matrix=matrix, profile="nurse", text=f"Et la nuit ? {canary}", author=director
    )
    approved.refresh_from_db()
    matrix.refresh_from_db()
    return Habilitations(approved, matrix, matrix.profiles.get(profile="nurse"), matrix.cells.get(), comment)


def _version(esms: ESMS, number: int, user: User, based_on: HabilitationMatrix | None = None) -> HabilitationMatrix:
    """Of a small structure: a director, four nurses, two administrators."""
    users = {"direction": 1, "nurse": 4, "local_administrator": 2}
    matrix = HabilitationMatrix.objects.create(
        **place_of(esms),
        number=number,
        catalogue_version=catalogue().version,
        based_on=based_on,
        started_by=user,
        og_backup_declared=True,
    )
    MatrixProfile.objects.bulk_create(
        MatrixProfile(
            **place_of(esms), matrix=matrix, profile=code, users_count=users.get(code), unused=code not in users
        )
        for code in catalogue().profiles
    )
    MatrixCell.objects.create(**place_of(esms), matrix=matrix, profile="nurse", domain="medical_record", level="none")
    return matrix
