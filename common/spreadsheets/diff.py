"""What an import would do, row by row, before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Refusal:
    """A cell that can't be taken, and why, in French."""

    cell: str
    why: str


@dataclass(frozen=True)
class RowOutcome:
    """One row read: `before` and `after` are the instance as it stands and as the row would have it.

    `moved`: headings whose value changed both in the file and here since the file was exported.
    """

    line: int
    key: str
    before: Any
    after: Any
    refusals: tuple[Refusal, ...] = ()
    moved: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        return bool(self.refusals)

    @property
    def changed(self) -> bool:
        return not self.refused and self.before != self.after


@dataclass(frozen=True)
class Outcome:
    """What a whole table would do. All of it or nothing."""

    rows: Sequence[RowOutcome]

    @property
    def changed(self) -> list[RowOutcome]:
        return [row for row in self.rows if row.changed]

    @property
    def refused(self) -> list[RowOutcome]:
        return [row for row in self.rows if row.refused]

    @property
    def unchanged(self) -> int:
        return len(self.rows) - len(self.changed) - len(self.refused)

    @property
    def marks(self) -> dict[str, str]:
        """Why, by refused cell."""
        whys: dict[str, list[str]] = {}
        for row in self.refused:
            for refusal in row.refusals:
                whys.setdefault(refusal.cell, []).append(refusal.why)
        return {cell: " ".join(found) for cell, found in whys.items()}
