"""The project asks its structures for their inventory: by when, and what counts as received."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from common.history import tracked
from common.policies import TenantPolicy
from common.versions import Versioned
from organisations.models import ProjectRow, User
from structures.models.people import CALL_ROWS


@tracked(CALL_ROWS)
class InventoryCollection(ProjectRow, Versioned):
    """One call for inventories. The latest of a project is the one under way.

    `counts_from`: an inventory transmitted since that day answers it. `reason`: why it was last put off.
    """

    opened_on = models.DateField("demandé le", default=timezone.localdate)
    due_on = models.DateField("attendu pour le")
    counts_from = models.DateField("compte ce qui est transmis depuis le")
    message = models.TextField("message aux structures", blank=True, max_length=1000)
    reason = models.CharField("motif du report", blank=True, max_length=300)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="demandé par")
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    class Meta:
        verbose_name = "demande d’états des lieux"
        ordering = ["-opened_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "token"], name="inventory_collection_opened_once"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opened_on")),
                name="inventory_collection_due_after_opening",
                violation_error_message="Cette date est avant le jour de la demande : donnez un jour à venir.",
            ),
            models.CheckConstraint(
                condition=Q(counts_from__lte=F("opened_on")),
                name="inventory_collection_counts_from_before",
                violation_error_message="Ce jour est après celui de la demande : les réponses ne compteraient pas.",
            ),
            TenantPolicy(name="inventory_collection_rows", rows=CALL_ROWS),
        ]

    def __str__(self) -> str:
        return f"États des lieux attendus pour le {self.due_on:%d/%m/%Y}"
