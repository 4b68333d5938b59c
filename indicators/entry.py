"""What somebody gives for one indicator: read from a cell, judged by its definition. Knows no table's rows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from common import french
from common.errors import DomainError
from indicators.enums import Absence, Breakdown, Kind
from indicators.models import Definition
from indicators.splits import REQUIRED, WHOLE, choices_of
from indicators.values import Terms

HIGHEST = Decimal(999_999_999)
_UNAVAILABLE = re.compile(r"(?:nd|n/d|non disponible)\s*(?::\s*(.*))?\Z", re.IGNORECASE | re.DOTALL)
_NOT_CONCERNED = re.compile(r"(?:nc|n/c|non concerné|sans objet)\s*(?::\s*(.*))?\Z", re.IGNORECASE | re.DOTALL)
_SPACES = re.compile(r"[\s  ]+")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?\Z")
NOT_CONCERNED_WHY = "Non concerné"
UNWRITABLE = "Ce texte contient un signe qui ne s’écrit pas."


@dataclass(frozen=True)
class Given:
    """A figure as it was given; with nothing in it, the cell was emptied. `cells`: how it splits, by code of a value of
    its breakdown."""

    amount: Decimal | None = None
    base: Decimal | None = None
    text: str = ""
    absence: str = ""
    why: str = ""
    cells: Mapping[str, Terms] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return self.amount is None and not (self.text or self.absence)


def read_cell(text: str, definition: Definition) -> Given:
    """What a cell of a spreadsheet says: « 12 », « 4,5 », « 67/72 », the parts of a split in order « 224/57/43/36 »,
    « À surveiller : lenteurs », « ND : pourquoi », « NC ». Raises DomainError, which says what would be accepted."""
    text = text.strip()
    if not text:
        return Given()
    if found := _UNAVAILABLE.match(text):
        return checked(Given(absence=Absence.UNAVAILABLE, why=(found[1] or "").strip()), definition)
    if found := _NOT_CONCERNED.match(text):
        return checked(Given(absence=Absence.NOT_CONCERNED, why=(found[1] or "").strip()), definition)
    if definition.kind == Kind.TEXT:
        return checked(_text(text), definition)
    parts = [number(part) for part in text.split("/")]
    if definition.kind == Kind.RATIO:
        if len(parts) != 2:
            raise DomainError(
                f"Donnez le numérateur et le dénominateur, par exemple « 67/72 » : « {_short(text)} » n’en dit qu’un."
                if len(parts) == 1
                else f"« {_short(text)} » a plus de deux nombres."
            )
        return checked(Given(amount=parts[0], base=parts[1]), definition)
    if len(parts) > 1 or definition.breakdown in REQUIRED:
        return checked(_split(parts, definition), definition)
    return checked(Given(amount=parts[0]), definition)


def number(text: str) -> Decimal:
    """« 1 234,5 » or « 1234.5 ». Raises DomainError for what is no number."""
    plain = _SPACES.sub("", text).replace(",", ".").replace(french.MINUS, "-")
    if not _NUMBER.match(plain):
        raise DomainError(f"« {_short(text)} » n’est pas un nombre.")
    return Decimal(plain)


def is_writable(text: str) -> bool:
    """Whether it may be stored: neither the null character, nor half of a character of two (« \\ud800 » alone)."""
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def checked(given: Given, definition: Definition) -> Given:
    """The same, if its definition takes it. Raises DomainError otherwise."""
    if not is_writable(given.text + given.why):
        raise DomainError(UNWRITABLE, field="text" if given.text else "why")
    if given.absence:
        if given.absence == Absence.NOT_CONCERNED and not given.why:
            return Given(absence=given.absence, why=NOT_CONCERNED_WHY)
        if not given.why:
            raise DomainError("Dites pourquoi cette valeur n’est pas disponible.", field="why")
        if len(given.why) > 300:
            raise DomainError("La raison tient en 300 signes.", field="why")
        return given
    if given.is_empty:
        if given.cells or given.base is not None:
            raise DomainError("Donnez aussi le total.", field="amount")
        return given
    if definition.kind == Kind.TEXT:
        longest = min(definition.max_length or 1000, 1000)
        if not given.text:
            raise DomainError("Écrivez ce point d’attention, ou « Rien à signaler ».", field="text")
        if len(given.text) > longest:
            raise DomainError(
                f"Ce texte a {french.number(len(given.text))} signes ; il en faut {longest} au plus.", field="text"
            )
        return given
    assert given.amount is not None  # noqa: S101  is_empty said so
    _terms(Terms(given.amount, given.base), definition)
    _cells(given, definition)
    return given


def _terms(terms: Terms, definition: Definition) -> None:
    _bounded(terms.amount, "amount")
    _bounded(terms.base, "base")
    if definition.kind == Kind.COUNT and terms.amount != int(terms.amount):
        raise DomainError(f"« {french.number(terms.amount)} » : il faut un nombre entier.", field="amount")
    if definition.kind in {Kind.SCORE, Kind.LEVEL}:
        _between(terms.amount, definition)
    if definition.kind == Kind.RATIO:
        if terms.base is None:
            raise DomainError("Donnez aussi le dénominateur.", field="base")
        if terms.base == 0:
            raise DomainError(
                "Un dénominateur nul rend le taux sans objet : dites « non concerné » plutôt que zéro.", field="base"
            )
        if definition.percent and terms.amount > terms.base:
            raise DomainError(
                f"Le numérateur ({french.number(terms.amount)}) dépasse le dénominateur ({french.number(terms.base)}).",
                field="amount",
            )


def _bounded(value: Decimal | None, name: str) -> None:
    if value is None:
        return
    if value < 0:
        raise DomainError("Une valeur n’est pas négative.", field=name)
    if value > HIGHEST:
        raise DomainError("Ce nombre est trop grand.", field=name)
    if value != round(value, 2):
        raise DomainError("Deux décimales au plus.", field=name)


def _between(value: Decimal, definition: Definition) -> None:
    low, high = definition.minimum, definition.maximum
    if definition.levels:
        low, high = Decimal(1), Decimal(len(definition.levels))
    if (low is not None and value < low) or (high is not None and value > high):
        bounds = [french.number(bound) for bound in (low, high) if bound is not None]
        raise DomainError(f"« {french.number(value)} » : de {' à '.join(bounds)}.", field="amount")


def _cells(given: Given, definition: Definition) -> None:
    if not definition.breakdown or definition.breakdown in WHOLE:
        if given.cells:
            raise DomainError("Cet indicateur ne se ventile pas.", field="cells")
        return
    if not given.cells:
        if definition.breakdown in REQUIRED:
            raise DomainError("Donnez chaque part de la ventilation.", field="cells")
        return
    known = {choice.code for choice in choices_of(Breakdown(definition.breakdown))}
    if strange := sorted(set(given.cells) - known):
        raise DomainError(f"Parts inconnues : {', '.join(strange)}.", field="cells")
    for terms in given.cells.values():
        _bounded(terms.amount, "cells")
        _bounded(terms.base, "cells")
        if definition.kind == Kind.COUNT and terms.amount != int(terms.amount):
            raise DomainError(f"« {french.number(terms.amount)} » : il faut un nombre entier.", field="cells")
        if definition.kind == Kind.RATIO and definition.percent and terms.amount > (terms.base or 0):
            raise DomainError("Dans une part, le numérateur dépasse le dénominateur.", field="cells")
    if definition.kind == Kind.SCORE:  # a mean does not add up
        return
    for total, parts, name in (
        (given.amount, [terms.amount for terms in given.cells.values()], "total"),
        (given.base, [terms.base or Decimal() for terms in given.cells.values()], "dénominateur"),
    ):
        if total is not None and total != sum(parts, Decimal()):
            raise DomainError(
                f"Les parts font {french.number(sum(parts, Decimal()))}, le {name} dit {french.number(total)}.",
                field="cells",
            )


def _split(parts: list[Decimal], definition: Definition) -> Given:
    if not definition.breakdown or definition.breakdown in WHOLE:
        raise DomainError("Cet indicateur attend un seul nombre.")
    choices = choices_of(Breakdown(definition.breakdown))
    if len(parts) != len(choices):
        labels = ", ".join(choice.label.lower() for choice in choices)
        raise DomainError(f"Il faut {len(choices)} nombres séparés par « / », dans l’ordre : {labels}.")
    cells = {choice.code: Terms(part) for choice, part in zip(choices, parts, strict=True)}
    return Given(amount=sum(parts, Decimal()), cells=cells)


def _text(text: str) -> Given:
    """« À surveiller : … ». Without a known severity before it, for information."""
    head, _, rest = text.partition(":")
    for choice in choices_of(Breakdown.ATTENTION_LEVEL):
        if rest and head.strip().casefold() == choice.label.casefold():
            return Given(amount=Decimal(choice.rank), text=rest.strip())
    return Given(amount=Decimal(1), text=text)


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 30 else f"{text[:29]}…"
