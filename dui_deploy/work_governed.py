"""A line of « Mon travail » that comes from a body: a meeting, a seat, something decided, an alert."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from common import french
from dui_deploy.work_tasks import Task, when, when_detail
from governance.enums import MeetingStatus, Severity
from governance.models import Alert, Arbitration, FollowUp, Mandate
from governance.selectors.meetings import MyMeeting
from organisations.models import Project


@dataclass(frozen=True)
class Governed:
    """What the bodies of all their projects hold for one person."""

    seats: Sequence[Mandate] = field(default_factory=list)
    meetings: Sequence[MyMeeting] = field(default_factory=list)
    follow_ups: Sequence[FollowUp] = field(default_factory=list)
    alerts: Sequence[Alert] = field(default_factory=list)
    answers: Sequence[Alert] = field(default_factory=list)
    votes: Sequence[Arbitration] = field(default_factory=list)

    @property
    def project_ids(self) -> set[object]:
        rows = (*self.seats, *self.follow_ups, *self.alerts, *self.answers, *self.votes)
        return {row.project_id for row in rows} | {item.meeting.project_id for item in self.meetings}


def of_follow_up(item: FollowUp, today: date, several: bool) -> Task:
    """Something to do that a meeting or an arbitration decided."""
    days = item.days_late(today)
    return Task(
        url=follow_up_address(item),
        icon="list",
        title=french.typography(item.label),
        tone="late" if days else "progress",
        detail=_details(item.project, several, _origin(item)),
        when=when(item.due_on, days),
        when_detail=when_detail(item.due_on, days, "due"),
    )


def _origin(item: FollowUp) -> str:
    if item.meeting:
        return f"Décidé au {item.meeting.body} du {french.long_date(item.meeting.starts_at)}"
    return f"Suite de l’arbitrage {item.arbitration.reference}" if item.arbitration else ""


def follow_up_address(item: FollowUp) -> str:
    return f"{reverse('follow_ups', args=[item.project.slug])}#action-{item.number}"


def of_meeting(mine: MyMeeting, several: bool) -> Task:
    """A meeting to attend, or a draft to convene."""
    meeting, draft = mine.meeting, mine.convene_by is not None
    in_session = meeting.status == MeetingStatus.IN_SESSION
    day = french.long_date(meeting.starts_at)
    clock = f"à {french.clock(meeting.starts_at)}"
    by = f"à convoquer avant le {french.long_date(mine.convene_by)}" if mine.convene_by else meeting.place
    return Task(
        url=reverse("session" if in_session else "meeting", args=[meeting.project.slug, meeting.number]),
        icon="calendar",
        title=f"Préparer le {meeting.body} du {day}" if draft else str(meeting.body),
        tone="todo" if draft else "progress" if in_session else "accent",
        detail=_details(meeting.project, several, by),
        when="En séance" if in_session else french.short_date(meeting.starts_at, weekday=True).capitalize(),
        when_detail="" if in_session else f"{french.relative(meeting.starts_at)}{'' if draft else f' {clock}'}",
    )


def of_seat(seat: Mandate, several: bool) -> Task:
    """A seat to accept or decline."""
    where = f"pour {seat.og.short_name}" if seat.og else ""
    return Task(
        url=reverse("governance", args=[seat.project.slug]),
        icon="people",
        title=f"Accepter ou décliner votre siège au {seat.body}",
        tone="accent",
        detail=_details(seat.project, several, seat.get_representation_display() or "", where),
        when=f"Depuis le {french.short_date(seat.starts_on)}",
        when_detail="",
    )


def of_vote(item: Arbitration, several: bool) -> Task:
    """A vote that waits for this person's voice."""
    until = item.consultation_until
    return Task(
        url=f"{reverse('arbitration', args=[item.project.slug, item.year, item.number])}#vote",
        icon="vote",
        title=french.typography(item.question),
        tone="accent",
        detail=_details(item.project, several, item.reference, "par consultation écrite" if until else "en séance"),
        when=french.short_date(until, weekday=True).capitalize() if until else "En séance",
        when_detail=french.relative(until) if until else "",
    )


def of_alert(alert: Alert, several: bool) -> Task:
    """An alert that waits for this person's answer."""
    where = alert.esms.name if alert.esms else ""
    return Task(
        url=alert_address(alert),
        icon="bell",
        title=french.typography(alert.subject),
        tone="ko" if alert.severity == Severity.CRITICAL else "late",
        detail=_details(alert.project, several, f"Alerte n° {alert.number}", where),
        when=french.relative(alert.raised_at).capitalize(),
        when_detail="sans réponse",
    )


def of_answer(alert: Alert, several: bool) -> Task:
    """The answer to an alert that this person raised."""
    return Task(
        url=alert_address(alert),
        icon="chat",
        title=french.typography(f"Réponse : {alert.subject}"),
        tone="ok",
        detail=_details(alert.project, several, f"Alerte n° {alert.number}", f"de {alert.answered_by}"),
        when=french.relative(alert.answered_at).capitalize() if alert.answered_at else "",
        when_detail="",
    )


def alert_address(alert: Alert) -> str:
    return reverse("alert", args=[alert.project.slug, alert.number])


def _details(project: Project, several: bool, *parts: str) -> str:
    named = [project.short_name] if several else []
    return french.typography(" · ".join([*named, *filter(None, parts)]))
