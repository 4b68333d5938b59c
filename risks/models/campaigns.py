"""Campaigns: the lead asks structures, and the project itself, where risk is. What each place makes of it."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from common.history import tracked
from common.policies import ME, PROJECT_ROWS, STRUCTURE_ROWS, TenantPolicy, same_project
from common.versions import Versioned
from organisations.enums import Phase
from organisations.models import PlacedRow, ProjectRow, User, in_place, same_place
from risks.enums import SETTLED, AssessmentStatus, CampaignKind


@tracked(PROJECT_ROWS)
class RiskThresholds(ProjectRow, Versioned):
    """From which scores a project calls a risk moderate, certain, and proposes an action (`scoring.Thresholds`, which
    holds while there is no row)."""

    moderate_from = models.PositiveSmallIntegerField(
        "modéré à partir de", validators=[MinValueValidator(11), MaxValueValidator(99)]
    )
    certain_from = models.PositiveSmallIntegerField(
        "certain à partir de", validators=[MinValueValidator(12), MaxValueValidator(100)]
    )
    action_from = models.PositiveSmallIntegerField(
        "une action est proposée à partir de la note", validators=[MinValueValidator(2), MaxValueValidator(10)]
    )

    class Meta:
        verbose_name = "seuils de risque"
        constraints = [
            models.UniqueConstraint(fields=["project"], name="riskthresholds_once"),
            models.CheckConstraint(
                condition=Q(moderate_from__gte=11, certain_from__lte=100, certain_from__gt=F("moderate_from")),
                name="riskthresholds_in_order",
                violation_error_message="« Certain » commence plus haut que « modéré », entre 11 et 100.",
            ),
            models.CheckConstraint(
                condition=Q(action_from__range=(2, 10)),
                name="riskthresholds_action_mark",
                violation_error_message="La note qui appelle une action va de 2 à 10.",
            ),
            TenantPolicy(name="riskthresholds_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return f"{self.moderate_from} / {self.certain_from}"


class CampaignQuerySet(models.QuerySet["RiskCampaign"]):
    def open(self) -> "CampaignQuerySet":
        return self.filter(closed_at=None)


@tracked(PROJECT_ROWS)
class RiskCampaign(ProjectRow, Versioned):
    """One time that the project asks where risk is: all questions at its start, the starred ones at the end of a phase.

    `extended_why`: why `due_on` was moved, if it was. Closed, what was not transmitted stays as it is.
    """

    number = models.PositiveIntegerField("numéro")
    kind = models.CharField("quand", max_length=10, choices=CampaignKind)
    phase = models.CharField("phase", max_length=12, choices=Phase)
    message = models.TextField("message aux structures", max_length=1000, blank=True)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="ouverte par")
    opened_at = models.DateTimeField("ouverte le", default=timezone.now)
    due_on = models.DateField("à rendre le")
    extended_why = models.CharField("pourquoi la date a changé", max_length=300, blank=True)
    closed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="close par"
    )
    closed_at = models.DateTimeField("close le", null=True, blank=True)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = "campagne de risques"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "id"], name="riskcampaign_in_project_once"),
            models.UniqueConstraint(fields=["project", "number"], name="riskcampaign_number_once"),
            models.UniqueConstraint(fields=["project", "token"], name="riskcampaign_opened_once"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="riskcampaign_closed_by_somebody",
            ),
            TenantPolicy(name="riskcampaign_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return f"Campagne n° {self.number}"

    @property
    def title(self) -> str:
        """« Début du projet », « Fin de la phase Pilote »."""
        if self.kind == CampaignKind.START:
            return "Début du projet"
        return f"Fin de la phase {self.get_phase_display()}"


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def open(self) -> "AssessmentQuerySet":
        """Those that their place still works on: one a place at most."""
        return self.filter(closed_at=None).exclude(status=AssessmentStatus.TRANSMITTED)

    def transmitted(self) -> "AssessmentQuerySet":
        return self.filter(status=AssessmentStatus.TRANSMITTED)


# Where an assessment stands is known to who follows the structure, and to who was asked to answer; marks are not.
_ASKED = (
    f"({PROJECT_ROWS} and exists (select from risks_respondent respondent "
    f"where respondent.assessment_id = risks_assessment.id and respondent.user_id = {ME}))"
)


@tracked(STRUCTURE_ROWS)
class Assessment(PlacedRow, Versioned):
    """What one structure, or the project itself, answers to one campaign.

    `asks_all`: all hundred questions, rather than the starred ones only. `based_on`: the transmitted one whose marks
    the others keep, and with which this one is compared. `sent_back_*`: the lead's word when it has to be taken up
    again; empty once transmitted anew. `closed_at`: the campaign was closed before it was transmitted.
    """

    campaign = models.ForeignKey(
        RiskCampaign, on_delete=models.PROTECT, related_name="assessments", verbose_name="campagne"
    )
    status = models.CharField("état", max_length=12, choices=AssessmentStatus, default=AssessmentStatus.ANSWERING)
    asks_all = models.BooleanField("toutes les questions", default=True)
    based_on = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="à la suite de"
    )
    converging_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="mise en commun par"
    )
    converging_at = models.DateTimeField("mise en commun le", null=True, blank=True)
    submitted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="soumise par"
    )
    submitted_at = models.DateTimeField("soumise le", null=True, blank=True)
    validated_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="validée par"
    )
    validated_at = models.DateTimeField("validée le", null=True, blank=True)
    transmitted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="transmise par"
    )
    transmitted_at = models.DateTimeField("transmise le", null=True, blank=True)
    sent_back_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="renvoyée par"
    )
    sent_back_at = models.DateTimeField("renvoyée le", null=True, blank=True)
    sent_back_note = models.TextField("ce qu’il faut reprendre", max_length=2000, blank=True)
    closed_at = models.DateTimeField("arrêtée le", null=True, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = "analyse de risques"
        ordering = ["campaign", "place"]
        constraints = [
            models.UniqueConstraint(fields=["place", "id"], name="assessment_in_place_once"),
            models.UniqueConstraint(fields=["place", "campaign"], name="assessment_once_a_campaign"),
            models.UniqueConstraint(
                fields=["place"],
                condition=~Q(status=AssessmentStatus.TRANSMITTED) & Q(closed_at=None),
                name="assessment_open_once",
                violation_error_message="Une analyse de risques y est déjà en cours.",
            ),
            models.CheckConstraint(
                condition=~Q(status=AssessmentStatus.TRANSMITTED)
                | Q(transmitted_at__isnull=False, transmitted_by__isnull=False, closed_at=None),
                name="assessment_transmitted_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=(AssessmentStatus.VALIDATED, AssessmentStatus.TRANSMITTED))
                | Q(validated_at__isnull=False, validated_by__isnull=False),
                name="assessment_validated_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(asks_all=True) | Q(based_on__isnull=False), name="assessment_keeps_marks_of_another"
            ),
            *in_place("assessment"),
            same_place("assessment_based_on_same_place", "based_on_id", "risks_assessment"),
            same_project("assessment_campaign_same_project", "campaign_id", "risks_riskcampaign"),
            TenantPolicy(name="assessment_rows", rows=f"{STRUCTURE_ROWS} or {_ASKED}"),
        ]
        indexes = [models.Index(fields=["project", "campaign"], name="assessment_of_campaign")]

    def __str__(self) -> str:
        return f"Analyse de risques, {self.get_status_display().lower()}"

    @property
    def state(self) -> AssessmentStatus:
        return AssessmentStatus(self.status)

    @property
    def answering(self) -> bool:
        """Whether people still answer, each alone."""
        return self.status == AssessmentStatus.ANSWERING and self.closed_at is None

    @property
    def converging(self) -> bool:
        """Whether marks are still being agreed on."""
        return self.status == AssessmentStatus.CONVERGING and self.closed_at is None

    @property
    def settled(self) -> bool:
        """Whether its agreed marks are there to be read, all of them."""
        return self.status in SETTLED

    @property
    def transmitted(self) -> bool:
        return self.status == AssessmentStatus.TRANSMITTED
