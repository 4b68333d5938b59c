"""What changed on an agenda since its members were told, in French: on the page of the meeting, in the e-mail."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from common import french
from governance.enums import ItemKind
from governance.models import AgendaItem, Meeting
from governance.presentation.meetings import of_day
from governance.selectors.told_agendas import AgendaChanges


@dataclass(frozen=True)
class ChangesView:
    title: str
    lines: list[str]


def changes_view(changes: AgendaChanges, meeting: Meeting) -> ChangesView | None:
    """None when all who are called know the agenda as it is."""
    if not changes:
        return None
    since = "le dernier envoi" if meeting.sequence else "la convocation"
    return ChangesView(f"L’ordre du jour a changé depuis {since} : personne n’en est prévenu", change_lines(changes))


def change_lines(changes: AgendaChanges) -> list[str]:
    """« Ajouté : « Le budget » (15 minutes) »; « « Les versions » passe de 10 à 20 minutes »."""
    return [french.typography(line) for line in _lines(changes)]


def told_agenda(count: int, meeting: Meeting) -> str:
    """« L’ordre du jour à jour du COSTRAT du 10 décembre 2026 part à douze personnes. »"""
    if not count:
        return french.typography("Chacun connaît déjà cet ordre du jour : rien de plus ne part.")
    people = french.counted(count, "personne", "personnes", feminine=True)
    return french.typography(f"L’ordre du jour à jour du {of_day(meeting)} part à {people}.")


def _lines(changes: AgendaChanges) -> Iterator[str]:
    for item in changes.added:
        length = f" ({french.plural(item.minutes, 'minute', 'minutes')})" if item.minutes else ""
        yield f"Ajouté : « {item.label} »{length}"
    for row in changes.removed:
        yield f"Retiré : « {row.label} »"
    for before, item in changes.altered:
        yield from _altered(before, item)
    if changes.moved:
        yield "L’ordre des points a changé"


def _altered(before: Any, item: AgendaItem) -> Iterator[str]:
    name = f"« {item.label} »"
    if before.label != item.label:
        yield f"« {before.label} » devient {name}"
    if before.minutes != item.minutes:
        minutes = french.plural(item.minutes, "minute", "minutes")
        yield f"{name} passe de {french.number(before.minutes)} à {minutes}"
    if before.owner_id != item.owner_id:
        yield f"{name} est porté par {item.owner}" if item.owner else f"{name} n’est plus porté par personne"
    if before.kind != item.kind:
        yield f"{name} est à traiter autrement : {ItemKind(item.kind).label.lower()}"
    if before.detail != item.detail:
        yield f"Ce qu’il faut savoir avant {name} a changé"
