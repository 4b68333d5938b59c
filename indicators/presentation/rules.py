"""The rules of a project, in words; where an alert that one raised leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from common import french
from common.ui import Link
from governance.sources import finds
from indicators.enums import INDICATOR_SOURCE, IndicatorPhase
from indicators.models import AlertRule, RaisedAlert
from indicators.presentation import crumbs
from indicators.presentation.rule_words import Known, sentence
from organisations.models import Project


@dataclass(frozen=True)
class RuleLine:
    sentence: str
    message: str
    url: str
    on_url: str
    off_url: str
    active: bool
    critical: bool


@dataclass(frozen=True)
class Subject:
    label: str
    url: str
    given_up: bool
    rules: Sequence[RuleLine]


@dataclass(frozen=True)
class Group:
    id: str
    title: str
    lede: str
    subjects: Sequence[Subject]

    @property
    def count(self) -> int:
        return sum(len(subject.rules) for subject in self.subjects)


@dataclass(frozen=True)
class Page:
    title: str
    lede: str
    crumbs: Sequence[Link]
    groups: Sequence[Group]
    may_check: bool


def rule_line(rule: AlertRule, known: Known, project: Project) -> RuleLine:
    return RuleLine(
        sentence=sentence(rule, known),
        message=rule.message,
        url=reverse("indicator_rule", args=[project.slug, rule.pk]),
        on_url=reverse("indicator_rule_on", args=[project.slug, rule.pk]),
        off_url=reverse("indicator_rule_off", args=[project.slug, rule.pk]),
        active=rule.active,
        critical=rule.severity == "critical",
    )


def page(project: Project, rules: Sequence[AlertRule], known: Known) -> Page:
    active = sum(_works(rule) for rule in rules)
    entries = [rule_line(rule, known, project) for rule in rules if rule.indicator_id is None]
    groups = [
        Group(
            phase.value,
            phase.label,
            "",
            [
                Subject(
                    one.definition.label,
                    reverse("indicator_definition", args=[project.slug, one.code]),
                    not one.indicator.active,
                    lines,
                )
                for pk, one in known.items()
                if one.definition.phase == phase
                and (lines := [rule_line(rule, known, project) for rule in rules if rule.indicator_id == pk])
            ],
        )
        for phase in IndicatorPhase
    ]
    about_entries = Group(
        "saisie",
        "Relevés non rendus",
        "Un relevé manque à partir du lendemain de sa date limite.",
        [Subject("", "", False, entries)] if entries else [],
    )
    return Page(
        title=_title(active),
        lede="Chaque matin, l’application vérifie les règles en service. Ce qui en sort est donné au COMOP comme "
        "alerte, une fois tant que cela dure, et confié à la direction de la structure.",
        crumbs=crumbs.of_project(
            project,
            Link("Définitions", reverse("indicator_definitions", args=[project.slug])),
            Link("Règles d’alerte"),
        ),
        groups=[group for group in (about_entries, *groups) if group.subjects],
        may_check=bool(active),
    )


def _works(rule: AlertRule) -> bool:
    return rule.active and (rule.indicator is None or rule.indicator.active)


def _title(active: int) -> str:
    if not active:
        return "Aucune règle d’alerte n’est en service"
    return french.capital(
        f"{french.counted(active, 'règle d’alerte est', 'règles d’alerte sont', feminine=True)} en service"
    )


def checked(count: int) -> str:
    if not count:
        return "Les règles sont vérifiées. Aucune nouvelle alerte."
    many = french.counted(count, "alerte est donnée", "alertes sont données", feminine=True)
    return f"Les règles sont vérifiées. {french.capital(many)} au COMOP."


@finds(INDICATOR_SOURCE)
def link_to_indicator(project: Project, raised_id: UUID) -> Link | None:
    """« Ouvrir l’indicateur dans Foyer Les Tilleuls », for the page of an alert. One query."""
    rows = RaisedAlert.objects.filter(project=project, pk=raised_id).select_related("rule__indicator", "esms")
    raised = rows.first()
    if raised is None:
        return None
    code = raised.rule.indicator.code if raised.rule.indicator else ""
    if raised.esms is None:
        return Link("Ouvrir l’indicateur du projet", reverse("indicator_of_project", args=[project.slug, code]))
    place = [project.slug, raised.esms.slug]
    name = french.typography(raised.esms.name)
    if code:
        return Link(f"Ouvrir l’indicateur dans {name}", reverse("structure_indicator", args=[*place, code]))
    return Link(f"Ouvrir les indicateurs de {name}", reverse("structure_indicators", args=place))
