"""The waves in which the structures of a project open the DUI."""

from django.db import models
from django.db.models import F, Q

from common.history import tracked
from common.models import Row
from common.policies import PROJECT_ROWS, TenantPolicy
from common.versions import Versioned
from organisations.models.tree import Project


@tracked(PROJECT_ROWS)
class Wave(Row, Versioned):
    """Structures that deploy together. Known to the whole project, as its calendar is."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="waves", verbose_name="projet")
    position = models.PositiveSmallIntegerField("rang")
    name = models.CharField("nom", max_length=60)
    planned_start = models.DateField("ouverture prévue", null=True, blank=True)
    planned_end = models.DateField("fin prévue", null=True, blank=True)

    class Meta:
        verbose_name = "vague"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "id"], name="wave_in_project"),
            models.UniqueConstraint(
                fields=["project", "name"],
                name="wave_name_once",
                violation_error_message="Une vague de ce projet porte déjà ce nom.",
            ),
            models.CheckConstraint(
                condition=Q(planned_start=None) | Q(planned_end=None) | Q(planned_end__gte=F("planned_start")),
                name="wave_ends_after_start",
                violation_error_message="La fin prévue de cette vague vient avant son ouverture.",
            ),
            TenantPolicy(name="wave_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return self.name
