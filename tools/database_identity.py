"""Print what names the database of DATABASE_URL, and no other: its cluster and its number there.

Nothing is printed when there is no such database. Run by the environment's Python: this is the one part of
tools/ that needs psycopg2.
"""

import contextlib
import os

import psycopg2

QUERY = "select (pg_control_system()).system_identifier, oid from pg_database where datname = current_database()"

with (
    contextlib.suppress(psycopg2.Error),
    psycopg2.connect(os.environ["DATABASE_URL"]) as connection,
    connection.cursor() as cursor,
):
    cursor.execute(QUERY)
    print(*cursor.fetchone())
