"""Decisions, and the questions that wait for one."""

import uuid

from django.db.models import QuerySet

from governance.enums import BodyKind
from governance.models import AgendaRequest, Decision
from organisations.models import Project


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


def latest_decision(project: Project, kind: BodyKind) -> Decision | None:
    """The last decision of a body. One query."""
    return Decision.objects.filter(project=project, body__kind=kind).order_by("-decided_on", "-number").first()
