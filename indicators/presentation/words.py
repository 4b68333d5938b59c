"""Figures as they are written."""

import re
from decimal import Decimal

from common import french
from indicators.enums import Breakdown, Kind
from indicators.models import Definition
from indicators.splits import choices_of
from indicators.values import Terms, value_of

# The « s » of a plural: not that of « mois », « fois », « avis », « temps », « cas ».
_PLURAL = re.compile(r"(?<!moi)(?<!foi)(?<!avi)(?<!temp)(?<!\bca)s\b")

MASKED = "masqué"
MASKED_WHY = "Groupe de moins de cinq personnes, ou voisin d’un tel groupe : rien ne doit permettre de le retrouver."


def value_in(definition: Definition, terms: Terms | None) -> Decimal | None:
    """The value of a figure under its definition, for charts and comparisons."""
    return value_of(terms, kind=definition.kind, percent=definition.percent)


def written(definition: Definition, terms: Terms | None) -> str:
    """« 93 % », « 4,5 jours », « 12 tickets », « Retard », of a text its severity; nothing for nothing."""
    value = value_in(definition, terms)
    return "" if value is None else written_value(definition, value)


def written_value(definition: Definition, value: Decimal) -> str:
    """A value in its unit, as a target or a threshold too."""
    if definition.kind == Kind.RATIO and definition.percent:
        return french.percent(round(value, 1))
    if definition.kind == Kind.LEVEL:
        return next((level["label"] for level in definition.levels if level["rank"] == int(value)), "")
    if definition.kind == Kind.TEXT:
        return next((one.label for one in choices_of(Breakdown.ATTENTION_LEVEL) if one.rank == int(value)), "")
    if definition.unit == "€":
        return french.euros(value)
    shown = round(value, 1)
    return f"{french.number(shown)}{french.NBSP}{unit_of(definition.unit, shown)}"


def unit_of(unit: str, value: Decimal) -> str:
    """A unit, written in the plural by who defined it, as it agrees with a value: « 1 risque », « 0 ticket »,
    « 1,5 jour-personne », « 1 connexion par compte »."""
    if not -2 < value < 2:
        return unit
    counted, linked, rest = unit.partition(" par ")
    return f"{_PLURAL.sub('', counted)}{linked}{rest}"


def terms_in_words(definition: Definition, terms: Terms | None) -> str:
    """The two terms of a ratio: « 67 sur 72 »; nothing for what has one."""
    if terms is None or terms.base is None or definition.kind != Kind.RATIO:
        return ""
    return f"{french.number(terms.amount)} sur {french.number(terms.base)}"
