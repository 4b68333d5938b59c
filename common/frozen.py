"""What nobody changes any more, held by the database: forms, bulk updates and raw SQL meet the same refusal.

The refusal bears the name of its trigger as the name of a constraint, so that `common.refusals` says it in French.
"""

from collections.abc import Sequence
from typing import Any

import pgtrigger

_REFUSAL = "raise exception using errcode = 'check_violation', constraint = '{name}', message = '{name}';"


class Refusal(pgtrigger.Trigger):
    """A trigger that refuses; `message` is what people read."""

    def __init__(self, *, name: str, message: str, **values: Any) -> None:
        self.message = message
        super().__init__(name=name, **values)

    def get_violation_error_message(self) -> str:
        """As constraints have it."""
        return self.message

    def refusal(self) -> str:
        """The SQL that refuses."""
        return _REFUSAL.format(name=self.name)


class Frozen(Refusal):
    """A row that is not changed or deleted once `when` holds of it (SQL on `old`).

    `but`: columns that still move.
    """

    def __init__(self, *, name: str, message: str, when: str = "true", but: Sequence[str] = ()) -> None:
        super().__init__(
            name=name, message=message, when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete
        )
        self.frozen_when = when
        self.but = tuple(but)

    def get_func(self, model: Any) -> str:
        kept = "array[{}]::text[]".format(", ".join(f"'{name}'" for name in self.but))
        return f"""
            if ({self.frozen_when})
               and (tg_op = 'DELETE' or to_jsonb(old) - {kept} is distinct from to_jsonb(new) - {kept}) then
                {self.refusal()}
            end if;
            if tg_op = 'DELETE' then return old; end if;
            return new;
        """


def _unless(operation: str, row: str, column: str) -> str:
    """SQL: a column of the row before (`old`) or after (`new`), null in the operation that has none."""
    return f"case when tg_op <> '{operation}' then {row}.{column} end"


class FrozenWith(Refusal):
    """A row that is not added, changed or deleted once the row that it belongs to is such as `when` says.

    `parent`: table of that row, which `when` (SQL) calls `parent`; `key`: the column that names it here; `but`: columns
    that still move.
    """

    def __init__(self, *, name: str, message: str, parent: str, key: str, when: str, but: Sequence[str] = ()) -> None:
        super().__init__(
            name=name,
            message=message,
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        )
        self.parent, self.key, self.frozen_when, self.but = parent, key, when, tuple(but)

    def get_func(self, model: Any) -> str:
        kept = "array[{}]::text[]".format(", ".join(f"'{name}'" for name in self.but))
        moved = f"(tg_op <> 'UPDATE' or to_jsonb(old) - {kept} is distinct from to_jsonb(new) - {kept})"
        ids = f"({_unless('INSERT', 'old', self.key)}, {_unless('DELETE', 'new', self.key)})"
        return f"""
            if {moved} and exists (
                select from {self.parent} parent where parent.id in {ids} and ({self.frozen_when})
            ) then
                {self.refusal()}
            end if;
            if tg_op = 'DELETE' then return old; end if;
            return new;
        """


class AddsUp(Refusal):
    """Rows of one parent add up, once the transaction ends: the sum of `column` over the rows of a `key` is `total`."""

    def __init__(self, *, name: str, message: str, key: str, column: str, total: int) -> None:
        super().__init__(
            name=name,
            message=message,
            when=pgtrigger.After,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            timing=pgtrigger.Deferred,
        )
        self.key, self.column, self.total = key, column, total

    def get_func(self, model: Any) -> str:
        table = model._meta.db_table
        row = f"coalesce({_unless('DELETE', 'new', self.key)}, {_unless('INSERT', 'old', self.key)})"
        return f"""
            if exists (
                select from {table} where {self.key} = {row} having sum({self.column}) <> {self.total}
            ) then
                {self.refusal()}
            end if;
            return null;
        """
