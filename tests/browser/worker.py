"""A real Celery worker, in processes of its own, with a queue of its own."""

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from dui_deploy.celery import app

READY_SECONDS = 60


class Worker:
    """Works on the database `name`, its files under `folder`."""

    def __init__(self, name: str, folder: Path) -> None:
        address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
        self._env = {**os.environ, "DATABASE_URL": address, "DUI_VAR": str(folder)}
        self._queue = f"browser-{uuid.uuid4().hex}"
        self._log = folder / "worker.log"
        self._process: subprocess.Popen[bytes] | None = None

    @contextmanager
    def ready_to_start(self) -> Iterator["Worker"]:
        """What this process asks goes to this worker only; it is ended after the block."""
        before, app.conf.task_default_queue = app.conf.task_default_queue, self._queue
        try:
            yield self
        finally:
            app.conf.task_default_queue = before
            if self._process is not None:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()

    def start(self) -> None:
        options = [
            "--concurrency",
            "1",
            "--loglevel",
            "INFO",
            "--without-mingle",
            "--without-gossip",
            "-Q",
            self._queue,
        ]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "celery",
                    "-A",
                    "dui_deploy",
                    "worker",
                    *options,
                    "--",
                    f"task.default_queue={self._queue}",
                ],
                env=self._env,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        limit = time.monotonic() + READY_SECONDS
        while " ready." not in self._log.read_text("utf-8", "replace"):
            assert self._process.poll() is None, self._log.read_text("utf-8", "replace")
            assert time.monotonic() < limit, self._log.read_text("utf-8", "replace")
            time.sleep(0.05)

    def freeze(self) -> None:
        """Stop its processes where they are."""
        os.killpg(self._process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.killpg(self._process.pid, signal.SIGCONT)
