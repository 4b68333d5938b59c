"""What the pages of the follow-up say alike."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from common import french
from common.charts import Bar, Bars, Part
from structures.catalogue.inventory import UNKNOWN, Column, Field
from structures.enums.inventory import FieldType, InventoryStatus, Readiness, Severity
from structures.selectors.inventory_follow_up import Followed

NOT_BEGUN = "Pas commencé"
UNSAID = "Sans réponse"
UNKNOWN_SAID = "Ne sait pas"
NONE_SAID = "Aucun"
READINESS = {
    Readiness.READY: ("Prête", "ok", "s-ok"),
    Readiness.READY_WITH_RESERVES: ("Prête sous réserve", "late", "s-watch"),
    Readiness.NOT_READY: ("Non prête", "ko", "s-ko"),
}
SEVERITY = {Severity.BLOCKING: ("Bloquant", "ko", "s-ko"), Severity.TO_FIX: ("À corriger", "late", "s-watch")}
STATUS = {
    None: (NOT_BEGUN, "none", "s-todo"),
    InventoryStatus.DRAFT: ("En cours de saisie", "progress", "s-progress"),
    InventoryStatus.TO_COMPLETE: ("Renvoyé, à compléter", "late", "s-watch"),
    InventoryStatus.SUBMITTED: ("Chez le directeur", "progress", "s-progress"),
    InventoryStatus.VALIDATED: ("Validé, à transmettre", "progress", "s-progress"),
    InventoryStatus.TRANSMITTED: ("Transmis", "ok", "s-ok"),
}
OLD = ("Transmis trop tôt, à revoir", "late", "s-watch")
NAMES = 4  # of structures in a sentence; the others are counted


def structures(count: int) -> str:
    """« trois structures »."""
    return french.counted(count, "structure", "structures", feminine=True)


def said_of(count: int, total: int, one: str, many: str) -> str:
    """« trois structures sur douze sont signalées », « aucune structure n’est signalée »."""
    if not count:
        return f"aucune structure n{'’' if one[0] in 'aeéiou' else 'e '}{one}"
    return f"{structures(count)} sur {french.in_words(total)} {french.agree(count, one, many)}"


def begin(text: str) -> str:
    return french.typography(french.capital(text))


def state_of(one: Followed) -> tuple[str, str, str]:
    """Where a structure stands, in words, tone and icon. What was transmitted before the project asked is old."""
    if one.status is InventoryStatus.TRANSMITTED and not one.answered:
        return OLD
    return STATUS[one.status]


def name_of(one: Followed) -> str:
    return french.typography(one.esms.name)


def names(found: Sequence[Followed], shown: int = NAMES) -> str:
    """« A, B, C et 12 autres »."""
    told = [name_of(one) for one in found]
    if len(told) <= shown + 1:
        return french.listed(told)
    return french.listed([*told[:shown], f"{len(told) - shown} autres"])


def answer(column: Column, value: Any) -> str:
    """An answer as a reader writes it. None is « aucun »."""
    if value is UNKNOWN:
        return UNKNOWN_SAID
    if value is None:
        return NONE_SAID
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    if isinstance(value, list):
        return french.plural(len(value), "ligne", "lignes")
    if column.type == FieldType.CHOICE:
        return column.choice_label(value)
    if isinstance(value, date):
        return french.short_date(value, year=True)
    if isinstance(value, int | Decimal):
        return quantity(value, column.unit)
    return french.typography(str(value))


def quantity(value: int | Decimal, unit: str = "") -> str:
    """« 73,6 Mbit/s »; a share among nothing is « aucun appareil »."""
    if isinstance(value, Decimal) and not value.is_finite():
        return "aucun appareil"
    written = french.number(value)
    return f"{written}{french.NBSP}{_agreed(value, unit)}" if unit else written


def _agreed(value: int | Decimal, unit: str) -> str:
    """« 1 utilisateur par appareil », « 7 jours », « 0,5 Mbit/s »."""
    if not -2 < value < 2 or "/" in unit:
        return unit
    return " ".join(word.removesuffix("s") for word in unit.split())


def answer_to(field: Field, one: Followed) -> str:
    """What a structure answered to a question."""
    values = one.evaluation.values if one.evaluation else {}
    return answer(field, values[field.code]) if field.code in values else UNSAID


def shares(
    counts: Sequence[tuple[str, int]],
    total: int,
    *,
    title: str,
    sentence: str = "",
    context: str = "",
    row_label: str = "Réponse",
    part: str = "Structures",
    one: str = "structure",
    many: str = "structures",
    empty: str = "Aucun état des lieux n’est encore transmis.",
) -> Bars:
    """How many gave each answer, as bars of a whole."""
    bars = [Bar(label, [count], total, note=french.plural(count, one, many)) for label, count in counts]
    return Bars(
        title=french.typography(title),
        sentence=french.typography(sentence),
        context=context,
        parts=[Part(part, "accent")],
        bars=bars if total else [],
        row_label=row_label,
        total_label="Ensemble",
        empty=empty,
    )
