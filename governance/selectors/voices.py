"""The voices of a meeting: who weighs what, who speaks for whom, and whether the quorum is there."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from common.french import day
from governance.enums import BodyKind, Presence
from governance.models import Attendance, Meeting, Weighting
from governance.voting import Quorum, Room, Voice, quorum
from governance.weights import one_each
from organisations.enums import ProjectKind
from organisations.models import OG, User


@dataclass(frozen=True)
class Delegation:
    """One voice and whose it is: an OG in the COSTRAT of several OG, otherwise a member."""

    voice: Voice
    label: str
    og: OG | None
    holder: User | None
    substitutes: tuple[User, ...] = ()


@dataclass(frozen=True)
class Assembly:
    """Who was called to a meeting, read at one moment."""

    meeting: Meeting
    attendances: Sequence[Attendance]
    delegations: Sequence[Delegation]

    @property
    def voices(self) -> list[Voice]:
        return [delegation.voice for delegation in self.delegations]

    @property
    def room(self) -> Room:
        """Who attends, and the proxies given."""
        return Room(
            attending=frozenset(row.user_id for row in self.attendances if Presence(row.presence).attends),
            proxies={row.user_id: row.proxy_id for row in self.attendances if row.proxy_id},
            proxies_each=self.meeting.body.proxies_each,
        )

    @property
    def quorum(self) -> Quorum:
        return quorum(
            self.voices,
            self.room,
            percent=self.meeting.body.quorum_percent,
            half_of_voices=by_og(self.meeting),
            second_call=self.meeting.second_call_of_id is not None,
        )


def by_og(meeting: Meeting) -> bool:
    """Whether OG are the voices: in the COSTRAT of a project of several OG."""
    return meeting.body.kind == BodyKind.COSTRAT and meeting.project.kind == ProjectKind.MULTI_OG


def assembly_of(meeting: Meeting) -> Assembly:
    """Who was called to a meeting and what each weighs on its day. `meeting` comes with its body and project.

    Four queries, five without weights. Before any weights were decided, each OG weighs the same.
    """
    called = Attendance.objects.filter(meeting=meeting).select_related(
        "user", "og", "mandate", "stands_in_for", "proxy"
    )
    attendances = list(called.order_by("user__last_name", "user__first_name"))
    delegations = _of_ogs(meeting, attendances) if by_og(meeting) else _of_members(meeting, attendances)
    return Assembly(meeting, attendances, delegations)


def weights_on(meeting: Meeting) -> dict[OG, Decimal]:
    """What each OG weighs on the day of a meeting; the same for all before any weights were decided."""
    weighting = Weighting.objects.in_force(meeting.project, day(meeting.starts_at))
    if weighting is None:
        return one_each(list(OG.objects.filter(project=meeting.project).order_by("name")))
    return {share.og: share.percent for share in weighting.shares.all()}


def _of_ogs(meeting: Meeting, attendances: Sequence[Attendance]) -> list[Delegation]:
    holders = {row.og_id: row.user for row in attendances if row.votes and row.og_id and not row.stands_in_for_id}
    stand_ins = _stand_ins(attendances)
    return [
        _delegation(og.pk, og.short_name, weight, holders.get(og.pk), stand_ins, og)
        for og, weight in weights_on(meeting).items()
    ]


def _of_members(meeting: Meeting, attendances: Sequence[Attendance]) -> list[Delegation]:
    """In a COSTRAT those who vote; elsewhere all who are not guests. Each weighs the same."""
    titular = [row for row in attendances if not row.invited and not row.stands_in_for_id]
    if meeting.body.kind == BodyKind.COSTRAT:
        titular = [row for row in titular if row.votes]
    stand_ins, weights = _stand_ins(attendances), one_each([row.user_id for row in titular])
    return [
        _delegation(row.user_id, row.user.get_full_name(), weights[row.user_id], row.user, stand_ins, row.og)
        for row in titular
    ]


def _stand_ins(attendances: Sequence[Attendance]) -> dict[uuid.UUID, list[User]]:
    found = defaultdict(list)
    for row in attendances:
        if row.stands_in_for_id:
            found[row.stands_in_for_id].append(row.user)
    return found


def _delegation(
    unit_id: uuid.UUID,
    label: str,
    weight: Decimal,
    holder: User | None,
    stand_ins: dict[uuid.UUID, list[User]],
    og: OG | None,
) -> Delegation:
    substitutes = tuple(stand_ins.get(holder.pk, ())) if holder else ()
    voice = Voice(unit_id, weight, holder.pk if holder else None, tuple(user.pk for user in substitutes))
    return Delegation(voice, label, og, holder, substitutes)
