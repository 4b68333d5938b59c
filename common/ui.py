"""What pages hand to components: small values whose optional parts have defaults, so that a template never meets a
variable that is not there."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from common.charts.bars import Segment, segments

# For <meta name="htmx-config">, written by {% htmx_config %}. 409 (conflict) and 422 (refused answers) bring a
# fragment to swap, the other errors none. No eval and no style of its own: the Content-Security-Policy allows
# neither. No page is kept in the browser's storage: posts in structures are shared.
HTMX_CONFIG = json.dumps(
    {
        "responseHandling": [
            {"code": "204", "swap": False},
            {"code": "[23]..", "swap": True},
            {"code": "409|422", "swap": True},
            {"code": "[45]..", "swap": False, "error": True},
        ],
        "allowEval": False,
        "allowScriptTags": False,
        "includeIndicatorStyles": False,
        "selfRequestsOnly": True,
        "historyCacheSize": 0,
        "refreshOnHistoryMiss": True,
        "timeout": 30000,
    }
)

RACI = {"R": "Responsable", "A": "Acteur", "C": "Consulté", "I": "Informé"}


@dataclass(frozen=True)
class State:
    """A choice of ``status_switch``: a word, a shape (an icon s-…) and a tone."""

    value: str
    label: str
    tone: str
    icon: str


@dataclass(frozen=True)
class Role:
    """Who has one letter of the RACI; ``bodies`` is written as it is (« COMOP, COSTRAT »), ``people`` names whom they
    stand for today. KeyError for another letter."""

    letter: str
    bodies: str
    people: str = ""

    def __post_init__(self) -> None:
        RACI[self.letter]

    @property
    def word(self) -> str:
        return RACI[self.letter]


@dataclass(frozen=True)
class Link:
    """An entry of ``filters``, ``tabs`` or ``breadcrumb``; the last crumb has no ``url``. ``count_id`` lets an answer
    change the count alone."""

    label: str
    url: str = ""
    current: bool = False
    count: int | None = None
    icon: str = ""
    count_id: str = ""


@dataclass(frozen=True)
class Step:
    """A step of ``stepper``: ``done`` of ``total`` finished, ``progress`` under way, ``blocked`` KO."""

    number: int
    title: str
    url: str
    total: int
    done: int = 0
    progress: int = 0
    blocked: int = 0
    current: bool = False

    @property
    def segments(self) -> Sequence[Segment]:
        return segments(("ok", self.done), ("progress", self.progress), ("ko", self.blocked), total=self.total)


@dataclass(frozen=True)
class Entry:
    """A line of ``history``."""

    at: date | datetime
    who: str
    what: str


@dataclass(frozen=True)
class Person:
    """A line of ``people``; a body (COSTRAT) has an ``icon`` in place of initials."""

    name: str
    detail: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Act:
    """Something to do now. `posts`: a button; otherwise a link."""

    label: str
    url: str
    posts: bool = False
    icon: str = "check"
    primary: bool = True


@dataclass(frozen=True)
class Stage:
    """A stage of the life of what several people write in turn: who does it, where it stands, since when."""

    title: str
    who: str
    tone: str
    icon: str
    word: str
    current: bool
    at: datetime | None = None
