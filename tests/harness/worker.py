"""A real Celery worker, in processes of its own, with a broker database of its own, on the database of the test."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import redis
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds; what must happen happens much sooner


def wait_until(happened: Callable[[], object], what: str, log: Path | None = None) -> None:
    """Look ten times a second until it has happened. Raises TimeoutError, with the worker's log, when it doesn't."""
    limit = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > limit:
            said = log.read_text("utf-8", "replace")[-3000:] if log and log.exists() else ""
            raise TimeoutError(f"{what}: not within {PATIENCE} s\n{said}")
        time.sleep(0.1)


class Worker:
    """`start` and `kill` as often as one likes; it and its children are gone after `running`."""

    def __init__(self, broker_url: str, folder: Path) -> None:
        address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
        self.broker_url, self.log = broker_url, folder / "worker.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._env = {
            **os.environ,
            "DATABASE_URL": address,
            "REDIS_URL": broker_url,
            "TEST_FILES": str(settings.MEDIA_ROOT),
            "PYTHONPATH": str(ROOT),
        }

    def start(self) -> None:
        options = ["--concurrency", "1", "--loglevel", "INFO", "--without-mingle", "--without-gossip"]
        command = [sys.executable, "-m", "celery", "-A", "tests.harness.slow_worker", "worker", *options]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self._env, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )

    def kill(self) -> None:
        """SIGKILL to the worker and its children: nobody says goodbye."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    @property
    def broker(self) -> redis.Redis:
        return redis.Redis.from_url(self.broker_url)


@contextmanager
def running(broker_url: str, folder: Path) -> Iterator[Worker]:
    worker = Worker(broker_url, folder)
    worker.broker.flushdb()
    try:
        yield worker
    finally:
        worker.kill()
        worker.broker.flushdb()
        worker.broker.close()
