"""Minutes as they are drafted from a meeting."""

from dataclasses import dataclass

from governance.enums import DispatchKind, ItemState, MeetingStatus
from governance.models import AgendaItem, Amendment, Decision, Dispatch, FollowUp, Meeting
from governance.selectors.sessions import Point, Session, session_of
from organisations.models import User


@dataclass(frozen=True)
class MinutesDraft:
    """All that the minutes of a meeting say. `decisions`, `follow_ups`: all of them, taken on a point or not."""

    session: Session
    summary: str
    decisions: list[Decision]
    follow_ups: list[FollowUp]
    amendments: list[Amendment]

    @property
    def meeting(self) -> Meeting:
        return self.session.meeting

    @property
    def carried_over(self) -> list[Point]:
        """The points left to the next meeting."""
        return [point for point in self.session.points if point.item.state == ItemState.POSTPONED]


def minutes_draft(meeting: Meeting) -> MinutesDraft:
    """The minutes of a meeting, of those of `meetings_to_hold`, with its project. A fixed number of queries."""
    session = session_of(meeting)
    minutes = getattr(meeting, "minutes", None)
    return MinutesDraft(
        session=session,
        summary=minutes.summary if minutes else "",
        decisions=list(Decision.objects.filter(meeting=meeting).order_by("year", "number")),
        follow_ups=list(FollowUp.objects.filter(meeting=meeting).select_related("owner").order_by("due_on", "number")),
        amendments=list(Amendment.objects.filter(meeting=meeting).select_related("written_by").order_by("-written_at")),
    )


@dataclass(frozen=True)
class Sending:
    """The last time that minutes were sent: to how many, how many have left."""

    asked: int
    sent: int


def last_sending(meeting: Meeting) -> Sending:
    """How far the last sending of these minutes is. One query."""
    rows = list(Dispatch.objects.filter(meeting=meeting, kind=DispatchKind.MINUTES).values_list("sequence", "sent_at"))
    last = max((sequence for sequence, _ in rows), default=0)
    of_last = [sent_at for sequence, sent_at in rows if sequence == last]
    return Sending(asked=len(of_last), sent=sum(sent_at is not None for sent_at in of_last))


def previous_meeting(meeting: Meeting) -> Meeting | None:
    """The last closed meeting of the same body before this one. One query."""
    earlier = Meeting.objects.filter(body=meeting.body_id, status=MeetingStatus.CLOSED, starts_at__lt=meeting.starts_at)
    return earlier.order_by("-starts_at").first()


@dataclass(frozen=True)
class OwnPart:
    """What is one person's own in a meeting: what they have to do from it, the points that they brought."""

    follow_ups: list[FollowUp]
    items: list[AgendaItem]


def own_part(meeting: Meeting, user: User) -> OwnPart:
    """Two queries. Also for who reads nothing else of the meeting."""
    follow_ups = FollowUp.objects.open().filter(meeting=meeting, owner=user).order_by("due_on", "number")
    items = AgendaItem.objects.filter(meeting=meeting, owner=user).order_by("position", "pk")
    return OwnPart(list(follow_ups), list(items))
