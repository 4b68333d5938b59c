"""Where a document is read: with those of the project, or with those of its structure."""

from django.urls import reverse

from common.ui import Link
from organisations.models import Project
from reports.models import Report


def address(report: Report, project: Project, what: str = "report") -> str:
    """`what`: report, report_retry or report_download."""
    if report.esms:
        return reverse(f"structure_{what}", args=[project.slug, report.esms.slug, report.number])
    return reverse(what, args=[project.slug, report.number])


def crumbs(report: Report, project: Project, last: str) -> list[Link]:
    """From the list that it is in."""
    url = (
        reverse("structure_reports", args=[project.slug, report.esms.slug])
        if report.esms
        else reverse("reports", args=[project.slug])
    )
    return [Link("Rapports", url), Link(last)]
