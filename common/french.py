"""French as it is written: dates, numbers, agreement, spaces. Times are those of Paris.

Spaces: a narrow no-break space before ; ? ! and in thousands, a no-break space before : % € and inside « ».
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils import timezone

PARIS = ZoneInfo("Europe/Paris")
NBSP = "\u00a0"
NARROW = "\u202f"
MINUS = "\u2212"

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
SHORT_MONTHS = (
    "janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
SHORT_WEEKDAYS = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")
COUNTS = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit",
    "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize",
)  # fmt: skip

_BEFORE_NARROW = re.compile(r"(?<=[\w»)”%€.…])\s*([;?!]+)(?=\s|$|»|\))")
_BEFORE_WIDE = re.compile(r"(?<=\S)[ \u202f]+(?=:)|(?<=\d)\s*(?=[%€])")
_OPENING, _CLOSING = (
    re.compile(r"«\s*"),
    re.compile(r"(?<!\s)\s*»"),
)  # from the start of a run of spaces: a long run costs its length, not its square
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_ANY = re.compile(r"[;?!:%€«»']")


def today() -> date:
    """The day it is in Paris."""
    return timezone.localdate(timezone=PARIS)


def day(value: date | datetime) -> date:
    """The day of ``value`` in Paris. Raises ValueError for a naive datetime."""
    return moment(value).date() if isinstance(value, datetime) else value


def moment(value: datetime) -> datetime:
    """``value`` on the clocks of Paris. Raises ValueError when it is naive."""
    if timezone.is_naive(value):
        raise ValueError("A naive datetime has no time in Paris.")
    return value.astimezone(PARIS)


def long_date(value: date | datetime, weekday: bool = False, year: bool = True) -> str:
    """« 21 novembre 2026 », « 1er janvier 2027 », « samedi 21 novembre 2026 », without the year « 21 novembre ».

    All on one line, but for a break after the weekday.
    """
    on = day(value)
    written = f"{ordinal(on.day)}{NBSP}{MONTHS[on.month - 1]}"
    if year:
        written += f"{NBSP}{on.year}"
    return f"{WEEKDAYS[on.weekday()]} {written}" if weekday else written


def month(value: date | datetime) -> str:
    """« décembre 2026 »."""
    on = day(value)
    return f"{MONTHS[on.month - 1]}{NBSP}{on.year}"


def ordinal(number_of_day: int) -> str:
    """« 1er », « 2 »: a day in its month."""
    return "1er" if number_of_day == 1 else str(number_of_day)


def short_date(value: date | datetime, weekday: bool = False, now: date | None = None, year: bool | None = None) -> str:
    """« 20 nov. », « ven. 20 nov. », all on one line.

    With the year (« 22 avr. 2025 ») as ``year`` says; unsaid, when it is not that of ``now`` (today).
    """
    on = day(value)
    written = f"{ordinal(on.day)}{NBSP}{SHORT_MONTHS[on.month - 1]}"
    if on.year != (now or today()).year if year is None else year:
        written += f"{NBSP}{on.year}"
    return f"{SHORT_WEEKDAYS[on.weekday()]}{NBSP}{written}" if weekday else written


def clock(value: datetime) -> str:
    """« 14:32 », in Paris."""
    return f"{moment(value):%H:%M}"


def long_datetime(value: datetime) -> str:
    """« 20 novembre 2026 à 14:32 »."""
    return f"{long_date(value)} à{NBSP}{clock(value)}"


def relative(value: date | datetime, now: date | None = None) -> str:
    """In days from ``now`` (today): « aujourd’hui », « demain », « hier », « dans 20 jours », « il y a 3 jours »."""
    days = (day(value) - (now or today())).days
    near = {0: "aujourd’hui", 1: "demain", -1: "hier"}
    if days in near:
        return near[days]
    return f"dans {number(days)} jours" if days > 0 else f"il y a {number(-days)} jours"


def number(value: int | float | Decimal, decimals: int | None = None) -> str:
    """« 1 234,5 »: as many decimals as asked, or those that the value has (two at most)."""
    quantity = value if isinstance(value, Decimal) else Decimal(str(value))
    written = f"{abs(quantity):,.{2 if decimals is None else decimals}f}"
    whole, _, fraction = written.partition(".")
    if decimals is None:
        fraction = fraction.rstrip("0")
    written = whole.replace(",", NARROW) + (f",{fraction}" if fraction else "")
    is_zero = not written.strip(f"0,{NARROW}")
    return written if quantity >= 0 or is_zero else f"{MINUS}{written}"


def percent(value: int | float | Decimal, decimals: int | None = None) -> str:
    """« 61 % » for 61."""
    return f"{number(value, decimals)}{NBSP}%"


def euros(value: int | float | Decimal) -> str:
    """« 412 000 € », « 12,50 € »: with cents only when there are some."""
    return f"{number(value, 0 if value == int(value) else 2)}{NBSP}€"


def agree(count: int | float | Decimal, singular: str, plural: str) -> str:
    """The form that agrees with ``count``: in French 0, 1 and 1,9 are singular."""
    return singular if -2 < count < 2 else plural


def plural(count: int | float | Decimal, singular: str, plural: str) -> str:
    """« 3 actions faites », « 1 action faite », « 0 action faite »."""
    return f"{number(count)} {agree(count, singular, plural)}"


def in_words(count: int, feminine: bool = False) -> str:
    """« trois », « une », up to « seize »; beyond, and below zero, in figures."""
    if count == 1 and feminine:
        return "une"
    return COUNTS[count] if 0 <= count < len(COUNTS) else number(count)


def counted(count: int, singular: str, plural: str, *, feminine: bool = False) -> str:
    """« trois structures », « une structure », « 23 structures »: in words up to sixteen."""
    return f"{in_words(count, feminine)} {agree(count, singular, plural)}"


def listed(parts: Sequence[str]) -> str:
    """« a, b et c »; nothing for nothing."""
    *before, last = parts or [""]
    return f"{', '.join(before)} et {last}" if before else last


def capital(text: str) -> str:
    """``text`` as it begins a sentence; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def typography(text: str) -> str:
    """``text``, plain, with French spaces and apostrophes; twice is once. Hours (14:32) and addresses stay whole."""
    if not _ANY.search(text):  # most labels
        return text
    text = _APOSTROPHE.sub("’", text)
    text = _BEFORE_NARROW.sub(NARROW + r"\1", text)
    text = _BEFORE_WIDE.sub(NBSP, text)
    text = _OPENING.sub(f"«{NBSP}", text)
    return _CLOSING.sub(f"{NBSP}»", text)
