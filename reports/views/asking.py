"""Asking for a document: a page a kind."""

from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from checklist import presentation as checklist_presentation
from checklist.forms import read_filters
from common.errors import DomainError
from common.ids import new_id
from organisations.enums import Permission
from reports import presentation, services
from reports.enums import ReportKind
from reports.forms import AskForm, ChecklistForm, ConsolidatedForm, StateForm
from reports.kinds import Kind, kind_at
from reports.selectors.period import start_of_period
from reports.views.base import DocumentsView
from risks.selectors.campaigns import counted_campaigns

MAX_FILTERS = 300


def known_filters(query: str) -> str:
    """The filters of a checklist page that mean something; none when one of them doesn't."""
    _, known = read_filters(QueryDict(query))
    return query if known and len(query) <= MAX_FILTERS else ""


class AskView(DocumentsView):
    """The form that asks for one kind of document."""

    permission_required = (Permission.ASK_REPORTS, Permission.PREPARE_MEETINGS)
    kind: Kind

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        kind = kind_at(self.kwargs["document"])
        if kind is None:
            raise Http404
        self.kind = kind
        return self.reader.asks(kind)

    def get(self, request: HttpRequest, slug: str, document: str) -> HttpResponse:
        filters, number = known_filters(request.GET.get("filtre", "")), request.GET.get("seance", "")
        campaign = request.GET.get("campagne", "")
        form = self.form(filters=filters, number=int(number) if number.isdecimal() else None, campaign=campaign)
        return self.show(form, filters=filters)

    def post(self, request: HttpRequest, slug: str, document: str) -> HttpResponse:
        form, values = self.form(request.POST), {}
        if form.is_valid():
            values = form.values
            if self.kind.kind == ReportKind.CHECKLIST:
                values["filters"] = known_filters(values["filters"])
            try:
                report = services.ask_for_report(project=self.project, kind=self.kind.kind, user=request.user, **values)
            except DomainError as error:
                form.add_error(error.field if error.field in form.fields else None, str(error))
            else:
                return redirect("report", slug, report.number)
        return self.show(form, filters=values.get("filters", ""), status=422)

    def form(
        self, data: QueryDict | None = None, *, filters: str = "", number: int | None = None, campaign: str = ""
    ) -> Any:
        """`number`: of the meeting that one comes from; `campaign`: that of the campaign of risks."""
        if self.kind.kind == ReportKind.RISKS_CONSOLIDATED:
            return ConsolidatedForm(data, campaigns=counted_campaigns(self.project), asked=campaign)
        if self.kind.kind == ReportKind.CHECKLIST:
            return ChecklistForm(data, initial={"filters": filters, "token": new_id()}, auto_id=False)
        if self.kind.kind == ReportKind.CHECKLIST_FOR_COSTRAT:
            since = start_of_period(self.project)
            return StateForm(data, initial={"since": since, "token": new_id()})
        return AskForm(data, project=self.project, kind=self.kind, number=number)

    def show(self, form: Form, *, filters: str, status: int = 200) -> HttpResponse:
        filtered = checklist_presentation.describe(read_filters(QueryDict(filters))[0]) if filters else ""
        context = {
            "form": form,
            "view": presentation.ask_page(self.project, self.kind, filtered),
            "filtered": bool(filtered),
            "no_meeting": self.kind.about_a_meeting and not form.known,
            "no_campaign": self.kind.kind == ReportKind.RISKS_CONSOLIDATED and not form.known,
        }
        return render(self.request, "reports/ask.html", context, status=status)
