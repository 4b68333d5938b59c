"""Whom a campaign may ask: structures by wave, to be ticked one by one or several at once."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from common import french
from common.ui import Link
from organisations.models import ESMS, Project, Wave
from risks.models import RiskCampaign
from risks.places import Place
from risks.presentation.crumbs import crumbs

NO_WAVE = "Sans vague"
NAMED = 4  # structures in a sentence; the others are counted


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
    busy: str
    project: bool


@dataclass(frozen=True)
class OpenPage:
    title: str
    lede: str
    crumbs: list[Link]
    who: Who


def open_page(project: Project, who: Who) -> OpenPage:
    place = Place(project)
    return OpenPage(
        title="Ouvrir une campagne",
        lede="Chaque structure choisie trouvera le questionnaire parmi ce qui lui est demandé, avec sa date.",
        crumbs=crumbs(place, Link("Campagnes", place.url("risk_campaigns")), Link("Ouvrir")),
        who=who,
    )


def who_may_be(
    structures: Sequence[ESMS],
    busy: Mapping[uuid.UUID, RiskCampaign],
    checked: set[str],
    waves: Sequence[Wave],
    *,
    with_project: bool,
    project_busy: bool,
) -> Who:
    """`structures`: in the order of their waves; `busy`: places that still work on another campaign. `with_project`:
    whether the project itself may be asked, or is `project_busy` with another one."""
    names = {wave.pk: french.typography(wave.name) for wave in waves}
    free = [esms for esms in structures if esms.pk not in busy]
    held = [esms for esms in structures if esms.pk in busy]
    return Who(
        groups=[
            BoxGroup(names.get(wave, NO_WAVE), [_box(esms, checked) for esms in found])
            for wave, found in groupby(free, key=lambda esms: esms.wave_id)
        ],
        ticks=_ticks(free, names),
        busy=_busy(held, project_busy),
        project=with_project,
    )


def _box(esms: ESMS, checked: set[str]) -> Box:
    value = str(esms.pk)
    detail = f"{french.typography(esms.og.short_name)}, {esms.get_phase_display().lower()}"
    return Box(f"s-{value}", value, french.typography(esms.name), detail, value in checked)


def _ticks(free: Sequence[ESMS], waves: Mapping[uuid.UUID, str]) -> list[Tick]:
    """Everybody, nobody, then a wave, an OG, a phase at a time: only what tells some from others."""
    kinds = (
        {f"vague:{esms.wave_id}": waves[esms.wave_id] for esms in free if esms.wave_id in waves},
        {f"og:{esms.og_id}": french.typography(esms.og.short_name) for esms in free},
        {f"phase:{esms.phase}": f"En phase {esms.get_phase_display()}" for esms in free},
    )
    found = [Tick(value, label) for kind in kinds if len(kind) > 1 for value, label in kind.items()]
    return [Tick("toutes", "Toutes"), Tick("aucune", "Aucune"), *found] if len(free) > 1 else []


def ticked(structures: Sequence[ESMS], tick: str) -> set[str]:
    """The boxes that such a button ticks."""
    kind, _, value = tick.partition(":")
    has = {"vague": "wave_id", "og": "og_id", "phase": "phase"}.get(kind)
    if has is None:
        return {str(esms.pk) for esms in structures} if tick == "toutes" else set()
    return {str(esms.pk) for esms in structures if str(getattr(esms, has)) == value}


def _busy(held: Sequence[ESMS], project_busy: bool) -> str:
    names = [french.typography(esms.name) for esms in held]
    if len(names) > NAMED + 1:
        names = [*names[:NAMED], f"{len(names) - NAMED} autres"]
    names = ["le projet lui-même", *names] if project_busy else names
    if not names:
        return ""
    verb = french.agree(len(names), "répond", "répondent")
    return french.typography(
        f"{french.capital(french.listed(names))} {verb} encore à une campagne ouverte : il faut la clore, ou attendre "
        "la transmission."
    )
