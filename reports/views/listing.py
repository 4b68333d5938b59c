"""The documents of the project that one may read, and those that one may ask for."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reports import presentation
from reports.selectors import listing
from reports.views.base import READS_REPORTS, DocumentsView

A_PAGE = 30


class ReportsView(DocumentsView):
    """The documents of the project, newest first; `nature` narrows them to a kind."""

    permission_required = READS_REPORTS

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        found = listing.readable(listing.committee_reports(self.project), self.reader)
        view = presentation.documents(self.project, found, self.reader, request.GET.get("nature", ""))
        page = Paginator(view.reports, A_PAGE).get_page(request.GET.get("page"))
        return render(request, "reports/list.html", {"view": view, "page": page})
