"""The three PostgreSQL roles, and who the current connection works as.

`dui_owner` owns the tables and migrates; `dui_app` owns nothing and is held by row-level security;
`dui_elevated` has policies of its own that let everything through, for named uses only
(`common.scope.elevated`). Roles belong to the cluster, so the set-up creates them, not a migration.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import environ
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.backends.utils import CursorWrapper

OWNER, APP, ELEVATED = "dui_owner", "dui_app", "dui_elevated"

# What each new connection becomes; None leaves the login as it is (production: the login is dui_app).
_session_role: str | None = settings.DATABASE_ROLE or None
_setting_up = False

CREATE_ROLES = f"""
do $$ begin
  if not exists (select from pg_roles where rolname = '{OWNER}') then
    create role {OWNER} login createdb noinherit;
  end if;
  if not exists (select from pg_roles where rolname = '{APP}') then create role {APP} login noinherit; end if;
  if not exists (select from pg_roles where rolname = '{ELEVATED}') then create role {ELEVATED} nologin; end if;
end $$;
grant {ELEVATED} to {APP};
grant {ELEVATED} to {OWNER};
"""  # noqa: S608  names of ours, no value

# After each migration: who may touch what. History is written by triggers that run as the owner, and by
# nobody else; that is what makes it evidence.
SECURE_TABLES = f"""
grant usage on schema public to {APP}, {ELEVATED};
grant select, insert, update, delete on all tables in schema public to {APP}, {ELEVATED};
grant usage, select on all sequences in schema public to {APP}, {ELEVATED};
-- Triggers fire all the same; nobody calls their functions on a table of their own to forge history.
revoke execute on all functions in schema public from public;
-- django-pgtrigger lets a session switch triggers off; here nobody does.
create or replace function public._pgtrigger_should_ignore(trigger_name name) returns boolean
  language sql immutable as 'select false';
grant execute on function public._pgtrigger_should_ignore(name) to {APP}, {ELEVATED};
do $$
declare item record;
begin
  -- What permissions and catalogues mean is set by migrations and set-up, not by requests.
  for item in select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
              where n.nspname = 'public' and c.relkind = 'r'
                and (c.relname in ('auth_permission', 'auth_group', 'auth_group_permissions', 'django_content_type',
                                   'django_migrations', 'common_catalogue', 'organisations_user_user_permissions',
                                   'organisations_user_groups')
                     or c.relname like 'guardian_%')
  loop
    execute format('revoke insert, update, delete, truncate on %I from {APP}', item.relname);
  end loop;
end $$;
do $$
declare item record;
begin
  for item in select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
              where n.nspname = 'public' and c.relkind = 'r' and c.relname like '%event'
                and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'pgh_label')
  loop
    execute format('revoke insert, update, delete, truncate on %I from {APP}, {ELEVATED}', item.relname);
  end loop;
  for item in select p.oid::regprocedure as signature from pg_proc p join pg_namespace n on n.oid = p.pronamespace
              where n.nspname = 'public' and p.proname like 'pgtrigger_%' and p.prosrc like '%pgh_label%'
  loop
    execute format('alter function %s security definer set search_path = public, pg_temp', item.signature);
  end loop;
end $$;
"""  # noqa: S608  names of ours, no value


def create_roles(cursor: CursorWrapper) -> None:
    """Create the roles if they are missing.

    Raises ProgrammingError when the roles are missing and the login can't create them.
    """
    cursor.execute("select count(*) from pg_roles where rolname = any(%s)", [[OWNER, APP, ELEVATED]])
    if cursor.fetchone()[0] < 3:
        cursor.execute(CREATE_ROLES)


@contextmanager
def session_role(role: str | None) -> Iterator[None]:
    """Set-up only: work as `role` (None: as the login) for the block, also on connections opened within it."""
    global _session_role, _setting_up
    before, _session_role, _setting_up = (_session_role, _setting_up), role, True
    try:
        if connection.connection is not None:  # a new one takes the role when it opens
            _become(connection, role)
        yield
    finally:
        _session_role, _setting_up = before
        if connection.connection is not None and not connection.in_atomic_block:
            _become(connection, _session_role)


@contextmanager
def as_owner() -> Iterator[None]:
    """Work as the owner of the tables: migrations and nothing else.

    Production gives a login of its own for it (DATABASE_OWNER_URL).
    """
    if not settings.DATABASE_OWNER_URL:
        with session_role(OWNER if settings.DATABASE_ROLE else None):
            yield
        return
    before = connection.settings_dict.copy()
    connection.close()
    owner = environ.Env.db_url_config(settings.DATABASE_OWNER_URL)
    connection.settings_dict.update({key: owner[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")})
    try:
        with session_role(None):
            yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


def prepare_schema() -> None:
    """Create the roles and hand the schema to its owner, where the login may (development and tests)."""
    with session_role(None), connection.cursor() as cursor:
        create_roles(cursor)
        cursor.execute("select rolsuper from pg_roles where rolname = session_user")
        if cursor.fetchone()[0]:
            cursor.execute(f"alter schema public owner to {OWNER}")


def secure_tables() -> None:
    """Grant and revoke after a migration (see SECURE_TABLES). Runs as the owner."""
    with connection.cursor() as cursor:
        cursor.execute(SECURE_TABLES)


@contextmanager
def data_migration(*tables: str) -> Iterator[None]:
    """Write rows of every tenant within a migration (RunPython), in `tables` and those just made.

    The triggers of `tables` are off meanwhile: those that write history are still of the columns of before, and are
    made anew when the migration is over.
    """
    secure_tables()  # the tables just made have no grants yet
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        migrates_as = cursor.fetchone()[0]
        for table in tables:
            cursor.execute(f"alter table {table} disable trigger user")
        cursor.execute(f"set local role {ELEVATED}")
        yield
        cursor.execute("set constraints all immediate")
        cursor.execute(f"set local role {migrates_as}")
        for table in tables:
            cursor.execute(f"alter table {table} enable trigger user")


def connect_signals() -> None:
    connection_created.connect(_take_role, dispatch_uid="common.database.take_role")


def _take_role(sender: object, connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    # The maintenance connection that creates the test database stays what it is.
    if connection.settings_dict["NAME"] in (None, "", "postgres"):
        return
    _become(connection, _session_role)
    if not _setting_up:
        _check_is_held(connection)


def _check_is_held(connection: BaseDatabaseWrapper) -> None:
    """Refuse a login that row-level security doesn't hold: without the second wall the application doesn't work.

    Raises ImproperlyConfigured.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select current_user, rolsuper or rolbypassrls or pg_has_role(current_user, %s, 'USAGE') "
            "from pg_roles where rolname = current_user",
            [ELEVATED],
        )
        name, unheld = cursor.fetchone()
    if unheld:
        raise ImproperlyConfigured(
            f"La base est ouverte en tant que « {name} », que les règles d’accès aux lignes ne retiennent pas. "
            f"DATABASE_URL doit se connecter en tant que « {APP} » (voir .env.example)."
        )


def _become(connection: BaseDatabaseWrapper, role: str | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"set role {role}" if role else "reset role")
