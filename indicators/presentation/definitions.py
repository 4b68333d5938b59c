"""What a project follows: the list that its lead keeps, and what the catalogue proposes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from common import french
from common.ui import Link
from indicators.catalogue import Indicator as Proposed
from indicators.catalogue import catalogue
from indicators.computing import waits_for
from indicators.enums import Direction, Frequency, IndicatorPhase, Source
from indicators.models import Definition
from indicators.presentation import crumbs
from indicators.presentation.words import written_value
from indicators.selectors.defining import Defined
from indicators.selectors.definitions import Followed

DIRECTIONS = {
    Direction.HIGHER: "à la hausse",
    Direction.LOWER: "à la baisse",
    Direction.NEUTRAL: "neutre",
}
FREQUENCIES = {Frequency.WEEKLY: "semaine", Frequency.MONTHLY: "mois", Frequency.QUARTERLY: "trimestre"}


@dataclass(frozen=True)
class Line:
    label: str
    url: str
    source: str
    frequency: str
    direction: str
    target: str
    rules: str
    active: bool
    own: bool


@dataclass(frozen=True)
class Group:
    id: str
    title: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class Choice:
    code: str
    label: str
    detail: str
    ticked: bool


@dataclass(frozen=True)
class Choices:
    id: str
    title: str
    choices: Sequence[Choice]


@dataclass(frozen=True)
class Page:
    title: str
    lede: str
    crumbs: Sequence[Link]
    filters: Sequence[Link]
    groups: Sequence[Group]
    proposed: Sequence[Choices]
    to_follow: str


def page(found: Defined, shown: str, today: date, ticked: set[str] | None = None) -> Page:
    """`shown`: the filter of the address; `ticked`: the codes chosen among those proposed, all unless said where
    nothing is followed yet."""
    left = proposed(found.found)
    kept = [one for one in found.found if FILTERS[shown][1](one)]
    if ticked is None:
        ticked = {one.code for one in left} if not found.found else set()
    active = sum(one.indicator.active for one in found.found)
    return Page(
        title=_title(active),
        lede="Chaque indicateur dit ce qu’il compte, d’où il vient, ce qui est visé et quand il alerte le COMOP.",
        crumbs=crumbs.of_project(found.project, Link("Définitions")),
        filters=_filters(found, shown) if found.found else [],
        groups=[
            Group(phase.value, phase.label, lines)
            for phase in IndicatorPhase
            if (lines := [_line(one, found, today) for one in kept if one.definition.phase == phase])
        ],
        proposed=_choices(left, ticked),
        to_follow=french.counted(len(left), "indicateur", "indicateurs"),
    )


def proposed(found: Sequence[Followed]) -> list[Proposed]:
    """What the catalogue has and the project does not follow."""
    there = {one.code for one in found}
    return [one for one in catalogue().indicators if one.code not in there]


def source_words(one: Followed) -> str:
    """« Saisi », « Calculé », « Calculé, en attente »."""
    if one.definition.source == Source.ENTERED:
        return "Saisi"
    if one.indicator.asked:
        return "Saisi à la place du calcul"
    return "Calculé, en attente" if waits_for(Source(one.definition.source)) else "Calculé"


def frequency_words(definition: Definition) -> str:
    return f"par {FREQUENCIES[Frequency(definition.frequency)]}"


FILTERS = {
    "": ("Tous", lambda one: True),
    "saisis": ("Saisis", lambda one: one.entered),
    "calcules": ("Calculés", lambda one: not one.entered),
    "propres": ("Propres au projet", lambda one: one.indicator.own),
    "abandonnes": ("Abandonnés", lambda one: not one.indicator.active),
}


def _filters(found: Defined, shown: str) -> list[Link]:
    url = reverse("indicator_definitions", args=[found.project.slug])
    counts = {name: sum(keeps(one) for one in found.found) for name, (_, keeps) in FILTERS.items()}
    return [
        Link(label, f"{url}?voir={name}" if name else url, current=name == shown, count=counts[name])
        for name, (label, _) in FILTERS.items()
        if counts[name] or name in {"", shown}
    ]


def _title(active: int) -> str:
    if not active:
        return "Aucun indicateur n’est suivi pour l’instant"
    return french.capital(
        f"{french.counted(active, 'indicateur', 'indicateurs')} {french.agree(active, 'est suivi', 'sont suivis')}"
    )


def _line(one: Followed, found: Defined, today: date) -> Line:
    target = found.targets.at(one.indicator.pk, None, today)
    in_service = sum(rule.active for rule in found.rules.get(one.indicator.pk, ()))
    return Line(
        label=one.definition.label,
        url=reverse("indicator_definition", args=[found.project.slug, one.code]),
        source=source_words(one),
        frequency=frequency_words(one.definition),
        direction=DIRECTIONS[Direction(one.definition.direction)],
        target="" if target is None else written_value(one.definition, target),
        rules=french.counted(in_service, "règle", "règles", feminine=True) if in_service else "",
        active=one.indicator.active,
        own=one.indicator.own,
    )


def _choices(left: Sequence[Proposed], ticked: set[str]) -> list[Choices]:
    return [
        Choices(f"propose-{phase.value}", phase.label, choices)
        for phase in IndicatorPhase
        if (choices := [_choice(one, one.code in ticked) for one in left if one.phase == phase])
    ]


def _choice(one: Proposed, ticked: bool) -> Choice:
    how = "saisi" if one.source == Source.ENTERED else "calculé"
    waits = ", en attente" if how == "calculé" and waits_for(one.source) else ""
    return Choice(one.code, one.label, f"{how}{waits}, par {FREQUENCIES[one.frequency]}", ticked)


def adopted(count: int) -> str:
    if not count:
        return "Ces indicateurs étaient déjà suivis."
    many = french.counted(count, "indicateur est suivi", "indicateurs sont suivis")
    return french.typography(f"C’est fait : {many}, avec les règles d’alerte proposées. Il reste à fixer les cibles.")
