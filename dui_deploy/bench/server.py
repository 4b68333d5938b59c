"""A gunicorn of one worker, started as `make run` starts it, and a client that asks it one thing at a time."""

import contextlib
import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from django.middleware.csrf import _get_new_csrf_string
from django.test import Client

from organisations.models import User

HOST = "127.0.0.1"
THREADS = 8  # as in tools/run.py
READY_SECONDS = 60
TIMING = re.compile(r"app;dur=(?P<app>[\d.]+), cpu;dur=(?P<cpu>[\d.]+), db;dur=(?P<db>[\d.]+);desc=(?P<queries>\d+)")


class Unexpected(Exception):
    """The server did not do what is measured."""


@dataclass(frozen=True)
class Answer:
    """One answer. `milliseconds` inside the server, of which `computing` (its thread's processor time, which a busy
    machine hardly changes) and `in_database`; `size` of the body, in bytes."""

    status: int
    body: str
    milliseconds: float
    computing: float
    in_database: float
    queries: int
    size: int
    process: int


class Server:
    """A running server on `port`."""

    def __init__(self, port: int) -> None:
        self.port = port

    def client(self, user: User) -> "Visitor":
        """A browser on which this person is signed in."""
        return Visitor(self.port, user)

    def warm_up(self, visitors: list["Visitor"], path: str) -> None:
        """Load the templates, and open the database connection of each thread."""
        with ThreadPoolExecutor(THREADS) as pool:
            for _ in range(3):
                list(pool.map(lambda number: visitors[number % len(visitors)].fresh().get(path), range(THREADS * 3)))


class Visitor:
    """One signed-in browser, which keeps its connection open."""

    def __init__(self, port: int, user: User) -> None:
        self._port, self._user = port, user
        session = Client()
        session.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        self._csrf = _get_new_csrf_string()
        self._cookies = f"sessionid={session.cookies['sessionid'].value}; csrftoken={self._csrf}"
        self._link = http.client.HTTPConnection(HOST, port, timeout=60)

    def fresh(self) -> "Visitor":
        """The same browser with a connection of its own."""
        other = object.__new__(Visitor)
        other.__dict__.update(self.__dict__)
        other._link = http.client.HTTPConnection(HOST, self._port, timeout=60)
        return other

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, values: dict[str, object]) -> Answer:
        """Post a form as htmx does."""
        headers = {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true", "X-CSRFToken": self._csrf}
        return self._ask("POST", path, urlencode(values), headers)

    def _ask(self, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None) -> Answer:
        self._link.request(method, path, body, {"Cookie": self._cookies, **(headers or {})})
        response = self._link.getresponse()
        content = response.read()
        if response.status != 200:
            raise Unexpected(f"{method} {path} : {response.status} pour {self._user}")
        timing = TIMING.search(response.headers["Server-Timing"])
        return Answer(
            status=response.status,
            body=content.decode(),
            milliseconds=float(timing["app"]),
            computing=float(timing["cpu"]),
            in_database=float(timing["db"]),
            queries=int(timing["queries"]),
            size=len(content),
            process=int(response.headers["X-Process"]),
        )


@contextlib.contextmanager
def running(env: dict[str, str], folder: Path) -> Iterator[Server]:
    """Start gunicorn on a free port, and end it. Raises Unexpected when it doesn't answer."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    options = ["--workers", "1", "--worker-class", "gthread", "--threads", str(THREADS), "--graceful-timeout", "5"]
    log = folder / "gunicorn.log"
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603  our own command line
            [
                sys.executable,
                "-m",
                "gunicorn",
                *options,
                "--bind",
                f"{HOST}:{port}",
                "--access-logfile",
                "-",
                "--no-control-socket",
                "dui_deploy.bench.wsgi",
            ],
            env=env,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(process, port, log)
            yield Server(port)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    limit = time.monotonic() + READY_SECONDS
    while time.monotonic() < limit and process.poll() is None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            link = http.client.HTTPConnection(HOST, port, timeout=10)
            link.request("HEAD", "/compte/connexion/")
            link.getresponse()
            return
        time.sleep(0.1)
    raise Unexpected(f"Le serveur ne répond pas. {log.read_text('utf-8', 'replace')[-2000:]}")


def resident_memory(process: int) -> int:
    """The resident memory of a process, in bytes."""
    answer = subprocess.run(["ps", "-o", "rss=", "-p", str(process)], capture_output=True, text=True, check=True)  # noqa: S603, S607
    return int(answer.stdout) * 1024


def environment(database_url: str, folder: Path) -> dict[str, str]:
    """The environment of the processes measured: this one's, on the database and in the folder of the measures."""
    memory = {"MALLOC_ARENA_MAX": "2"}  # as in tools/django.py and .env.example
    return {**memory, **os.environ, "DATABASE_URL": database_url, "DUI_VAR": str(folder), "LOG_LEVEL": "WARNING"}
