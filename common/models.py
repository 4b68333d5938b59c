"""Tables that know no app: background jobs, catalogues, the sign of life of workers."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from common.history import tracked
from common.ids import new_id
from common.policies import ME, PROJECT_ROWS, TenantPolicy


class Row(models.Model):
    """A row with one of our identifiers."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


class Catalogue(Row):
    """One version of one reference catalogue, as it was loaded."""

    code = models.CharField("code", max_length=60)
    version = models.PositiveIntegerField("version")
    sha256 = models.CharField("empreinte", max_length=64)
    content = models.JSONField("contenu")
    loaded_at = models.DateTimeField("chargé le", default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="catalogue_once")]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"


class JobState(models.TextChoices):
    WAITING = "waiting", "En attente"
    RUNNING = "running", "En cours"
    DONE = "done", "Prêt"
    FAILED = "failed", "Échec"


class JobQuerySet(models.QuerySet["Job"]):
    def orphaned(self) -> "JobQuerySet":
        """Jobs that no worker holds though one should: lost by the broker, or their worker died."""
        now = timezone.now()
        lost = Q(state=JobState.WAITING, sent_at__lt=now - settings.JOB_LOST_AFTER) | Q(
            state=JobState.WAITING, sent_at=None
        )
        return self.filter(lost | Q(state=JobState.RUNNING, lease_until__lt=now))


def job_file_path(job: "Job", filename: str) -> str:
    return f"jobs/{job.project_id}/{job.pk}/{filename}"


@tracked(PROJECT_ROWS, exclude=["lease_until", "done", "total", "sent_at"])
class Job(Row):
    """Something done in the background. This row is the truth; the broker only carries its id.

    Life: asked in a request, sent on commit, claimed by a conditional update (so that a second delivery finds
    nothing to do), kept alive by a lease, ended once. See docs/jobs.md.
    """

    project_id = models.UUIDField("projet")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="demandé par")
    kind = models.CharField("nature", max_length=60)
    title = models.CharField("intitulé", max_length=200)
    arguments = models.JSONField("paramètres", default=dict)
    token = models.UUIDField("jeton de demande", default=uuid.uuid4)
    state = models.CharField("état", max_length=10, choices=JobState, default=JobState.WAITING)
    done = models.PositiveIntegerField("fait", default=0)
    total = models.PositiveIntegerField("à faire", default=0)
    attempt = models.PositiveSmallIntegerField("essai", default=0)
    lease_until = models.DateTimeField("bail jusqu’au", null=True)
    error = models.TextField("erreur", blank=True)
    file = models.FileField("fichier", upload_to=job_file_path, blank=True, max_length=300)
    file_sha256 = models.CharField("empreinte", max_length=64, blank=True)
    asked_at = models.DateTimeField("demandé le", default=timezone.now)
    sent_at = models.DateTimeField("envoyé le", null=True)
    ended_at = models.DateTimeField("terminé le", null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project_id", "token"], name="job_asked_once"),
            models.CheckConstraint(
                condition=~Q(state=JobState.RUNNING) | Q(lease_until__isnull=False), name="job_running_has_lease"
            ),
            models.CheckConstraint(condition=~Q(state=JobState.FAILED) | ~Q(error=""), name="job_failure_in_words"),
            models.CheckConstraint(condition=Q(done__lte=models.F("total")), name="job_done_within_total"),
            TenantPolicy(name="job_rows", rows=PROJECT_ROWS),
        ]
        indexes = [models.Index(fields=["state", "lease_until"], name="job_to_take_up")]

    def __str__(self) -> str:
        return self.title

    @property
    def active(self) -> bool:
        return self.state in {JobState.WAITING, JobState.RUNNING}


def import_file_path(received: "SpreadsheetImport", filename: str) -> str:
    return f"imports/{received.project_id}/{received.pk}"


@tracked(PROJECT_ROWS, exclude=["rows"])
class SpreadsheetImport(Row):
    """A spreadsheet received, between its preview and its confirmation. `rows` are its cells as they were read.

    Nothing of it is written before somebody confirms; once applied it is never applied again.
    """

    project_id = models.UUIDField("projet")
    kind = models.CharField("nature", max_length=60)
    file = models.FileField("fichier", upload_to=import_file_path, max_length=300)
    file_name = models.CharField("nom du fichier", max_length=200)
    rows = models.JSONField("lignes", default=list)
    received_from = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="déposé par")
    received_at = models.DateTimeField("déposé le", default=timezone.now)
    applied_at = models.DateTimeField("appliqué le", null=True, blank=True)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    class Meta:
        verbose_name = "import"
        constraints = [
            models.UniqueConstraint(fields=["project_id", "token"], name="import_received_once"),
            # Its cells may be a structure's own, not given to anybody yet: whoever received it alone reads them.
            TenantPolicy(name="import_rows", rows=f"{PROJECT_ROWS} and received_from_id = {ME}"),
        ]

    def __str__(self) -> str:
        return self.file_name


class WorkerPulse(models.Model):
    """The last time a worker did a real task. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seen_at = models.DateTimeField("vu le")

    MAX_AGE = timedelta(seconds=45)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_worker_pulse")]

    def __str__(self) -> str:
        return f"{self.seen_at:%d/%m/%Y %H:%M:%S}"
