"""When a project is in which phase: planned, and as it went."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from common.history import tracked
from common.models import Row
from common.policies import PROJECT_ROWS, TenantPolicy
from common.versions import Versioned
from organisations.enums import Phase
from organisations.models.tree import Project


@tracked(PROJECT_ROWS)
class PhasePeriod(Row, Versioned):
    """The dates of one phase of a project. Each may be unknown yet."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="periods", verbose_name="projet")
    phase = models.CharField("phase", max_length=12, choices=Phase)
    planned_start = models.DateField("début prévu", null=True, blank=True)
    planned_end = models.DateField("fin prévue", null=True, blank=True)
    started_on = models.DateField("début réel", null=True, blank=True)
    ended_on = models.DateField("fin réelle", null=True, blank=True)

    class Meta:
        verbose_name = "période"
        ordering = ["project", "phase"]
        constraints = [
            models.UniqueConstraint(fields=["project", "phase"], name="phase_period_once"),
            models.CheckConstraint(
                condition=Q(planned_start=None) | Q(planned_end=None) | Q(planned_end__gte=F("planned_start")),
                name="phase_planned_end_after_start",
                violation_error_message="La fin prévue de cette phase vient avant son début prévu.",
            ),
            models.CheckConstraint(
                condition=Q(started_on=None) | Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="phase_ended_after_started",
                violation_error_message="La fin réelle de cette phase vient avant son début réel.",
            ),
            TenantPolicy(name="phase_period_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return f"{self.get_phase_display()}, {self.project}"

    @property
    def start(self) -> date | None:
        """The day it began, or should begin."""
        return self.started_on or self.planned_start

    @property
    def end(self) -> date | None:
        """The day it ended, or should end."""
        return self.ended_on or self.planned_end
