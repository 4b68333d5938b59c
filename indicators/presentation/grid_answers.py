"""What became of what was typed or pasted in the grid, in words and for its script."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from common import french
from indicators.periods import Period
from indicators.presentation.grid import cell_id, place_in_words
from indicators.selectors.definitions import Followed
from indicators.selectors.grid import Grid
from indicators.services.figures import GIVEN, OVER, SUBMITTED
from indicators.services.grid import NO_STATEMENT, Done, Refused

# Said once for a whole period rather than once a cell.
_OF_A_PERIOD = (GIVEN, SUBMITTED, OVER, NO_STATEMENT)
SHOWN = 60


@dataclass(frozen=True)
class RefusedView:
    """`id`: its cell; `where`: « Taux de connexion, mai 2026 », or a period whole."""

    id: str
    where: str
    why: str


@dataclass(frozen=True)
class AnswerView:
    """`cells`: for the script; `undo`: what takes it back, when something was written. `kept`: by cell, what was
    refused, which stays there, and why."""

    title: str
    saved: int
    refused: list[RefusedView]
    more: int
    cells: str
    undo: str
    kept: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def tone(self) -> str:
        return "late" if self.refused else "ok"


def answer(grid: Grid, done: Done, *, outside: int = 0, undone: bool = False) -> AnswerView:
    """`grid`: as it stands now."""
    known = {one.code: one for one in grid.rows}
    cells = [_cell(grid, item.code, item.period, "saved") for item in done.written]
    cells += [_cell(grid, item.code, item.period, "same") for item in done.unchanged]
    cells += [_refused_cell(grid, item) for item in done.refused]
    refused = _refused(done.refused, known)
    return AnswerView(
        title=_title(done, outside, undone=undone),
        saved=len(done.written),
        refused=refused[:SHOWN],
        more=max(0, len(refused) - SHOWN),
        cells=json.dumps(cells, ensure_ascii=False),
        undo="" if undone else _undo(grid, done),
        kept={cell_id(item.typed.code, item.typed.period): (item.typed.text, _why(item)) for item in done.refused},
    )


def _cell(grid: Grid, code: str, period: Period, state: str) -> dict[str, Any]:
    return {
        "id": cell_id(code, period),
        "text": grid.text(code, period),
        "version": grid.version(code, period),
        "state": state,
    }


def _refused_cell(grid: Grid, item: Refused) -> dict[str, Any]:
    code, period = item.typed.code, item.typed.period
    return {**_cell(grid, code, period, "refused"), "typed": item.typed.text, "why": _why(item)}


def _why(item: Refused) -> str:
    if item.theirs is None:
        return french.typography(item.why)
    theirs = f"« {item.theirs} »" if item.theirs else "rien"
    return french.typography(
        f"Quelqu’un a écrit {theirs} ici entre-temps : rien n’est écrasé. Entrée dans cette case garde votre valeur."
    )


def _refused(found: Sequence[Refused], known: Mapping[str, Followed]) -> list[RefusedView]:
    whole: dict[tuple[Period, str], int] = {}
    views = []
    for item in found:
        typed = item.typed
        if item.why in _OF_A_PERIOD:
            whole[typed.period, item.why] = whole.get((typed.period, item.why), 0) + 1
            continue
        where = place_in_words(known[typed.code], typed.period) if typed.code in known else typed.code
        views.append(RefusedView(cell_id(typed.code, typed.period), where, _why(item)))
    for (period, why), count in whole.items():
        words = french.plural(count, "valeur", "valeurs")
        views.append(RefusedView("", f"{french.capital(period.label)}, {words}", french.typography(why)))
    return views


def _title(done: Done, outside: int, *, undone: bool) -> str:
    """« 198 valeurs enregistrées, 6 refusées. »"""
    written, refused, same = len(done.written), len(done.refused), len(done.unchanged)
    if undone:
        parts = [f"{french.plural(written, 'valeur remise', 'valeurs remises')} comme avant"]
    elif written:
        parts = [french.plural(written, "valeur enregistrée", "valeurs enregistrées")]
    else:
        parts = ["Rien n’est enregistré" if refused or outside else "Rien ne change"]
    if refused:
        parts.append(french.plural(refused, "refusée", "refusées"))
    if same and (written or refused):
        parts.append(french.plural(same, "inchangée", "inchangées"))
    if outside:
        parts.append(f"{french.plural(outside, 'cellule tombe', 'cellules tombent')} hors de la grille")
    return french.typography(f"{', '.join(parts)}.")


def _undo(grid: Grid, done: Done) -> str:
    """The former texts, with the versions that stand now: what somebody writes meanwhile isn't taken back."""
    if not done.written:
        return ""
    return json.dumps(
        [
            [item.code, item.period.code, grid.version(item.code, item.period), done.before[item.place]]
            for item in done.written
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )
