"""django-import-export's resources over our tables: columns declared once, for what goes out and what comes back.

Nothing is ever saved from here. A resource says what a table would do; the app's services do it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

import tablib
from django.core.exceptions import ValidationError
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource
from import_export.results import RowResult

from common.spreadsheets.diff import Outcome, Refusal, RowOutcome
from common.spreadsheets.tables import ORIGIN, Column, Row, Sheet, Table, Value, cell_name

Origin = dict[str, dict[str, str]]  # `Book.origin`


class DiffResource(Resource):
    """A resource whose instances are dataclasses made by a selector.

    Subclasses declare fields (those that don't come back are `readonly`), `key` (the one that names a row), `units`
    (fields that come back together or not at all) and `settle`, the rules between cells.
    """

    key: ClassVar[str]
    units: ClassVar[Sequence[Sequence[str]]] = ()

    class Meta:
        instance_loader_class = BaseInstanceLoader  # never asked: the instances are given
        skip_unchanged = True
        report_skipped = True
        skip_html_diff = True
        store_instance = True

    def __init__(self, instances: Sequence[Any]) -> None:
        super().__init__()
        self.instances = {getattr(instance, self.key): instance for instance in instances}

    # --- Out

    def cells(self, instance: Any) -> list[Value]:
        """The cells of one instance, in the order of the fields."""
        return list(self.export_resource(instance))

    def origin(self) -> Sheet:
        """The hidden sheet that remembers, as texts, what the cells that come back said at the export."""
        rows = [Row([self._texts(instance)[head] for head in self.heads]) for instance in self.instances.values()]
        return Sheet(ORIGIN, [Column(head) for head in self.heads], rows, hidden=True)

    def get_import_fields(self) -> list[Field]:
        """The fields that come back: all but the read-only ones."""
        return [field for field in super().get_import_fields() if not field.readonly]

    @property
    def heads(self) -> list[str]:
        """The headings of what comes back, the key first."""
        return [str(field.column_name) for field in self.get_import_fields()]

    def _texts(self, instance: Any) -> dict[str, str]:
        return {str(field.column_name): _text(field.export(instance)) for field in self.get_import_fields()}

    # --- In

    def settle(self, before: Any, after: Any) -> dict[str, str]:
        """Finish the row read (`after`) by the rules between its cells. Returns, by field, why it can't be taken."""
        raise NotImplementedError

    def unknown(self, key: str) -> str:
        """Why no row has this key, in French."""
        raise NotImplementedError

    def outcome(self, table: Table, origin: Origin) -> Outcome:
        """What this table would do to the instances. Reads nothing else, writes nothing."""
        lines = [(number, table.values(cells)) for number, cells in table.lines]
        key_head = str(self.fields[self.key].column_name)
        first_lines: dict[str, int] = {}
        rows: list[RowOutcome] = []
        kept: list[tuple[int, dict[str, str], tuple[str, ...]]] = []
        for number, values in lines:
            key = values[key_head].strip()
            refusal = self._misplaced(table, number, values, key, first_lines)
            if refusal:
                rows.append(RowOutcome(number, key, None, None, (refusal,)))
            elif key:
                moved = self._take_back(values, origin.get(key, {}), self._texts(self.instances[key]))
                kept.append((number, values, moved))
        heads = self.heads
        dataset = tablib.Dataset(*([values[head] for head in heads] for _, values, _ in kept), headers=heads)
        result = self.import_data(dataset, dry_run=True, use_transactions=False)
        for (number, values, moved), found in zip(kept, result.rows, strict=True):
            rows.append(self._row(table, number, values[key_head].strip(), found, moved))
        return Outcome(sorted(rows, key=lambda row: row.line))

    def _misplaced(
        self, table: Table, number: int, values: dict[str, str], key: str, first_lines: dict[str, int]
    ) -> Refusal | None:
        """What is wrong with the key of a line. A line without one is a title, unless it says something."""
        key_head = str(self.fields[self.key].column_name)
        if not key:
            said = next((head for head in self.heads if head != key_head and self.says(head) and values[head]), None)
            why = f"Cette ligne n’a rien dans la colonne « {key_head} » : on ne sait pas de quoi elle parle."
            return Refusal(table.cell(said, number), why) if said else None
        cell = table.cell(key_head, number)
        if key not in self.instances:
            return Refusal(cell, self.unknown(key))
        if key in first_lines:
            return Refusal(cell, f"« {key} » est déjà à la ligne {first_lines[key]}.")
        first_lines[key] = number
        return None

    def says(self, head: str) -> bool:
        """Whether something under this heading, on a line without a key, is meant for a row."""
        return True

    def _take_back(self, values: dict[str, str], origin: dict[str, str], now: dict[str, str]) -> tuple[str, ...]:
        """Give the cells that nobody touched since the export their value of today.

        Otherwise an old file would undo what was done here meanwhile. Returns the headings that changed on both sides.
        """
        if not origin:
            return ()
        grouped = [[str(self.fields[name].column_name) for name in unit] for unit in self.units]
        alone = [[head] for head in self.heads if not any(head in unit for unit in grouped)]
        moved: list[str] = []
        for unit in [*grouped, *alone]:
            read = [values[head].strip() for head in unit]
            exported = [origin.get(head, "").strip() for head in unit]
            today = [now[head] for head in unit]
            if read == exported:
                values.update(zip(unit, today, strict=True))
            elif today not in (exported, read):
                moved.append(unit[0])
        return tuple(moved)

    def _row(self, table: Table, number: int, key: str, found: RowResult, moved: tuple[str, ...]) -> RowOutcome:
        if found.errors:
            raise found.errors[0].error  # a fault of ours, not of the file
        refusals = [
            Refusal(table.cell(head, number), "Cette cellule contient une formule : remplacez-la par sa valeur.")
            for head in self.heads
            if cell_name(table.heads.index(head), number) in table.formulas
        ]
        if found.validation_error and not refusals:
            for name, whys in found.validation_error.message_dict.items():
                head = str(self.fields[name].column_name)
                refusals += [Refusal(table.cell(head, number), why) for why in whys]
        before = self.instances[key]
        after = before if refusals else found.instance
        return RowOutcome(number, key, before, after, tuple(refusals), () if after == before else moved)

    # --- What django-import-export asks of a resource

    def get_instance(self, instance_loader: Any, row: dict[str, Any]) -> Any:
        return replace(self.instances[row[str(self.fields[self.key].column_name)].strip()])

    def validate_instance(
        self, instance: Any, import_validation_errors: dict[str, Any] | None = None, validate_unique: bool = True
    ) -> None:
        errors: dict[str, Any] = dict(import_validation_errors or {})
        if not errors:
            errors = self.settle(self.instances[getattr(instance, self.key)], instance)
        if errors:
            raise ValidationError(errors)

    def save_instance(self, instance: Any, is_create: bool, row: dict[str, Any], **kwargs: Any) -> None:
        """Nothing: services write."""


def _text(value: Value) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else (value or "")
