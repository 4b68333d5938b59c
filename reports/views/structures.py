"""The documents of one structure: those there are, asking for one, following and downloading each."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from common.errors import DomainError
from organisations.enums import Permission
from reports import presentation, services
from reports.enums import ReportKind
from reports.forms import AnalysisForm, FiguresForm, MatrixForm
from reports.models import Report
from reports.selectors import listing
from reports.selectors.structure_indicators import given_periods
from reports.views.base import READS_STRUCTURES, StructureDocumentsView
from reports.views.listing import A_PAGE
from reports.views.one import DownloadView, OneReportView, ReportView, RetryView
from risks.places import Place
from structures.rights import rights_in

READS_MATRICES = (*READS_STRUCTURES, Permission.VIEW_VALIDATED_MATRICES)


class OneOfStructureView(OneReportView, StructureDocumentsView, abstract=True):
    """A view of one report among those of a structure."""

    permission_required = READS_MATRICES

    def reports(self) -> QuerySet[Report]:
        return listing.structure_reports(self.esms)


class StructureReportsView(StructureDocumentsView):
    """The documents of a structure, newest first."""

    permission_required = READS_MATRICES

    def get(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        found = listing.readable(listing.structure_reports(self.esms), self.reader)
        matrix = listing.matrices_of(self.esms).exists()
        analysis = bool(listing.analyses_of(self.esms, self.reader))
        view = presentation.structure_documents(
            self.esms, found, self.reader, matrix=matrix, analysis=analysis, figures=bool(given_periods(self.esms))
        )
        page = Paginator(view.reports, A_PAGE).get_page(request.GET.get("page"))
        return render(request, "reports/structure_list.html", {"view": view, "page": page})


class StructureReportView(ReportView, OneOfStructureView):
    """One report of a structure: how far its making is, then the document."""

    permission_required = READS_MATRICES


class StructureRetryView(RetryView, OneOfStructureView):
    """Make a report of a structure again, after a failure."""

    permission_required = (Permission.VIEW_STRUCTURES,)


class StructureDownloadView(DownloadView, OneOfStructureView):
    """The document of a structure itself, as it was issued."""

    permission_required = READS_MATRICES


class AskOfStructureView(StructureDocumentsView, abstract=True):
    """The form that asks for a document of a structure. Its direction alone may have people named in it."""

    permission_required = (Permission.VIEW_STRUCTURES,)
    kind: ReportKind

    def get(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        form = self.form(request.POST)
        if form.is_valid():
            try:
                report = services.ask_for_report(
                    project=self.project, kind=self.kind, user=request.user, esms=self.esms, **form.values
                )
            except DomainError as error:
                form.add_error(error.field if error.field in form.fields else None, str(error))
            else:
                return redirect(presentation.address(report, self.project))
        return self.show(form, status=422)

    def form(self, data: QueryDict | None = None) -> Any:
        """404 when there is nothing to ask for."""
        raise NotImplementedError

    @property
    def names(self) -> bool:
        return rights_in(self.esms, self.request.access).validates

    def show(self, form: Form, *, status: int = 200) -> HttpResponse:
        context = {"form": form, "view": self.page()}
        return render(self.request, "reports/ask_of_structure.html", context, status=status)

    def page(self) -> presentation.AskPage:
        raise NotImplementedError


class AskMatrixView(AskOfStructureView):
    """The habilitation matrix, in one of its versions."""

    permission_required = (Permission.VIEW_STRUCTURES,)
    kind = ReportKind.HABILITATION_MATRIX

    def form(self, data: QueryDict | None = None) -> MatrixForm:
        matrices = list(listing.matrices_of(self.esms))
        if not matrices:
            raise Http404
        return MatrixForm(data, matrices=matrices, names=self.names, asked=self.request.GET.get("version", ""))

    def page(self) -> presentation.AskPage:
        return presentation.ask_matrix_page(self.esms)


class AskAnalysisView(AskOfStructureView):
    """The analysis of risks, of one of its campaigns. Who reads no risk isn't told that there is one."""

    visible_with = permission_required = (Permission.VIEW_STRUCTURES,)
    kind = ReportKind.RISK_ANALYSIS

    def form(self, data: QueryDict | None = None) -> AnalysisForm:
        analyses = listing.analyses_of(self.esms, self.reader)
        if not analyses:
            raise Http404
        return AnalysisForm(data, analyses=analyses, names=self.names, asked=self.request.GET.get("campagne", ""))

    def page(self) -> presentation.AskPage:
        return presentation.ask_analysis_page(Place(self.project, self.esms))


class AskFiguresView(AskOfStructureView):
    """The indicators of the structure, up to one of the periods that it gave."""

    visible_with = permission_required = (Permission.VIEW_STRUCTURES,)
    kind = ReportKind.STRUCTURE_INDICATORS

    def form(self, data: QueryDict | None = None) -> FiguresForm:
        periods = given_periods(self.esms)
        if not periods:
            raise Http404
        return FiguresForm(data, periods=periods, asked=self.request.GET.get("periode", ""))

    def page(self) -> presentation.AskPage:
        return presentation.ask_figures_page(self.esms)
