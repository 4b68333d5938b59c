"""The application's Celery, for a worker that tests kill: shorter leases, and reports that stop halfway when told to.

Started by `tests.harness.worker`. While the key `tests:hold` is in the broker's database, a report waits after its
first step, so that a test can kill the worker in the middle of it.
"""

import os
import time
from datetime import timedelta

import redis
from django.conf import settings

from dui_deploy.celery import app

settings.JOB_LEASE = timedelta(seconds=2)
settings.JOB_LOST_AFTER = timedelta(seconds=1)
settings.MEDIA_ROOT = os.environ["TEST_FILES"]


@app.on_after_finalize.connect
def hold_reports(sender: object, **options: object) -> None:
    from common.jobs.execution import Run

    progress = Run.progress
    broker = redis.Redis.from_url(settings.REDIS_URL)

    def progress_then_wait(self: Run, done: int, total: int) -> None:
        progress(self, done, total)
        while broker.exists("tests:hold"):
            time.sleep(0.05)

    Run.progress = progress_then_wait


__all__ = ["app"]
