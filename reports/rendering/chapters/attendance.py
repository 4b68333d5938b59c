"""Who attends or is called, and the quorum."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from common import french
from common.charts.bars import Segment, segments
from common.documents.parts import Chapter
from governance.enums import Presence
from reports.rendering.words import Mark, first, share
from reports.selectors.attendance import AttendanceFacts, Delegate, Seat
from reports.selectors.structures import Uncovered

MOST_OGS = 5
FEW = 8  # voices of which every combination is looked at
PRESENCES = {
    Presence.PRESENT: Mark("Présent", "ok", "s-ok"),
    Presence.REMOTE: Mark("À distance", "ok", "s-ok"),
    Presence.EXCUSED: Mark("Excusé", "none", "s-na"),
    Presence.ABSENT: Mark("Absent", "ko", "s-ko"),
    Presence.EXPECTED: Mark("Attendu", "todo", "s-todo"),
}


@dataclass(frozen=True)
class SeatRow:
    """A person called, as the table has them."""

    seat: Seat
    role: str
    mark: Mark | None


@dataclass(frozen=True)
class VoiceRow:
    """A voice as the table has it: whose, its weight drawn, who holds it, who speaks for it."""

    delegate: Delegate
    weight: str
    segments: tuple[Segment, ...]


def attendance(facts: AttendanceFacts, uncovered: Sequence[Uncovered] = ()) -> list[Chapter]:
    """Nothing when nobody sits on the body yet, and there is nobody to represent."""
    if not (facts.seats or uncovered):
        return []
    return [
        Chapter(
            anchor="presences",
            title=title(facts),
            running="Présences et quorum",
            template="reports/committee/attendance.html",
            data={
                "facts": facts,
                "said": said(facts),
                "voices": [_voice(delegate) for delegate in facts.delegates] if facts.by_og else [],
                "members": [_seat(seat) for seat in _listed(facts)],
                "guests": [_seat(seat) for seat in facts.guests],
                "uncovered": first(_by_og(uncovered), MOST_OGS),
            },
        )
    ]


def _by_og(uncovered: Sequence[Uncovered]) -> list[tuple[str, str]]:
    """What nobody represents: an OG, its categories with their structures, or how many they are."""
    found: dict[str, list[str]] = defaultdict(list)
    for part in uncovered:
        count = len(part.structures)
        names = part.structures[0] if count == 1 else french.plural(count, "structure", "structures")
        found[part.og].append(f"{part.category.label.lower()} ({names})")
    return [(og, french.typography(french.listed(categories))) for og, categories in found.items()]


def _listed(facts: AttendanceFacts) -> list[Seat]:
    """The members whom the table of voices doesn't name; all of them once the meeting has begun."""
    holders = {delegate.holder for delegate in facts.delegates} if facts.by_og and not facts.held else set()
    return [seat for seat in facts.members if seat.name not in holders]


def title(facts: AttendanceFacts) -> str:
    if not facts.held:
        return "Qui est convoqué, et le quorum à réunir"
    if facts.second_call:
        return "Le comité délibère sans condition de quorum"
    return "Le quorum est atteint" if facts.reached else "Le quorum n’est pas atteint"


def said(facts: AttendanceFacts) -> str:
    """What the quorum asks and, once the meeting has begun, what is represented."""
    whose = "du poids des OG" if facts.by_og else "des voix"
    if not facts.held:
        return f"{needed(facts)} {enough(facts)}".strip()
    there = french.counted(facts.counted(Presence.PRESENT, Presence.REMOTE), "membre est là", "membres sont là")
    asked = f"le quorum est de {share(facts.percent)}"
    if facts.second_call:
        asked = "c’est une seconde convocation"
    represented = f"{share(facts.represented)} {whose} sont représentés"
    return french.typography(f"{french.capital(there)} ; {represented}, {asked}.")


def needed(facts: AttendanceFacts) -> str:
    """« Le quorum est de 60 % du poids des OG, et de deux OG sur trois. »"""
    whose = "du poids des OG" if facts.by_og else "des voix"
    voices = ""
    if facts.voices_needed:
        count = "d’un" if facts.voices_needed == 1 else f"de {french.in_words(facts.voices_needed)}"
        voices = f", et {count} OG sur {french.in_words(len(facts.delegates))}"
    return f"Le quorum est de {share(facts.percent)} {whose}{voices}."


def enough(facts: AttendanceFacts) -> str:
    """« Deux OG présents suffisent, sauf Hautes-Lucioles avec Val-Cendré (58,33 %). » Nothing where many voices make it
    no shorter than the rule."""
    if not facts.by_og or not 1 < len(facts.delegates) <= FEW:
        return ""
    for size in range(max(facts.voices_needed, 1), len(facts.delegates) + 1):
        groups = list(combinations(facts.delegates, size))
        short = [group for group in groups if sum(voice.weight for voice in group) < facts.percent]
        if len(short) == len(groups):
            continue
        if len(short) > 2:
            continue
        if size == len(facts.delegates):
            return "Tous les OG doivent être présents."
        count = french.counted(size, "OG présent suffit", "OG présents suffisent")
        but = " ni ".join(_together(group) for group in short) if len(short) > 1 else "".join(map(_together, short))
        return f"{french.capital(count)}{f', sauf {but}' if but else ''}."
    return ""


def _together(group: Sequence[Delegate]) -> str:
    """« Hautes-Lucioles avec Val-Cendré (58,33 %) »."""
    names = " avec ".join(voice.label for voice in group)
    total = sum((voice.weight for voice in group[1:]), group[0].weight)
    return f"{names} ({share(total)})"


def _seat(seat: Seat) -> SeatRow:
    roles = [seat.stands_for] if seat.stands_for else []
    if seat.substitute_of:
        roles.append(f"suppléance de {seat.substitute_of}")
    return SeatRow(
        seat=seat,
        role=french.typography(" ; ".join(roles)),
        mark=PRESENCES[seat.presence] if seat.presence else None,
    )


def _voice(delegate: Delegate) -> VoiceRow:
    return VoiceRow(delegate, share(delegate.weight), segments(("accent", delegate.weight), total=100))
