"""Alerts: what somebody, or another app, wants a body to look at."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from common.history import tracked
from common.models import Row
from common.policies import PROJECT_ROWS, TenantPolicy
from governance.enums import Severity
from organisations.models import Project, User


class AlertQuerySet(models.QuerySet["Alert"]):
    def open(self) -> "AlertQuerySet":
        """Those nobody has answered yet."""
        return self.filter(answered_at=None)


@tracked(PROJECT_ROWS)
class Alert(Row):
    """Something of the project that the COMOP is asked to answer. Nothing closes it but an answer.

    `source` and `source_id` say what it is about (an app's own word, a row's id); one open alert for each.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+", verbose_name="projet")
    number = models.PositiveIntegerField("numéro")
    severity = models.CharField("gravité", max_length=10, choices=Severity, default=Severity.WARNING)
    subject = models.CharField("objet", max_length=200)
    text = models.TextField("ce qui se passe", max_length=2000)
    source = models.CharField("vient de", max_length=30, blank=True)
    source_id = models.UUIDField("objet d’origine", null=True)
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="donnée par")
    raised_at = models.DateTimeField("donnée le", default=timezone.now)
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
            TenantPolicy(name="alert_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return f"Alerte n° {self.number} : {self.subject}"
