"""A database for the measures, beside the configured one, dropped afterwards."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.core.management import call_command
from django.db import connection

from common.catalogues import load_all
from common.database import as_owner, create_roles


@contextmanager
def own_database() -> Iterator[str]:
    """Create, migrate and give the address of the database of the measures; this process works on it for the block.

    One that an interrupted run left behind is dropped first.
    """
    before = connection.settings_dict["NAME"]
    name = f"{before}_bench"
    with connection._nodb_cursor() as cursor:
        create_roles(cursor)
        cursor.execute(f'drop database if exists "{name}" with (force)')
        cursor.execute(f"create database \"{name}\" encoding 'UTF8' template template0")
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0)
        load_all()
        yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'drop database if exists "{name}" with (force)')


def analyze() -> None:
    """Give the planner the statistics that autovacuum would have brought by itself."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("analyze")


def server_version() -> str:
    """The version of PostgreSQL, as it says it."""
    with connection.cursor() as cursor:
        cursor.execute("show server_version")
        return cursor.fetchone()[0].split()[0]
