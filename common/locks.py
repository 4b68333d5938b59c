"""Locks that rows can't give: on a name, until the end of the transaction."""

from django.db import connection


def one_at_a_time(name: str) -> None:
    """Wait until nobody else holds this name, then hold it until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
