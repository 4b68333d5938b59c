"""The handlers of report jobs, run by workers (`common.jobs`)."""

from common.jobs.execution import Run
from common.jobs.registry import JobError, Produced, handles
from organisations.access import acting_as
from organisations.enums import Permission
from reports.enums import ReportKind
from reports.models import Report
from reports.rendering import checklist_for_costrat
from reports.selectors import checklist_facts


@handles(ReportKind.CHECKLIST_FOR_COSTRAT)
def make_checklist_for_costrat(run: Run) -> Produced:
    """Read the facts as the person who asked, then make the document outside the transaction.

    Raises JobError when that person no longer takes part in the project, or no longer may ask.
    """
    with acting_as(run.job.asked_by_id, request_id=f"job:{run.job.pk}") as access:
        report = Report.objects.select_related("project", "asked_by").filter(pk=run.job.arguments["report"]).first()
        if report is None or not access.in_project(report.project, Permission.ASK_REPORTS):
            raise JobError("La personne qui a demandé ce rapport n’a plus le droit de le lire.")
        facts = checklist_facts(report.project, report.asked_by, access, report.since or report.project.started_on)
    content = checklist_for_costrat(report, facts, on_step=run.progress)
    return Produced(filename=f"{report.project.slug}-rapport-{report.number:03d}.pdf", content=content)
