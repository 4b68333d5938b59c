"""Celery's door: names, ids in, nothing out."""

import uuid

from celery import shared_task
from django.utils import timezone

from common.jobs import asking, execution
from common.models import WorkerPulse


@shared_task(name="common.run_job")
def run_job(job_id: str) -> None:
    execution.run(uuid.UUID(job_id))


@shared_task(name="common.requeue_jobs", expires=30)
def requeue_jobs() -> None:
    asking.requeue_orphans()


@shared_task(name="common.worker_pulse", expires=30)
def worker_pulse() -> None:
    """A worker is alive because it did this."""
    WorkerPulse.objects.update_or_create(id=1, defaults={"seen_at": timezone.now()})
