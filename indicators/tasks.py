"""Celery tasks of the indicators app: each calls a service, elevated, over the projects that go on."""

import logging

from celery import shared_task
from django.db import DatabaseError
from django.utils import timezone

from common.errors import DomainError
from common.scope import elevated
from indicators.services.alerts import evaluate
from indicators.services.campaigns import open_due
from indicators.services.computing import compute
from organisations.models import Project

logger = logging.getLogger(__name__)


@shared_task(name="indicators.evaluate_rules", expires=3600)
def evaluate_rules() -> None:
    """Raise the alerts of the rules that hold since the day before. One project that fails holds up no other."""
    with elevated():
        projects = list(Project.objects.order_by("pk"))
    for project in projects:
        try:
            evaluate(project, on=timezone.localdate())
        except (DatabaseError, DomainError):
            logger.exception("The rules of project %s could not be checked; they will be tried again.", project.pk)


@shared_task(name="indicators.open_campaigns", expires=3600)
def open_campaigns() -> None:
    """Open the campaigns whose opening day has come."""
    open_due(timezone.localdate())


@shared_task(name="indicators.compute_figures", expires=3600)
def compute_figures() -> None:
    """Bring the computed figures of each project up to date. One project that fails holds up no other."""
    with elevated():
        projects = list(Project.objects.order_by("pk"))
    for project in projects:
        try:
            compute(project)
        except (DatabaseError, DomainError):
            logger.exception("The figures of project %s could not be computed; they will be tried again.", project.pk)
