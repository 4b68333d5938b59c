"""When figures are collected, and where each structure stands."""

import uuid
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from common.history import tracked
from common.policies import PROJECT_ROWS, TenantPolicy, same_project
from common.versions import Versioned
from indicators.enums import Frequency, StatementStatus
from indicators.models.policies import FOLLOWED
from indicators.periods import Period
from organisations.enums import Phase
from organisations.models import ProjectRow, StructureRow, User, in_structure

# A structure that opened the record, or gets ready to.
CONCERNED = [Phase.PREPARATION, Phase.PILOT, Phase.ROLLOUT, Phase.USAGE, Phase.ROUTINE]


def _concerned() -> list[str]:
    return [phase.value for phase in CONCERNED]


@tracked(PROJECT_ROWS)
class Collection(ProjectRow, Versioned):
    """How a project collects what is followed at one frequency. Days are counted from the end of the period.

    `phases`, `wave_ids` (empty: all, without a wave too): whom a campaign asks. `validated`: the direction has the last
    word. `automatic`: campaigns open by themselves.
    """

    frequency = models.CharField("fréquence", max_length=9, choices=Frequency)
    automatic = models.BooleanField("les campagnes s’ouvrent seules", default=True)
    opens_after = models.PositiveSmallIntegerField("ouverture", default=1, validators=[MaxValueValidator(60)])
    due_after = models.PositiveSmallIntegerField("à rendre", default=10, validators=[MaxValueValidator(90)])
    closes_after = models.PositiveSmallIntegerField("clôture", default=40, validators=[MaxValueValidator(180)])
    validated = models.BooleanField("la direction valide", default=False)
    phases = ArrayField(models.CharField(max_length=12, choices=Phase), verbose_name="phases", default=_concerned)
    wave_ids = ArrayField(models.UUIDField(), verbose_name="vagues", default=list, blank=True)

    class Meta:
        verbose_name = "réglage de collecte"
        ordering = ["project_id", "frequency"]
        constraints = [
            models.UniqueConstraint(fields=["project", "frequency"], name="collection_once"),
            models.CheckConstraint(
                condition=Q(due_after__gt=F("opens_after"), closes_after__gte=F("due_after")),
                name="collection_days_in_order",
                violation_error_message="L’ouverture vient avant l’échéance, et l’échéance avant la clôture.",
            ),
            TenantPolicy(name="collection_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return self.get_frequency_display()


class IndicatorCampaignQuerySet(models.QuerySet["Campaign"]):
    def running(self, on: date) -> "IndicatorCampaignQuerySet":
        """Those in which figures may be entered on a day."""
        return self.filter(closed_at=None, opens_on__lte=on, closes_on__gte=on)


@tracked(PROJECT_ROWS)
class Campaign(ProjectRow, Versioned):
    """The collection of one period. `opened_by` None: it opened by itself. `extended_why`: why its days were moved, if
    they were. It is over after `closes_on`, or once closed by somebody."""

    frequency = models.CharField("fréquence", max_length=9, choices=Frequency)
    period_start = models.DateField("période du")
    opens_on = models.DateField("ouverture")
    due_on = models.DateField("à rendre le")
    closes_on = models.DateField("clôture")
    validated = models.BooleanField("la direction valide", default=False)
    message = models.TextField("message aux structures", max_length=1000, blank=True)
    extended_why = models.CharField("pourquoi la date a changé", max_length=300, blank=True)
    opened_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ouverte par"
    )
    opened_at = models.DateTimeField("ouverte le", default=timezone.now)
    closed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="close par"
    )
    closed_at = models.DateTimeField("close le", null=True, blank=True)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    objects = IndicatorCampaignQuerySet.as_manager()

    class Meta:
        verbose_name = "campagne de collecte"
        ordering = ["-period_start", "frequency"]
        constraints = [
            models.UniqueConstraint(fields=["project", "id"], name="campaign_in_project_once"),
            models.UniqueConstraint(
                fields=["project", "frequency", "period_start"],
                name="campaign_period_once",
                violation_error_message="Une campagne existe déjà pour cette période.",
            ),
            models.UniqueConstraint(fields=["project", "token"], name="campaign_opened_once"),
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("due_on"), due_on__lte=F("closes_on")),
                name="campaign_days_in_order",
                violation_error_message="L’ouverture vient avant l’échéance, et l’échéance avant la clôture.",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="campaign_closed_by_somebody",
            ),
            TenantPolicy(name="campaign_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return self.period.label

    @property
    def period(self) -> Period:
        return Period(self.period_start, Frequency(self.frequency))

    def is_running(self, on: date) -> bool:
        """Whether figures may be entered on a day."""
        return self.closed_at is None and self.opens_on <= on <= self.closes_on


@tracked(FOLLOWED)
class Statement(StructureRow, Versioned):
    """The figures of one structure for one period. `first_given_at`: when it was given at first, whatever was corrected
    since: that is what being on time is judged on. `reopened_until`: though its campaign is over, the lead lets it be
    entered until that day. `sent_back_why`: the direction's word, or the lead's, when it has to be taken up again."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="statements", verbose_name="campagne")
    status = models.CharField("état", max_length=10, choices=StatementStatus, default=StatementStatus.OPEN)
    submitted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="soumis par"
    )
    submitted_at = models.DateTimeField("soumis le", null=True, blank=True)
    given_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="rendu par"
    )
    given_at = models.DateTimeField("rendu le", null=True, blank=True)
    first_given_at = models.DateTimeField("rendu une première fois le", null=True, blank=True)
    sent_back_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="renvoyé par"
    )
    sent_back_at = models.DateTimeField("renvoyé le", null=True, blank=True)
    sent_back_why = models.CharField("pourquoi il est renvoyé", max_length=300, blank=True)
    reopened_until = models.DateField("rouvert jusqu’au", null=True, blank=True)

    class Meta:
        verbose_name = "relevé"
        ordering = ["campaign_id", "esms_id"]
        constraints = [
            models.UniqueConstraint(fields=["esms", "id"], name="statement_in_structure_once"),
            models.UniqueConstraint(fields=["campaign", "esms"], name="statement_once"),
            models.CheckConstraint(
                condition=~Q(status=StatementStatus.GIVEN) | Q(given_at__isnull=False, first_given_at__isnull=False),
                name="statement_given_on_a_day",
            ),
            in_structure("statement_same_tenant"),
            same_project("statement_campaign_same_project", "campaign_id", "indicators_campaign"),
            TenantPolicy(name="statement_rows", rows=FOLLOWED),
        ]

    def __str__(self) -> str:
        return f"{self.esms}, {self.campaign}"

    def may_be_entered(self, on: date) -> bool:
        """Whether its campaign, or the lead, lets it be entered on a day."""
        return self.campaign.is_running(on) or (self.reopened_until is not None and on <= self.reopened_until)
