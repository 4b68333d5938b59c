"""One document: how far its making is, then the document itself."""

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from common.charts import segments
from common.models import JobState
from organisations.enums import Permission
from reports import presentation, services
from reports.enums import ReportKind
from reports.kinds import KINDS
from reports.models import Report
from reports.selectors import listing
from reports.views.base import READS_MEETINGS, DocumentsView


class OneReportView(DocumentsView, abstract=True):
    """A view of one report: `self.report`, from `number` in the URL. Whoever may not read it isn't told of it."""

    report: Report

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        report = self.reports().filter(number=self.kwargs["number"]).first()
        if report is None or not self.reader.reads(report):
            raise Http404
        self.report = report
        return True

    def reports(self) -> QuerySet[Report]:
        """Those among which it is."""
        return listing.committee_reports(self.project)


class ReportView(OneReportView):
    """One report: how far its making is, then the document. The progress bar asks this page again."""

    permission_required = READS_MEETINGS

    def get(self, request: HttpRequest, slug: str, number: int, **kwargs: str) -> HttpResponse:
        job = self.report.job
        stopped = job.active and listing.no_worker()
        context = {
            "report": self.report,
            "job": job,
            "segments": segments(("accent", job.done), total=job.total),
            "view": presentation.report_page(self.report, self.project, self.reader, stopped=stopped),
        }
        template = "reports/report.html#job" if request.htmx else "reports/report.html"
        return render(request, template, context)


class RetryView(OneReportView):
    """Make a report again, after a failure."""

    permission_required = (Permission.ASK_REPORTS, Permission.PREPARE_MEETINGS)

    def has_permission(self) -> bool:
        return super().has_permission() and self.reader.asks(KINDS[ReportKind(self.report.kind)], self.report.esms)

    def post(self, request: HttpRequest, slug: str, number: int, **kwargs: str) -> HttpResponse:
        services.try_again(self.report)
        return redirect(presentation.address(self.report, self.project))


class DownloadView(OneReportView):
    """The document itself, as it was issued."""

    permission_required = READS_MEETINGS

    def get(self, request: HttpRequest, slug: str, number: int, **kwargs: str) -> FileResponse:
        job = self.report.job
        if job.state != JobState.DONE:
            raise Http404
        filename = f"{slug}-rapport-{number:03d}.pdf"
        return FileResponse(job.file.open("rb"), as_attachment=True, filename=filename)
