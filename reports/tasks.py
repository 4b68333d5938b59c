"""The handlers of report jobs, run by workers (`common.jobs`)."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import QueryDict

from checklist.forms import read_filters
from common.jobs.execution import Run
from common.jobs.registry import JobError, Produced, handles
from organisations.access import Access, acting_as
from organisations.enums import Permission
from reports.enums import ReportKind
from reports.models import Report
from reports.rendering.checklist import project_checklist
from reports.rendering.costrat import checklist_for_costrat
from reports.selectors import checklist_facts, checklist_table


@handles(ReportKind.CHECKLIST_FOR_COSTRAT)
def make_checklist_for_costrat(run: Run) -> Produced:
    """Read the facts as the person who asked, then make the document outside the transaction.

    Raises JobError when that person no longer takes part in the project, or no longer may ask.
    """
    with _asked(run) as (report, access):
        facts = checklist_facts(report.project, report.asked_by, access, report.since or report.project.started_on)
    content = checklist_for_costrat(report, facts, on_step=run.progress)
    return _produced(report, content)


@handles(ReportKind.CHECKLIST)
def make_project_checklist(run: Run) -> Produced:
    """As above, for the actions that the filters of the page left."""
    with _asked(run) as (report, access):
        filters, _ = read_filters(QueryDict(report.filters))
        table = checklist_table(report.project, report.asked_by, access, filters)
    if not table.blocks:
        raise JobError(
            "Plus aucune action ne correspond à ce filtre : revenez à la checklist et choisissez-en un autre."
        )
    content = project_checklist(report, table, on_step=run.progress)
    return _produced(report, content)


@contextmanager
def _asked(run: Run) -> Iterator[tuple[Report, Access]]:
    """The report to make, in the scope of who asked for it. Raises JobError when they no longer may."""
    with acting_as(run.job.asked_by_id, request_id=f"job:{run.job.pk}") as access:
        report = Report.objects.select_related("project", "asked_by").filter(pk=run.job.arguments["report"]).first()
        if report is None or not access.in_project(report.project, Permission.ASK_REPORTS):
            raise JobError("La personne qui a demandé ce rapport n’a plus le droit de le lire.")
        yield report, access


def _produced(report: Report, content: bytes) -> Produced:
    return Produced(filename=f"{report.project.slug}-rapport-{report.number:03d}.pdf", content=content)
