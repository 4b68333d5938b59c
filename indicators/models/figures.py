"""The figures themselves: entered, imported, pushed or computed, with how they split."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from common.frozen import FrozenWith
from common.history import tracked
from common.policies import TenantPolicy, same_project
from common.versions import Versioned
from indicators.enums import Absence, Frequency, Origin
from indicators.masking import FEWEST
from indicators.models.campaigns import Statement
from indicators.models.definitions import Definition, Indicator
from indicators.models.policies import CELL_ROWS, FIGURE_ROWS
from indicators.periods import Period
from indicators.values import Terms
from organisations.models import PlacedRow, User, in_place, same_place, same_structure


@tracked(FIGURE_ROWS)
class Figure(PlacedRow, Versioned):
    """What one indicator is worth in one place over one period, under one definition.

    `amount`, `base`: see `values`; the amount of a text is the rank of its severity. `absence`: it is not there, and
    `why`. `published`: its statement was given; until then only its structure reads it. What is computed belongs to no
    statement, is published, and says when it was (`written_at`).
    """

    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="figures", verbose_name="indicateur"
    )
    definition = models.ForeignKey(Definition, on_delete=models.PROTECT, related_name="+", verbose_name="définition")
    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, null=True, blank=True, related_name="figures", verbose_name="relevé"
    )
    frequency = models.CharField("fréquence", max_length=9, choices=Frequency)
    period_start = models.DateField("période du")
    amount = models.DecimalField("valeur", max_digits=14, decimal_places=2, null=True, blank=True)
    base = models.DecimalField("rapportée à", max_digits=14, decimal_places=2, null=True, blank=True)
    text = models.TextField("texte", max_length=1000, blank=True)
    absence = models.CharField("absence", max_length=13, choices=Absence, blank=True)
    why = models.CharField("pourquoi elle manque", max_length=300, blank=True)
    comment = models.CharField("commentaire", max_length=500, blank=True)
    origin = models.CharField("venue par", max_length=8, choices=Origin, default=Origin.ENTERED)
    published = models.BooleanField("lue au-dessus de la structure", default=False)
    written_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="écrite par"
    )
    written_at = models.DateTimeField("écrite le", default=timezone.now)

    class Meta:
        verbose_name = "valeur d’indicateur"
        ordering = ["period_start", "indicator_id", "id"]
        constraints = [
            *in_place("figure"),
            models.UniqueConstraint(fields=["place", "id"], name="figure_in_place_once"),
            models.UniqueConstraint(
                fields=["place", "indicator", "frequency", "period_start"], name="figure_period_once"
            ),
            models.CheckConstraint(
                condition=Q(absence="", why="") | (~Q(absence="") & ~Q(why="") & Q(amount=None, base=None, text="")),
                name="figure_there_or_not",
                violation_error_message="Une valeur non disponible dit pourquoi, et n’a pas de chiffre.",
            ),
            models.CheckConstraint(condition=Q(base=None) | Q(amount__isnull=False), name="figure_both_terms"),
            models.CheckConstraint(
                condition=Q(base=None) | Q(base__gt=0),
                name="figure_base_positive",
                violation_error_message=(
                    "Un dénominateur nul rend le taux sans objet : saisissez « non concerné » plutôt que zéro."
                ),
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0),
                name="figure_not_negative",
                violation_error_message="Une valeur n’est pas négative.",
            ),
            models.CheckConstraint(
                condition=~Q(origin=Origin.COMPUTED) | Q(statement=None, published=True), name="figure_computed_alone"
            ),
            same_project("figure_indicator_same_project", "indicator_id", "indicators_indicator"),
            same_project("figure_definition_same_project", "definition_id", "indicators_definition"),
            same_structure("figure_statement_same_structure", "statement_id", "indicators_statement"),
            TenantPolicy(name="figure_rows", rows=FIGURE_ROWS),
        ]
        indexes = [
            models.Index(
                fields=["project", "frequency", "period_start", "indicator"],
                name="figure_dashboard",
                # All that adding figures reads, its policy included: the table itself stays closed.
                include=["og", "esms", "place", "definition", "amount", "base", "published"],
            ),
            # `selectors.withheld` asks it of each count of connections.
            models.Index(
                fields=["place", "period_start", "frequency", "indicator"],
                name="figure_few",
                condition=Q(base__lt=FEWEST),
            ),
            models.Index(fields=["statement"], name="figure_statement"),
        ]
        triggers = [
            FrozenWith(
                name="figure_given_for_good",
                message="Ce relevé est rendu : reprenez-le avant de changer une valeur.",
                parent="indicators_statement",
                key="statement_id",
                when="parent.status = 'given'",
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period_start}"

    @property
    def period(self) -> Period:
        return Period(self.period_start, Frequency(self.frequency))

    @property
    def terms(self) -> Terms | None:
        """None when there is no amount."""
        return None if self.amount is None else Terms(self.amount, self.base)

    @property
    def is_there(self) -> bool:
        """Whether it says something: an amount, a text, or why there is none."""
        return self.amount is not None or bool(self.text or self.absence)


@tracked(CELL_ROWS)
class Cell(PlacedRow):
    """One part of a split figure; `value`: a code of its breakdown. Parts add up to the figure (services)."""

    figure = models.ForeignKey(Figure, on_delete=models.CASCADE, related_name="cells", verbose_name="valeur")
    value = models.CharField("case", max_length=40)
    amount = models.DecimalField("valeur", max_digits=14, decimal_places=2)
    base = models.DecimalField("rapportée à", max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = "case d’une ventilation"
        ordering = ["figure_id", "value"]
        constraints = [
            *in_place("cell"),
            models.UniqueConstraint(fields=["figure", "value"], name="cell_once"),
            models.CheckConstraint(
                condition=Q(amount__gte=0) & (Q(base=None) | Q(base__gte=0)),
                name="cell_not_negative",
                violation_error_message="Une case n’est pas négative.",
            ),
            same_place("cell_figure_same_place", "figure_id", "indicators_figure"),
            TenantPolicy(name="cell_rows", rows=CELL_ROWS),
        ]
        triggers = [
            FrozenWith(
                name="cell_given_for_good",
                message="Ce relevé est rendu : reprenez-le avant de changer une valeur.",
                parent="indicators_figure",
                key="figure_id",
                when="exists (select from indicators_statement statement "
                "where statement.id = parent.statement_id and statement.status = 'given')",
            )
        ]

    def __str__(self) -> str:
        return self.value

    @property
    def terms(self) -> Terms:
        return Terms(self.amount, self.base)
