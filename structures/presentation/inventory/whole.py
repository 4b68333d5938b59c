"""A whole inventory on one page, to read and print; and what changed since the one before."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from common import french
from common.ui import Link
from organisations.models import ESMS
from structures.catalogue.inventory import Field, questionnaire
from structures.enums.inventory import InventoryStatus
from structures.inventory_answers import MISSING, Values, differences
from structures.models import Inventory
from structures.presentation.inventory import words
from structures.presentation.inventory.section import FlagView, flag
from structures.readiness import Evaluation, is_asked


@dataclass(frozen=True)
class AnswerLine:
    label: str
    value: str
    lines: list[str]
    flag: FlagView


@dataclass(frozen=True)
class SectionRead:
    label: str
    answers: list[AnswerLine]


@dataclass(frozen=True)
class Whole:
    title: str
    lede: str
    context: str
    crumbs: list[Link]
    sections: list[SectionRead]
    readiness: str
    tone: str
    icon: str
    back_url: str


def whole(esms: ESMS, inventory: Inventory, evaluation: Evaluation) -> Whole:
    label, tone, icon = words.READINESS[evaluation.readiness]
    name = f"État des lieux n° {inventory.number}"
    return Whole(
        title=french.typography(f"Structure {label.lower()} : {words.points(evaluation)}."),
        lede=french.typography(f"{name}, {_when(inventory)}."),
        context=french.typography(f"{esms.name}, {esms.og.name}"),
        crumbs=words.crumbs(esms, Link(french.typography(name))),
        sections=[
            SectionRead(
                section.label,
                [_line(one, evaluation) for one in section.fields if is_asked(one, evaluation.values)],
            )
            for section in questionnaire().sections
        ],
        readiness=f"Structure {label.lower()}",
        tone=tone,
        icon=icon,
        back_url=words.url("inventory", esms),
    )


def _when(inventory: Inventory) -> str:
    """« transmis le 30 septembre 2026 »."""
    if inventory.state == InventoryStatus.TRANSMITTED and inventory.transmitted_at:
        return f"transmis le {french.long_date(inventory.transmitted_at)}"
    if inventory.state == InventoryStatus.VALIDATED and inventory.validated_at:
        return f"validé le {french.long_date(inventory.validated_at)}"
    if inventory.state == InventoryStatus.SUBMITTED and inventory.submitted_at:
        return f"soumis à la direction le {french.long_date(inventory.submitted_at)}"
    return f"commencé le {french.long_date(inventory.started_at)}, {inventory.state.label.lower()}"


def _line(field: Field, evaluation: Evaluation) -> AnswerLine:
    value = evaluation.values.get(field.code, MISSING)
    rows: list[Mapping[str, Any]] = value if field.is_table and isinstance(value, list) else []
    return AnswerLine(
        label=field.label,
        value="" if rows else words.answer(field, value),
        lines=[words.line_in_words(field, row) for row in rows],
        flag=flag(evaluation, field),
    )


@dataclass(frozen=True)
class DifferenceLine:
    """A table says which lines are gone and which are new; a line that changed is both."""

    label: str
    section: str
    old: list[str]
    new: list[str]
    is_table: bool


@dataclass(frozen=True)
class Differences:
    title: str
    lede: str
    crumbs: list[Link]
    lines: list[DifferenceLine]
    readiness: str
    back_url: str


def compare(
    esms: ESMS,
    old: Inventory,
    new: Inventory,
    before: Evaluation,
    after: Evaluation,
    old_values: Values,
    new_values: Values,
) -> Differences:
    form = questionnaire()
    labels = {section.code: section.label for section in form.sections}
    lines = [
        DifferenceLine(
            item.field.label,
            labels[item.field.section],
            *_two_sides(item.field, item.old, item.new),
            is_table=item.field.is_table,
        )
        for item in differences(form, old_values, new_values)
    ]
    count = french.counted(len(lines), "réponse a changé", "réponses ont changé", feminine=True)
    title = (
        french.capital(f"{count} depuis l’état des lieux n° {old.number}")
        if lines
        else (f"Rien n’a changé depuis l’état des lieux n° {old.number}")
    )
    was, now = (words.READINESS[one.readiness][0].lower() for one in (before, after))
    readiness = f"La structure était {was}, elle est {now}." if was != now else f"La structure reste {now}."
    return Differences(
        title=french.typography(title),
        lede=french.typography(f"Le précédent : {_when(old)}. Celui-ci : {_when(new)}."),
        crumbs=words.crumbs(esms, Link("Ce qui a changé")),
        lines=lines,
        readiness=readiness,
        back_url=words.url("inventory", esms),
    )


def _two_sides(field: Field, old: Any, new: Any) -> tuple[list[str], list[str]]:
    if not field.is_table:
        return [words.answer(field, old)], [words.answer(field, new)]
    before = _rows(field, old)
    after = _rows(field, new)
    gone = [row for row in before if row not in after]
    come = [row for row in after if row not in before]
    return gone or (["Rien à signaler" if old == [] else words.UNSAID] if not before else []), come or (
        ["Rien à signaler" if new == [] else words.UNSAID] if not after else []
    )


def _rows(field: Field, value: Any) -> list[str]:
    return [words.line_in_words(field, row) for row in value] if isinstance(value, list) else []
