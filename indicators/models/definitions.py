"""What a project follows: its indicators, each with the versions of what it means, their targets, their alert rules."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from common.frozen import Frozen
from common.history import tracked
from common.policies import PROJECT_ROWS, TenantPolicy, same_project
from common.versions import Versioned
from governance.enums import Severity
from indicators.enums import (
    Aggregation,
    Breakdown,
    CollectedAt,
    Condition,
    Direction,
    Frequency,
    IndicatorPhase,
    Kind,
    Metric,
    Operator,
    Source,
)
from indicators.models.policies import TARGET_ROWS
from organisations.models import PlacedRow, ProjectRow, User, Wave, in_place


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def active(self) -> "IndicatorQuerySet":
        return self.filter(active=True)


@tracked(PROJECT_ROWS)
class Indicator(ProjectRow, Versioned):
    """One indicator that a project follows, or followed. `own`: the project's, not of the catalogue. `asked`:
    structures enter it (always, unless it is computed). What it means is in its `Definition`s."""

    code = models.SlugField("code", max_length=60)
    position = models.PositiveSmallIntegerField("rang")
    own = models.BooleanField("propre au projet", default=False)
    active = models.BooleanField("suivi", default=True)
    asked = models.BooleanField("saisi par les structures", default=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = "indicateur"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "id"], name="indicator_in_project_once"),
            models.UniqueConstraint(
                fields=["project", "code"],
                name="indicator_code_once",
                violation_error_message="Un indicateur de ce projet porte déjà ce code.",
            ),
            TenantPolicy(name="indicator_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return self.code


@tracked(PROJECT_ROWS)
class Definition(ProjectRow):
    """One version of what an indicator means, for ever: figures name the one that they were given under.

    `applies_*`: asked only of structures of which a field has one of these values. `weighted_by`: code of the indicator
    whose figure weighs this one. `masked`: it tells of what people do or think (`masking`). `levels`: of a level, from
    the best: objects of `code`, `rank`, `label`, `rule`.
    """

    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="definitions", verbose_name="indicateur"
    )
    number = models.PositiveSmallIntegerField("version", default=1)
    label = models.CharField("intitulé", max_length=120)
    phase = models.CharField("moment", max_length=10, choices=IndicatorPhase)
    kind = models.CharField("nature", max_length=8, choices=Kind)
    unit = models.CharField("unité", max_length=30)
    percent = models.BooleanField("lu en pourcentage", default=True)
    direction = models.CharField("sens", max_length=14, choices=Direction)
    frequency = models.CharField("fréquence", max_length=9, choices=Frequency)
    source = models.CharField("origine", max_length=40, choices=Source, default=Source.ENTERED)
    collected_at = models.CharField("porte sur", max_length=8, choices=CollectedAt, default=CollectedAt.ESMS)
    aggregation = models.CharField("ensemble", max_length=14, choices=Aggregation)
    breakdown = models.CharField("ventilation", max_length=16, choices=Breakdown, blank=True)
    masked = models.BooleanField("petits groupes masqués", default=False)
    numerator = models.CharField("numérateur", max_length=120, blank=True)
    denominator = models.CharField("dénominateur", max_length=120, blank=True)
    minimum = models.DecimalField("minimum", max_digits=12, decimal_places=2, null=True, blank=True)
    maximum = models.DecimalField("maximum", max_digits=12, decimal_places=2, null=True, blank=True)
    max_length = models.PositiveSmallIntegerField("longueur du texte", null=True, blank=True)
    levels = models.JSONField("niveaux", default=list, blank=True)
    applies_field = models.CharField("demandé selon", max_length=14, choices=Condition, blank=True)
    applies_values = ArrayField(models.CharField(max_length=30), verbose_name="valeurs", default=list, blank=True)
    weighted_by = models.CharField("pondéré par", max_length=60, blank=True)
    about_tickets = models.BooleanField("porte sur l’assistance", default=False)
    help = models.TextField("comment le compter", max_length=600, blank=True)
    why = models.CharField("pourquoi il change", max_length=300, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="écrit par")
    written_at = models.DateTimeField("écrit le", default=timezone.now)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    class Meta:
        verbose_name = "définition"
        ordering = ["indicator_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "id"], name="definition_in_project_once"),
            models.UniqueConstraint(fields=["indicator", "number"], name="definition_number_once"),
            models.UniqueConstraint(fields=["indicator", "token"], name="definition_written_once"),
            models.CheckConstraint(
                condition=~Q(kind=Kind.RATIO) | (~Q(numerator="") & ~Q(denominator="")),
                name="definition_ratio_terms",
                violation_error_message="Dites ce que compte le numérateur et ce que compte le dénominateur.",
            ),
            models.CheckConstraint(
                condition=Q(minimum=None) | Q(maximum=None) | Q(maximum__gt=F("minimum")),
                name="definition_bounds_in_order",
                violation_error_message="Le maximum est au-dessus du minimum.",
            ),
            same_project("definition_indicator_same_project", "indicator_id", "indicators_indicator"),
            TenantPolicy(name="definition_rows", rows=PROJECT_ROWS),
        ]
        triggers = [Frozen(name="definition_for_ever", message="Une définition ne change plus : écrivez-en une autre.")]

    def __str__(self) -> str:
        return self.label


@tracked(TARGET_ROWS)
class Target(PlacedRow, Versioned):
    """What an indicator should reach from a day on: of the project, of a wave, or of a structure, the nearest first."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="targets", verbose_name="indicateur"
    )
    wave = models.ForeignKey(
        Wave, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name="vague"
    )
    value = models.DecimalField("cible", max_digits=14, decimal_places=2)
    from_on = models.DateField("à partir du")

    class Meta:
        verbose_name = "cible"
        ordering = ["indicator_id", "from_on", "id"]
        constraints = [
            *in_place("target"),
            models.UniqueConstraint(
                fields=["indicator", "place", "wave", "from_on"],
                nulls_distinct=False,
                name="target_once",
                violation_error_message="Une cible est déjà fixée à cette date.",
            ),
            models.CheckConstraint(condition=Q(wave=None) | Q(esms=None), name="target_of_one_thing"),
            same_project("target_indicator_same_project", "indicator_id", "indicators_indicator"),
            same_project("target_wave_same_project", "wave_id", "organisations_wave"),
            TenantPolicy(name="target_rows", rows=TARGET_ROWS),
        ]

    def __str__(self) -> str:
        return str(self.value)


@tracked(PROJECT_ROWS)
class AlertRule(ProjectRow, Versioned):
    """When an indicator alerts the COMOP. `indicator` None: about what structures did not enter.

    The condition holds when the metric compares to the threshold (`operator`), `periods` periods in a row. `only_*`: of
    some structures only; `unless_*`: not where another indicator says so.
    """

    code = models.SlugField("code", max_length=60)
    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, null=True, blank=True, related_name="rules", verbose_name="indicateur"
    )
    active = models.BooleanField("en service", default=True)
    severity = models.CharField("gravité", max_length=10, choices=Severity)
    metric = models.CharField("regarde", max_length=16, choices=Metric)
    operator = models.CharField("comparaison", max_length=4, choices=Operator)
    threshold = models.DecimalField("seuil", max_digits=14, decimal_places=2)
    periods = models.PositiveSmallIntegerField(
        "périodes de suite", default=1, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    breakdown_value = models.CharField("case de la ventilation", max_length=40, blank=True)
    other = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name="comparé à"
    )
    only_field = models.CharField("seulement selon", max_length=14, choices=Condition, blank=True)
    only_values = ArrayField(models.CharField(max_length=30), verbose_name="valeurs", default=list, blank=True)
    unless_indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name="sauf si"
    )
    unless_operator = models.CharField("comparaison de l’exception", max_length=4, choices=Operator, blank=True)
    unless_threshold = models.DecimalField(
        "seuil de l’exception", max_digits=14, decimal_places=2, null=True, blank=True
    )
    message = models.CharField("ce que dit l’alerte", max_length=300)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="écrite par")
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    class Meta:
        verbose_name = "règle d’alerte"
        ordering = ["indicator__position", "code", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "id"], name="alertrule_in_project_once"),
            models.UniqueConstraint(fields=["project", "token"], name="alertrule_written_once"),
            models.CheckConstraint(
                condition=Q(periods__range=(1, 12)),
                name="alertrule_periods",
                violation_error_message="De une à douze périodes de suite.",
            ),
            models.CheckConstraint(
                condition=Q(metric=Metric.GAP_TO, other__isnull=False) | (~Q(metric=Metric.GAP_TO) & Q(other=None)),
                name="alertrule_gap_to_another",
                violation_error_message="Dites avec quel indicateur comparer.",
            ),
            models.CheckConstraint(
                condition=Q(unless_indicator=None, unless_operator="", unless_threshold=None)
                | (Q(unless_indicator__isnull=False, unless_threshold__isnull=False) & ~Q(unless_operator="")),
                name="alertrule_unless_whole",
                violation_error_message="Une exception nomme un indicateur, une comparaison et un seuil.",
            ),
            same_project("alertrule_indicator_same_project", "indicator_id", "indicators_indicator"),
            same_project("alertrule_other_same_project", "other_id", "indicators_indicator"),
            same_project("alertrule_unless_same_project", "unless_indicator_id", "indicators_indicator"),
            TenantPolicy(name="alertrule_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return self.message
