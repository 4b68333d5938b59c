"""The Celery application. Task arguments are ids; the truth about a job is its row."""

import os
import resource
import sys

from celery import Celery
from celery.signals import worker_process_init, worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dui_deploy.settings")

# Bytes of address space for one child. A report of 50 structures in one document took 1.6 GB: none is made so.
MEMORY_LIMIT = 2 * 1024**3

app = Celery("dui_deploy")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["common.jobs", "organisations", "governance", "structures", "indicators", "reports"])


@worker_process_init.connect
def limit_memory(**kwargs: object) -> None:
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))


@worker_ready.connect
def take_up_orphans(**kwargs: object) -> None:
    """A worker that starts looks at once for what one that died left behind."""
    app.send_task("common.worker_pulse")
    app.send_task("common.requeue_jobs")
