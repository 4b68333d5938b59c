"""The indicators of one structure: its dashboard, one of its indicators, and their files."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from common import french
from common.errors import DomainError
from common.spreadsheets.answers import csv_file, xlsx_file
from common.spreadsheets.tables import Sheet
from indicators.forms.structure import offered, read_periods
from indicators.presentation import structure as presentation
from indicators.presentation import structure_exports as exports
from indicators.presentation import structure_one
from indicators.selectors import structure as selectors
from indicators.selectors.definitions import Followed, followed
from indicators.selectors.structure import OneReading, Reading
from indicators.views.base import READ, StructurePage
from organisations.enums import Permission
from organisations.models import ESMS

NOT_MADE = "Le classeur n’a pas pu être fait. Réessayez dans un instant."


class DashboardPage(StructurePage, abstract=True):
    """What the dashboard and its file share: which period of which indicators."""

    permission_required = READ

    @cached_property
    def found(self) -> list[Followed]:
        return followed(self.project)

    def reading(self) -> Reading:
        """404 for a period that is none."""
        mine = [one for one in self.found if one.concerns(self.esms)]
        try:
            period, against = read_periods(self.request.GET, selectors.main_frequency(mine), french.today())
        except ValueError as error:
            raise Http404 from error
        return selectors.read_structure(self.esms, self.found, french.today(), period=period, against=against)


class StructureView(DashboardPage):
    def get(self, request: HttpRequest, slug: str, esms_slug: str, **more: str) -> HttpResponse:
        today = french.today()
        reading = self.reading()
        awaited = selectors.awaited_statements(self.esms, today) if self.rights.inside or self.rights.defines else []
        reading = replace(reading, alerts=selectors.open_alerts(self.esms, request.access), awaited=awaited)
        context = {
            "view": presentation.page(reading, self.rights, today),
            "period": reading.period,
            "against": reading.against,
            "periods": offered(reading.period, reading.against, today),
            "this_page": request.path,
            # The document is of who follows the structure, not of who reads its figures alone.
            "has_document": reading.gave and request.access.in_esms(self.esms, Permission.VIEW_STRUCTURES),
        }
        return self.page("indicators/structure/dashboard.html", context)


class OneView(StructurePage):
    """One indicator of the structure, followed or given up."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str, esms_slug: str, code: str) -> HttpResponse:
        return self.page("indicators/structure/one.html", {"view": structure_one.page(self.reading, self.rights)})

    @cached_property
    def reading(self) -> OneReading:
        """404 for an indicator that the project does not know, or that is of the project itself."""
        found = selectors.all_followed(self.esms)
        one = selectors.of_structure(found, self.kwargs["code"])
        if one is None:
            raise Http404
        return selectors.read_one(self.esms, one, found, french.today())


class FileMixin:
    """A workbook, or its first sheet as CSV."""

    def answer(self, request: HttpRequest, sheets: Sequence[Sheet], what: str, back: str, esms: ESMS) -> HttpResponse:
        if request.GET.get("format") == "csv":
            return csv_file(sheets[0], exports.file_name(esms, what, "csv"))
        try:
            return xlsx_file(sheets, exports.file_name(esms, what, "xlsx"))
        except DomainError:
            messages.error(request, NOT_MADE)
            return redirect(back)


class DashboardExport(FileMixin, DashboardPage):
    def get(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        reading = self.reading()
        back = reverse("structure_indicators", args=[slug, esms_slug])
        return self.answer(request, exports.dashboard(reading), reading.period.code, back, self.esms)


class OneExport(FileMixin, OneView):
    def get(self, request: HttpRequest, slug: str, esms_slug: str, code: str) -> HttpResponse:
        back = reverse("structure_indicator", args=[slug, esms_slug, code])
        return self.answer(request, exports.one(self.reading), code, back, self.esms)
