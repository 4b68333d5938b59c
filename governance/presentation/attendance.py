"""Who is here and the quorum, in French."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from common import french, history
from common.charts import Ballot, Vote
from governance.enums import BodyKind, MeetingStatus, Presence
from governance.models import Attendance, Meeting
from governance.selectors.voices import Assembly, Delegation, by_og
from governance.voting import spokesmen
from organisations.models import User

STATES = {
    Presence.PRESENT: ("ok", "s-ok"),
    Presence.REMOTE: ("ok", "link"),
    Presence.EXCUSED: ("none", "s-na"),
    Presence.ABSENT: ("ko", "s-ko"),
    Presence.EXPECTED: ("todo", "s-todo"),
}
CHOICES = (Presence.PRESENT, Presence.REMOTE, Presence.EXCUSED, Presence.ABSENT)

GROUP = "Il n’a pas besoin de quorum : il prépare ce que le COMOP ou le COSTRAT décidera."


@dataclass(frozen=True)
class PersonLine:
    """One person called: « Karim Bellouard », « pour Val-Cendré, suppléance de Jeanne Roy »."""

    row: Attendance
    name: str
    detail: str
    state: str
    tone: str
    icon: str


@dataclass(frozen=True)
class ProxyLine:
    """A voice given: « Jeanne Roy donne pouvoir à Karim Bellouard ». `void`: why it doesn't count, if so."""

    row: Attendance
    said: str
    void: str


@dataclass(frozen=True)
class VoiceRow:
    """One voice in the table of the same figures."""

    label: str
    said_by: str
    there: bool
    weight: str


@dataclass(frozen=True)
class QuorumView:
    """What is represented; `asked`: whether a quorum is needed. `chart`: None when there is nothing to draw.

    `signature` changes when something of it does.
    """

    title: str
    sentence: str
    missing: str
    reached: bool
    asked: bool
    chart: Ballot | None = None
    rows: list[VoiceRow] = field(default_factory=list)
    signature: str = ""


def person_line(row: Attendance) -> PersonLine:
    presence = Presence(row.presence)
    tone, icon = STATES[presence]
    detail = [
        f"pour {row.og.short_name}" if row.og else "",
        f"suppléance de {row.stands_in_for}" if row.stands_in_for else "",
        "invité, sans voix" if row.invited else "",
    ]
    said = ", ".join(filter(None, detail)) or row.user.title
    return PersonLine(
        row=row,
        name=row.user.get_full_name(),
        detail=french.typography(french.capital(said)),
        state=presence.label,
        tone=tone,
        icon=icon,
    )


def proxy_lines(assembly: Assembly) -> list[ProxyLine]:
    """The voices that were given, and whether they count."""
    accepted = assembly.room.accepted()
    return [_proxy_line(row, row.proxy, row.user_id in accepted) for row in assembly.attendances if row.proxy]


def _proxy_line(row: Attendance, bearer: User, counts: bool) -> ProxyLine:
    void = "" if counts else f"{bearer} n’est pas là, ou en porte déjà assez : ce pouvoir ne compte pas."
    return ProxyLine(row, f"{row.user} donne pouvoir à {bearer}", french.typography(void))


def attendance_sentence(assembly: Assembly) -> str:
    """« 7 présents, 2 excusés, 1 absent. Encore attendus : 3. »"""
    counts = dict.fromkeys(Presence, 0)
    for row in assembly.attendances:
        counts[Presence(row.presence)] += 1
    there = counts[Presence.PRESENT] + counts[Presence.REMOTE]
    remote = f", dont {counts[Presence.REMOTE]} à distance" if counts[Presence.REMOTE] else ""
    parts = [f"{french.plural(there, 'présent', 'présents')}{remote}"]
    if counts[Presence.EXCUSED]:
        parts.append(french.plural(counts[Presence.EXCUSED], "excusé", "excusés"))
    if counts[Presence.ABSENT]:
        parts.append(french.plural(counts[Presence.ABSENT], "absent", "absents"))
    if counts[Presence.EXPECTED]:
        parts.append(french.plural(counts[Presence.EXPECTED], "encore attendu", "encore attendus"))
    return f"{french.listed(parts)}."


def quorum_view(assembly: Assembly) -> QuorumView:
    """The quorum as it is now; of a closed meeting, as it was kept."""
    meeting, quorum = assembly.meeting, assembly.quorum
    if meeting.body.kind == BodyKind.WORKING_GROUP:
        return QuorumView(
            title="Un groupe de travail ne décide pas",
            sentence=french.typography(GROUP),
            missing="",
            reached=True,
            asked=False,
            signature=_signature(assembly),
        )
    closed = meeting.status == MeetingStatus.CLOSED and meeting.represented_percent is not None
    represented = meeting.represented_percent if closed else quorum.represented
    reached = bool(meeting.quorum_reached) if closed else quorum.reached
    asked = not quorum.second_call
    title = _title(reached, asked=asked)
    sentence = _past_sentence(assembly, represented, reached=reached) if closed else _sentence(assembly)
    return QuorumView(
        title=title,
        sentence=sentence,
        missing="" if closed else _missing(assembly),
        reached=reached,
        asked=asked,
        chart=_chart(assembly, title, sentence),
        rows=_rows(assembly),
        signature=_signature(assembly),
    )


def _title(reached: bool, *, asked: bool) -> str:
    if reached:
        return "Le quorum est atteint" if asked else "Seconde convocation : le comité délibère"
    return "Le quorum n’est pas atteint" if asked else "Personne n’est là pour délibérer"


def _sentence(assembly: Assembly) -> str:
    """« 75 % du poids des OG est représenté, il en faut 60 % : le quorum est atteint. »"""
    quorum, meeting = assembly.quorum, assembly.meeting
    verb = "est représenté" if by_og(meeting) else "sont là ou représentés"
    said = f"{french.percent(quorum.represented)} {_of_what(meeting)} {verb}"
    if quorum.second_call:
        return french.typography(f"{said}. C’est une seconde convocation : aucun quorum n’est demandé.")
    need = f"il en faut {french.percent(quorum.needed)}"
    if quorum.reached:
        return french.typography(f"{said}, {need} : le quorum est atteint.")
    if quorum.represented >= quorum.needed and quorum.voices:
        ogs = french.plural(quorum.voices, "OG est là", "OG sont là")
        need = f"mais {ogs} et il en faut {quorum.voices_needed}, la moitié"
    return french.typography(f"{said}, {need} : le quorum n’est pas atteint. {_without(assembly)}")


def _past_sentence(assembly: Assembly, represented: Decimal, *, reached: bool) -> str:
    """As it was kept when the meeting was closed."""
    quorum, meeting = assembly.quorum, assembly.meeting
    verb = "était représenté" if by_og(meeting) else "étaient là ou représentés"
    said = f"À la clôture, {french.percent(represented)} {_of_what(meeting)} {verb}"
    if quorum.second_call:
        return french.typography(f"{said}. C’était une seconde convocation : aucun quorum n’était demandé.")
    was = "le quorum était atteint" if reached else "le quorum n’était pas atteint"
    return french.typography(f"{said}, il en fallait {french.percent(quorum.needed)} : {was}.")


def _of_what(meeting: Meeting) -> str:
    if by_og(meeting):
        return "du poids des OG"
    return "des membres qui votent" if meeting.body.kind == BodyKind.COSTRAT else "des membres"


def _without(assembly: Assembly) -> str:
    if assembly.meeting.body.kind == BodyKind.COMOP:
        return "Le COMOP se tient sans quorum, mais ne décide alors de rien."
    if all(row.presence == Presence.EXPECTED for row in assembly.attendances):
        return "Personne n’est encore noté présent."
    return "Sans quorum, rien ne se décide : une seconde convocation se tient sous quinze jours."


def _missing(assembly: Assembly) -> str:
    there = spokesmen(assembly.voices, assembly.room)
    absent = [one for one in assembly.delegations if one.voice.unit_id not in there]
    if not absent:
        return ""
    return french.typography(f"Il manque : {french.listed([_with_weight(one, assembly.meeting) for one in absent])}.")


def _with_weight(one: Delegation, meeting: Meeting) -> str:
    return f"{one.label} ({french.percent(one.voice.weight)})" if by_og(meeting) else one.label


def _chart(assembly: Assembly, title: str, sentence: str) -> Ballot | None:
    """The voices that are there, the heaviest first, along a bar as wide as all of them."""
    there = spokesmen(assembly.voices, assembly.room)
    votes = [
        Vote(one.label, one.voice.weight, "Représenté", one.label, "ok", "s-ok")
        for one in sorted(assembly.delegations, key=lambda one: -one.voice.weight)
        if one.voice.unit_id in there
    ]
    if not votes:
        return None
    quorum = assembly.quorum
    needed = None if quorum.second_call else quorum.needed
    return Ballot(title=title, sentence=sentence, votes=votes, needed=needed, beside=True)


def _signature(assembly: Assembly) -> str:
    said = [(row.pk, row.version) for row in assembly.attendances]
    return hashlib.sha256(repr((said, assembly.meeting.status)).encode()).hexdigest()[:12]


def _rows(assembly: Assembly) -> list[VoiceRow]:
    there = spokesmen(assembly.voices, assembly.room)
    names = _names(assembly.attendances)
    return [
        VoiceRow(
            label=one.label,
            said_by=_said_by(one, there.get(one.voice.unit_id), names, assembly),
            there=one.voice.unit_id in there,
            weight=french.percent(one.voice.weight, 2 if by_og(assembly.meeting) else None),
        )
        for one in assembly.delegations
    ]


def _names(rows: Sequence[Attendance]) -> dict[UUID, str]:
    return {row.user_id: row.user.get_full_name() for row in rows}


def _said_by(one: Delegation, speaker: UUID | None, names: dict[UUID, str], assembly: Assembly) -> str:
    """« Karim Bellouard », « Jeanne Roy, suppléance », « Anaïs Rioux, par pouvoir », « personne »."""
    if speaker is None:
        return "personne"
    if one.holder and speaker == one.holder.pk:
        return names[speaker] if by_og(assembly.meeting) else "présence"
    how = "suppléance" if speaker in one.voice.substitute_ids else "par pouvoir"
    return f"{names[speaker]}, {how}"


def giver_choices(assembly: Assembly) -> list[Attendance]:
    """Who may give their voice now: absent, holding one, without a substitute in the room or a proxy given."""
    attending = assembly.room.attending
    free = {
        one.voice.holder_id
        for one in assembly.delegations
        if not attending.intersection({one.voice.holder_id, *one.voice.substitute_ids})
    }
    return [row for row in assembly.attendances if row.user_id in free and row.proxy_id is None]


def bearer_choices(assembly: Assembly) -> list[Attendance]:
    """Who may carry a voice more: attending, no guest, below the limit of the body."""
    carried: dict[UUID, int] = {}
    for row in assembly.attendances:
        if row.proxy_id:
            carried[row.proxy_id] = carried.get(row.proxy_id, 0) + 1
    most = assembly.meeting.body.proxies_each
    return [
        row
        for row in assembly.attendances
        if Presence(row.presence).attends and not row.invited and carried.get(row.user_id, 0) < most
    ]


def tapped(row: Attendance) -> str:
    """« Karim Bellouard : présent. »"""
    return french.typography(f"{row.user} : {Presence(row.presence).label.lower()}.")


def tapped_meanwhile(current: Attendance) -> str:
    """« Maëlle Kerdrain a noté « Excusé » juste avant vous. »"""
    latest = next(iter(history.entries(current, ["presence"], limit=3)), None)
    who = latest.who if latest else "Quelqu’un"
    return french.typography(f"{who} a noté « {Presence(current.presence).label} » juste avant vous.")


def added(row: Attendance) -> str:
    """« Karim Bellouard est là, en invité. »"""
    how = ", sur invitation" if row.invited else ""
    return french.typography(f"{row.user} est là{how}.")


def why_no_proxy(assembly: Assembly) -> str:
    """Why no proxy can be noted now, in a sentence; nothing when one can."""
    most = assembly.meeting.body.proxies_each
    if not most:
        return "Cette instance n’admet pas de pouvoir."
    if not giver_choices(assembly):
        return "Personne d’absent n’a de voix à donner."
    if not assembly.room.attending:
        return french.typography("Un pouvoir se note quand quelqu’un est là pour le porter.")
    if not bearer_choices(assembly):
        return f"Chaque personne présente porte déjà {french.plural(most, 'pouvoir', 'pouvoirs')}, le plus permis."
    return ""
