"""What the two documents of a meeting say: its agenda before, its minutes after. As one person may read them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from common.french import day
from governance.aggregates import minutes_before
from governance.enums import ARBITRATION_SOURCE, ItemKind, ItemState, MeetingStatus
from governance.models import AgendaItem, Amendment, Decision, FollowUp, Meeting, Minutes
from governance.rights import Rights
from governance.selectors.arbitrations import arbitrations_of, with_file
from reports.selectors.arbitrations import ArbitrationFact, arbitration_fact
from reports.selectors.attendance import AttendanceFacts, attendance_at
from reports.selectors.follow_ups import FollowUpLine, lines


@dataclass(frozen=True)
class DecidedFact:
    """A decision taken at a meeting; `arbitration`: the reference of the one that prepared it, if one."""

    reference: str
    title: str
    text: str
    arbitration: str


@dataclass(frozen=True)
class PointFact:
    """A point of a meeting. `number`: its rank on the whole agenda, which gives its hours as well."""

    number: int
    label: str
    detail: str
    minutes: int
    kind: ItemKind
    owner: str
    starts_at: datetime
    ends_at: datetime
    state: ItemState
    notes: str
    decisions: tuple[DecidedFact, ...]
    arbitration: ArbitrationFact | None
    follow_ups: tuple[FollowUpLine, ...]


@dataclass(frozen=True)
class AmendmentFact:
    text: str
    author: str
    written_on: date


@dataclass(frozen=True)
class MeetingFacts:
    """A meeting as one person may read it: the `whole`, or their own points and what they have to do.

    `attendance`, `decisions` (those taken outside any point), `amendments` and `summary` are for who reads the whole.
    """

    project: str
    body: str
    number: int
    status: MeetingStatus
    starts_at: datetime
    ends_at: datetime
    place: str
    link: str
    objective: str
    second_call: bool
    whole: bool
    points: tuple[PointFact, ...]
    follow_ups: tuple[FollowUpLine, ...]
    attendance: AttendanceFacts | None = None
    decisions: tuple[DecidedFact, ...] = ()
    amendments: tuple[AmendmentFact, ...] = ()
    summary: str = ""
    closed_on: date | None = None
    approved_on: date | None = None
    approved_in: date | None = None

    @property
    def every_decision(self) -> list[DecidedFact]:
        return [*(decided for point in self.points for decided in point.decisions), *self.decisions]


def meeting_facts(meeting: Meeting, rights: Rights) -> MeetingFacts:
    """What the reader of these rights may read of a meeting, which comes with its body and project.

    At most 24 queries, whatever the number of rows.
    """
    whole = rights.reads_meeting(meeting)
    items = AgendaItem.objects.filter(meeting=meeting).select_related("owner").order_by("position", "pk")
    to_do = FollowUp.objects.filter(meeting=meeting).select_related("owner", "meeting__body", "arbitration")
    if not whole:
        items, to_do = items.filter(owner=rights.user_id), to_do.filter(owner=rights.user_id)
    found, follow_ups = list(items), list(to_do.order_by("due_on", "number"))
    decisions = list(Decision.objects.filter(meeting=meeting).order_by("year", "number")) if whole else []
    arbitrations = _arbitrations(meeting, found) if whole else {}
    facts = MeetingFacts(
        project=meeting.project.name,
        body=str(meeting.body),
        number=meeting.number,
        status=MeetingStatus(meeting.status),
        starts_at=meeting.starts_at,
        ends_at=meeting.starts_at + timedelta(minutes=meeting.duration_minutes),
        place=meeting.place,
        link=meeting.link,
        objective=meeting.objective,
        second_call=meeting.second_call_of_id is not None,
        whole=whole,
        points=_points(meeting, found, decisions, arbitrations, follow_ups),
        follow_ups=lines(follow_ups, {}, timezone.localdate()),
    )
    return _with_what_the_whole_says(facts, meeting, decisions, arbitrations) if whole else facts


def _with_what_the_whole_says(
    facts: MeetingFacts,
    meeting: Meeting,
    decisions: Sequence[Decision],
    arbitrations: Mapping[UUID | None, ArbitrationFact],
) -> MeetingFacts:
    minutes = Minutes.objects.filter(meeting=meeting).first()
    amendments = Amendment.objects.filter(meeting=meeting).select_related("written_by").order_by("written_at")
    return replace(
        facts,
        attendance=attendance_at(meeting),
        decisions=tuple(_decided(row, arbitrations) for row in decisions if row.item_id is None),
        amendments=tuple(
            AmendmentFact(row.text, row.written_by.get_full_name(), day(row.written_at)) for row in amendments
        ),
        summary=minutes.summary if minutes else "",
        closed_on=day(meeting.closed_at) if meeting.closed_at else None,
        approved_on=day(meeting.minutes_approved_at) if meeting.minutes_approved_at else None,
        approved_in=day(meeting.minutes_approved_in.starts_at) if meeting.minutes_approved_in else None,
    )


def _arbitrations(meeting: Meeting, items: Sequence[AgendaItem]) -> dict[UUID | None, ArbitrationFact]:
    """The arbitrations that points are about, with their files. No query when there is none."""
    ids = [item.source_id for item in items if item.source == ARBITRATION_SOURCE and item.source_id]
    if not ids:
        return {}
    return {row.pk: arbitration_fact(row) for row in with_file(arbitrations_of(meeting.project)).filter(pk__in=ids)}


def _points(
    meeting: Meeting,
    items: Sequence[AgendaItem],
    decisions: Sequence[Decision],
    arbitrations: Mapping[UUID | None, ArbitrationFact],
    follow_ups: Sequence[FollowUp],
) -> tuple[PointFact, ...]:
    begins, today, points = minutes_before(meeting.pk, {item.pk for item in items}), timezone.localdate(), []
    for item in items:
        starts_at = meeting.starts_at + timedelta(minutes=begins[item.pk])
        points.append(
            PointFact(
                number=item.position,
                label=item.label,
                detail=item.detail,
                minutes=item.minutes,
                kind=ItemKind(item.kind),
                owner=item.owner.get_full_name() if item.owner else "",
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=item.minutes),
                state=ItemState(item.state),
                notes=item.notes,
                decisions=tuple(_decided(row, arbitrations) for row in decisions if row.item_id == item.pk),
                arbitration=arbitrations.get(item.source_id) if item.source == ARBITRATION_SOURCE else None,
                follow_ups=lines([row for row in follow_ups if row.item_id == item.pk], {}, today),
            )
        )
    return tuple(points)


def _decided(decision: Decision, arbitrations: Mapping[UUID | None, ArbitrationFact]) -> DecidedFact:
    cited = next((fact.reference for fact in arbitrations.values() if fact.decision == decision.reference), "")
    return DecidedFact(decision.reference, decision.title, decision.text, cited)
