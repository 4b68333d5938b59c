"""Structures to be asked something, by wave: ticked one by one, or several at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from common import french
from organisations.models import ESMS, Wave

NO_WAVE = "Sans vague"


@dataclass(frozen=True)
class Box:
    id: str
    value: str
    label: str
    detail: str
    checked: bool


@dataclass(frozen=True)
class BoxGroup:
    """Structures of one wave."""

    label: str
    boxes: list[Box]


@dataclass(frozen=True)
class Tick:
    """A button that ticks several boxes at once."""

    value: str
    label: str


@dataclass(frozen=True)
class Who:
    """`busy`: who can't be asked now, and why. `project`: whether the project itself can."""

    groups: list[BoxGroup]
    ticks: list[Tick]
    busy: str = ""
    project: bool = False


def who_may_be(
    structures: Sequence[ESMS], checked: set[str], waves: Sequence[Wave], *, busy: str = "", project: bool = False
) -> Who:
    """`structures`: those that may be asked, in the order of their waves."""
    names = {wave.pk: french.typography(wave.name) for wave in waves}
    groups = [
        BoxGroup(names.get(wave, NO_WAVE), [_box(esms, checked) for esms in found])
        for wave, found in groupby(structures, key=lambda esms: esms.wave_id)
    ]
    return Who(groups, _ticks(structures, names), busy, project)


def _box(esms: ESMS, checked: set[str]) -> Box:
    value = str(esms.pk)
    detail = f"{french.typography(esms.og.short_name)}, {esms.get_phase_display().lower()}"
    return Box(f"s-{value}", value, french.typography(esms.name), detail, value in checked)


def _ticks(structures: Sequence[ESMS], waves: Mapping[object, str]) -> list[Tick]:
    """Everybody, nobody, then a wave, an OG, a phase at a time: only what tells some from others."""
    kinds = (
        {f"vague:{esms.wave_id}": waves[esms.wave_id] for esms in structures if esms.wave_id in waves},
        {f"og:{esms.og_id}": french.typography(esms.og.short_name) for esms in structures},
        {f"phase:{esms.phase}": f"En phase {esms.get_phase_display()}" for esms in structures},
    )
    found = [Tick(value, label) for kind in kinds if len(kind) > 1 for value, label in kind.items()]
    return [Tick("toutes", "Toutes"), Tick("aucune", "Aucune"), *found] if len(structures) > 1 else []


def ticked(structures: Sequence[ESMS], tick: str) -> set[str]:
    """The boxes that such a button ticks."""
    kind, _, value = tick.partition(":")
    has = {"vague": "wave_id", "og": "og_id", "phase": "phase"}.get(kind)
    if has is None:
        return {str(esms.pk) for esms in structures} if tick == "toutes" else set()
    return {str(esms.pk) for esms in structures if str(getattr(esms, has)) == value}
