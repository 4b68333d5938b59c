"""Indicators by what they are about, few enough to stand side by side. No query."""

from collections.abc import Sequence
from dataclasses import dataclass

from common import french
from indicators.catalogue import catalogue
from indicators.enums import IndicatorPhase
from indicators.selectors.definitions import Followed

MOST = 10  # columns of a page
LABELS = {
    "usage": "Usage",
    "dossiers": "Dossiers",
    "assistance": "Assistance",
    "deploiement": "Déploiement",
    "formation": "Formation et comptes",
    "moyens": "Moyens",
    "risques": "Risques et alertes",
}
# By what the catalogue's own list calls them; those of a project go by their phase.
_ITEMS = {
    **dict.fromkeys(("U2", "U3", "U4"), "dossiers"),
    **dict.fromkeys(("D3", "D4", "D5"), "formation"),
    "D6": "moyens",
    **dict.fromkeys(("D7", "D8"), "risques"),
}


@dataclass(frozen=True)
class Family:
    """`code` is how an address names it."""

    code: str
    label: str
    members: Sequence[Followed]


def families(found: Sequence[Followed]) -> list[Family]:
    """Those that some of these indicators belong to, in order; one of more than ten is cut in several."""
    items = {one.code: one.item for one in catalogue().indicators}
    by_code: dict[str, list[Followed]] = {code: [] for code in LABELS}
    for one in found:
        by_code[_code(one, items.get(one.code, ""))].append(one)
    return [
        Family(f"{code}-{number}" if number > 1 else code, _label(code, number), of_it[start : start + MOST])
        for code, of_it in by_code.items()
        for number, start in enumerate(range(0, len(of_it), MOST), start=1)
    ]


def _code(one: Followed, item: str) -> str:
    if one.definition.about_tickets:
        return "assistance"
    if not one.indicator.own and item in _ITEMS:
        return _ITEMS[item]
    return "usage" if one.definition.phase == IndicatorPhase.USAGE else "deploiement"


def _label(code: str, number: int) -> str:
    return LABELS[code] if number == 1 else f"{LABELS[code]} ({french.number(number)})"
