"""One indicator over a project, and the files of the dashboards."""

from collections.abc import Sequence
from functools import cached_property

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from common.errors import DomainError
from common.spreadsheets.answers import csv_file, xlsx_file
from indicators.enums import Frequency
from indicators.forms.dashboards import read_frequency
from indicators.presentation import dashboards_exports as exports
from indicators.presentation import dashboards_one as presentation
from indicators.presentation.dashboards import Reader
from indicators.presentation.tabs import of_project as tabs
from indicators.selectors.dashboards_one import read_one, whole_one
from indicators.selectors.definitions import Followed
from indicators.views.dashboards import PAGE_SIZE, DashboardPage

NOT_MADE = "Le classeur n’a pas pu être fait. Réessayez dans un instant."


class OneIndicatorPage(DashboardPage, abstract=True):
    """`one`: the indicator of the address, 404 when there is none that this person may read. Periods are its own."""

    @cached_property
    def one(self) -> Followed:
        found = [one for one in self.everything if one.code == self.kwargs["code"]]
        if not found:
            raise Http404
        return found[0]

    @cached_property
    def frequency(self) -> Frequency:
        """Its own, whatever others the project follows; 404 for a period of another."""
        own = Frequency(self.one.definition.frequency)
        try:
            asked = read_frequency(self.request.GET, [own])
        except ValueError as error:
            raise Http404 from error
        if "periode" in self.request.GET and asked != own:
            raise Http404
        return own


class IndicatorView(OneIndicatorPage):
    def get(self, request: HttpRequest, slug: str, code: str) -> HttpResponse:
        assert self.reader is not None  # noqa: S101  has_permission
        one, asked = self.one, self.asked
        if self.reader_by_structure:
            found = read_one(self.project, one, asked.period, asked.compared, self.kept, places=self.places)
        else:
            found = whole_one(self.project, one, self.board([one]), list(self.known))
        leads = self.rights.defines or self.reader is Reader.OG
        view = presentation.page(found, self.reader, leads=leads)
        page = Paginator(view.ranked, PAGE_SIZE).get_page(request.GET.get("page"))
        context = {
            "view": view,
            "page": page,
            "tabs": tabs(self.project, self.rights, ""),
            "code": one.code,
            "query": request.GET.urlencode(),
            "family": None,
            **self.choices(),
            "frequencies": [],
        }
        return self.page("indicators/dashboards/one.html", context)


class ExportPage(DashboardPage, abstract=True):
    """`?format=csv` gives the first sheet as CSV."""

    def get(self, request: HttpRequest, slug: str, **more: str) -> HttpResponse:
        assert self.reader is not None  # noqa: S101  has_permission
        found = self.exported()
        board = self.board(found)
        sheets = exports.sheets(board, self.reader, self.reports)
        what = more.get("code") or (self.family.code if self.family else "aucun")
        if request.GET.get("format") == "csv":
            return csv_file(sheets[0], exports.file_name(board, what, "csv"))
        try:
            return xlsx_file(sheets, exports.file_name(board, what, "xlsx"))
        except DomainError:
            messages.error(request, NOT_MADE)
            return redirect("indicators", self.project.slug)

    def exported(self) -> Sequence[Followed]:
        raise NotImplementedError


class FamilyExport(ExportPage):
    """The family that the dashboard shows, all its structures."""

    def exported(self) -> Sequence[Followed]:
        return self.family.members if self.family else []


class IndicatorExport(ExportPage, OneIndicatorPage):
    def exported(self) -> Sequence[Followed]:
        return [self.one]
