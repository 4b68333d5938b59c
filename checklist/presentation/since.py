"""What happened since a day, in French."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from checklist.enums import Status
from checklist.presentation.letters import letter_change
from checklist.presentation.progress import in_words
from checklist.selectors import ActionLine, GroupBlock, Happened, What
from common import french
from common.history import APPLICATION
from common.ui import Entry

WEEK, MONTH = timedelta(days=7), timedelta(days=30)
LONGEST = 160  # characters of a message that are quoted
DATE_NAMES = {What.START: "début", What.DUE: "échéance"}


@dataclass(frozen=True)
class Landmark:
    """A day that people know by its name: « le dernier COSTRAT »."""

    name: str
    on: date


def told(happened: Sequence[Happened]) -> list[Entry]:
    """The lines beside an action: when, who, what; several messages make one line."""
    lines = []
    for is_message, run in groupby(sorted(happened, key=_messages_last), key=_messages_last):
        things = list(run)
        if not is_message:
            lines += [Entry(thing.at, _who(thing), _what(thing)) for thing in things]
            continue
        last = things[-1]
        quoted = french.typography(f"« {_short(last.new)} »")
        before = "" if len(things) == 1 else f"{french.number(len(things))} messages, le dernier{french.NBSP}: "
        lines.append(Entry(last.at, _who(last), before + quoted))
    return lines


def summary(lines: Sequence[ActionLine], groups: Sequence[GroupBlock]) -> str:
    """« Six sont passées à « OK », une à « KO » ; trois ont changé d’échéance ; un Résultat a été déposé. »"""
    statuses: dict[Status, int] = {}
    for line in lines:
        for thing in line.happened:
            if thing.what == What.STATUS:
                statuses[thing.new] = statuses.get(thing.new, 0) + 1
    moved = [(status, statuses[status]) for status in Status if status in statuses]
    parts = []
    if moved:
        (first, count), *others = moved
        verb = french.agree(count, "est passée", "sont passées")
        parts.append(
            ", ".join(
                [
                    f"{in_words(count)} {verb} à « {first.label} »",
                    *(f"{in_words(number)} à « {status.label} »" for status, number in others),
                ]
            )
        )
    counted = (
        ({What.ADDED}, "a été ajoutée", "ont été ajoutées"),
        ({What.START, What.DUE}, "a changé de dates", "ont changé de dates"),
        ({What.LETTER}, "a changé de personnes", "ont changé de personnes"),
        ({What.COMMENT}, "a reçu des messages", "ont reçu des messages"),
    )
    for kinds, singular, plural in counted:
        count = sum(any(thing.what in kinds for thing in line.happened) for line in lines)
        if count:
            parts.append(french.counted(count, singular, plural, feminine=True))
    deposits = sum(slot.deposit is not None for group in groups for slot in group.slots)
    if deposits:
        parts.append(french.counted(deposits, "Résultat a été déposé", "Résultats ont été déposés"))
    sentence = french.typography(" ; ".join(parts))
    return f"{french.capital(sentence)}." if sentence else ""


def shortcuts(today: date, landmark: Landmark | None) -> list[tuple[str, date]]:
    """The days that are offered: a week ago, thirty days ago, what the COSTRAT last did."""
    offered = [("Depuis 7 jours", today - WEEK), ("Depuis 30 jours", today - MONTH)]
    if landmark is not None:
        day = french.short_date(landmark.on, now=today)
        offered.append((f"Depuis {landmark.name} ({day})", landmark.on))
    return offered


def _messages_last(thing: Happened) -> bool:
    return thing.what == What.COMMENT


def _who(thing: Happened) -> str:
    return thing.who or APPLICATION


def _what(thing: Happened) -> str:
    if thing.what == What.ADDED:
        return "action ajoutée au projet"
    if thing.what == What.LETTER:
        return letter_change(thing.new)
    if thing.what == What.STATUS:
        return french.typography(f"de « {thing.old.label} » à « {thing.new.label} »")
    name = DATE_NAMES[thing.what]
    if thing.new is None:
        return f"n’a plus d’{name}" if thing.what == What.DUE else f"n’a plus de {name}"
    before = f" au lieu du {french.short_date(thing.old)}" if thing.old else ""
    return french.typography(f"{name} : {french.short_date(thing.new)}{before}")


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rsplit(' ', 1)[0]}…"
