"""The inventory of what a structure has: one open at a time, reviewed from the last one. Closed to writing while its
director has it and once it is transmitted."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from common.frozen import Frozen, FrozenWith
from common.history import tracked
from common.policies import PROJECT_ROWS, STRUCTURE_ROWS, TenantPolicy
from common.versions import Versioned
from organisations.models import ProjectRow, StructureRow, User, in_structure, same_structure
from structures.enums.inventory import LOCKED_STATUSES, InventoryStatus

LOCKED = "Cet état des lieux n’est pas ouvert : ses réponses ne changent plus."
TRANSMITTED = "Cet état des lieux est transmis : le chef de projet peut le renvoyer à compléter."
_LOCKED = "parent.status in ({})".format(", ".join(f"'{status}'" for status in LOCKED_STATUSES))


def _of_inventory(name: str) -> object:
    return same_structure(name, "inventory_id", "structures_inventory")


def _with_inventory(name: str) -> FrozenWith:
    return FrozenWith(name=name, message=LOCKED, parent="structures_inventory", key="inventory_id", when=_LOCKED)


@tracked(STRUCTURE_ROWS)
class Inventory(StructureRow, Versioned):
    """One time that a structure says what it has. `based_on`: the one whose answers it began with."""

    number = models.PositiveSmallIntegerField("numéro")
    status = models.CharField("état", max_length=12, choices=InventoryStatus, default=InventoryStatus.DRAFT)
    based_on = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="part de"
    )
    started_at = models.DateTimeField("commencé le", default=timezone.now)
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="commencé par")
    submitted_at = models.DateTimeField("soumis le", null=True, blank=True)
    submitted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="soumis par"
    )
    validated_at = models.DateTimeField("validé le", null=True, blank=True)
    validated_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="validé par"
    )
    transmitted_at = models.DateTimeField("transmis le", null=True, blank=True)
    transmitted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="transmis par"
    )
    review_on = models.DateField("à revoir avant le", null=True, blank=True)

    class Meta:
        verbose_name = "état des lieux"
        ordering = ["esms", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["esms", "id"], name="inventory_in_esms"),
            models.UniqueConstraint(
                fields=["esms", "number"],
                name="inventory_number_once",
                violation_error_message="Cet état des lieux est déjà commencé.",
            ),
            models.UniqueConstraint(
                fields=["esms"],
                condition=~Q(status=InventoryStatus.TRANSMITTED),
                name="inventory_one_open",
                violation_error_message="Un état des lieux de cette structure est déjà en cours.",
            ),
            models.CheckConstraint(
                condition=~Q(status=InventoryStatus.SUBMITTED)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="inventory_submitted_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[InventoryStatus.VALIDATED, InventoryStatus.TRANSMITTED])
                | Q(validated_at__isnull=False, validated_by__isnull=False),
                name="inventory_validated_by_someone",
                violation_error_message="Un état des lieux se transmet une fois validé par la direction.",
            ),
            models.CheckConstraint(
                condition=~Q(status=InventoryStatus.TRANSMITTED)
                | Q(transmitted_at__isnull=False, transmitted_by__isnull=False, review_on__isnull=False),
                name="inventory_transmitted_by_someone",
            ),
            in_structure("inventory_in_structure"),
            same_structure("inventory_based_on_its_own", "based_on_id", "structures_inventory"),
            TenantPolicy(name="inventory_rows", rows=STRUCTURE_ROWS),
        ]
        triggers = [
            Frozen(
                name="inventory_frozen",
                message=TRANSMITTED,
                # Only sent back to complete, nothing else of it changed.
                when=f"old.status = '{InventoryStatus.TRANSMITTED}' and not (tg_op = 'UPDATE' "
                f"and new.status = '{InventoryStatus.TO_COMPLETE}' "
                "and to_jsonb(old) - array['status', 'version'] "
                "is not distinct from to_jsonb(new) - array['status', 'version'])",
            )
        ]

    def __str__(self) -> str:
        return f"État des lieux n° {self.number}"

    @property
    def state(self) -> InventoryStatus:
        return InventoryStatus(self.status)


@tracked(STRUCTURE_ROWS)
class InventoryAnswer(StructureRow, Versioned):
    """The answer to one question. `value` as `catalogue.inventory.Column.stored` keeps it; null is « aucun », unless
    `unknown` (« ne sait pas ») or not `answered` (taken away again)."""

    inventory = models.ForeignKey(
        Inventory, on_delete=models.CASCADE, related_name="answers", verbose_name="état des lieux"
    )
    field = models.CharField("champ", max_length=60)
    value = models.JSONField("réponse", null=True, blank=True)
    unknown = models.BooleanField("ne sait pas", default=False)
    answered = models.BooleanField("répondu", default=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="répondu par")
    answered_at = models.DateTimeField("répondu le", default=timezone.now)

    class Meta:
        verbose_name = "réponse de l’état des lieux"
        ordering = ["inventory", "field"]
        constraints = [
            models.UniqueConstraint(fields=["inventory", "field"], name="inventoryanswer_once"),
            models.CheckConstraint(
                condition=Q(unknown=False) | Q(value=None, answered=True), name="inventoryanswer_unknown_has_no_value"
            ),
            models.CheckConstraint(
                condition=Q(answered=True) | Q(value=None), name="inventoryanswer_taken_away_has_no_value"
            ),
            in_structure("inventoryanswer_in_structure"),
            _of_inventory("inventoryanswer_inventory_same_structure"),
            TenantPolicy(name="inventoryanswer_rows", rows=STRUCTURE_ROWS),
        ]
        triggers = [_with_inventory("inventoryanswer_frozen")]

    def __str__(self) -> str:
        return self.field


@tracked(STRUCTURE_ROWS)
class InventoryLine(StructureRow, Versioned):
    """One line of a table. `values`: stored values by code of column. Taken away, it can be put back."""

    inventory = models.ForeignKey(
        Inventory, on_delete=models.CASCADE, related_name="lines", verbose_name="état des lieux"
    )
    field = models.CharField("champ", max_length=60)
    position = models.PositiveSmallIntegerField("rang")
    values = models.JSONField("valeurs", default=dict)
    removed = models.BooleanField("retirée", default=False)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="écrite par")
    written_at = models.DateTimeField("écrite le", default=timezone.now)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    class Meta:
        verbose_name = "ligne de l’état des lieux"
        ordering = ["inventory", "field", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["esms", "token"], name="inventoryline_added_once"),
            in_structure("inventoryline_in_structure"),
            _of_inventory("inventoryline_inventory_same_structure"),
            TenantPolicy(name="inventoryline_rows", rows=STRUCTURE_ROWS),
        ]
        triggers = [_with_inventory("inventoryline_frozen")]

    def __str__(self) -> str:
        return f"{self.field} {self.position}"


@tracked(STRUCTURE_ROWS)
class InventoryRemark(StructureRow):
    """What the project lead asks to complete, about a section or one question of it; the structure reads it once the
    inventory is sent back."""

    inventory = models.ForeignKey(
        Inventory, on_delete=models.CASCADE, related_name="remarks", verbose_name="état des lieux"
    )
    section = models.CharField("section", max_length=60)
    field = models.CharField("champ", max_length=60, blank=True)
    text = models.TextField("remarque", max_length=1000)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="faite par")
    made_at = models.DateTimeField("faite le", default=timezone.now)
    sent_at = models.DateTimeField("envoyée le", null=True, blank=True)
    resolved_at = models.DateTimeField("levée le", null=True, blank=True)
    resolved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="levée par"
    )
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    class Meta:
        verbose_name = "remarque sur l’état des lieux"
        ordering = ["inventory", "made_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["esms", "token"], name="inventoryremark_made_once"),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False, sent_at__isnull=False),
                name="inventoryremark_resolved_by_someone",
            ),
            in_structure("inventoryremark_in_structure"),
            _of_inventory("inventoryremark_inventory_same_structure"),
            TenantPolicy(name="inventoryremark_rows", rows=STRUCTURE_ROWS),
        ]

    def __str__(self) -> str:
        return self.text


@tracked(PROJECT_ROWS)
class InventoryThreshold(ProjectRow, Versioned):
    """What replaces the proposed threshold of a field for all the structures of a project: the vendor's, once known.

    `threshold` as the rule of the field reads it (number, months); null leaves the proposal.
    """

    field = models.CharField("champ", max_length=60)
    threshold = models.DecimalField("seuil", max_digits=10, decimal_places=3, null=True, blank=True)
    minimum = models.DecimalField("sans descendre sous", max_digits=10, decimal_places=3, null=True, blank=True)
    source = models.CharField("source", max_length=200, blank=True)
    dated_on = models.DateField("date de la source", null=True, blank=True)

    class Meta:
        verbose_name = "seuil de l’état des lieux"
        ordering = ["field"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "field"],
                name="inventorythreshold_once",
                violation_error_message="Ce seuil est déjà remplacé.",
            ),
            models.CheckConstraint(
                condition=Q(threshold__gte=0) | Q(threshold=None),
                name="inventorythreshold_positive",
                violation_error_message="Un seuil n’est pas négatif.",
            ),
            models.CheckConstraint(
                condition=Q(minimum__gte=0) | Q(minimum=None),
                name="inventorythreshold_minimum_positive",
                violation_error_message="Un seuil n’est pas négatif.",
            ),
            TenantPolicy(name="inventorythreshold_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return self.field
