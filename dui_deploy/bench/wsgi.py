"""The application as gunicorn serves it, with what each answer cost in its `Server-Timing` header.

Measured from the entry into Django's WSGI handler to the last byte of the answer: middleware, view, templates,
database. Not measured: gunicorn's reading of the request and writing of the answer.
"""

import os
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection

from dui_deploy.wsgi import application as django_application


class Meter:
    """Counts the SQL statements of a thread's connection, and their time."""

    def __init__(self) -> None:
        self.queries = 0
        self.seconds = 0.0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.queries += 1
            self.seconds += time.perf_counter() - start


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    started: list[Any] = []
    meter = Meter()
    start, busy = time.perf_counter(), time.thread_time()
    with connection.execute_wrapper(meter):
        answer = django_application(environ, lambda *given: started.append(given))
        body = b"".join(answer)
    total, busy = time.perf_counter() - start, time.thread_time() - busy
    if hasattr(answer, "close"):
        answer.close()
    timing = (
        f"app;dur={total * 1000:.3f}, cpu;dur={busy * 1000:.3f}, db;dur={meter.seconds * 1000:.3f};desc={meter.queries}"
    )
    status, headers, *rest = started[-1]
    start_response(status, [*headers, ("Server-Timing", timing), ("X-Process", str(os.getpid()))], *rest)
    return [body]
