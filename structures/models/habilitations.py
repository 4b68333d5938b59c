"""Who sees what in the record: versions of a structure's matrix, its profiles, the cells that differ from the proposal,
what the management team said of it. Frozen once the director validated it."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from common.frozen import Frozen, FrozenWith
from common.history import tracked
from common.policies import STRUCTURE_ROWS, SameTenant, TenantPolicy, in_scope
from common.versions import Versioned
from organisations.models import StructureRow, User, in_structure, same_structure
from structures.enums.habilitations import OPEN, VALIDATED, AccessLevel, MatrixStatus, Perimeter

FROZEN = "Cette matrice est validée : elle ne change plus. Pour la modifier, préparez une révision."
_VALIDATED = ", ".join(f"'{status}'" for status in VALIDATED)
# Who may see the inside of the structure, and who reads the habilitations of the project (the DPD).
READERS = f"{STRUCTURE_ROWS} or {in_scope('project_id', 'habilitation_project_ids')}"
_TO_VENDOR = in_scope("project_id", "validated_matrix_project_ids")
_CONSOLIDATED = f"'{MatrixStatus.CONSOLIDATED}'"
# … and the vendor, what it has to set up: versions that were consolidated, never how they came about.
MATRIX_ROWS = f"{READERS} or ({_TO_VENDOR} and status = {_CONSOLIDATED})"


def _part_rows(table: str) -> str:
    """SQL: rows of a table that are read with their matrix."""
    return (
        f"{READERS} or ({_TO_VENDOR} and exists (select from structures_habilitationmatrix matrix "
        f"where matrix.id = {table}.matrix_id and matrix.esms_id = {table}.esms_id "
        f"and matrix.status = {_CONSOLIDATED}))"
    )


def _of_matrix(name: str) -> SameTenant:
    return same_structure(name, "matrix_id", "structures_habilitationmatrix")


def _with_matrix(name: str) -> FrozenWith:
    return FrozenWith(
        name=name,
        message=FROZEN,
        parent="structures_habilitationmatrix",
        key="matrix_id",
        when=f"parent.status in ({_VALIDATED})",
    )


def _moves(to: MatrixStatus, *columns: str) -> str:
    """SQL: this update brings a validated version to another status, and changes nothing but these columns."""
    kept = "array[{}]::text[]".format(", ".join(f"'{name}'" for name in ("status", "version", *columns)))
    return f"(new.status = '{to}' and to_jsonb(old) - {kept} is not distinct from to_jsonb(new) - {kept})"


_STILL_MOVES = " or ".join(
    (
        _moves(MatrixStatus.CONSOLIDATED, "consolidated_by_id", "consolidated_at"),
        "(new.sent_back_note > '' and "
        + _moves(
            MatrixStatus.DRAFT,
            "approved_by_id",
            "approved_at",
            "shared_by_id",
            "shared_at",
            "sent_back_by_id",
            "sent_back_at",
            "sent_back_note",
        )
        + ")",
    )
)


class MatrixQuerySet(models.QuerySet["HabilitationMatrix"]):
    def open(self) -> "MatrixQuerySet":
        """Those still being prepared: one a structure at most."""
        return self.filter(status__in=OPEN)

    def validated(self) -> "MatrixQuerySet":
        """Those that the director validated; the one with the highest number is in force."""
        return self.filter(status__in=VALIDATED)


@tracked(READERS)
class HabilitationMatrix(StructureRow, Versioned):
    """One version of a structure's matrix. The last validated one stays in force while the next is prepared.

    `sent_back_*`: the project lead's word when it has to be taken up again; empty once validated anew.
    """

    number = models.PositiveIntegerField("version de la matrice")
    catalogue_version = models.PositiveIntegerField("version du référentiel")
    status = models.CharField("état", max_length=12, choices=MatrixStatus, default=MatrixStatus.DRAFT)
    based_on = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="préparée à partir de"
    )
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="commencée par")
    started_at = models.DateTimeField("commencée le", default=timezone.now)
    shared_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="partagée par"
    )
    shared_at = models.DateTimeField("partagée le", null=True, blank=True)
    approved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="validée par"
    )
    approved_at = models.DateTimeField("validée le", null=True, blank=True)
    consolidated_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="consolidée par"
    )
    consolidated_at = models.DateTimeField("consolidée le", null=True, blank=True)
    sent_back_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="renvoyée par"
    )
    sent_back_at = models.DateTimeField("renvoyée le", null=True, blank=True)
    sent_back_note = models.TextField("ce qu’il faut reprendre", max_length=2000, blank=True)
    og_backup_declared = models.BooleanField("un suppléant administre depuis l’OG", default=False)
    generic_accounts = models.PositiveSmallIntegerField("comptes génériques ou partagés", default=0)
    emergency_profiles = ArrayField(
        models.CharField(max_length=40), verbose_name="profils qui ont l’accès d’urgence", default=list, blank=True
    )
    emergency_hours = models.PositiveSmallIntegerField("durée de l’accès d’urgence, en heures", null=True, blank=True)
    emergency_reason = models.BooleanField("l’accès d’urgence demande un motif", default=False)
    emergency_logged = models.BooleanField("l’accès d’urgence est tracé", default=False)
    publisher_access = models.BooleanField("l’éditeur a un accès d’assistance", default=False)
    publisher_until = models.DateField("accès de l’éditeur jusqu’au", null=True, blank=True)
    publisher_ticket = models.CharField("demande d’assistance", max_length=80, blank=True)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    objects = MatrixQuerySet.as_manager()

    class Meta:
        verbose_name = "matrice des habilitations"
        ordering = ["esms", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["esms", "id"], name="matrix_in_structure_once"),
            models.UniqueConstraint(fields=["esms", "number"], name="matrix_number_once"),
            models.UniqueConstraint(fields=["esms", "token"], name="matrix_started_once"),
            models.UniqueConstraint(
                fields=["esms"],
                condition=Q(status__in=OPEN),
                name="matrix_open_once",
                violation_error_message="Une matrice est déjà en préparation.",
            ),
            models.CheckConstraint(condition=Q(status__in=[*OPEN, *VALIDATED]), name="matrix_status_is_stored"),
            models.CheckConstraint(
                condition=~Q(status=MatrixStatus.SHARED) | Q(shared_at__isnull=False, shared_by__isnull=False),
                name="matrix_shared_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=VALIDATED) | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="matrix_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status=MatrixStatus.CONSOLIDATED)
                | Q(consolidated_at__isnull=False, consolidated_by__isnull=False),
                name="matrix_consolidated_by_somebody",
            ),
            in_structure("matrix_in_structure"),
            same_structure("matrix_based_on_same_structure", "based_on_id", "structures_habilitationmatrix"),
            TenantPolicy(name="matrix_rows", rows=MATRIX_ROWS),
        ]
        triggers = [
            Frozen(
                name="matrix_frozen",
                message=FROZEN,
                when=f"old.status = '{MatrixStatus.CONSOLIDATED}' or (old.status = '{MatrixStatus.APPROVED}' "
                f"and not (tg_op = 'UPDATE' and ({_STILL_MOVES})))",
            )
        ]

    def __str__(self) -> str:
        return f"Matrice des habilitations, version {self.number}"

    @property
    def open(self) -> bool:
        return self.status in OPEN

    @property
    def validated(self) -> bool:
        return self.status in VALIDATED


@tracked(READERS)
class MatrixProfile(StructureRow, Versioned):
    """A profile in one version: how many use it, or that nobody will. One row for each of the catalogue.

    `account_days`: how long an account of it lasts, for those whose accounts end.
    """

    matrix = models.ForeignKey(
        HabilitationMatrix, on_delete=models.CASCADE, related_name="profiles", verbose_name="matrice"
    )
    profile = models.CharField("profil", max_length=40)
    users_count = models.PositiveIntegerField(
        "nombre d’utilisateurs", null=True, blank=True, validators=[MaxValueValidator(9999)]
    )
    unused = models.BooleanField("profil sans objet dans la structure", default=False)
    account_days = models.PositiveSmallIntegerField(
        "durée des comptes, en jours", null=True, blank=True, validators=[MaxValueValidator(999)]
    )
    comment = models.TextField("commentaire", max_length=500, blank=True)

    class Meta:
        verbose_name = "profil de la matrice"
        ordering = ["matrix", "profile"]
        constraints = [
            models.UniqueConstraint(fields=["matrix", "profile"], name="matrixprofile_once"),
            models.CheckConstraint(
                condition=Q(unused=False) | Q(users_count=None),
                name="matrixprofile_unused_without_users",
                violation_error_message="Un profil sans objet n’a pas d’utilisateurs.",
            ),
            in_structure("matrixprofile_in_structure"),
            _of_matrix("matrixprofile_of_matrix"),
            TenantPolicy(name="matrixprofile_rows", rows=_part_rows("structures_matrixprofile")),
        ]
        triggers = [_with_matrix("matrixprofile_frozen")]

    def __str__(self) -> str:
        return self.profile


@tracked(READERS)
class MatrixCell(StructureRow, Versioned):
    """An access that differs from the proposal. Where there is none, the proposal holds."""

    matrix = models.ForeignKey(
        HabilitationMatrix, on_delete=models.CASCADE, related_name="cells", verbose_name="matrice"
    )
    profile = models.CharField("profil", max_length=40)
    domain = models.CharField("domaine", max_length=40)
    level = models.CharField("niveau", max_length=10, choices=AccessLevel)
    perimeter = models.CharField("périmètre", max_length=5, choices=Perimeter, blank=True)
    justification = models.TextField("pourquoi cet accès", max_length=1000, blank=True)

    class Meta:
        verbose_name = "accès"
        ordering = ["matrix", "profile", "domain"]
        constraints = [
            models.UniqueConstraint(fields=["matrix", "profile", "domain"], name="matrixcell_once"),
            models.CheckConstraint(
                condition=~Q(level=AccessLevel.NONE) | Q(perimeter=""),
                name="matrixcell_none_has_no_perimeter",
                violation_error_message="Sans accès, il n’y a pas de périmètre.",
            ),
            in_structure("matrixcell_in_structure"),
            _of_matrix("matrixcell_of_matrix"),
            TenantPolicy(name="matrixcell_rows", rows=_part_rows("structures_matrixcell")),
        ]
        triggers = [_with_matrix("matrixcell_frozen")]

    def __str__(self) -> str:
        return f"{self.profile}, {self.domain} : {self.level}"


@tracked(STRUCTURE_ROWS)
class MatrixComment(StructureRow):
    """What somebody of the structure says of a version that is shared: of a profile, a domain, a cell, or the whole.

    Read in the structure and by who follows it; neither by the DPD nor by the vendor.
    """

    matrix = models.ForeignKey(
        HabilitationMatrix, on_delete=models.CASCADE, related_name="comments", verbose_name="matrice"
    )
    profile = models.CharField("profil", max_length=40, blank=True)
    domain = models.CharField("domaine", max_length=40, blank=True)
    text = models.TextField("remarque", max_length=2000)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="écrite par")
    created_at = models.DateTimeField("écrite le", default=timezone.now)
    resolved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="traitée par"
    )
    resolved_at = models.DateTimeField("traitée le", null=True, blank=True)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    class Meta:
        verbose_name = "remarque sur la matrice"
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["esms", "token"], name="matrixcomment_written_once"),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="matrixcomment_resolved_by_somebody",
            ),
            in_structure("matrixcomment_in_structure"),
            _of_matrix("matrixcomment_of_matrix"),
            TenantPolicy(name="matrixcomment_rows", rows=STRUCTURE_ROWS),
        ]
        triggers = [_with_matrix("matrixcomment_frozen")]

    def __str__(self) -> str:
        return self.text[:60]
