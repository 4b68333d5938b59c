"""What the pages of an inventory say alike."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from common import french
from common.ui import Link
from organisations.models import ESMS
from structures.catalogue.inventory import UNKNOWN, Column, Field
from structures.enums.inventory import FieldType, InventoryStatus, Readiness, Severity
from structures.inventory_answers import MISSING
from structures.readiness import Evaluation

UNSAID = "Sans réponse"
NO_DEVICE = "Aucun appareil"
READINESS = {
    Readiness.READY: ("Prête", "ok", "s-ok"),
    Readiness.READY_WITH_RESERVES: ("Prête sous réserve", "late", "s-watch"),
    Readiness.NOT_READY: ("Non prête", "ko", "s-ko"),
}
SEVERITY = {Severity.BLOCKING: ("Bloquant", "ko", "s-ko"), Severity.TO_FIX: ("À corriger", "late", "s-watch")}
STATUS = {
    InventoryStatus.DRAFT: ("progress", "s-progress"),
    InventoryStatus.TO_COMPLETE: ("late", "s-watch"),
    InventoryStatus.SUBMITTED: ("progress", "s-progress"),
    InventoryStatus.VALIDATED: ("progress", "s-progress"),
    InventoryStatus.TRANSMITTED: ("ok", "s-ok"),
}


def url(name: str, esms: ESMS, *more: object) -> str:
    """An address under that of a structure."""
    return reverse(name, args=[esms.project.slug, esms.slug, *more])


def field_url(esms: ESMS, field: Field) -> str:
    """Where a question is answered."""
    return f"{url('inventory_section', esms, field.section)}#q-{field.code}"


def crumbs(esms: ESMS, *last: Link) -> list[Link]:
    """The structure, its inventory, then what is below."""
    here = Link("État des lieux", url("inventory", esms) if last else "")
    return [Link(french.typography(esms.name), url("structure", esms)), here, *last]


def quantity(value: int | Decimal, unit: str = "") -> str:
    """« 73,6 Mbit/s », « 1 dossier », « 96 % »."""
    if isinstance(value, Decimal) and not value.is_finite():
        return NO_DEVICE
    if unit == "%":
        return french.percent(value)
    written = french.number(round(value, 2) if isinstance(value, Decimal) else value)
    if not unit:
        return written
    return f"{written}{french.NBSP}{unit if abs(value) >= 2 else _singular(unit)}"


def _singular(unit: str) -> str:
    return " ".join(word if "/" in word else word.removesuffix("s") for word in unit.split())


def answer(column: Column, value: Any) -> str:
    """An answer as a reader writes it."""
    if value is MISSING:
        return UNSAID
    if value is UNKNOWN:
        return "Ne sait pas"
    if value is None:
        return "Aucun à ce jour"
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    if isinstance(value, list):
        return french.plural(len(value), "ligne", "lignes") if value else "Rien à signaler"
    if column.type == FieldType.CHOICE:
        return column.choice_label(value)
    if isinstance(value, date):
        return french.long_date(value)
    if isinstance(value, int | Decimal):
        return quantity(value, column.unit)
    return french.typography(str(value))


def line_title(table: Field, values: Mapping[str, Any]) -> str:
    """What a line of a table is called: its first text, or its dates."""
    text = next((column for column in table.columns if column.type == FieldType.TEXT and column.required), None)
    if text and values.get(text.code):
        return french.typography(str(values[text.code]))
    return french.plural(1, "ligne", "lignes")


def line_details(table: Field, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The other cells of a line, by label of column."""
    title = next((column for column in table.columns if column.type == FieldType.TEXT and column.required), None)
    return [
        (column.label, answer(column, values[column.code]))
        for column in table.columns
        if column is not title and column.code in values
    ]


def line_in_words(table: Field, values: Mapping[str, Any]) -> str:
    """« Ogirys : Dossier de l’usager, Serveur local »."""
    details = ", ".join(
        # A date alone would not say of what.
        f"{label[:1].lower()}{label[1:]} {text}" if label in _dates(table) else text
        for label, text in line_details(table, values)
    )
    title = line_title(table, values)
    return french.typography(f"{title} : {details}") if details else title


def _dates(table: Field) -> set[str]:
    return {column.label for column in table.columns if column.type == FieldType.DATE}


def points(evaluation: Evaluation) -> str:
    """« deux points bloquent, trois sont à corriger »; « rien n’est signalé »."""
    blocking, to_fix = len(evaluation.blocking), len(evaluation.to_fix)
    parts = []
    if blocking:
        parts.append(f"{french.counted(blocking, 'point', 'points')} {french.agree(blocking, 'bloque', 'bloquent')}")
    if to_fix:
        noun = "" if blocking else french.agree(to_fix, " point", " points")
        verb = french.agree(to_fix, "est", "sont")
        parts.append(f"{french.in_words(to_fix)}{noun} {verb} à corriger")
    return ", ".join(parts) or "rien n’est signalé"


def answers_count(answered: int, asked: int) -> str:
    """« 38 réponses sur 59 »."""
    return f"{french.plural(answered, 'réponse', 'réponses')} sur {asked}".replace(" ", french.NBSP)


def labels(fields: Sequence[Field]) -> str:
    return french.listed([f"« {field.label} »" for field in fields])
