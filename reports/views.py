"""The pages of the reports: ask, follow, download."""

from datetime import timedelta
from typing import Any

from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from checklist import presentation
from checklist.forms import read_filters
from common.charts import segments
from common.errors import DomainError
from common.french import typography
from common.ids import new_id
from common.models import JobState
from organisations.enums import Permission
from organisations.tenancy import ProjectView
from reports import selectors, services
from reports.enums import ReportKind
from reports.forms import AskForm, ChecklistForm
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
MAX_FILTERS = 300


def known_filters(query: str) -> str:
    """The filters of a checklist page that mean something; none when one of them doesn't."""
    _, known = read_filters(QueryDict(query))
    return query if known and len(query) <= MAX_FILTERS else ""


class ReportsView(ProjectView):
    """The documents of the project, and the forms that ask for one."""

    permission_required = (Permission.VIEW_COSTRAT_REPORTS,)

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(filters=request.GET.get("filtre", ""))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        self.require(Permission.ASK_REPORTS)
        if request.POST.get("kind") == ReportKind.CHECKLIST:
            return self.ask_for_checklist(ChecklistForm(request.POST, auto_id=False))
        form = AskForm(request.POST)
        if form.is_valid():
            values = {"since": form.cleaned_data["since"], "token": form.cleaned_data["token"]}
            return self.ask(ReportKind.CHECKLIST_FOR_COSTRAT, form, values) or self.show(form=form, status=422)
        return self.show(form=form, status=422)

    def ask_for_checklist(self, form: ChecklistForm) -> HttpResponse:
        if not form.is_valid():
            return HttpResponseBadRequest("Ce formulaire n’est pas complet : rechargez la page.")
        values = {"filters": known_filters(form.cleaned_data["filters"]), "token": form.cleaned_data["token"]}
        asked = self.ask(ReportKind.CHECKLIST, form, values)
        return asked or self.show(checklist_form=form, filters=values["filters"], status=422)

    def ask(self, kind: ReportKind, form: Form, values: dict[str, Any]) -> HttpResponse | None:
        """To the page of the report asked for; None when it was refused, and `form` says why."""
        try:
            report = services.ask_for_report(project=self.project, kind=kind, user=self.request.user, **values)
        except DomainError as error:
            form.add_error(error.field, str(error))
            return None
        return redirect("report", self.project.slug, report.number)

    def show(
        self,
        *,
        form: AskForm | None = None,
        checklist_form: ChecklistForm | None = None,
        filters: str = "",
        status: int = 200,
    ) -> HttpResponse:
        since = max(self.project.started_on, timezone.localdate() - BETWEEN_COSTRATS)
        filters = known_filters(filters)
        context = {
            "form": form or AskForm(initial={"since": since, "token": new_id()}),
            "checklist_form": checklist_form
            or ChecklistForm(initial={"filters": filters, "token": new_id()}, auto_id=False),
            "filtered": presentation.describe(read_filters(QueryDict(filters))[0]),
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
