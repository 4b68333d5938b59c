"""Matrices as a workbook: of one structure, of all those that were consolidated."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from common.errors import DomainError
from common.spreadsheets.answers import xlsx_file
from organisations.enums import Permission
from organisations.selectors import follows
from organisations.tenancy import ProjectView
from structures.models import HabilitationMatrix
from structures.presentation import habilitation_export as presentation
from structures.selectors.habilitation_follow_up import consolidated
from structures.selectors.habilitations import read, readings
from structures.views.habilitation_base import READ_ALL, MatrixView

NOT_MADE = "Le classeur n’a pas pu être fait. Réessayez dans un instant."


class StructureExportView(MatrixView):
    """The matrix of a structure: the version asked for, or the one that holds. The vendor gets consolidated ones."""

    permission_required = READ_ALL

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        if not self.versions:
            raise Http404
        return True

    def get(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        matrix = self.matrix(request.GET.get("version", ""))
        if matrix is None:
            raise Http404
        try:
            return xlsx_file(presentation.of_structure(self.esms, read(matrix)), presentation.file_name(esms_slug))
        except DomainError:
            messages.error(request, NOT_MADE)
            return redirect("habilitation_matrix", slug, esms_slug)

    def matrix(self, asked: str) -> HabilitationMatrix | None:
        if asked:
            return next((version for version in self.versions if str(version.number) == asked), None)
        return self.where.in_force or self.where.open


class ProjectExportView(ProjectView):
    """All consolidated matrices that one may read, in one workbook."""

    permission_required = (Permission.VIEW_PROJECT,)

    def has_permission(self) -> bool:
        permissions = (Permission.VIEW_HABILITATIONS, Permission.VIEW_VALIDATED_MATRICES)
        return super().has_permission() and follows(self.project, self.request.access, *permissions)

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        found = consolidated(self.project, self.request.access)
        read_ = readings(item.matrix for item in found)
        by_structure = {item.esms.pk: read_[item.matrix.pk] for item in found}
        sheets = presentation.of_project(self.project, by_structure, [item.esms for item in found])
        try:
            return xlsx_file(sheets, presentation.file_name(slug))
        except DomainError:
            messages.error(request, NOT_MADE)
            return redirect("habilitation_follow_up", slug)
