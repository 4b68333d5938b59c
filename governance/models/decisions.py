"""What a body is asked, and what it decided."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from common.frozen import Frozen, FrozenWith
from common.history import tracked
from common.models import Row
from common.policies import COUNCIL_ROWS, TenantPolicy, council_or_mine, in_scope, same_project
from governance.models.bodies import Body
from governance.models.meetings import CLOSED, LOCKED
from organisations.models import Project, User

# Who reads the deliberations, and who reads the checklist: its actions cite the decisions that make them OK.
DECISION_ROWS = f"{COUNCIL_ROWS} or {in_scope('project_id', 'checklist_project_ids')}"
REQUEST_ROWS = council_or_mine("asked_by_id")


@tracked(DECISION_ROWS)
class Decision(Row):
    """What a body decided. Never changed: another decision cites it and says otherwise."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+", verbose_name="projet")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="decisions", verbose_name="instance")
    year = models.PositiveSmallIntegerField("année")
    number = models.PositiveIntegerField("numéro")
    decided_on = models.DateField("prise le")
    title = models.CharField("objet", max_length=200)
    text = models.TextField("décision", max_length=4000)
    meeting = models.ForeignKey(
        "governance.Meeting",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name="séance",
    )
    item = models.ForeignKey(
        "governance.AgendaItem",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name="point de l’ordre du jour",
    )
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="enregistrée par"
    )
    recorded_at = models.DateTimeField("enregistrée le", default=timezone.now)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    class Meta:
        verbose_name = "décision"
        ordering = ["-decided_on", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "id"], name="decision_in_project"),
            models.UniqueConstraint(fields=["project", "year", "number"], name="decision_number_once"),
            models.UniqueConstraint(fields=["project", "token"], name="decision_recorded_once"),
            same_project("decision_body_same_project", "body_id", "governance_body"),
            same_project("decision_meeting_same_project", "meeting_id", "governance_meeting"),
            same_project("decision_item_same_project", "item_id", "governance_agendaitem"),
            TenantPolicy(name="decision_rows", rows=DECISION_ROWS),
        ]
        triggers = [
            Frozen(
                name="decision_kept",
                message="Une décision enregistrée ne change plus : une autre décision la cite et dit autrement.",
                but=("meeting_id", "item_id"),
            ),
            FrozenWith(
                name="decision_locked", message=LOCKED, parent="governance_meeting", key="meeting_id", when=CLOSED
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def reference(self) -> str:
        """« D-2026-03 »."""
        return f"D-{self.year}-{self.number:02d}"


@tracked(REQUEST_ROWS)
class AgendaRequest(Row):
    """A question put forward for the next meeting of a body.

    `source` and `source_id` say what it came from (an app's own word, a row's id); one open request for each.
    It is settled by a decision, or withdrawn.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+", verbose_name="projet")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="agenda_requests", verbose_name="instance")
    question = models.CharField("question", max_length=300)
    context = models.TextField("contexte", blank=True, max_length=2000)
    source = models.CharField("vient de", max_length=30, blank=True)
    source_id = models.UUIDField("objet", null=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="proposée par")
    asked_at = models.DateTimeField("proposée le", default=timezone.now)
    settled_by = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="settles", verbose_name="tranchée par"
    )
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)

    class Meta:
        verbose_name = "question à l’ordre du jour"
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "body", "source", "source_id"],
                condition=Q(settled_by=None, withdrawn_at=None) & ~Q(source=""),
                name="agenda_request_open_once",
                violation_error_message="Cette question est déjà proposée pour la prochaine séance.",
            ),
            same_project("agenda_request_body_same_project", "body_id", "governance_body"),
            same_project("agenda_request_decision_same_project", "settled_by_id", "governance_decision"),
            TenantPolicy(name="agenda_request_rows", rows=REQUEST_ROWS),
        ]

    def __str__(self) -> str:
        return self.question
