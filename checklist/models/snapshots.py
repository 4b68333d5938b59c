"""How a checklist was before it took another version of the catalogue."""

from django.db import models
from django.utils import timezone

from common.history import tracked
from common.models import Catalogue
from common.policies import PROJECT_ROWS, TenantPolicy
from organisations.models import ProjectRow, User


@tracked(PROJECT_ROWS)
class Snapshot(ProjectRow):
    """The steps, groups, actions, letters and deliverables as they were before a merge, to come back to."""

    before = models.ForeignKey(Catalogue, on_delete=models.PROTECT, related_name="+", verbose_name="version d’avant")
    after = models.ForeignKey(Catalogue, on_delete=models.PROTECT, related_name="+", verbose_name="version d’après")
    content = models.JSONField("contenu")
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="pris par")
    taken_at = models.DateTimeField("pris le", default=timezone.now)
    restored_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="remis par"
    )
    restored_at = models.DateTimeField("remis le", null=True, blank=True)

    class Meta:
        verbose_name = "instantané"
        ordering = ["-taken_at", "-id"]
        constraints = [TenantPolicy(name="snapshot_rows", rows=PROJECT_ROWS)]

    def __str__(self) -> str:
        return f"Avant la version {self.after.version}"
