"""The words that several documents share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from common import french
from governance.enums import BodyKind, FollowUpState, Impact, Severity
from reports.selectors.follow_ups import FollowUpLine
from reports.selectors.period import Period

Item = TypeVar("Item")
BODIES = {BodyKind.COSTRAT: "Comité de pilotage stratégique", BodyKind.COMOP: "Comité opérationnel"}


@dataclass(frozen=True)
class Mark:
    """A state as `components/mark` draws it."""

    text: str
    tone: str
    icon: str


IMPACTS = {
    Impact.FAVOURABLE: Mark("Favorable", "ok", "s-ok"),
    Impact.NONE: Mark("Sans effet", "none", "s-na"),
    Impact.LOW: Mark("Faible", "progress", "s-progress"),
    Impact.MEDIUM: Mark("Moyen", "late", "s-watch"),
    Impact.HIGH: Mark("Fort", "ko", "s-ko"),
}
SEVERITIES = {
    Severity.CRITICAL: Mark("Critique", "ko", "s-ko"),
    Severity.WARNING: Mark("À surveiller", "late", "s-watch"),
}
_STATES = {
    FollowUpState.TO_DO: Mark("À faire", "todo", "s-todo"),
    FollowUpState.IN_PROGRESS: Mark("En cours", "progress", "s-progress"),
    FollowUpState.DONE: Mark("Faite", "ok", "s-ok"),
    FollowUpState.DROPPED: Mark("Abandonnée", "none", "s-na"),
}
LATE = Mark("En retard", "late", "s-watch")


def state_of(follow_up: FollowUpLine) -> Mark:
    """How far something to do is; late before anything else."""
    return LATE if follow_up.late else _STATES[follow_up.state]


@dataclass(frozen=True)
class Shown(Generic[Item]):
    """The first of many, and how many are left."""

    items: Sequence[Item]
    rest: int


def first(items: Sequence[Item], most: int) -> Shown[Item]:
    """At most that many; one left alone is shown rather than counted."""
    return Shown(items, 0) if len(items) <= most + 1 else Shown(items[:most], len(items) - most)


def some(names: Sequence[str], most: int) -> str:
    """« a, b et c », « a, b et 12 autres »."""
    shown = first(names, most)
    others = [f"{french.number(shown.rest)} autres"] if shown.rest else []
    return french.typography(french.listed([*shown.items, *others]))


def reference(text: str) -> str:
    """A reference that no line break cuts: « ARB‑2026‑04 »."""
    return text.replace("-", "\N{NON-BREAKING HYPHEN}")


def shortened(text: str, most: int) -> str:
    """A text of so many characters at most, cut between two words."""
    text = french.typography(" ".join(text.split()))
    if len(text) <= most:
        return text
    return f"{text[:most].rsplit(' ', 1)[0].rstrip(' ,;:.')}…"


def since(period: Period, body: str) -> str:
    """« depuis le COSTRAT du 15 octobre 2026 », « depuis le 15 octobre 2026 »."""
    day = french.long_date(period.since)
    return f"depuis le {body} du {day}" if period.previous else f"depuis le {day}"


def days(count: int) -> str:
    """« 12 jours »; « moins d’un jour » for none."""
    return french.plural(count, "jour", "jours") if count else "moins d’un jour"


def share(percent: Decimal | int) -> str:
    """« 41,67 % », « 25 % »."""
    return french.percent(percent)


def short(day: date | None) -> str:
    """« 20 nov. 2026 »; a dash for none."""
    return french.short_date(day, year=True) if day else "–"
