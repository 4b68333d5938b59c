"""A query without an order comes back in any order: here it always does, so that no test and no page relies on luck."""

from collections.abc import Iterator
from typing import Any

from django.db.models.expressions import OrderBy
from django.db.models.functions import Random
from django.db.models.sql.compiler import SQLCompiler

_order_by_pairs = SQLCompiler._order_by_pairs


def _shuffled(self: SQLCompiler) -> Iterator[tuple[OrderBy, Any]]:
    pairs = list(_order_by_pairs(self))
    query = self.query
    if pairs or query.distinct or query.group_by is not None or query.combinator or query.subquery:
        yield from pairs
    else:
        yield OrderBy(Random()), False


def shuffle_unordered_querysets() -> None:
    SQLCompiler._order_by_pairs = _shuffled
