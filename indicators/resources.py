"""The figures of one structure as a spreadsheet: indicators down, periods across, what each cell says."""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from datetime import date
from types import SimpleNamespace
from typing import Any

from import_export.fields import Field

from common.errors import DomainError
from common.spreadsheets.diff import RowOutcome
from common.spreadsheets.resource import DiffResource
from common.spreadsheets.tables import Table
from common.spreadsheets.widgets import TextWidget
from indicators.cells import expects
from indicators.enums import Frequency
from indicators.periods import Period
from indicators.selectors.definitions import Followed
from indicators.selectors.grid import Grid
from indicators.services.grid import Typed, judged

KEY = "Code"
LONGEST = 2000  # more than any definition takes: it says itself what is too long
# How far back a column is known for a period, and one ahead.
_REACH = {Frequency.WEEKLY: 160, Frequency.MONTHLY: 60, Frequency.QUARTERLY: 20}


def head(period: Period) -> str:
    """The heading of a period: « octobre 2026 », with plain spaces."""
    return " ".join(period.label.split())


def periods_of(table: Table, today: date) -> list[Period]:
    """The periods that the columns of a file are about, oldest first. Raises DomainError (field `file`)."""
    heads = {_folded(item) for item in table.heads}
    found = [period for period in _known(today) if heads & {_folded(head(period)), _folded(period.code)}]
    if not found:
        raise DomainError(
            "Aucune colonne n’est une période (« octobre 2026 ») : partez d’un fichier exporté d’ici.", field="file"
        )
    if len({period.frequency for period in found}) > 1:
        raise DomainError(
            "Ce fichier mêle des semaines, des mois ou des trimestres : donnez un fichier pour chaque fréquence.",
            field="file",
        )
    return sorted(found)


def named(table: Table, periods: Sequence[Period]) -> Table:
    """The same table, its columns of periods under the headings that an export gives them."""
    titles = {_folded(text): head(period) for period in periods for text in (head(period), period.code)}
    heads = [titles.get(_folded(item), item) for item in table.heads]
    for title in {*titles.values(), KEY}:
        if heads.count(title) > 1:
            raise DomainError(f"La colonne « {title} » est deux fois dans ce fichier.", field="file")
    return Table(table.sheet, heads, table.lines, table.formulas)


def _known(today: date) -> Iterator[Period]:
    for frequency, reach in _REACH.items():
        yield from Period.of(frequency, today).next.last(reach)


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().casefold()


class GridResource(DiffResource):
    """One row an indicator; a column a period is added for each grid (`resource_of`)."""

    key = "code"
    grid: Grid
    known: Mapping[str, Followed]
    by_code: Mapping[str, Period]

    label = Field("label", "Indicateur", TextWidget(200), readonly=True)
    code = Field("code", KEY, TextWidget(60))
    expects = Field("expects", "Ce qu’on y écrit", TextWidget(400), readonly=True)

    def get_instance(self, instance_loader: Any, row: dict[str, Any]) -> Any:
        return copy(self.instances[row[KEY].strip()])

    def unknown(self, key: str) -> str:
        if key in self.known:
            return f"« {key} » ne se saisit pas dans cette structure à cette fréquence : supprimez cette ligne."
        return f"Ce projet ne suit pas d’indicateur « {key} » : reprenez les codes d’un fichier exporté d’ici."

    def says(self, title: str) -> bool:
        return title != KEY

    def settle(self, before: Any, after: Any) -> dict[str, str]:
        why = {}
        for name, period in self.by_code.items():
            was, text = getattr(before, name), getattr(after, name)
            typed = Typed(before.code, period, text, self.grid.version(before.code, period))
            try:
                given = judged(typed, self.grid, self.known)
            except DomainError as error:
                why[name] = str(error)
            else:
                if given is None:
                    setattr(after, name, was)
        return why


def resource_of(grid: Grid, found: Sequence[Followed]) -> GridResource:
    """What this grid says, and what a file would do to it."""
    by_code = {period.code: period for period in grid.periods}
    columns = {name: Field(name, head(period), TextWidget(LONGEST)) for name, period in by_code.items()}
    made = type(
        "PeriodsResource",
        (GridResource,),
        {**columns, "grid": grid, "known": {one.code: one for one in found}, "by_code": by_code},
    )
    rows = [
        SimpleNamespace(
            code=one.code,
            label=one.definition.label,
            expects=expects(one.definition),
            **{name: grid.text(one.code, period) for name, period in by_code.items()},
        )
        for one in grid.rows
    ]
    return made(rows)


def typed_in(row: RowOutcome, resource: GridResource) -> list[Typed]:
    """What a row changes, for the service that writes it."""
    return [
        Typed(row.key, period, getattr(row.after, name), resource.grid.version(row.key, period))
        for name, period in resource.by_code.items()
        if getattr(row.after, name) != getattr(row.before, name)
    ]
