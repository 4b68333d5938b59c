"""Asking for a job, in the request; and sending what the broker lost."""

import logging
import uuid
from typing import Any

from celery import current_app
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from common.models import Job, JobState
from common.scope import elevated

logger = logging.getLogger(__name__)


@transaction.atomic
def ask(
    *,
    kind: str,
    title: str,
    project_id: uuid.UUID,
    asked_by: Any,  # the user model: this floor knows no app
    arguments: dict[str, Any],
    token: uuid.UUID,
) -> tuple[Job, bool]:
    """Create a job and send it once the transaction commits. Returns it, and whether it is new.

    `token` comes from the form: the same form posted twice asks once. `arguments` holds ids and plain values.
    """
    job, created = Job.objects.get_or_create(
        project_id=project_id,
        token=token,
        defaults={
            "kind": kind,
            "title": title,
            "asked_by": asked_by,
            "arguments": arguments,
            "sent_at": timezone.now(),
        },
    )
    if created:
        transaction.on_commit(lambda: send(job.pk))
    return job, created


@transaction.atomic
def ask_again(job: Job) -> None:
    """Put a failed job back in the queue. Does nothing to one in any other state."""
    again = Job.objects.filter(pk=job.pk, state=JobState.FAILED).update(
        state=JobState.WAITING, attempt=0, done=0, total=0, error="", ended_at=None, sent_at=timezone.now()
    )
    if again:
        transaction.on_commit(lambda: send(job.pk))


def send(job_id: uuid.UUID) -> None:
    """Tell a worker. A broker that doesn't answer loses nothing: the row waits for `requeue_orphans`."""
    try:
        current_app.send_task("common.run_job", [str(job_id)], retry=False)
    except OperationalError:
        logger.warning("The broker does not answer; job %s stays in the queue of the database.", job_id)


def requeue_orphans() -> int:
    """Send again each job that should be held by a worker and isn't. Returns how many."""
    with elevated():
        ids = list(Job.objects.orphaned().values_list("pk", flat=True))
        Job.objects.filter(pk__in=ids).update(sent_at=timezone.now())
    for job_id in ids:
        send(job_id)
    return len(ids)
