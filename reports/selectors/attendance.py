"""Who attends a meeting or is called to it, what each weighs, and the quorum."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from governance.enums import BodyKind, Presence
from governance.models import Attendance, Body, Mandate, Meeting, Weighting
from governance.selectors.voices import Assembly, assembly_of
from governance.voting import spokesmen
from governance.weights import one_each
from organisations.enums import ComopCategory, ProjectKind
from organisations.models import OG, Project


@dataclass(frozen=True)
class Seat:
    """A person who is called or sits. `stands_for`: their OG, and the categories that they represent; `proxy`: who
    votes for them; `substitute_of`: whom they stand in for."""

    name: str
    title: str
    stands_for: str
    guest: bool
    presence: Presence | None = None
    proxy: str = ""
    substitute_of: str = ""


@dataclass(frozen=True)
class Delegate:
    """One voice: whose it is, what it weighs in percent, who holds it and who speaks for it (nobody: empty)."""

    label: str
    weight: Decimal
    holder: str
    speaker: str = ""


@dataclass(frozen=True)
class AttendanceFacts:
    """`by_og`: voices are those of OG. `represented`, in percent, and `voices` count once the meeting has begun."""

    held: bool
    by_og: bool
    seats: tuple[Seat, ...]
    delegates: tuple[Delegate, ...]
    percent: int
    voices_needed: int
    represented: Decimal = Decimal(0)
    voices: int = 0
    second_call: bool = False
    reached: bool = False

    @property
    def members(self) -> list[Seat]:
        return [seat for seat in self.seats if not seat.guest]

    @property
    def guests(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.guest]

    def counted(self, *presences: Presence) -> int:
        """How many members attend in one of these ways."""
        return sum(seat.presence in presences for seat in self.members)


def attendance_of(body: Body, project: Project, meeting: Meeting | None, today: date) -> AttendanceFacts:
    """As the meeting has it; as the seats have it today when there is no meeting, or nobody was called to it yet."""
    called = attendance_at(meeting) if meeting else None
    return called if called and called.seats else attendance_expected(body, project, today)


def attendance_at(meeting: Meeting) -> AttendanceFacts:
    """As a meeting has it, `meeting` coming with its body and project. Six queries."""
    assembly = assembly_of(meeting)
    represented = _categories(meeting.body, meeting.starts_at.date())
    quorum = assembly.quorum
    return AttendanceFacts(
        held=meeting.opened_at is not None,
        by_og=_by_og(meeting.body, meeting.project),
        seats=tuple(_called(row, represented[row.user_id]) for row in assembly.attendances),
        delegates=_delegates(assembly),
        percent=meeting.body.quorum_percent,
        voices_needed=quorum.voices_needed,
        represented=quorum.represented,
        voices=quorum.voices,
        second_call=quorum.second_call,
        reached=quorum.reached if meeting.quorum_reached is None else meeting.quorum_reached,
    )


def attendance_expected(body: Body, project: Project, today: date) -> AttendanceFacts:
    """As the seats of the body have it today, before anybody is called. Three queries."""
    mandates = list(
        Mandate.objects.active(today)
        .filter(body=body)
        .select_related("user", "og", "substitute")
        .order_by("user__last_name", "user__first_name", "pk")
    )
    represented = _represented(mandates)
    firsts = {mandate.user_id: mandate for mandate in reversed(mandates)}
    by_og = _by_og(body, project)
    delegates = _by_weight(mandates, project, today) if by_og else _one_each(list(firsts.values()), body)
    return AttendanceFacts(
        held=False,
        by_og=by_og,
        seats=tuple(
            Seat(
                name=mandate.user.get_full_name(),
                title=mandate.user.title,
                stands_for=represented[user_id],
                guest=mandate.invited,
                substitute_of="",
            )
            for user_id, mandate in sorted(firsts.items(), key=lambda item: mandates.index(item[1]))
        ),
        delegates=delegates,
        percent=body.quorum_percent,
        voices_needed=-(-len(delegates) // 2) if by_og else 0,
    )


def _by_og(body: Body, project: Project) -> bool:
    return body.kind == BodyKind.COSTRAT and project.kind == ProjectKind.MULTI_OG


def _delegates(assembly: Assembly) -> tuple[Delegate, ...]:
    names = {row.user_id: row.user.get_full_name() for row in assembly.attendances}
    speaking = spokesmen(assembly.voices, assembly.room)
    return tuple(
        Delegate(
            label=found.label,
            weight=found.voice.weight,
            holder=found.holder.get_full_name() if found.holder else "",
            speaker=names.get(speaking[found.voice.unit_id], "") if found.voice.unit_id in speaking else "",
        )
        for found in assembly.delegations
    )


def _by_weight(mandates: Sequence[Mandate], project: Project, today: date) -> tuple[Delegate, ...]:
    weighting = Weighting.objects.in_force(project, today)
    if weighting is None:
        weights = one_each(list(OG.objects.filter(project=project).order_by("name")))
    else:
        weights = {share.og: share.percent for share in weighting.shares.all()}
    holders = {mandate.og_id: mandate.user.get_full_name() for mandate in reversed(mandates) if mandate.votes}
    return tuple(Delegate(og.short_name, weight, holders.get(og.pk, "")) for og, weight in weights.items())


def _one_each(mandates: Sequence[Mandate], body: Body) -> tuple[Delegate, ...]:
    voting = [row for row in mandates if (row.votes if body.kind == BodyKind.COSTRAT else not row.invited)]
    weights = one_each([row.user_id for row in voting])
    names = sorted((row.user.last_name, row.user.get_full_name(), row.user_id) for row in voting)
    return tuple(Delegate(name, weights[user_id], name) for _, name, user_id in names)


def _called(row: Attendance, represented: str) -> Seat:
    return Seat(
        name=row.user.get_full_name(),
        title=row.user.title,
        stands_for=represented or (row.og.short_name if row.og else ""),
        guest=row.invited,
        presence=Presence(row.presence),
        proxy=row.proxy.get_full_name() if row.proxy else "",
        substitute_of=row.stands_in_for.get_full_name() if row.stands_in_for else "",
    )


def _categories(body: Body, on: date) -> dict[UUID, str]:
    return _represented(Mandate.objects.active(on).filter(body=body).select_related("og").order_by("pk"))


def _represented(mandates: Iterable[Mandate]) -> dict[UUID, str]:
    """By person, in whose name they sit: « Brumes Claires : hébergement, service »."""
    ogs: dict[UUID, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for mandate in mandates:
        if mandate.og:
            category = ComopCategory(mandate.comop_category).label.lower() if mandate.comop_category else ""
            ogs[mandate.user_id][mandate.og.short_name] += [category] if category else []
    said: dict[UUID, str] = defaultdict(str)
    for user_id, found in ogs.items():
        parts = [f"{og} : {', '.join(categories)}" if categories else og for og, categories in found.items()]
        said[user_id] = " ; ".join(parts)
    return said
