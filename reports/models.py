"""Documents issued by a project: numbered, frozen as issued."""

from django.db import models
from django.utils import timezone

from common.history import tracked
from common.models import Job, Row
from common.policies import PROJECT_ROWS, TenantPolicy
from organisations.models import Project, User
from reports.enums import ReportKind


@tracked(PROJECT_ROWS)
class Report(Row):
    """One document. Its number is given when it is asked for and stays its own, whatever becomes of the job."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+", verbose_name="projet")
    number = models.PositiveIntegerField("numéro")
    kind = models.CharField("document", max_length=40, choices=ReportKind)
    since = models.DateField("changements depuis le", null=True, blank=True)
    filters = models.CharField("filtre", max_length=300, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="demandé par")
    asked_at = models.DateTimeField("demandé le", default=timezone.now)
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="report", verbose_name="fabrication")

    class Meta:
        verbose_name = "rapport"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="report_number_once"),
            TenantPolicy(name="report_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} n° {self.number}"
