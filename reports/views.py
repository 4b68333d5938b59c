"""The pages of the reports: ask, follow, download."""

from datetime import timedelta

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from common.charts import segments
from common.errors import DomainError
from common.french import typography
from common.ids import new_id
from common.models import JobState
from organisations.enums import Permission
from organisations.tenancy import ProjectView
from reports import selectors, services
from reports.enums import ReportKind
from reports.forms import AskForm
from reports.models import Report

TITLES = {
    JobState.WAITING: "Le rapport n°\N{NO-BREAK SPACE}{} attend son tour",
    JobState.RUNNING: "Le rapport n°\N{NO-BREAK SPACE}{} est en fabrication",
    JobState.DONE: "Le rapport n°\N{NO-BREAK SPACE}{} est prêt",
    JobState.FAILED: "Le rapport n°\N{NO-BREAK SPACE}{} n’a pas pu être fait",
}
STOPPED = (
    "La fabrication est à l’arrêt en ce moment. Le rapport se fera tout seul dès qu’elle reprend : vous le retrouverez "
    "ici. Si rien n’a bougé dans une heure, dites-le à la personne qui tient cette installation."
)
FROZEN = "Figé à son émission. Seules les personnes qui peuvent lire les rapports du COSTRAT le téléchargent."
BETWEEN_COSTRATS = timedelta(days=91)  # the COSTRAT meets every three months (governance.yaml)


class ReportsView(ProjectView):
    """The documents of the project, and the form that asks for one."""

    permission_required = (Permission.VIEW_COSTRAT_REPORTS,)

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        since = max(self.project.started_on, timezone.localdate() - BETWEEN_COSTRATS)
        return self.show(AskForm(initial={"since": since, "token": new_id()}))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        self.require(Permission.ASK_REPORTS)
        form = AskForm(request.POST)
        if form.is_valid():
            try:
                report = services.ask_for_report(
                    project=self.project,
                    kind=ReportKind.CHECKLIST_FOR_COSTRAT,
                    since=form.cleaned_data["since"],
                    user=request.user,
                    token=form.cleaned_data["token"],
                )
            except DomainError as error:
                form.add_error(error.field, str(error))
            else:
                return redirect("report", slug, report.number)
        return self.show(form, status=422)

    def show(self, form: AskForm, *, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "reports": list(selectors.reports_of(self.project)),
            "may_ask": self.request.access.in_project(self.project, Permission.ASK_REPORTS),
        }
        return render(self.request, "reports/list.html", context, status=status)


class OneReportView(ProjectView, abstract=True):
    """A view of one report: `self.report`, from `number` in the URL."""

    report: Report

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        self.report = get_object_or_404(selectors.reports_of(self.project), number=self.kwargs["number"])
        return True


class ReportView(OneReportView):
    """One report: how far its making is, then the document. The progress bar asks this page again."""

    permission_required = (Permission.VIEW_COSTRAT_REPORTS,)

    def get(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        job = self.report.job
        context = {
            "report": self.report,
            "job": job,
            "segments": segments(("accent", job.done), total=job.total),
            "title": TITLES[JobState(job.state)].format(self.report.number),
            "note": typography(self._note()),
            "may_ask": request.access.in_project(self.project, Permission.ASK_REPORTS),
        }
        template = "reports/report.html#job" if request.htmx else "reports/report.html"
        return render(request, template, context)

    def _note(self) -> str:
        """What to know beside the state of the making, if anything."""
        if self.report.job.active and selectors.no_worker():
            return STOPPED
        return FROZEN if self.report.job.state == JobState.DONE else ""


class RetryView(OneReportView):
    """Make a report again, after a failure."""

    permission_required = (Permission.ASK_REPORTS,)

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        services.try_again(self.report)
        return redirect("report", slug, number)


class DownloadView(OneReportView):
    """The document itself, as it was issued."""

    permission_required = (Permission.VIEW_COSTRAT_REPORTS,)

    def get(self, request: HttpRequest, slug: str, number: int) -> FileResponse:
        job = self.report.job
        if job.state != JobState.DONE:
            raise Http404
        filename = f"{slug}-rapport-{number:03d}.pdf"
        return FileResponse(job.file.open("rb"), as_attachment=True, filename=filename)
