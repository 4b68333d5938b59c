"""Several clients at the same moment."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

Answer = TypeVar("Answer")


def together(number: int, work: Callable[[int], Answer]) -> list[Answer]:
    """Do `work(0)` … `work(number - 1)` in threads of their own that start at the same moment; answers in that order.

    Each thread has its own connection, opened before the start and closed after. Raises what a client raised.
    """
    barrier = threading.Barrier(number, timeout=60)

    def client(index: int) -> Answer:
        try:
            connection.ensure_connection()
            barrier.wait()
            return work(index)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=number) as pool:
        return list(pool.map(client, range(number)))
