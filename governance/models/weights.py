"""The weights of OG in a vote: never changed, replaced from a day by other ones."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from common.frozen import AddsUp, Frozen
from common.history import tracked
from common.policies import COUNCIL_ROWS, TenantPolicy, same_project
from governance.enums import WeightingMethod
from organisations.models import OG, Project, ProjectRow, User

KEPT = "Des poids enregistrés ne changent plus : fixez-en d’autres, qui les remplacent."


class WeightingQuerySet(models.QuerySet["Weighting"]):
    def in_force(self, project: Project, on: object = None) -> "Weighting | None":
        """The weights that count on a day (today unless said), with their shares; None before the first."""
        of_project = self.filter(project=project, effective_on__lte=on or timezone.localdate())
        return of_project.order_by("-effective_on", "-number").prefetch_related("shares__og").first()


@tracked(COUNCIL_ROWS)
class Weighting(ProjectRow):
    """The weights that the COSTRAT gave each OG, by a method, from a day on."""

    number = models.PositiveIntegerField("numéro")
    method = models.CharField("méthode", max_length=25, choices=WeightingMethod)
    rule = models.TextField("règle de calcul", max_length=1000, blank=True)
    cap = models.DecimalField("plafond par OG, en %", max_digits=5, decimal_places=2, null=True, blank=True)
    floor = models.DecimalField("plancher par OG, en %", max_digits=5, decimal_places=2, null=True, blank=True)
    decision = models.ForeignKey(
        "governance.Decision",
        on_delete=models.PROTECT,
        related_name="weightings",
        verbose_name="décision",
    )
    effective_on = models.DateField("prennent effet le")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="enregistrés par")
    recorded_at = models.DateTimeField("enregistrés le", default=timezone.now)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    objects = WeightingQuerySet.as_manager()

    class Meta:
        verbose_name = "pondération"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "id"], name="weighting_in_project"),
            models.UniqueConstraint(fields=["project", "number"], name="weighting_number_once"),
            models.UniqueConstraint(fields=["project", "token"], name="weighting_recorded_once"),
            same_project("weighting_decision_same_project", "decision_id", "governance_decision"),
            TenantPolicy(name="weighting_rows", rows=COUNCIL_ROWS),
        ]
        triggers = [Frozen(name="weighting_kept", message=KEPT)]

    def __str__(self) -> str:
        return f"Poids n° {self.number}"


@tracked(COUNCIL_ROWS)
class WeightShare(ProjectRow):
    """What one OG weighs, in percent to the hundredth. `basis`: what it was computed from (ESMS, places, euros)."""

    weighting = models.ForeignKey(
        Weighting, on_delete=models.CASCADE, related_name="shares", verbose_name="pondération"
    )
    og = models.ForeignKey(OG, on_delete=models.PROTECT, related_name="+", verbose_name="OG")
    basis = models.DecimalField("base de calcul", max_digits=14, decimal_places=2, null=True, blank=True)
    percent = models.DecimalField("poids en %", max_digits=5, decimal_places=2)

    class Meta:
        verbose_name = "poids"
        ordering = ["-percent", "og__name"]
        constraints = [
            models.UniqueConstraint(fields=["weighting", "og"], name="weight_once"),
            models.CheckConstraint(
                condition=Q(percent__gte=0, percent__lte=100),
                name="weight_is_a_share",
                violation_error_message="Un poids va de 0 à 100 %%.",
            ),
            same_project("weight_weighting_same_project", "weighting_id", "governance_weighting"),
            same_project("weight_og_same_project", "og_id", "organisations_og"),
            TenantPolicy(name="weight_rows", rows=COUNCIL_ROWS),
        ]
        triggers = [
            Frozen(name="weight_kept", message=KEPT),
            AddsUp(
                name="weights_add_up",
                key="weighting_id",
                column="percent",
                total=100,
                message="La somme des poids doit valoir 100 % exactement.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.og}, {self.percent} %"
