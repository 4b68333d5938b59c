"""Documents issued by a project: numbered, frozen as issued."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from common.frozen import Frozen
from common.history import tracked
from common.models import Job, JobState, Row
from common.policies import PROJECT_ROWS, STRUCTURE_ROWS, SameTenant, TenantPolicy, in_scope, same_project
from governance.models import Meeting
from organisations.models import ESMS, IN_ONE_STRUCTURE, OG, Project, User, same_structure
from reports.enums import ReportKind
from risks.models import Assessment
from structures.models import HabilitationMatrix

OF_A_MEETING = (ReportKind.AGENDA, ReportKind.MINUTES)
OF_A_STRUCTURE = (ReportKind.HABILITATION_MATRIX, ReportKind.RISK_ANALYSIS, ReportKind.STRUCTURE_INDICATORS)
# A document of the project is known to who takes part in it; that of a structure to who may read what it tells.
# The vendor reads those of a consolidated matrix, never how they came about.
_OWN = in_scope("esms_id", "esms_ids")
_MATRIX = f"kind = '{ReportKind.HABILITATION_MATRIX}'"
# It holds what was given alone, so who follows the structure reads it.
_GIVEN = f"kind = '{ReportKind.STRUCTURE_INDICATORS}'"
# It names the risks of each structure: only who reads them all knows of it.
_EVERY_RISK = f"kind = '{ReportKind.RISKS_CONSOLIDATED}'"
READERS = (
    f"(esms_id is null and {PROJECT_ROWS} "
    f"and (not {_EVERY_RISK} or {in_scope('project_id', 'structure_project_ids')})) "
    f"or (esms_id is not null and {_MATRIX} "
    f"and ({STRUCTURE_ROWS} or {in_scope('project_id', 'habilitation_project_ids')})) "
    # An analysis of risks is the structure's own until it is transmitted.
    f"or (esms_id is not null and not {_MATRIX} and ({_OWN} or ((transmitted or {_GIVEN}) and ({STRUCTURE_ROWS}))))"
)
REPORT_ROWS = (
    f"{READERS} or (esms_id is not null and consolidated and {in_scope('project_id', 'validated_matrix_project_ids')})"
)


@tracked(READERS)
class Report(Row):
    """One document. Its number is given when it is asked for and stays its own, whatever becomes of the job.

    `content_sha256` is the fingerprint of the facts that it says (`reports.fingerprint`), read at `issued_at`.
    `esms` and its OG: of the structure that it is about, if one. `named`: whether it names people who may be left out;
    `consolidated`: whether the matrix that it shows was consolidated for the vendor when it was read; `transmitted`:
    whether it holds only what the structure transmitted of its risks.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+", verbose_name="projet")
    number = models.PositiveIntegerField("numéro")
    kind = models.CharField("document", max_length=40, choices=ReportKind)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="reports", verbose_name="séance"
    )
    og = models.ForeignKey(OG, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="OG")
    esms = models.ForeignKey(
        ESMS, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="structure"
    )
    matrix = models.ForeignKey(
        HabilitationMatrix, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="matrice"
    )
    assessment = models.ForeignKey(
        Assessment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="analyse de risques",
    )
    named = models.BooleanField("nomme les personnes", default=False)
    consolidated = models.BooleanField("de ce qui est consolidé", default=False)
    transmitted = models.BooleanField("de ce qui est transmis", default=False)
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
            models.CheckConstraint(
                condition=Q(kind__in=OF_A_STRUCTURE, og__isnull=False, esms__isnull=False)
                | (~Q(kind__in=OF_A_STRUCTURE) & Q(og=None, esms=None, named=False)),
                name="report_of_a_structure",
                violation_error_message="Choisissez la structure dont vous voulez le document.",
            ),
            models.CheckConstraint(
                condition=Q(kind=ReportKind.HABILITATION_MATRIX, matrix__isnull=False)
                | (~Q(kind=ReportKind.HABILITATION_MATRIX) & Q(matrix=None, consolidated=False)),
                name="report_of_a_matrix",
                violation_error_message="Choisissez la version de la matrice.",
            ),
            models.CheckConstraint(
                condition=Q(kind=ReportKind.RISK_ANALYSIS, assessment__isnull=False)
                | (~Q(kind=ReportKind.RISK_ANALYSIS) & Q(assessment=None, transmitted=False)),
                name="report_of_an_assessment",
                violation_error_message="Choisissez la campagne dont vous voulez l’analyse.",
            ),
            SameTenant(name="report_in_structure", **IN_ONE_STRUCTURE),
            SameTenant(
                name="report_assessment_same_structure",
                columns=("esms_id", "assessment_id"),
                table="risks_assessment",
                references=("place", "id"),
            ),
            same_structure("report_matrix_same_structure", "matrix_id", "structures_habilitationmatrix"),
            same_project("report_meeting_same_project", "meeting_id", "governance_meeting"),
            TenantPolicy(name="report_rows", rows=REPORT_ROWS),
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
