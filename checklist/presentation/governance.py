"""Where an action meets the bodies, in French: the decision that makes it OK, its blockage, its alert."""

import uuid
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from checklist.enums import ACTION_SOURCE, Status
from checklist.models import Action
from checklist.rights import Rights
from checklist.selectors import Citable, Governed
from checklist.selectors.changes import StatusChange
from checklist.selectors.minutes import informed_since, news_since
from common import french
from common.ui import Link
from governance.audiences import tells
from governance.enums import BodyKind
from governance.models import AgendaRequest, Alert, Body, Decision, Meeting
from governance.offers import Offer, offers
from governance.presentation import AlertLine, alert_line, alert_sentence, decided
from governance.sources import Linkable, finds, links_offered
from organisations.access import Access
from organisations.models import Project, User

Choices = list[tuple[str, list[tuple[str, str]]]]


def citable_choices(found: Citable) -> Choices:
    """The decisions, in groups in the order one would look for them: « D-2026-03, 12 mars 2026 : La note »."""
    groups = (
        ("En réponse à la question posée pour cette action", found.answers),
        ("Qu’aucune action ne cite encore", found.free),
        ("Déjà citées par une action", found.others),
    )
    return [(label, [(str(item.pk), _choice(item)) for item in decisions]) for label, decisions in groups if decisions]


def _choice(decision: Decision) -> str:
    return french.typography(f"{decided(decision)} : {decision.title}")


def cited(decision: Decision) -> str:
    """« Décision D-2026-03, 12 mars 2026 »."""
    return f"Décision {decided(decision)}"


@dataclass(frozen=True)
class DecidedView:
    """Who decides of an action, what was decided, and the question that waits."""

    body: str
    request: AgendaRequest | None
    reads: bool
    prepares: bool


@dataclass(frozen=True)
class AlertView:
    """The latest alert about an action, and whether the reader may raise one."""

    line: AlertLine | None
    sentence: str
    url: str
    may_raise: bool


@dataclass(frozen=True)
class GovernedView:
    decided: DecidedView | None
    alert: AlertView


def governed(found: Governed, action: Action, project: Project, rights: Rights) -> GovernedView:
    return GovernedView(
        decided=decided_view(action, found.request, rights) if action.decided_by else None,
        alert=alert_view(found.alert, action, project, rights),
    )


def decided_view(action: Action, request: AgendaRequest | None, rights: Rights) -> DecidedView:
    return DecidedView(
        body=BodyKind(action.decided_by).label,
        request=request,
        reads=rights.reads_decisions,
        prepares=rights.prepares_meetings,
    )


def alert_view(alert: Alert | None, action: Action, project: Project, rights: Rights) -> AlertView:
    line = alert_line(alert, timezone.localdate()) if alert else None
    waits = alert is not None and alert.answered_at is None
    return AlertView(
        line=line,
        sentence=alert_sentence(line) if line else "",
        url=reverse("alert", args=[project.slug, alert.number]) if alert else "",
        may_raise=rights.raises_alerts and action.state == action.state.KO and not waits,
    )


@finds(ACTION_SOURCE)
def link_to_action(project: Project, action_id: uuid.UUID) -> Link | None:
    """« Ouvrir l’action 2.4.3 », for the page of an alert. One query."""
    number = Action.objects.filter(project=project, pk=action_id).values_list("number", flat=True).first()
    return (
        Link(f"Ouvrir l’action {number}", reverse("checklist_action", args=[project.slug, number])) if number else None
    )


@links_offered(ACTION_SOURCE, "Actions de la checklist")
def linkable_actions(project: Project) -> list[Linkable]:
    """Those of the checklist, in its order, as far as the reader may read them. One query."""
    rows = Action.objects.current().filter(project=project).order_by("group__position", "position")
    return [
        Linkable(
            ACTION_SOURCE,
            key,
            french.typography(f"Action {number}, {label}"),
            reverse("checklist_action", args=[project.slug, number]),
        )
        for key, number, label in rows.values_list("pk", "number", "label")
    ]


@offers(ACTION_SOURCE, "Actions bloquées de la checklist")
def blocked_actions(project: Project, body: Body) -> list[Offer]:
    """For the agenda of a committee, the actions that are KO, by number. What their cards say stays in the checklist:
    an agenda has other readers. One query."""
    if body.kind == BodyKind.WORKING_GROUP:
        return []
    blocked = Action.objects.current().filter(project=project, status=Status.KO)
    return [
        Offer(label=f"Action {action.number}, bloquée : {action.label}", source=ACTION_SOURCE, source_id=action.pk)
        for action in blocked.order_by("group__position", "position")
    ]


def told_to_the_comop(action: Action) -> str:
    """What its card says already, as the first words of an alert."""
    parts = [
        action.ko_blocker,
        f"Ce qui la débloquerait : {action.ko_unblock}" if action.ko_unblock else "",
        f"Qui peut la débloquer : {action.ko_owner}" if action.ko_owner else "",
    ]
    return french.typography("\n".join(filter(None, parts)))


@tells(informed_since)
def news_beside_minutes(meeting: Meeting, user: User, access: Access) -> list[Link]:
    """« Action 2.4.3, Choisir le juriste : OK (était En cours), par Maëlle Kerdrain », a line each."""
    return [_news(change) for change in news_since(meeting, user, access)]


def _news(change: StatusChange) -> Link:
    action = change.action
    by = f", par {action.status_by}" if action.status_by else ""
    moved = f"{action.get_status_display()} (était {change.before.label}){by}"
    url = reverse("checklist_action", args=[action.project.slug, action.number])
    return Link(french.typography(f"Action {action.number}, {action.label} : {moved}"), url)
