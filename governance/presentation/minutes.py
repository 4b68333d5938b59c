"""Minutes in French: what a meeting was, who was there, what came out of it."""

from dataclasses import dataclass
from datetime import date, timedelta

from common import french
from common.ui import Link
from governance.enums import MeetingStatus, Presence
from governance.models import Amendment, Attendance, Meeting
from governance.presentation.attendance import ProxyLine, QuorumView, proxy_lines, quorum_view
from governance.presentation.meetings import named
from governance.presentation.sessions import (
    Outcome,
    PointView,
    approval,
    crumbs_of,
    decision_outcome,
    follow_up_outcome,
    meeting_name,
    point_views,
)
from governance.selectors.minutes import MinutesDraft, Sending
from organisations.models import Project


@dataclass(frozen=True)
class PresenceGroup:
    """« Présents », « Excusés », and their names."""

    label: str
    names: str


@dataclass(frozen=True)
class AmendmentLine:
    text: str
    signed: str


@dataclass(frozen=True)
class MinutesView:
    """The minutes as a page, or a document, says them. `state`: whether they are sent and approved, in a sentence."""

    title: str
    context: str
    state: str
    approved: bool
    crumbs: list[Link]
    closed: bool
    held: str
    summary: str
    presences: list[PresenceGroup]
    proxies: list[ProxyLine]
    quorum: QuorumView
    points: list[PointView]
    decisions: list[Outcome]
    actions: list[Outcome]
    carried_over: list[str]
    amendments: list[AmendmentLine]


def minutes_view(draft: MinutesDraft, project: Project) -> MinutesView:
    meeting, assembly = draft.meeting, draft.session.assembly
    return MinutesView(
        title=_title(draft),
        context=f"Compte rendu, {meeting_name(meeting)}",
        state=_state(meeting),
        approved=meeting.minutes_approved_at is not None,
        crumbs=crumbs_of(meeting, project, "Compte rendu"),
        closed=meeting.status == MeetingStatus.CLOSED,
        held=_held(meeting),
        summary=french.typography(draft.summary),
        presences=_presences(assembly.attendances),
        proxies=[line for line in proxy_lines(assembly) if not line.void],
        quorum=quorum_view(assembly),
        points=point_views(draft.session.points, meeting, project),
        decisions=[decision_outcome(decision, project) for decision in draft.decisions],
        actions=[follow_up_outcome(follow_up, project) for follow_up in draft.follow_ups],
        carried_over=[french.typography(point.item.label) for point in draft.carried_over],
        amendments=[amendment_line(amendment) for amendment in draft.amendments],
    )


def _title(draft: MinutesDraft) -> str:
    """« Le COSTRAT a pris deux décisions, décidé trois actions et reporté un point »: the meeting in a line."""
    found = [
        f"{verb} {french.counted(count, singular, plural, feminine=feminine)}"
        for verb, count, singular, plural, feminine in (
            ("pris", len(draft.decisions), "décision", "décisions", True),
            ("décidé", len(draft.follow_ups), "action", "actions", True),
            ("reporté", len(draft.carried_over), "point", "points", False),
        )
        if count
    ]
    body = named(draft.meeting.body)
    if not found:
        return french.typography(f"Le {body} n’a pris ni décision, ni action à suivre")
    return french.typography(f"Le {body} a {french.listed(found)}")


def _state(meeting: Meeting) -> str:
    """« Envoyé le 3 mars 2026. Approuvé en séance du 12 juin 2026. »"""
    if meeting.status != MeetingStatus.CLOSED:
        return french.typography("Projet de compte rendu : la séance n’est pas close.")
    if meeting.minutes_sent_at is None:
        return f"Il n’a pas encore été envoyé. Il est attendu pour le {french.long_date(_due(meeting))}."
    return f"Envoyé le {french.long_date(meeting.minutes_sent_at)}. {approval(meeting)}"


def _due(meeting: Meeting) -> date:
    """The day by which the body asks for its minutes."""
    return french.day(meeting.closed_at or meeting.starts_at) + timedelta(days=meeting.body.minutes_days)


def _held(meeting: Meeting) -> str:
    """« Ouverte à 14:30, close à 16:05 par Maëlle Kerdrain. »"""
    if meeting.opened_at is None:
        return ""
    said = f"Séance ouverte à {french.clock(meeting.opened_at)}"
    if meeting.closed_at is not None:
        said += f", close à {french.clock(meeting.closed_at)}"
    if meeting.closed_by is not None:
        said += f" par {meeting.closed_by}"
    return f"{said}."


def _presences(rows: list[Attendance]) -> list[PresenceGroup]:
    labels = {
        Presence.PRESENT: ("Présent", "Présents"),
        Presence.REMOTE: ("À distance", "À distance"),
        Presence.EXCUSED: ("Excusé", "Excusés"),
        Presence.ABSENT: ("Absent", "Absents"),
        Presence.EXPECTED: ("Encore attendu", "Encore attendus"),
    }
    groups = []
    for presence, forms in labels.items():
        people = [row for row in rows if row.presence == presence]
        if people:
            groups.append(
                PresenceGroup(french.agree(len(people), *forms), french.listed([_name(row) for row in people]))
            )
    return groups


def _name(row: Attendance) -> str:
    """« Karim Bellouard (Val-Cendré) », « Mathilde Orsennac (invitée) » said without gender: « (sur invitation) »."""
    if row.invited:
        return f"{row.user} (sur invitation)"
    return f"{row.user} ({row.og.short_name})" if row.og else str(row.user)


def amendment_line(amendment: Amendment) -> AmendmentLine:
    signed = f"{amendment.written_by}, le {french.long_datetime(amendment.written_at)}"
    return AmendmentLine(french.typography(amendment.text), french.typography(signed))


def sending_sentence(sending: Sending) -> str:
    """« 12 personnes l’ont reçu », « 9 messages sur 12 sont partis, les autres suivent »."""
    asked, sent = sending.asked, sending.sent
    if not asked:
        return ""
    if asked == sent:
        verb = french.agree(sent, "personne l’a reçu", "personnes l’ont reçu")
        return f"{french.number(sent)} {verb}."
    if not sent:
        return f"Les messages vont partir : {french.plural(asked, 'personne', 'personnes')}."
    words = french.agree(sent, f"message sur {asked} est parti", f"messages sur {asked} sont partis")
    return f"{french.number(sent)} {words}, les autres suivent."
