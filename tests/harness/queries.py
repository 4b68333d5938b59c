"""Counting queries as production has them: the scope's and the session's included, what only marks transactions not."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE SAVEPOINT")


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements of the block, in order; complete once it has ended."""
    found: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield found
    found += [item["sql"] for item in captured.captured_queries if not item["sql"].startswith(NOT_COUNTED)]
