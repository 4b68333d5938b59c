"""The register: risks of a structure or of the project, what is done about each, what each is linked to."""

import uuid

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from common.history import tracked
from common.policies import ME, PROJECT_ROWS, TenantPolicy
from common.versions import Versioned
from organisations.models import PlacedRow, User, in_place, same_place
from risks.criticality import criticality
from risks.enums import ActionKind, Category, Criticality, RiskStatus, Scale, Treatment
from risks.models.policies import ABOVE, INSIDE, OF_A_RISK, OF_THE_PROJECT, SINCE_TRANSMITTED

_MINE = f"({PROJECT_ROWS} and owner_id = {ME})"
# A structure's risk is its own until it transmits it; raised to the project, bodies of the project read it.
RISK_ROWS = (
    f"{INSIDE} or (esms_id is null and {OF_THE_PROJECT}) or (transmitted_at is not null and {ABOVE}) "
    f"or (raised_at is not null and {OF_THE_PROJECT}) or {_MINE}"
)
# What is done is read with its risk, and by who does it, whatever else they may read.
ACTION_ROWS = f"{OF_A_RISK} or {_MINE}"


class RiskQuerySet(models.QuerySet["Risk"]):
    def open(self) -> "RiskQuerySet":
        return self.exclude(status=RiskStatus.CLOSED)


@tracked(RISK_ROWS)
class Risk(PlacedRow, Versioned):
    """Something that may go wrong. `number` follows within its place. `question`: the statement of the questionnaire
    whose mark brought it up, if one. `raised_*`: the structure asks the project to carry it; `returned_why`: the lead
    handed it back."""

    number = models.PositiveIntegerField("numéro")
    title = models.CharField("risque", max_length=200)
    description = models.TextField("description", max_length=2000, blank=True)
    cause = models.TextField("cause", max_length=1000, blank=True)
    consequence = models.TextField("conséquence", max_length=1000, blank=True)
    category = models.CharField("catégorie", max_length=16, choices=Category)
    question = models.CharField("question", max_length=5, blank=True)
    probability = models.PositiveSmallIntegerField("probabilité", choices=Scale)
    impact = models.PositiveSmallIntegerField("impact", choices=Scale)
    residual_probability = models.PositiveSmallIntegerField(
        "probabilité après traitement", choices=Scale, null=True, blank=True
    )
    residual_impact = models.PositiveSmallIntegerField("impact après traitement", choices=Scale, null=True, blank=True)
    status = models.CharField("état", max_length=10, choices=RiskStatus, default=RiskStatus.OPEN)
    treatment = models.CharField("traitement", max_length=8, choices=Treatment, blank=True)
    accepted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="accepté par"
    )
    accepted_on = models.DateField("accepté le", null=True, blank=True)
    accepted_why = models.TextField("pourquoi il est accepté", max_length=1000, blank=True)
    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="porté par"
    )
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="relevé par")
    opened_on = models.DateField("relevé le", default=timezone.localdate)
    review_on = models.DateField("à revoir le", null=True, blank=True)
    closed_on = models.DateField("clos le", null=True, blank=True)
    closing_note = models.TextField("pourquoi il est clos", max_length=1000, blank=True)
    transmitted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="transmis par"
    )
    transmitted_at = models.DateTimeField("transmis le", null=True, blank=True)
    raised_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="porté au projet par"
    )
    raised_at = models.DateTimeField("porté au projet le", null=True, blank=True)
    raised_why = models.TextField("pourquoi il est porté au projet", max_length=1000, blank=True)
    returned_why = models.TextField("pourquoi le projet l’a rendu", max_length=1000, blank=True)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    objects = RiskQuerySet.as_manager()

    class Meta:
        verbose_name = "risque"
        ordering = ["place", "number"]
        constraints = [
            models.UniqueConstraint(fields=["place", "id"], name="risk_in_place_once"),
            models.UniqueConstraint(fields=["place", "number"], name="risk_number_once"),
            models.UniqueConstraint(fields=["place", "token"], name="risk_written_once"),
            models.UniqueConstraint(
                fields=["place", "question"],
                condition=~Q(question="") & ~Q(status=RiskStatus.CLOSED),
                name="risk_open_once_a_question",
                violation_error_message="Un risque est déjà ouvert pour cette question.",
            ),
            models.CheckConstraint(
                condition=Q(probability__range=(1, 4), impact__range=(1, 4)),
                name="risk_from_one_to_four",
                violation_error_message="Probabilité et impact vont de 1 à 4.",
            ),
            models.CheckConstraint(
                condition=Q(residual_probability=None, residual_impact=None)
                | Q(residual_probability__range=(1, 4), residual_impact__range=(1, 4)),
                name="risk_residual_has_both",
                violation_error_message="Ce qui reste après traitement se dit par une probabilité et un impact.",
            ),
            models.CheckConstraint(
                condition=Q(treatment=Treatment.ACCEPT, accepted_by__isnull=False, accepted_on__isnull=False)
                & ~Q(accepted_why="")
                | (~Q(treatment=Treatment.ACCEPT) & Q(accepted_by=None, accepted_on=None, accepted_why="")),
                name="risk_accepted_by_somebody",
                violation_error_message="Un risque accepté dit qui l’accepte et pourquoi.",
            ),
            models.CheckConstraint(
                condition=(Q(status=RiskStatus.CLOSED, closed_on__isnull=False) & ~Q(closing_note=""))
                | (~Q(status=RiskStatus.CLOSED) & Q(closed_on=None, closing_note="")),
                name="risk_closed_with_a_reason",
                violation_error_message="Un risque clos dit depuis quand et pourquoi.",
            ),
            models.CheckConstraint(
                condition=Q(raised_at=None) | Q(transmitted_at__isnull=False, raised_by__isnull=False),
                name="risk_raised_is_transmitted",
            ),
            *in_place("risk"),
            TenantPolicy(name="risk_rows", rows=RISK_ROWS),
        ]
        indexes = [models.Index(fields=["project", "status"], name="risk_of_project")]

    def __str__(self) -> str:
        return f"Risque n° {self.number} : {self.title}"

    @property
    def criticality(self) -> Criticality:
        return criticality(self.probability, self.impact)

    @property
    def is_open(self) -> bool:
        return self.status != RiskStatus.CLOSED


class RiskActionQuerySet(models.QuerySet["RiskAction"]):
    def open(self) -> "RiskActionQuerySet":
        """Neither done nor given up."""
        return self.filter(done_on=None, given_up_on=None)


@tracked(f"{SINCE_TRANSMITTED} or {_MINE}")
class RiskAction(PlacedRow, Versioned):
    """What is done about a risk, before it happens or once it did. `progress` in percent; done is 100."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="actions", verbose_name="risque")
    label = models.CharField("action", max_length=300)
    kind = models.CharField("nature", max_length=10, choices=ActionKind, default=ActionKind.PREVENTIVE)
    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="faite par"
    )
    due_on = models.DateField("pour le", null=True, blank=True)
    started_on = models.DateField("commencée le", null=True, blank=True)
    done_on = models.DateField("faite le", null=True, blank=True)
    progress = models.PositiveSmallIntegerField("avancement", default=0, validators=[MaxValueValidator(100)])
    note = models.TextField("où on en est", max_length=1000, blank=True)
    given_up_on = models.DateField("abandonnée le", null=True, blank=True)
    given_up_why = models.CharField("pourquoi elle est abandonnée", max_length=300, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="écrite par")
    written_at = models.DateTimeField("écrite le", default=timezone.now)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    objects = RiskActionQuerySet.as_manager()

    class Meta:
        verbose_name = "action sur un risque"
        ordering = ["risk_id", "written_at", "pk"]  # joined, a risk that its owner may not read would hide the action
        constraints = [
            models.UniqueConstraint(fields=["place", "token"], name="riskaction_written_once"),
            models.CheckConstraint(
                condition=(Q(done_on=None) & Q(progress__lt=100)) | Q(done_on__isnull=False, progress=100),
                name="riskaction_done_is_all_of_it",
                violation_error_message="Une action faite l’est à 100 %.",
            ),
            models.CheckConstraint(
                condition=Q(given_up_on=None, given_up_why="") | (Q(given_up_on__isnull=False) & ~Q(given_up_why="")),
                name="riskaction_given_up_with_a_reason",
                violation_error_message="Dites pourquoi l’action est abandonnée.",
            ),
            models.CheckConstraint(condition=Q(done_on=None) | Q(given_up_on=None), name="riskaction_done_or_given_up"),
            *in_place("riskaction"),
            same_place("riskaction_risk_same_place", "risk_id", "risks_risk"),
            TenantPolicy(name="riskaction_rows", rows=ACTION_ROWS),
        ]
        indexes = [models.Index(fields=["owner", "done_on"], name="riskaction_of_owner")]

    def __str__(self) -> str:
        return self.label


@tracked(SINCE_TRANSMITTED)
class RiskLink(PlacedRow):
    """Something of another app that a risk has to do with: an action of the checklist, an alert. `source` is that app's
    own word (`governance.sources`)."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="links", verbose_name="risque")
    source = models.CharField("nature", max_length=30)
    source_id = models.UUIDField("objet")
    linked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="relié par")
    linked_at = models.DateTimeField("relié le", default=timezone.now)

    class Meta:
        verbose_name = "lien d’un risque"
        ordering = ["risk", "linked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["risk", "source", "source_id"],
                name="risklink_once",
                violation_error_message="Ce lien est déjà là.",
            ),
            *in_place("risklink"),
            same_place("risklink_risk_same_place", "risk_id", "risks_risk"),
            TenantPolicy(name="risklink_rows", rows=OF_A_RISK),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.source_id}"
