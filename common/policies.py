"""Row-level security and composite foreign keys, as constraints in a model's Meta.

Being constraints they are part of the model's state: `makemigrations` sees them, and a test database
built without migrations has them too.

The arrays of the current scope (`common.scope`) are read once a query because of the inner select; without it a
page of 50 rows under 5,000 ids took 800 ms, with it 11.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models.constraints import BaseConstraint

from common.database import APP, ELEVATED, OWNER


def in_scope(column: str, setting: str) -> str:
    """SQL: `column` is one of the ids that the scope holds under `dui.<setting>`."""
    return f"{column} = any ((select nullif(current_setting('dui.{setting}', true), '')::uuid[])::uuid[])"


PROJECT_ROWS = in_scope("project_id", "project_ids")
STRUCTURE_ROWS = " or ".join(
    (
        in_scope("project_id", "structure_project_ids"),
        in_scope("og_id", "og_ids"),
        in_scope("esms_id", "esms_ids"),
    )
)
ME = "(select nullif(current_setting('dui.user_id', true), '')::uuid)"
# What bodies deliberate of: for who reads decisions in the project, and for the person whom the row concerns.
COUNCIL_ROWS = in_scope("project_id", "council_project_ids")


def council_or_mine(column: str) -> str:
    """SQL: a row of the deliberations, or one of a project taken part in whose `column` names the reader."""
    return f"{COUNCIL_ROWS} or ({PROJECT_ROWS} and {column} = {ME})"


OWN_ROWS = f"user_id = {ME}"


class TableConstraint(BaseConstraint):
    """A constraint made of statements that run once the tables of the migration exist."""

    def statements(self, table: str) -> list[str]:
        raise NotImplementedError

    def drop_statements(self, table: str) -> list[str]:
        raise NotImplementedError

    def constraint_sql(self, model: Any, schema_editor: Any) -> str:
        # At the end of the migration: a composite key needs the other table's unique constraint to be there.
        schema_editor.deferred_sql.extend(self.statements(schema_editor.quote_name(model._meta.db_table)))
        return ""

    create_sql = constraint_sql

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        return ";\n".join(self.drop_statements(schema_editor.quote_name(model._meta.db_table)))

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Nothing to check in Python: the database holds it."""


class TenantPolicy(TableConstraint):
    """Row-level security on a tenant table.

    `rows` is the SQL condition that the application's role is held to, for reading and writing alike.
    `elevated_writes=True`: the application only reads; what writes works elevated (roles and permissions).
    `history=True`: a history table, read under the same condition, written by the owner's triggers only.
    """

    def __init__(self, *, name: str, rows: str, elevated_writes: bool = False, history: bool = False) -> None:
        super().__init__(name=name)
        self.rows = rows
        self.elevated_writes = elevated_writes
        self.history = history

    def statements(self, table: str) -> list[str]:
        secure = [f"alter table {table} enable row level security", f"alter table {table} force row level security"]
        if self.history:
            return [
                *secure,
                f"create policy {self.name} on {table} for select to {APP} using ({self.rows})",
                f"create policy {self.name}_elevated on {table} for select to {ELEVATED} using (true)",
                f"create policy {self.name}_owner on {table} for insert to {OWNER} with check (true)",
            ]
        reading = f"for select to {APP} using ({self.rows})"
        writing = f"to {APP} using ({self.rows}) with check ({self.rows})"
        return [
            *secure,
            f"create policy {self.name} on {table} {reading if self.elevated_writes else writing}",
            f"create policy {self.name}_elevated on {table} to {ELEVATED} using (true) with check (true)",
        ]

    def drop_statements(self, table: str) -> list[str]:
        names = [self.name, f"{self.name}_elevated", *([f"{self.name}_owner"] if self.history else [])]
        return [f"drop policy {name} on {table}" for name in names]

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return (
            path,
            args,
            {
                **kwargs,
                "rows": self.rows,
                "elevated_writes": self.elevated_writes,
                "history": self.history,
            },
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TenantPolicy) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash((self.name, self.rows, self.elevated_writes, self.history))


class SameTenant(TableConstraint):
    """A composite foreign key: the row referred to belongs to the same project (or OG) as this one.

    `columns` name this table's columns, `references` the other's; the other table needs a unique
    constraint over them. A null column leaves the key unchecked (MATCH SIMPLE).
    """

    def __init__(self, *, name: str, columns: tuple[str, ...], table: str, references: tuple[str, ...]) -> None:
        super().__init__(name=name)
        self.columns = tuple(columns)
        self.table = table
        self.references = tuple(references)

    def statements(self, table: str) -> list[str]:
        columns, references = ", ".join(self.columns), ", ".join(self.references)
        key = f"foreign key ({columns}) references {self.table} ({references}) deferrable initially deferred"
        return [f"alter table {table} add constraint {self.name} {key}"]

    def drop_statements(self, table: str) -> list[str]:
        return [f"alter table {table} drop constraint {self.name}"]

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "columns": self.columns, "table": self.table, "references": self.references}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SameTenant) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash((self.name, self.columns, self.table, self.references))


def same_project(name: str, column: str, table: str) -> SameTenant:
    """The row that `column` names is of the same project."""
    return SameTenant(name=name, columns=("project_id", column), table=table, references=("project_id", "id"))
