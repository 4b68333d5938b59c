"""What no request may do, whatever the test is about."""

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

WRITES = re.compile(
    r"^\s*(insert|update|delete|merge|truncate|alter|create|drop|copy|grant|revoke)\b"
    r"|^\s*with\b.*\b(insert\s+into|update|delete\s+from)\b",
    re.IGNORECASE | re.DOTALL,
)
SESSION_TABLE = re.compile(r'"?django_session"?', re.IGNORECASE)


class WroteOnGet(AssertionError):
    """A request that only asks has changed something."""


def writes(sql: str) -> bool:
    """Whether a statement changes data, sessions left aside: a visit may lengthen its own."""
    return bool(WRITES.search(sql)) and not SESSION_TABLE.search(sql)


def _refuse(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if writes(sql):
        raise WroteOnGet(sql[:300])
    return execute(sql, params, many, context)


class NoWriteOnGet:
    """The outermost middleware of the tests, the browser's included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD", "OPTIONS"}:
            return self.get_response(request)
        with connection.execute_wrapper(_refuse):
            return self.get_response(request)
