"""The first page of governance in French: what waits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from common import french
from common.ui import Link
from governance.enums import ArbitrationStatus, MeetingStatus, Severity
from governance.models import AgendaRequest, Alert, Arbitration, FollowUp, Mandate, Meeting
from governance.presentation.sheets import crumbs_to, unbroken
from governance.selectors.waiting import Waiting
from organisations.models import Project

FEW = 5  # lines of a section that are shown; the others are one link away


@dataclass(frozen=True)
class Line:
    """The parameters of the task component."""

    url: str
    icon: str
    title: str
    tone: str
    detail: str
    when: str = ""
    when_detail: str = ""


@dataclass(frozen=True)
class Section:
    """A heading and its first lines; `more` leads to the others."""

    title: str
    lines: Sequence[Line]
    more: Link | None = None


@dataclass(frozen=True)
class BodyQuestions:
    """The questions that wait for the next meeting of a body."""

    title: str
    requests: list[AgendaRequest]


@dataclass(frozen=True)
class HomeView:
    title: str
    lede: str
    crumbs: list[Link]
    button: Link | None
    sections: list[Section]
    questions: list[BodyQuestions]


def home_page(project: Project, waiting: Waiting, *, prepares: bool) -> HomeView:
    """What the page says of what waits. `prepares`: the reader plans meetings."""
    by_body: dict[str, list[AgendaRequest]] = {}
    for request in waiting.questions:
        by_body.setdefault(str(request.body), []).append(request)
    return HomeView(
        title=french.typography(french.capital(_title(waiting))),
        lede=_lede(waiting),
        crumbs=crumbs_to(project),
        button=_button(project, waiting, prepares=prepares),
        sections=[section for section in _sections(project, waiting) if section.lines],
        questions=[BodyQuestions(f"Pour le prochain {body}", found) for body, found in by_body.items()],
    )


def _title(waiting: Waiting) -> str:
    """« Le COSTRAT se réunit le 18 décembre 2026 ; deux arbitrages et quatre alertes attendent »."""
    waits = _waits(waiting)
    if not waiting.meetings:
        return f"{waits} ; aucune séance n’est convoquée" if waits else "rien n’attend les instances pour le moment"
    said = _meets((waiting.read or waiting.meetings)[0])
    return f"{said} ; {waits}" if waits else said


def _meets(meeting: Meeting) -> str:
    if meeting.status == MeetingStatus.IN_SESSION:
        return f"le {meeting.body} est en séance"
    return f"le {meeting.body} se réunit le {french.long_date(meeting.starts_at)}"


def _waits(waiting: Waiting) -> str:
    """« deux arbitrages et quatre alertes attendent »; nothing when nothing does."""
    counts = (
        (len(waiting.arbitrations), "arbitrage", "arbitrages", False),
        (len(waiting.alerts), "alerte", "alertes", True),
        (len(waiting.questions), "question", "questions", True),
    )
    parts = [french.counted(n, one, many, feminine=feminine) for n, one, many, feminine in counts if n]
    total = sum(count for count, *_ in counts)
    return f"{french.listed(parts)} {french.agree(total, 'attend', 'attendent')}" if parts else ""


def _lede(waiting: Waiting) -> str:
    last = waiting.last_decision
    if last is None:
        return ""
    when = french.long_date(last.decided_on)
    return french.typography(f"Dernière décision : {unbroken(last.reference)}, prise par le {last.body} le {when}.")


def _button(project: Project, waiting: Waiting, *, prepares: bool) -> Link | None:
    """What to open first; with no meeting ahead, who prepares them plans one."""
    if waiting.seats:
        return Link("Répondre pour mon siège", _body_address(project, waiting.seats[0]))
    if waiting.read:
        meeting = waiting.read[0]
        verb = "Rejoindre" if meeting.status == MeetingStatus.IN_SESSION else "Voir"
        return Link(f"{verb} la séance du {meeting.body}", _meeting_address(project, meeting))
    if waiting.to_prepare:
        meeting = waiting.to_prepare[0]
        return Link(f"Préparer la séance du {meeting.body}", _meeting_address(project, meeting))
    return Link("Planifier une séance", reverse("meeting_plan", args=[project.slug])) if prepares else None


def _sections(project: Project, waiting: Waiting) -> Iterable[Section]:
    def more(name: str, label: str, count: int) -> Link | None:
        return Link(label, reverse(name, args=[project.slug])) if count > FEW else None

    yield Section("Votre réponse est attendue", [_of_seat(project, seat) for seat in waiting.seats])
    yield Section(
        "Les prochaines séances",
        [_of_meeting(project, meeting, reads=meeting in waiting.read) for meeting in waiting.meetings[:FEW]],
    )
    yield Section("À préparer", [_of_draft(project, meeting) for meeting in waiting.to_prepare[:FEW]])
    count = len(waiting.arbitrations)
    yield Section(
        french.agree(count, "Arbitrage à rendre", "Arbitrages à rendre"),
        [_of_arbitration(project, item, waiting.today) for item in waiting.arbitrations[:FEW]],
        more("arbitrations", f"Voir les {count} arbitrages", count),
    )
    count = len(waiting.alerts)
    yield Section(
        french.agree(count, "Alerte sans réponse", "Alertes sans réponse"),
        [_of_alert(project, alert, waiting.today) for alert in waiting.alerts[:FEW]],
        more("alerts", f"Voir les {count} alertes", count),
    )
    count = len(waiting.late)
    yield Section(
        french.agree(count, "Action décidée en retard", "Actions décidées en retard"),
        [_of_follow_up(project, item, waiting.today) for item in waiting.late[:FEW]],
        more("follow_ups", f"Voir les {count} actions en retard", count),
    )
    yield Section("Comptes rendus à approuver", [_of_minutes(project, meeting) for meeting in waiting.to_approve])


def _of_seat(project: Project, seat: Mandate) -> Line:
    where = f", pour {seat.og.short_name}" if seat.og else ""
    return Line(
        url=_body_address(project, seat),
        icon="people",
        title=f"Accepter ou décliner votre siège au {seat.body}",
        tone="accent",
        detail=f"{seat.get_representation_display() or 'Membre'}{where}",
        when=f"depuis le {french.short_date(seat.starts_on)}",
    )


def _of_meeting(project: Project, meeting: Meeting, *, reads: bool) -> Line:
    """`reads`: what it treats is the reader's to know; its date and place are everybody's."""
    in_session = meeting.status == MeetingStatus.IN_SESSION
    objective = meeting.objective.rstrip(" .") if reads else ""
    return Line(
        url=_meeting_address(project, meeting),
        icon="calendar",
        title=french.typography(f"{meeting.body} : {objective}" if objective else str(meeting.body)),
        tone="progress" if in_session else "accent",
        detail=meeting.place,
        when="En séance" if in_session else french.short_date(meeting.starts_at, weekday=True),
        when_detail="" if in_session else french.relative(meeting.starts_at),
    )


def _of_draft(project: Project, meeting: Meeting) -> Line:
    return Line(
        url=_meeting_address(project, meeting),
        icon="edit",
        title=f"Préparer le {meeting.body} du {french.long_date(meeting.starts_at)}",
        tone="todo",
        detail="En préparation : personne n’est encore prévenu",
        when=french.relative(meeting.starts_at),
    )


def _of_arbitration(project: Project, item: Arbitration, today: date) -> Line:
    postponed = item.status == ArbitrationStatus.POSTPONED
    written = item.consultation_until is not None and item.consultation_until >= today
    day = item.postponed_to if postponed else item.consultation_until if written else item.deadline
    return Line(
        url=reverse("arbitration", args=[project.slug, item.year, item.number]),
        icon="vote",
        title=french.typography(item.question),
        tone="todo" if postponed else "accent",
        detail=f"{unbroken(item.reference)}, {'vote par écrit du COSTRAT' if written else _where(item)}",
        when=f"{'au' if postponed else 'jusqu’au' if written else 'avant le'} {french.short_date(day)}" if day else "",
        when_detail=french.relative(day) if day else "",
    )


def _where(item: Arbitration) -> str:
    if item.status == ArbitrationStatus.POSTPONED:
        return "reporté"
    return f"au {item.meeting.body} du {french.long_date(item.meeting.starts_at)}" if item.meeting else "à inscrire"


def _of_alert(project: Project, alert: Alert, today: date) -> Line:
    where = alert.esms.name if alert.esms else "Tout le projet"
    escalated = ", portée au COSTRAT" if alert.escalated_at else ""
    days = (today - french.day(alert.raised_at)).days
    critical = alert.severity == Severity.CRITICAL
    return Line(
        url=reverse("alert", args=[project.slug, alert.number]),
        icon="bell",
        title=french.typography(alert.subject),
        tone="ko" if critical else "late",
        detail=f"{where}, {alert.get_severity_display().lower()}{escalated}",
        when=french.plural(days, "jour", "jours") if days > 0 else "aujourd’hui",
        when_detail="sans réponse",
    )


def _of_follow_up(project: Project, item: FollowUp, today: date) -> Line:
    return Line(
        url=f"{reverse('follow_ups', args=[project.slug])}#action-{item.number}",
        icon="list",
        title=french.typography(item.label),
        tone="late",
        detail=item.owner.get_full_name(),
        when=french.short_date(item.due_on),
        when_detail=f"{french.plural(item.days_late(today), 'jour', 'jours')} de retard",
    )


def _of_minutes(project: Project, meeting: Meeting) -> Line:
    sent = meeting.minutes_sent_at
    return Line(
        url=reverse("minutes", args=[project.slug, meeting.number]),
        icon="doc",
        title=f"Compte rendu du {meeting.body} du {french.long_date(meeting.starts_at)}",
        tone="todo",
        detail="À approuver à la prochaine séance" if sent else "À envoyer à chaque personne convoquée",
        when=f"envoyé le {french.short_date(sent)}" if sent else "",
    )


def _meeting_address(project: Project, meeting: Meeting) -> str:
    name = "session" if meeting.status == MeetingStatus.IN_SESSION else "meeting"
    return reverse(name, args=[project.slug, meeting.number])


def _body_address(project: Project, seat: Mandate) -> str:
    return reverse("bodies", args=[project.slug])
