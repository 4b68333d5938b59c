"""What else keeps the structures busy: projects, periods to avoid, changes of management, wished starts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from common import french
from common.ui import Link
from structures.inventory_figures import PROJECTS, rows, running
from structures.presentation.inventory_follow_up import words
from structures.presentation.inventory_follow_up.places import crumbs, section_url
from structures.selectors.inventory_follow_up import Followed, FollowUp

LOADS = {"heavy": ("ko", "s-ko"), "moderate": ("late", "s-watch"), "light": ("none", "s-todo")}
SECTION = "competing_projects"


@dataclass(frozen=True)
class Busy:
    """A project that takes a structure's time."""

    what: str
    structure: str
    url: str
    nature: str
    load: str
    tone: str
    icon: str
    start: date
    end: date | None
    begun: bool


@dataclass(frozen=True)
class Period:
    start: date
    end: date
    reason: str
    structure: str
    url: str


@dataclass(frozen=True)
class Wish:
    structure: str
    url: str
    on: date


@dataclass(frozen=True)
class Competing:
    title: str
    lede: str
    crumbs: list[Link]
    projects: list[Busy]
    periods: list[Period]
    wishes: list[Wish]
    changes: str


def competing(follow: FollowUp) -> Competing:
    projects = _projects(follow)
    return Competing(
        title=_title(projects, follow),
        lede="Aucune structure ne démarre bien quand ses équipes sont déjà prises ailleurs."
        if projects
        else "Ils viennent des états des lieux, une fois transmis.",
        crumbs=crumbs(follow.project, Link("Autres projets")),
        projects=projects,
        periods=_periods(follow),
        wishes=_wishes(follow),
        changes=_changes(follow),
    )


def _title(projects: Sequence[Busy], follow: FollowUp) -> str:
    if not follow.received:
        return "Les autres projets des structures se liront ici"
    if not projects:
        return "Aucun autre projet n’occupe les structures qui ont transmis"
    count, where = len(projects), len({item.url for item in projects})
    said = french.counted(count, "autre projet occupe", "autres projets occupent")
    heavy = sum(1 for item in projects if item.tone == "ko")
    if heavy:
        weigh = french.agree(heavy, "pèse fortement sur les équipes", "pèsent fortement sur les équipes")
        return words.begin(f"{said} {words.structures(where)} ; {french.in_words(heavy)} {weigh}")
    return words.begin(f"{said} {words.structures(where)}")


def _projects(follow: FollowUp) -> list[Busy]:
    table = follow.form.by_code[PROJECTS]
    found = []
    for one, line in _lines(follow, PROJECTS):
        if "start" not in line or not running([line], follow.today):
            continue
        tone, icon = LOADS.get(line.get("load", ""), ("none", "s-todo"))
        found.append(
            Busy(
                what=french.typography(str(line.get("project_label", ""))),
                structure=words.name_of(one),
                url=section_url(follow.project, one.esms, SECTION),
                nature=table.column("domain").choice_label(line.get("domain", "")),
                load=table.column("load").choice_label(line.get("load", "")),
                tone=tone,
                icon=icon,
                start=line["start"],
                end=line.get("end"),
                begun=line["start"] <= follow.today,
            )
        )
    return sorted(found, key=lambda item: (item.start, item.structure, item.what))


def _periods(follow: FollowUp) -> list[Period]:
    found = [
        Period(
            start=line["start"],
            end=line["end"],
            reason=french.typography(str(line.get("reason", ""))),
            structure=words.name_of(one),
            url=section_url(follow.project, one.esms, SECTION),
        )
        for one, line in _lines(follow, "unavailable_periods")
        if line.get("start") and line.get("end") and line["end"] >= follow.today
    ]
    return sorted(found, key=lambda item: (item.start, item.structure))


def _wishes(follow: FollowUp) -> list[Wish]:
    found = [
        Wish(words.name_of(one), section_url(follow.project, one.esms, SECTION), day)
        for one in follow.received
        if one.evaluation and isinstance(day := one.evaluation.values.get("preferred_start"), date)
    ]
    return sorted(found, key=lambda item: (item.on, item.structure))


def _changes(follow: FollowUp) -> str:
    """Who changes management: somebody has to carry the project meanwhile."""
    found = [
        one
        for one in follow.received
        if one.evaluation and one.evaluation.values.get("management_change_planned") is True
    ]
    if not found:
        return ""
    change = french.agree(len(found), "change", "changent")
    return words.begin(f"{words.structures(len(found))} {change} de direction ou d’encadrement : {words.names(found)}.")


def _lines(follow: FollowUp, code: str) -> list[tuple[Followed, dict[str, Any]]]:
    return [(one, line) for one in follow.received if one.evaluation for line in rows(one.evaluation.values, code)]
