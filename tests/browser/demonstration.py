"""The demonstration world instead of the tests' own: loaded once, put in place before each journey.

The harness gives the other tests their world back after each test that commits (`tests.harness.database`).
"""

import psycopg2
from django.db import connection, connections
from django.utils import timezone

from dui_deploy.demo import loading, source
from tests.harness import database

KEPT = ("auth_permission", "common_catalogue", "django_content_type", "django_migrations")
SCHEMA = "demonstration"

_COLUMNS = """
select table_name, string_agg(quote_ident(column_name), ', ' order by ordinal_position)
from information_schema.columns join information_schema.tables using (table_schema, table_name)
where table_schema = 'public' and table_type = 'BASE TABLE' and is_generated = 'NEVER' and table_name <> all(%s)
group by table_name order by table_name
"""


class Demonstration:
    """A copy of the rows of the demonstration world, in a schema of the test database."""

    def __init__(self) -> None:
        self._tables: list[tuple[str, str]] = []

    def load(self) -> None:
        """Load the world, copy it, and leave the tests' own as it was."""
        self._tables = self._as_login("", _COLUMNS, [list(KEPT)])
        self._as_login(self._empty())
        loading.load(source.read(timezone.localdate()))
        copies = "".join(f'create table {SCHEMA}."{name}" as table public."{name}";' for name, _ in self._tables)
        self._as_login(f"drop schema if exists {SCHEMA} cascade; create schema {SCHEMA}; {copies}")
        database.restore()

    def put(self) -> None:
        """Make the tables of the test hold this world and nothing else."""
        rows = "".join(
            f'insert into public."{name}" ({columns}) overriding system value select {columns} from {SCHEMA}."{name}";'
            for name, columns in self._tables
        )
        self._as_login(self._empty() + rows)

    def _empty(self) -> str:
        return "".join(f'delete from public."{name}";' for name, _ in self._tables)

    def _as_login(self, sql: str, query: str = "", parameters: object = None) -> list[tuple[str, str]]:
        """Run `sql` in one transaction as who made the database, triggers and foreign keys asleep; rows of `query`."""
        connections.close_all()
        names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
        link = psycopg2.connect(**{key: connection.settings_dict[name] or None for key, name in names.items()})
        try:
            with link, link.cursor() as cursor:
                cursor.execute(f"set session_replication_role = replica; {sql}")
                if query:
                    cursor.execute(query, parameters)
                    return cursor.fetchall()
                return []
        finally:
            link.close()
