"""One world, loaded once; a test that commits gives it back as it was.

Django would empty the tables and leave nothing. Here each table has a copy in the schema `frozen`, and after such a
test the rows are put back, with triggers and foreign keys asleep: a twentieth of a second, whatever the test did.
"""

from typing import Any

import psycopg2
from django.db import connection, connections
from django.test import TransactionTestCase

_restore: str = ""
_link: Any = None

_COLUMNS = """
select table_name, string_agg(quote_ident(column_name), ', ' order by ordinal_position)
from information_schema.columns join information_schema.tables using (table_schema, table_name)
where table_schema = 'public' and table_type = 'BASE TABLE' and is_generated = 'NEVER'
group by table_name order by table_name
"""


def freeze() -> None:
    """Keep the rows of the test database as they are now; `restore` goes back to them."""
    global _restore
    connections.close_all()
    with _login() as link, link.cursor() as cursor:
        cursor.execute("drop schema if exists frozen cascade; create schema frozen")
        cursor.execute(_COLUMNS)
        tables = cursor.fetchall()
        for name, _ in tables:
            cursor.execute(f'create table frozen."{name}" as table public."{name}"')
    _restore = "set session_replication_role = replica;" + "".join(
        f'delete from public."{name}"; '
        f'insert into public."{name}" ({columns}) overriding system value select {columns} from frozen."{name}";'
        for name, columns in tables
    )


def restore() -> None:
    """Bring the rows back to what was frozen, in one transaction."""
    connections.close_all()
    with _login() as link, link.cursor() as cursor:
        cursor.execute(_restore)


def restore_after_tests_that_commit() -> None:
    """Django empties the tables after such a test; here it gets the world back instead."""
    TransactionTestCase._fixture_teardown = lambda self: restore()


def _login() -> Any:
    """A connection of its own to the test database, as the login, whatever role tests take."""
    global _link
    if _link is None or _link.closed:
        settings = connection.settings_dict
        names = {"user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
        _link = psycopg2.connect(
            dbname=settings["NAME"], **{key: settings[name] or None for key, name in names.items()}
        )
    return _link


def close() -> None:
    """Let go of the test database, so that it can be dropped.

    A thread of the live server or a worker that is ending may hold a session a moment longer: it is ended here.
    """
    with _login() as link, link.cursor() as cursor:
        cursor.execute(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )
    link.close()
