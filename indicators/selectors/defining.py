"""What a project follows, as its lead defines it: definitions, targets, rules, collection."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indicators.models import AlertRule, Collection, Definition, Indicator, Target
from indicators.selectors.definitions import Followed, followed
from indicators.selectors.targets import Targets, targets_of
from organisations.models import Project


@dataclass(frozen=True)
class Defined:
    """All the indicators of a project, given up too, in their order."""

    project: Project
    found: Sequence[Followed]
    targets: Targets
    rules: Mapping[uuid.UUID, Sequence[AlertRule]]


@dataclass(frozen=True)
class DefinedOne:
    """One of them: `versions` latest first; `known`: all the others, that its rules may name."""

    one: Followed
    versions: Sequence[Definition]
    targets: Sequence[Target]
    rules: Sequence[AlertRule]
    known: Mapping[uuid.UUID, Followed]


def all_defined(project: Project) -> Defined:
    """Three queries."""
    rules: dict[uuid.UUID, list[AlertRule]] = {}
    for rule in AlertRule.objects.filter(project=project, indicator__isnull=False):
        if rule.indicator_id:
            rules.setdefault(rule.indicator_id, []).append(rule)
    return Defined(project, followed(project, active=False), targets_of(project), rules)


def known_in(project: Project) -> Mapping[uuid.UUID, Followed]:
    """The indicators of a project by id, given up too. One query."""
    return {one.indicator.pk: one for one in followed(project, active=False)}


def one_defined(project: Project, code: str) -> DefinedOne | None:
    """Four queries."""
    known = known_in(project)
    one = next((found for found in known.values() if found.code == code), None)
    if one is None:
        return None
    indicator = one.indicator
    return DefinedOne(
        one,
        list(Definition.objects.filter(indicator=indicator).select_related("written_by").order_by("-number")),
        list(targets_in(indicator)),
        list(AlertRule.objects.filter(indicator=indicator).order_by("code", "pk")),
        known,
    )


def targets_in(indicator: Indicator) -> Sequence[Target]:
    """Its targets: the project's, then waves', then structures', the latest first. One query."""
    rows = Target.objects.filter(indicator=indicator).select_related("wave", "esms")
    return sorted(rows, key=lambda row: (_nearness(row), _name(row), -row.from_on.toordinal()))


def _nearness(row: Target) -> int:
    return 2 if row.esms_id else 1 if row.wave_id else 0


def _name(row: Target) -> str:
    return str(row.esms.name if row.esms else row.wave.name if row.wave else "")


def rules_of(project: Project) -> list[AlertRule]:
    """All the rules, in the order of the indicators; those about entries first. One query."""
    rows = AlertRule.objects.filter(project=project).select_related("indicator")
    return sorted(
        rows, key=lambda rule: (rule.indicator.position if rule.indicator else 0, rule.threshold, rule.code, rule.pk)
    )


def collections_of(project: Project) -> list[Collection]:
    """One a frequency, the most frequent first. One query."""
    order = ["weekly", "monthly", "quarterly"]
    return sorted(Collection.objects.filter(project=project), key=lambda row: order.index(row.frequency))
