"""The page of the checklist."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from checklist import presentation, selectors
from checklist.forms import read_filters
from checklist.selectors import Filters
from checklist.views.base import READ
from organisations.tenancy import ProjectView


class ChecklistView(ProjectView):
    """The checklist by step, filtered by the URL."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        filters, known = read_filters(request.GET)
        page = selectors.checklist_page(self.project, request.user, request.access, filters)
        if page.exists and filters.step is not None and page.step is None:
            known = False
            page = selectors.checklist_page(self.project, request.user, request.access, Filters())
        context = {
            "page": page,
            "view": presentation.page(page, self.project, request.GET if known else QueryDict()),
            "unknown": not known,
        }
        return render(request, "checklist/page.html", context)
