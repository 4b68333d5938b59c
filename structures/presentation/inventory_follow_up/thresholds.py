"""The thresholds of the prerequisites: the proposals, and what the vendor asks in their place."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse

from common import french, history
from common.ui import Entry, Link
from organisations.models import Project
from organisations.presentation import sheets
from structures.catalogue.inventory import Field, Questionnaire
from structures.enums.inventory import Readiness
from structures.forms.inventory_thresholds import ThresholdForm
from structures.models import InventoryThreshold
from structures.presentation.inventory_follow_up import words
from structures.presentation.inventory_follow_up.places import crumbs, page_url
from structures.presentation.inventory_follow_up.rules import (
    condition_of,
    has_threshold,
    is_own,
    limit_in_words,
    rule_of,
)
from structures.readiness import Evaluation, Threshold, Thresholds, evaluate, in_force
from structures.selectors.inventory_follow_up import FollowUp


class ThresholdSheet(sheets.Sheet):
    @staticmethod
    def _arguments(row: InventoryThreshold, project: Project) -> list[object]:  # type: ignore[override]
        return [project.slug, row.field]


SHEET = ThresholdSheet("seuil", ThresholdForm, "inventory_threshold_field")


@dataclass(frozen=True)
class Rule:
    """One prerequisite with its threshold. `own`: replaced in this project, as its rule says."""

    label: str
    url: str
    rule: str
    own: bool
    count: str


@dataclass(frozen=True)
class RulesPage:
    title: str
    lede: str
    crumbs: list[Link]
    sections: list[tuple[str, list[Rule]]]


@dataclass(frozen=True)
class RulePage:
    title: str
    lede: str
    crumbs: list[Link]
    proposal: str
    own: bool
    fields: list[sheets.SavedField]
    version: int
    entries: list[Entry]
    rule: str
    effect: str
    reset_url: str
    effect_url: str


def rules_page(follow: FollowUp) -> RulesPage:
    form = follow.form
    own = [field for field in form.flagged if has_threshold(field) and is_own(follow.thresholds.get(field.code))]
    sections = [
        (section.label, [_rule(field, follow) for field in section.fields if has_threshold(field)])
        for section in form.sections
        if any(has_threshold(field) for field in section.fields)
    ]
    return RulesPage(
        title=_title(len(own)),
        lede=french.typography(
            "Ces seuils disent quand une réponse est signalée. Ce sont des propositions : ceux de l’éditeur les "
            "remplacent dès qu’ils sont connus."
        ),
        crumbs=crumbs(follow.project, Link("Seuils")),
        sections=sections,
    )


def _title(own: int) -> str:
    if not own:
        return "Tous les seuils sont ceux que l’application propose"
    said = french.counted(own, "seuil remplace", "seuils remplacent")
    return words.begin(f"{said} {french.agree(own, 'la proposition', 'les propositions')} de l’application")


def _rule(field: Field, follow: FollowUp) -> Rule:
    own = follow.thresholds.get(field.code)
    count = sum(1 for one in follow.evaluations if one.signal(field.code))
    return Rule(
        label=field.label,
        url=reverse("inventory_threshold", args=[follow.project.slug, field.code]),
        rule=_with_source(rule_of(field, follow.thresholds), own),
        own=is_own(own),
        count=french.plural(count, "structure signalée", "structures signalées"),
    )


def _with_source(rule: str, own: Threshold | None) -> str:
    if own is None or not is_own(own):
        return rule
    return french.typography(f"{rule} Source : {own.source}." if own.source else f"{rule} Sa source est à indiquer.")


def rule_page(field: Field, row: InventoryThreshold, follow: FollowUp, effect: str = "") -> RulePage:
    own = Threshold(row.threshold, row.minimum)
    sheet_fields = [item for item in sheets.saved_fields(SHEET, row, follow.project) if _shown(field, item)]
    return RulePage(
        title=title(field, row),
        lede=field.help,
        crumbs=crumbs(
            follow.project, Link("Seuils", page_url("inventory_thresholds", follow.project)), Link(field.label)
        ),
        proposal=rule_of(field, {}),
        own=is_own(own),
        fields=sheet_fields,
        version=row.version,
        entries=[] if row._state.adding else _history(field, row),
        rule=rule_of(field, {field.code: own}),
        effect=effect or now(field, follow),
        reset_url=reverse("inventory_threshold_reset", args=[follow.project.slug, field.code]),
        effect_url=reverse("inventory_threshold_effect", args=[follow.project.slug, field.code]),
    )


def _history(field: Field, row: InventoryThreshold) -> list[Entry]:
    lines = []
    for entry in history.entries(row, ThresholdForm.names()):
        changes = [
            f"{sheets.label_of(InventoryThreshold, change.field)} : {_in_words(field, change.new)}"
            for change in entry.changes
            if entry.label != "insert" or change.new not in (None, "")
        ]
        if changes:
            lines.append(Entry(entry.at, entry.who, french.typography(" ; ".join(changes))))
    return lines


def _in_words(field: Field, value: object) -> str:
    if isinstance(value, Decimal):
        return limit_in_words(field, value)
    if isinstance(value, date):
        return french.long_date(value)
    return f"« {value} »" if value else "retiré"


def title(field: Field, row: InventoryThreshold) -> str:
    """« Débit montant mesuré : signalé en dessous de 4 Mbit/s »."""
    flag = in_force(field, {field.code: Threshold(row.threshold, row.minimum)})
    return french.typography(f"{field.label} : signalé {condition_of(field, flag)}")


def _shown(field: Field, item: sheets.SavedField) -> bool:
    """The floor of a threshold is asked only where the rule has one."""
    return item.field.name != "minimum" or bool(field.flag and field.flag.minimum is not None)


def now(field: Field, follow: FollowUp) -> str:
    """What the threshold of today does."""
    count = sum(1 for one in follow.evaluations if one.signal(field.code))
    if not follow.received:
        return "Aucun état des lieux n’est encore transmis : ce seuil ne signale rien pour l’instant."
    said = words.said_of(count, len(follow.received), "est signalée", "sont signalées")
    return words.begin(f"avec ce seuil, {said}.")


def effect(field: Field, tried: Threshold, follow: FollowUp) -> str:
    """What another threshold would change, before it is saved: « Trois structures de plus ne seraient pas prêtes. »"""
    before = {one.esms.pk: one.evaluation for one in follow.received if one.evaluation}
    after = _evaluated(follow.form, before, {**follow.thresholds, field.code: tried}, follow)
    flag = in_force(field, {field.code: tried})
    signalled = sum(1 for one in after.values() if one.signal(field.code))
    told = words.said_of(signalled, len(before), "serait signalée", "seraient signalées")
    said = f"{condition_of(field, flag)} : {told}"
    worse = sum(1 for pk, one in after.items() if _stopped(one) and not _stopped(before[pk]))
    better = sum(1 for pk, one in after.items() if not _stopped(one) and _stopped(before[pk]))
    changes = []
    if worse:
        changes.append(
            f"{words.structures(worse)} de plus ne {french.agree(worse, 'serait pas prête', 'seraient pas prêtes')}"
        )
    if better:
        changes.append(
            f"{words.structures(better)} ne {french.agree(better, 'serait plus arrêtée', 'seraient plus arrêtées')}"
        )
    said += f" ; {french.listed(changes)}." if changes else " ; aucune ne changerait de préparation."
    return words.begin(said)


def _evaluated(
    form: Questionnaire, before: Mapping[uuid.UUID, Evaluation], thresholds: Thresholds, follow: FollowUp
) -> dict[uuid.UUID, Evaluation]:
    return {pk: evaluate(form, one.values, today=follow.today, thresholds=thresholds) for pk, one in before.items()}


def _stopped(one: Evaluation) -> bool:
    return one.readiness == Readiness.NOT_READY


def undone(field: Field) -> str:
    return french.typography(f"« {field.label} » revient au seuil proposé.")
