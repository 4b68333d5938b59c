"""The directory, and the page of a structure."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from common import french
from organisations import selectors, services
from organisations.enums import Level, Permission
from organisations.models import ESMS, ESMSProfile
from organisations.presentation import directory, sheets, structure
from organisations.tenancy import EsmsView, ProjectView
from organisations.views.fields import FieldMixin

TAKES_PART = (Permission.VIEW_PROJECT,)
MANAGES = (Permission.MANAGE_PROJECT,)


class StructuresView(ProjectView):
    """The directory, OG by OG."""

    permission_required = TAKES_PART

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        view = directory.directory(self.project, selectors.ogs_with_structures(self.project), request.access)
        return render(request, "organisations/structures.html", {"view": view})


class StructureView(EsmsView):
    """A structure: its sheet, who works there, its history."""

    permission_required = (Permission.VIEW_STRUCTURES,)

    def get(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        view = structure.structure(
            self.esms,
            self.project,
            selectors.team_of(self.esms),
            {wave.pk: french.typography(wave.name) for wave in selectors.waves_of(self.project)},
            request.access,
            edits_directory=request.access.in_project(self.project, Permission.MANAGE_PROJECT),
            edits_profile=may_edit_profile(request, self.esms),
        )
        return render(request, "organisations/structure.html", {"view": view})


def may_edit_profile(request: HttpRequest, esms: ESMS) -> bool:
    """The direction of the structure itself, or who sets the project. An OG's direction reads (product.md)."""
    own = request.access.ids_with(Level.ESMS, Permission.MANAGE_TEAM)
    return str(esms.pk) in own or request.access.in_project(esms.project, Permission.MANAGE_PROJECT)


class DirectoryFieldView(FieldMixin, EsmsView):
    """What the whole project reads of a structure: the lead's to change."""

    permission_required = MANAGES
    sheet = sheets.DIRECTORY_SHEET

    def row(self) -> ESMS:
        return self.esms

    def write(self, row: ESMS, version: int, values: dict[str, Any]) -> ESMS:
        return services.update_esms(row, version=version, **values)

    def page_url(self) -> str:
        return reverse("structure_team", args=[self.project.slug, self.esms.slug])

    def heads(self, row: ESMS) -> dict[str, str]:
        return {"titre": structure.structure_title(row)}


class ProfileFieldView(FieldMixin, EsmsView):
    """What a structure tells of itself: its direction's to change, or the lead's."""

    permission_required = (Permission.MANAGE_TEAM, Permission.MANAGE_PROJECT)
    sheet = sheets.PROFILE_SHEET

    def has_permission(self) -> bool:
        return super().has_permission() and may_edit_profile(self.request, self.esms)

    def row(self) -> ESMSProfile:
        self.esms.profile.esms = self.esms
        return self.esms.profile

    def write(self, row: ESMSProfile, version: int, values: dict[str, Any]) -> ESMSProfile:
        written = services.update_profile(row, version=version, **values)
        written.esms = self.esms
        return written

    def page_url(self) -> str:
        return reverse("structure_team", args=[self.project.slug, self.esms.slug])

    def heads(self, row: ESMSProfile) -> dict[str, str]:
        return {"bilan": structure.structure_lede(row)}
