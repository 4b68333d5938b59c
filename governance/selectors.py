"""Reads of the governance app. What it returns is for who holds the permission: the caller checks it."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import F, QuerySet

from governance.enums import BodyKind
from governance.models import AgendaRequest, Alert, Decision, Mandate
from organisations.models import Project, User


def members(project: Project, on: date | None = None) -> dict[BodyKind, list[User]]:
    """Who sits on each body on a day (today unless said), guests left out, each person once. One query."""
    found: dict[BodyKind, dict[object, User]] = defaultdict(dict)
    mandates = Mandate.objects.active(on).filter(project=project, invited=False).select_related("body", "user")
    for mandate in mandates.order_by("user__last_name", "user__first_name"):
        found[BodyKind(mandate.body.kind)][mandate.user_id] = mandate.user
    return {kind: list(people.values()) for kind, people in found.items()}


def decisions_of(project: Project) -> QuerySet[Decision]:
    """The decisions of a project, newest first, with their body."""
    return Decision.objects.filter(project=project).select_related("body").order_by("-decided_on", "-year", "-number")


def open_requests(project: Project) -> QuerySet[AgendaRequest]:
    """The questions that wait for a meeting, in the order they were put, with their body and who put them."""
    waiting = AgendaRequest.objects.filter(project=project, settled_by=None, withdrawn_at=None)
    return waiting.select_related("body", "asked_by").order_by("asked_at", "pk")


def open_request_about(project: Project, source: str, source_id: uuid.UUID) -> AgendaRequest | None:
    """The question that waits about one thing. One query."""
    return open_requests(project).filter(source=source, source_id=source_id).first()


def alerts_of(project: Project) -> QuerySet[Alert]:
    """The alerts of a project: those without an answer first, the newest of each before."""
    alerts = Alert.objects.filter(project=project).select_related("raised_by", "answered_by")
    return alerts.order_by(F("answered_at").desc(nulls_first=True), "-number")


def alerts_about(project: Project, source: str, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Alert]:
    """The latest alert about each of these things, if one was raised. One query."""
    raised = Alert.objects.filter(project=project, source=source, source_id__in=list(ids))
    latest = raised.select_related("raised_by", "answered_by").order_by("number")
    return {alert.source_id: alert for alert in latest if alert.source_id is not None}


def latest_decision(project: Project, kind: BodyKind) -> Decision | None:
    """The last decision of a body. One query."""
    return Decision.objects.filter(project=project, body__kind=kind).order_by("-decided_on", "-number").first()
