"""One indicator: what it means today and meant before, its targets, its rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from common import french
from common.ui import Link
from indicators.computing import waits_for
from indicators.enums import Breakdown, Direction, Frequency, Kind, Source
from indicators.models import Definition, Target
from indicators.presentation import crumbs
from indicators.presentation.definitions import frequency_words, source_words
from indicators.presentation.rules import RuleLine, rule_line
from indicators.presentation.words import written_value
from indicators.selectors.defining import DefinedOne
from indicators.services.defining import may_be_asked
from indicators.splits import choices_of
from organisations.models import Project

COMPARED = (
    "label",
    "phase",
    "unit",
    "numerator",
    "denominator",
    "minimum",
    "maximum",
    "direction",
    "frequency",
    "breakdown",
    "masked",
    "help",
)


@dataclass(frozen=True)
class Fact:
    label: str
    value: str


@dataclass(frozen=True)
class Version:
    number: int
    at: datetime
    who: str
    why: str
    changes: Sequence[str]


@dataclass(frozen=True)
class TargetLine:
    of: str
    value: str
    since: date
    url: str
    now: bool
    to_come: bool


@dataclass(frozen=True)
class Page:
    """`waits`: why nothing is computed yet; `fallback`: whether structures may enter it instead."""

    title: str
    lede: str
    crumbs: Sequence[Link]
    facts: Sequence[Fact]
    help: str
    waits: str
    versions: Sequence[Version]
    targets: Sequence[TargetLine]
    takes_targets: bool
    rules: Sequence[RuleLine]
    fallback: bool
    asked: bool
    active: bool
    code: str


def page(project: Project, found: DefinedOne, today: date) -> Page:
    one, definition = found.one, found.one.definition
    computed = definition.source != Source.ENTERED
    return Page(
        title=definition.label,
        lede=_lede(found),
        crumbs=trail(project, Link(definition.label)),
        facts=_facts(found),
        help=definition.help,
        waits=french.typography(waits_for(Source(definition.source))) if computed and not one.indicator.asked else "",
        versions=_versions(found.versions),
        targets=_targets(project, found, today),
        takes_targets=definition.kind != Kind.TEXT,
        rules=[rule_line(rule, found.known, project) for rule in found.rules],
        fallback=may_be_asked(one.indicator, definition),
        asked=one.indicator.asked,
        active=one.indicator.active,
        code=one.code,
    )


def trail(project: Project, *steps: Link) -> list[Link]:
    """« Définitions », then what is below."""
    return crumbs.of_project(
        project, Link("Définitions", reverse("indicator_definitions", args=[project.slug])), *steps
    )


def under(project: Project, definition: Definition, *steps: Link) -> list[Link]:
    """One indicator, then what is below."""
    url = reverse("indicator_definition", args=[project.slug, definition.indicator.code])
    return trail(project, Link(definition.label, url), *steps)


def _lede(found: DefinedOne) -> str:
    one = found.one
    if not one.indicator.active:
        return "Abandonné : il n’est plus demandé ni calculé. Ses valeurs restent lisibles."
    whose = "Propre au projet." if one.indicator.own else "Proposé par le catalogue."
    return f"{whose} {source_words(one)}, {frequency_words(one.definition)}."


def _facts(found: DefinedOne) -> list[Fact]:
    definition = found.one.definition
    rows = [
        ("Moment", definition.get_phase_display()),
        ("Nature", definition.get_kind_display()),
        ("Numérateur", definition.numerator),
        ("Dénominateur", definition.denominator),
        ("Bornes", _bounds(definition)),
        ("Niveaux", ", ".join(level["label"] for level in definition.levels)),
        ("Unité", definition.unit),
        ("Sens", Direction(definition.direction).label),
        ("Fréquence", Frequency(definition.frequency).label),
        ("Origine", Source(definition.source).label),
        ("Ensemble", definition.get_aggregation_display()),
        ("Ventilation", _breakdown(definition)),
        ("Petits groupes", "Masqués au-dessous de cinq" if definition.masked else "Lus tels quels"),
    ]
    return [Fact(label, french.typography(value)) for label, value in rows if value]


def _bounds(definition: Definition) -> str:
    if definition.minimum is None or definition.maximum is None:
        return ""
    return f"de {french.number(definition.minimum)} à {french.number(definition.maximum)}"


def _breakdown(definition: Definition) -> str:
    if not definition.breakdown:
        return ""
    breakdown = Breakdown(definition.breakdown)
    if breakdown == Breakdown.USER_PROFILE:
        return f"{breakdown.label}, selon la matrice des habilitations"
    return f"{breakdown.label} : {', '.join(choice.label for choice in choices_of(breakdown))}"


def _versions(versions: Sequence[Definition]) -> list[Version]:
    """Latest first, each with what it changed."""
    return [
        Version(
            row.number,
            row.written_at,
            row.written_by.get_full_name(),
            row.why,
            _changes(before, row) if before else ["Première définition"],
        )
        for row, before in zip(versions, [*versions[1:], None], strict=True)
    ]


def _changes(before: Definition, after: Definition) -> list[str]:
    lines = []
    for name in COMPARED:
        if getattr(before, name) != getattr(after, name):
            label = french.capital(str(Definition._meta.get_field(name).verbose_name))
            said = f"{label} : « {_said(before, name)} » devient « {_said(after, name)} »"
            lines.append(french.typography(said))
    return lines


def _said(definition: Definition, name: str) -> str:
    value = getattr(definition, name)
    if name == "masked":
        return "oui" if value else "non"
    if name in {"minimum", "maximum"}:
        return "" if value is None else french.number(value)
    display = getattr(definition, f"get_{name}_display", None)
    return str(display() if display else value) or "rien"


def _targets(project: Project, found: DefinedOne, today: date) -> list[TargetLine]:
    seen: set[object] = set()
    lines = []
    for row in found.targets:
        of = row.wave_id or row.place
        now = row.from_on <= today and of not in seen
        if now:
            seen.add(of)
        url = reverse("indicator_target", args=[project.slug, found.one.code, row.pk])
        value = written_value(found.one.definition, row.value)
        lines.append(TargetLine(target_of(row), value, row.from_on, url, now, row.from_on > today))
    return lines


def target_of(row: Target) -> str:
    """« Tout le projet », « Vague 2 », « Foyer Les Tilleuls »."""
    if row.esms is not None:
        return french.typography(row.esms.name)
    return french.typography(row.wave.name) if row.wave is not None else "Tout le projet"
