"""Running a job in a worker: claimed once, kept alive by a lease, ended once."""

import hashlib
import logging
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import close_old_connections, connection
from django.db.models import F, Q
from django.utils import timezone

from common.jobs.registry import JobError, Produced, handler_of
from common.models import Job, JobState
from common.scope import elevated

logger = logging.getLogger(__name__)

UNEXPECTED = (
    "Une erreur inattendue a interrompu la fabrication. La personne qui tient cette installation en est informée ; "
    "vous pouvez réessayer."
)
INTERRUPTED = (
    "La fabrication a été interrompue plusieurs fois. Réessayez ; si cela recommence, prévenez la personne qui tient "
    "cette installation."
)


class LeaseLost(Exception):
    """Another worker took the job over: this one must stop without a trace."""


class Run:
    """One attempt at a job, as its handler sees it."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.lost = threading.Event()

    def progress(self, done: int, total: int) -> None:
        """Show how far it is. Call it outside transactions, so that the page sees it.

        Raises LeaseLost when the job was taken over meanwhile.
        """
        if connection.in_atomic_block:
            raise RuntimeError("Progress inside a transaction would only be seen at its end.")
        if self.lost.is_set() or not self._update(done=done, total=total):
            raise LeaseLost

    def renew(self) -> None:
        """Keep the lease; notes when it was lost."""
        if not self._update(lease_until=timezone.now() + settings.JOB_LEASE):
            self.lost.set()

    def finish(self, produced: Produced) -> None:
        """Store the file and end the job, unless another worker took it over."""
        path = f"jobs/{self.job.project_id}/{self.job.pk}/{self.job.attempt}/{produced.filename}"
        stored = default_storage.save(path, ContentFile(produced.content))
        ended = self._update(
            state=JobState.DONE,
            file=stored,
            file_sha256=hashlib.sha256(produced.content).hexdigest(),
            done=F("total"),
            ended_at=timezone.now(),
            lease_until=None,
        )
        if not ended:
            default_storage.delete(stored)

    def fail(self, reason: str) -> None:
        self._update(state=JobState.FAILED, error=reason, ended_at=timezone.now(), lease_until=None)

    def _update(self, **values: object) -> bool:
        with elevated():
            mine = Job.objects.filter(pk=self.job.pk, state=JobState.RUNNING, attempt=self.job.attempt)
            return bool(mine.update(**values))


def run(job_id: uuid.UUID) -> None:
    """Do the job if nobody holds it; otherwise do nothing (delivered twice runs once)."""
    job = claim(job_id)
    if job is None:
        return
    attempt = Run(job)
    if job.attempt > settings.JOB_ATTEMPTS:
        attempt.fail(INTERRUPTED)
        return
    try:
        with _lease_kept(attempt.renew):
            produced = handler_of(job.kind)(attempt)
        attempt.finish(produced)
    except LeaseLost:
        logger.info("Job %s was taken over by another worker.", job_id)
    except JobError as error:
        attempt.fail(str(error))
    except Exception:
        attempt.fail(UNEXPECTED)
        raise  # Celery logs it, with its traceback


def claim(job_id: uuid.UUID) -> Job | None:
    """Take the job, by one conditional update. None when it is held, ended or unknown."""
    now = timezone.now()
    free = Q(state=JobState.WAITING) | Q(state=JobState.RUNNING, lease_until__lt=now)
    with elevated():
        taken = Job.objects.filter(free, pk=job_id).update(
            state=JobState.RUNNING, attempt=F("attempt") + 1, lease_until=now + settings.JOB_LEASE, done=0, total=0
        )
        return Job.objects.select_related("asked_by").get(pk=job_id) if taken else None


@contextmanager
def _lease_kept(renew: Callable[[], None]) -> Iterator[None]:
    """Renew the lease from a thread of its own, with a connection of its own, while the block runs."""
    stop = threading.Event()

    def beat() -> None:
        try:
            while not stop.wait(settings.JOB_LEASE.total_seconds() / 4):
                close_old_connections()
                renew()
        finally:
            connection.close()

    thread = threading.Thread(target=beat, name="job-lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
