"""A meeting in session, in French: its points, what came out of each, what closing it will do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from common import french
from common.ui import Link
from governance.enums import (
    ALERT_SOURCE,
    ARBITRATION_SOURCE,
    FOLLOW_UP_SOURCE,
    MINUTES_SOURCE,
    QUESTION_SOURCE,
    ArbitrationStatus,
    FollowUpState,
    ItemState,
    MeetingStatus,
    Presence,
)
from governance.models import AgendaItem, Arbitration, Decision, FollowUp, Meeting
from governance.presentation.attendance import QuorumView
from governance.presentation.sheets import unbroken
from governance.selectors.sessions import Point, Progress, Session
from organisations.models import Project

OWN_SOURCES = (ALERT_SOURCE, ARBITRATION_SOURCE, FOLLOW_UP_SOURCE, MINUTES_SOURCE, QUESTION_SOURCE)
ITEM_STATES = {
    ItemState.TO_TREAT: ("todo", "s-todo"),
    ItemState.TREATED: ("ok", "s-ok"),
    ItemState.POSTPONED: ("late", "next"),
}
FOLLOW_UP_STATES = {
    FollowUpState.TO_DO: ("todo", "s-todo"),
    FollowUpState.IN_PROGRESS: ("progress", "s-progress"),
    FollowUpState.DONE: ("ok", "s-ok"),
    FollowUpState.DROPPED: ("none", "s-na"),
}


@dataclass(frozen=True)
class Outcome:
    """A decision or an action beside its point."""

    said: str
    detail: str
    url: str
    tone: str
    icon: str


@dataclass(frozen=True)
class PointView:
    """One point as the room sees it. `link`: what it is about; `about`: how far that is, in a sentence."""

    point: Point
    title: str
    detail: str
    state: str
    tone: str
    icon: str
    outcomes: list[Outcome]
    link: Link | None = None
    about: str = ""
    may_approve: bool = False

    @property
    def item(self) -> AgendaItem:
        return self.point.item

    @property
    def takes_decision(self) -> bool:
        """Whether a decision is noted beside it: an arbitration has its own page, minutes are approved."""
        return self.item.source not in {ARBITRATION_SOURCE, MINUTES_SOURCE}

    @property
    def said_id(self) -> str:
        """Where what was just noted is told."""
        return f"dit-{self.item.pk}"


@dataclass(frozen=True)
class SessionView:
    title: str
    context: str
    lede: str
    crumbs: list[Link]


def meeting_name(meeting: Meeting) -> str:
    """« COSTRAT du 21 novembre 2026 »."""
    return french.typography(f"{meeting.body} du {french.long_date(meeting.starts_at)}")


def crumbs_of(meeting: Meeting, project: Project, *more: str) -> list[Link]:
    """The way to a page of a meeting, by its own page."""
    return [
        Link(project.short_name, reverse("project", args=[project.slug])),
        Link("Gouvernance", reverse("governance", args=[project.slug])),
        Link(meeting_name(meeting), reverse("meeting", args=[project.slug, meeting.number])),
        *(Link(label) for label in more),
    ]


def session_view(
    meeting: Meeting, progress: Progress, quorum: QuorumView, project: Project, *, leads: bool
) -> SessionView:
    lede = "Notez qui est là, puis ce qui se dit et se décide, point par point. Tout s’enregistre au fil de la séance."
    follows = "Vous suivez la séance : le quorum se met à jour seul, le reste quand vous rechargez la page."
    return SessionView(
        title=session_title(progress, quorum),
        context=f"{meeting_name(meeting)}, en séance depuis {_since(meeting)}",
        lede=french.typography(lede if leads else follows),
        crumbs=crumbs_of(meeting, project, "En séance"),
    )


def _since(meeting: Meeting) -> str:
    return french.clock(meeting.opened_at) if meeting.opened_at else ""


def session_title(progress: Progress, quorum: QuorumView) -> str:
    """« Le quorum est atteint ; 2 points sur 7 sont traités »."""
    treated, total = progress.treated, progress.total
    if not total:
        return quorum.title
    if not treated:
        said = french.counted(total, "point reste à traiter", "points restent à traiter")
    elif treated == total:
        said = "tous les points sont traités" if total > 1 else "le point est traité"
    else:
        said = french.agree(
            treated, f"{treated} point sur {total} est traité", f"{treated} points sur {total} sont traités"
        )
    return french.typography(f"{quorum.title} ; {said}")


def waiting_view(meeting: Meeting, project: Project, now: datetime) -> SessionView:
    """The page of a meeting that isn't open: who opens it and when."""
    day = french.long_date(meeting.starts_at, weekday=True)
    may = french.day(meeting.starts_at) <= french.day(now)
    title = "La séance peut s’ouvrir" if may else f"La séance s’ouvrira le {day}"
    lede = (
        "Ouvrez-la quand la réunion commence : vous noterez qui est là, puis ce qui se dit et se décide."
        if may
        else f"Elle est convoquée pour {french.clock(meeting.starts_at)} et ne s’ouvre pas avant ce jour."
    )
    return SessionView(
        title=french.typography(title),
        context=meeting_name(meeting),
        lede=french.typography(lede),
        crumbs=crumbs_of(meeting, project, "En séance"),
    )


# --- Points ----------------------------------------------------------------------------------------------------------


def point_views(points: Sequence[Point], meeting: Meeting, project: Project) -> list[PointView]:
    """The points with the time at which each was to begin."""
    at, found = meeting.starts_at, []
    for number, point in enumerate(points, start=1):
        found.append(_point_view(point, number, at, meeting, project))
        at += timedelta(minutes=point.item.minutes)
    return found


def _point_view(point: Point, number: int, at: datetime, meeting: Meeting, project: Project) -> PointView:
    item, state = point.item, ItemState(point.item.state)
    tone, icon = ITEM_STATES[state]
    owner = f"porté par {item.owner}" if item.owner else ""
    length = french.plural(item.minutes, "minute", "minutes")
    parts = [item.get_kind_display().lower(), length, owner]
    link, about = _about(point, project)
    return PointView(
        point=point,
        title=french.typography(f"{number}. {item.label}"),
        detail=f"{french.clock(at)}, {', '.join(filter(None, parts))}.",
        state=state.label,
        tone=tone,
        icon=icon,
        outcomes=[
            *(decision_outcome(decision, project) for decision in point.decisions),
            *(follow_up_outcome(follow_up, project) for follow_up in point.follow_ups),
        ],
        link=link,
        about=about,
        may_approve=point.approves is not None and _waits_for_approval(point.approves),
    )


def decision_outcome(decision: Decision, project: Project) -> Outcome:
    """« D-2026-03 : Le calendrier », with its text."""
    return Outcome(
        said=french.typography(f"{unbroken(decision.reference)} : {decision.title}"),
        detail=french.typography(decision.text),
        url=reverse("decision", args=[project.slug, decision.year, decision.number]),
        tone="accent",
        icon="vote",
    )


def follow_up_outcome(follow_up: FollowUp, project: Project) -> Outcome:
    """« Action n° 4 : Chiffrer l’appui », « Fanny Delorgerie, pour le 12 décembre 2026 »."""
    tone, icon = FOLLOW_UP_STATES[FollowUpState(follow_up.state)]
    due = french.long_date(follow_up.due_on)
    return Outcome(
        said=french.typography(f"Action n°{french.NBSP}{follow_up.number} : {follow_up.label}"),
        detail=f"{follow_up.owner}, pour le {due}",
        url=f"{reverse('follow_ups', args=[project.slug])}?etat=toutes#action-{follow_up.number}",
        tone=tone,
        icon=icon,
    )


def _about(point: Point, project: Project) -> tuple[Link | None, str]:
    """Where the thing that a point is about is read, and how far it is."""
    if point.arbitration:
        return _arbitration(point.arbitration, project, over=point.item.meeting.status == MeetingStatus.CLOSED)
    if point.alert:
        alert = point.alert
        answered = "Elle a reçu une réponse." if alert.answered_at else "Elle attend une réponse."
        label = f"Alerte n°{french.NBSP}{alert.number} : {alert.subject}"
        return Link(french.typography(label), reverse("alert", args=[project.slug, alert.number])), answered
    if point.question:
        settled = point.question.settled_by
        if settled is None:
            return None, "Une décision notée ici répond à la question et la retire de l’ordre du jour."
        url = reverse("decision", args=[project.slug, settled.year, settled.number])
        return Link(f"Décision {unbroken(settled.reference)}", url), "La question a sa réponse."
    if point.approves:
        url = reverse("minutes", args=[project.slug, point.approves.number])
        link = Link(f"Compte rendu du {french.long_date(point.approves.starts_at)}", url)
        return link, "Il s’approuve ici." if _waits_for_approval(point.approves) else approval(point.approves)
    if point.item.source == FOLLOW_UP_SOURCE:
        return Link("Toutes les actions décidées", reverse("follow_ups", args=[project.slug])), ""
    if point.item.source and point.item.source not in OWN_SOURCES:
        number = point.item.meeting.number
        return Link("Voir de quoi il s’agit", reverse("session_source", args=[project.slug, number, point.item.pk])), ""
    return None, ""


def _arbitration(arbitration: Arbitration, project: Project, *, over: bool) -> tuple[Link, str]:
    """`over`: its meeting is closed."""
    url = reverse("arbitration", args=[project.slug, arbitration.year, arbitration.number])
    link = Link(f"Ouvrir l’arbitrage {unbroken(arbitration.reference)}", url)
    if arbitration.status == ArbitrationStatus.TO_DECIDE:
        return link, "Il reste à trancher." if over else "On y vote, et la décision s’y enregistre."
    return link, f"{ArbitrationStatus(arbitration.status).label}."


def _waits_for_approval(meeting: Meeting) -> bool:
    return meeting.minutes_sent_at is not None and meeting.minutes_approved_at is None


def approval(meeting: Meeting) -> str:
    """« Approuvé le 12 mars 2026. », « À approuver à la prochaine séance. »"""
    if meeting.minutes_approved_at is not None:
        held = meeting.minutes_approved_in
        day = french.long_date(held.starts_at if held else meeting.minutes_approved_at)
        return f"Approuvé en séance du {day}."
    if meeting.minutes_sent_at is None:
        return french.typography("Il n’a pas encore été envoyé : envoyez-le, il s’approuve ensuite.")
    return "À approuver à la prochaine séance."


# --- Closing ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Check:
    """What closing will do, a sentence each."""

    said: str
    tone: str
    icon: str


@dataclass(frozen=True)
class ClosingView:
    title: str
    context: str
    crumbs: list[Link]
    checks: list[Check]


def closing_view(found: Session, quorum: QuorumView, project: Project) -> ClosingView:
    """What is checked before a meeting is closed."""
    points = found.points
    untreated = [point for point in points if point.item.state != ItemState.TREATED]
    awaited = [row for row in found.assembly.attendances if row.presence == Presence.EXPECTED]
    undecided = [
        point.arbitration
        for point in points
        if point.arbitration and point.arbitration.status == ArbitrationStatus.TO_DECIDE
    ]
    checks = [Check(quorum.sentence, "ok" if quorum.reached else "late", "s-ok" if quorum.reached else "alert")]
    if untreated:
        names = french.listed([f"« {point.item.label} »" for point in untreated])
        verb = french.agree(len(untreated), "point va", "points vont")
        count = french.in_words(len(untreated))
        checks.append(_late(f"{french.capital(count)} {verb} à la séance suivante : {names}."))
    elif points:
        checks.append(Check("Tous les points sont traités.", "ok", "s-ok"))
    if undecided:
        names = french.listed([unbroken(one.reference) for one in undecided])
        checks.append(_late(f"Sans décision : {names}. Un arbitrage se reporte depuis sa page."))
    if awaited:
        names = french.listed([str(row.user) for row in awaited])
        verb = french.agree(len(awaited), "sera noté absent", "seront notés absents")
        checks.append(_late(f"{names} {verb} : personne n’a dit s’ils étaient là."))
    return ClosingView(
        title=_closing_title(len(untreated)),
        context=meeting_name(found.meeting),
        crumbs=crumbs_of(found.meeting, project, "Clore la séance"),
        checks=checks,
    )


def _late(said: str) -> Check:
    return Check(french.typography(said), "late", "alert")


def _closing_title(untreated: int) -> str:
    if not untreated:
        return "La séance peut être close"
    count = french.counted(untreated, "point reste", "points restent")
    return french.typography(f"La séance peut être close : {count} à traiter")
