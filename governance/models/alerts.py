"""Alerts: what somebody, or another app, wants a body to look at."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from common.history import tracked
from common.policies import ME, PROJECT_ROWS, STRUCTURE_ROWS, SameTenant, TenantPolicy, in_scope, same_project
from common.versions import Versioned
from governance.enums import Severity
from organisations.models import ESMS, IN_ONE_STRUCTURE, OG, ProjectRow, User

# Who reads the alerts of the project, who may see that structure's inside, who raised it or has to handle it.
ALERT_ROWS = (
    f"{in_scope('project_id', 'alert_project_ids')} or {STRUCTURE_ROWS} "
    f"or ({PROJECT_ROWS} and (raised_by_id = {ME} or owner_id = {ME}))"
)


class AlertQuerySet(models.QuerySet["Alert"]):
    def open(self) -> "AlertQuerySet":
        """Those nobody has answered yet."""
        return self.filter(answered_at=None)


@tracked(ALERT_ROWS)
class Alert(ProjectRow, Versioned):
    """Something of the project, or of one structure, that the COMOP is asked to answer. Only an answer closes it.

    `source` and `source_id` say what it is about (an app's own word, a row's id); one open alert for each. `owner` is
    who has it in hand. An escalated one waits for the arbitration that answers it.
    """

    og = models.ForeignKey(OG, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="OG")
    esms = models.ForeignKey(
        ESMS, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="structure"
    )
    number = models.PositiveIntegerField("numéro")
    severity = models.CharField("gravité", max_length=10, choices=Severity, default=Severity.WARNING)
    subject = models.CharField("objet", max_length=200)
    text = models.TextField("ce qui se passe", max_length=2000)
    source = models.CharField("vient de", max_length=30, blank=True)
    source_id = models.UUIDField("objet d’origine", null=True)
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="donnée par")
    raised_at = models.DateTimeField("donnée le", default=timezone.now)
    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="prise en main par"
    )
    escalated_at = models.DateTimeField("portée au COSTRAT le", null=True, blank=True)
    escalated_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="portée au COSTRAT par"
    )
    arbitration = models.ForeignKey(
        "governance.Arbitration",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="alerts",
        verbose_name="arbitrage",
    )
    read_at = models.DateTimeField("réponse lue le", null=True, blank=True)
    answer = models.TextField("réponse", blank=True, max_length=2000)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="répondu par"
    )
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = "alerte"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "id"], name="alert_in_project_once"),
            models.UniqueConstraint(fields=["project", "number"], name="alert_number_once"),
            models.UniqueConstraint(fields=["project", "token"], name="alert_raised_once"),
            models.UniqueConstraint(
                fields=["project", "source", "source_id"],
                condition=Q(answered_at=None) & ~Q(source=""),
                name="alert_open_once",
                violation_error_message="Une alerte est déjà ouverte à ce sujet.",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | ~Q(answer=""),
                name="alert_closed_by_an_answer",
                violation_error_message="Une alerte ne se ferme pas sans réponse.",
            ),
            models.CheckConstraint(
                condition=Q(esms=None) | Q(og__isnull=False), name="alert_of_a_structure_names_its_og"
            ),
            models.CheckConstraint(
                condition=Q(escalated_at=None) | Q(arbitration__isnull=False),
                name="alert_escalated_to_an_arbitration",
            ),
            SameTenant(name="alert_same_tenant", **IN_ONE_STRUCTURE),
            same_project("alert_arbitration_same_project", "arbitration_id", "governance_arbitration"),
            TenantPolicy(name="alert_rows", rows=ALERT_ROWS),
        ]

    def __str__(self) -> str:
        return f"Alerte n° {self.number} : {self.subject}"
