"""The checklist of a project: its steps and groups."""

from django.db import models

from common.history import tracked
from common.models import Catalogue
from common.policies import PROJECT_ROWS, TenantPolicy, same_project
from organisations.models import ProjectRow


@tracked(PROJECT_ROWS)
class Checklist(ProjectRow):
    """Which version of the catalogue the project's checklist was made from."""

    catalogue = models.ForeignKey(Catalogue, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project"], name="checklist_once"),
            TenantPolicy(name="checklist_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return f"Checklist de {self.project}"


@tracked(PROJECT_ROWS)
class Step(ProjectRow):
    number = models.PositiveSmallIntegerField("numéro")
    title = models.CharField("intitulé", max_length=200)

    class Meta:
        verbose_name = "étape"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="step_once"),
            models.UniqueConstraint(fields=["project", "id"], name="step_in_project"),
            TenantPolicy(name="step_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


@tracked(PROJECT_ROWS)
class Group(ProjectRow):
    """A block of actions, with the deliverables (« Résultat ») that complete it."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="groups", verbose_name="étape")
    number = models.CharField("numéro", max_length=10)
    title = models.CharField("intitulé", max_length=200)
    position = models.PositiveIntegerField("rang")

    class Meta:
        verbose_name = "bloc"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="group_once"),
            models.UniqueConstraint(fields=["project", "id"], name="group_in_project"),
            same_project("group_step_same_project", "step_id", "checklist_step"),
            TenantPolicy(name="group_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
