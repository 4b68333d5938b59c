"""Writes: asking for a report. In the request; making it is the worker's (`tasks`, `rendering`)."""

import uuid
from datetime import date

from django.db import transaction
from django.db.models import Max

from common.errors import DomainError
from common.jobs.asking import ask, ask_again
from common.locks import one_at_a_time
from common.models import JobState
from organisations.models import Project, User
from reports.enums import ReportKind
from reports.models import Report

AT_ONCE = 3  # reports of one person in the making, in one project: the workers are everybody's


@transaction.atomic
def ask_for_report(
    *,
    project: Project,
    kind: ReportKind,
    user: User,
    token: uuid.UUID,
    since: date | None = None,
    filters: str = "",
) -> Report:
    """Number a report and ask for its making. The same form posted twice gives the same report.

    `since`: the day from which it shows changes; `filters`: those of the page it prints.
    Raises DomainError (field `since`) for a day outside the life of the project; without a field beyond `AT_ONCE`.
    """
    if since is not None and since < project.started_on:
        raise DomainError(
            f"Le projet a commencé le {project.started_on:%d/%m/%Y} : choisissez une date ultérieure.", field="since"
        )
    one_at_a_time(f"report-number:{project.pk}")  # so that numbers follow one another
    known = Report.objects.filter(project=project, job__token=token).first()
    if known:
        return known
    asked = Report.objects.filter(project=project, asked_by=user, job__state__in=(JobState.WAITING, JobState.RUNNING))
    if asked.count() >= AT_ONCE:
        raise DomainError("Trois de vos rapports sont déjà en fabrication : attendez que l’un d’eux soit prêt.")
    number = (Report.objects.filter(project=project).aggregate(last=Max("number"))["last"] or 0) + 1
    report = Report(project=project, number=number, kind=kind, since=since, filters=filters, asked_by=user)
    report.job, _ = ask(
        kind=kind.value,
        title=f"{kind.label}, rapport n° {number}",
        project_id=project.pk,
        asked_by=user,
        arguments={"report": str(report.pk)},
        token=token,
    )
    report.save()
    return report


@transaction.atomic
def try_again(report: Report) -> None:
    """Put a report whose making failed back in the queue; it keeps its number."""
    if report.job.state == JobState.FAILED:
        ask_again(report.job)
