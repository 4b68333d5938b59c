"""Documents issued by a project: numbered, frozen as issued."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from common.frozen import Frozen
from common.history import tracked
from common.models import Job, JobState, Row
from common.policies import PROJECT_ROWS, TenantPolicy, same_project
from governance.models import Meeting
from organisations.models import Project, User
from reports.enums import ReportKind

OF_A_MEETING = (ReportKind.AGENDA, ReportKind.MINUTES)


@tracked(PROJECT_ROWS)
class Report(Row):
    """One document. Its number is given when it is asked for and stays its own, whatever becomes of the job.

    `content_sha256` is the fingerprint of the facts that it says (`reports.fingerprint`), read at `issued_at`.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+", verbose_name="projet")
    number = models.PositiveIntegerField("numéro")
    kind = models.CharField("document", max_length=40, choices=ReportKind)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="reports", verbose_name="séance"
    )
    since = models.DateField("changements depuis le", null=True, blank=True)
    sections = models.JSONField("parties", default=list, blank=True)
    filters = models.CharField("filtre", max_length=300, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="demandé par")
    asked_at = models.DateTimeField("demandé le", default=timezone.now)
    issued_at = models.DateTimeField("émis le", null=True, blank=True)
    content_sha256 = models.CharField("empreinte", max_length=64, blank=True)
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="report", verbose_name="fabrication")

    class Meta:
        verbose_name = "rapport"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="report_number_once"),
            models.CheckConstraint(
                condition=~Q(kind__in=OF_A_MEETING) | Q(meeting__isnull=False),
                name="report_of_a_meeting",
                violation_error_message="Choisissez la séance dont vous voulez le document.",
            ),
            models.CheckConstraint(
                condition=Q(issued_at=None, content_sha256="") | Q(issued_at__isnull=False, content_sha256__gt=""),
                name="report_issued_with_its_fingerprint",
            ),
            same_project("report_meeting_same_project", "meeting_id", "governance_meeting"),
            TenantPolicy(name="report_rows", rows=PROJECT_ROWS),
        ]
        triggers = [
            Frozen(
                name="report_frozen",
                message="Un rapport émis ne change plus : demandez-en un nouveau.",
                when=f"exists (select from common_job job where job.id = old.job_id and job.state = '{JobState.DONE}')",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} n° {self.number}"
