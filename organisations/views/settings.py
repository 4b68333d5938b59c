"""The settings of a project: its sheet, its OG, its structures."""

import uuid
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from common import french
from common.errors import DomainError
from organisations import selectors, services
from organisations.enums import Permission
from organisations.forms import NewEsmsForm, NewOGForm
from organisations.models import OG, Project
from organisations.presentation import settings, sheets
from organisations.tenancy import ProjectView
from organisations.views.fields import FieldMixin

MANAGES = (Permission.MANAGE_PROJECT,)


class ProjectFieldView(FieldMixin, ProjectView):
    permission_required = MANAGES
    sheet = sheets.PROJECT_SHEET

    def row(self) -> Project:
        return self.project

    def write(self, row: Project, version: int, values: dict[str, Any]) -> Project:
        return services.update_project(row, version=version, **values)

    def page_url(self) -> str:
        return reverse("project_settings", args=[self.project.slug])

    def heads(self, row: Project) -> dict[str, str]:
        return {"titre": settings.settings_title(row)}


class OGMixin:
    """Finds the OG of the project that `og_id` names in the URL."""

    project: Project
    kwargs: dict[str, Any]

    def find_og(self) -> OG:
        og = get_object_or_404(OG, project=self.project, pk=self.kwargs["og_id"])
        og.project = self.project
        return og


class OGFieldView(FieldMixin, OGMixin, ProjectView):
    permission_required = MANAGES
    sheet = sheets.OG_SHEET

    def row(self) -> OG:
        return self.find_og()

    def write(self, row: OG, version: int, values: dict[str, Any]) -> OG:
        return services.update_og(row, version=version, **values)

    def page_url(self) -> str:
        return reverse("og_edit", args=[self.project.slug, self.kwargs["og_id"]])

    def heads(self, row: OG) -> dict[str, str]:
        return {}


class SettingsView(ProjectView):
    """The sheet of the project, its OG, its history."""

    permission_required = MANAGES

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        view = settings.settings(
            self.project,
            selectors.ogs_with_structures(self.project),
            selectors.periods_of(self.project),
            list(selectors.waves_of(self.project)),
        )
        return render(request, "organisations/settings.html", {"view": view})


class OGView(OGMixin, ProjectView):
    """The sheet of an OG, its structures, its history."""

    permission_required = MANAGES

    def get(self, request: HttpRequest, slug: str, og_id: uuid.UUID) -> HttpResponse:
        og = self.find_og()
        view = settings.og_page(self.project, og, list(og.esms.all()))
        return render(request, "organisations/og.html", {"view": view})


class AddView(ProjectView, abstract=True):
    """A form that adds a row."""

    template: ClassVar[str]

    def form(self, data: Any = None) -> Any:
        raise NotImplementedError

    def add(self, given: dict[str, Any]) -> HttpResponse:
        raise NotImplementedError

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = self.form(request.POST)
        if form.is_valid():
            try:
                return self.add(form.cleaned_data)
            except DomainError as error:
                form.add_error(error.field, str(error))
        return self.show(form, status=422)

    def show(self, form: Any, *, status: int = 200) -> HttpResponse:
        view = settings.adding(self.project)
        return render(self.request, self.template, {"form": form, "view": view}, status=status)


class OGAddView(AddView):
    permission_required = MANAGES
    template = "organisations/og_add.html"

    def form(self, data: Any = None) -> NewOGForm:
        return NewOGForm(data)

    def add(self, given: dict[str, Any]) -> HttpResponse:
        given.pop("version", None)
        og = services.add_og(project=self.project, **given)
        sentence = f"{og.name} prend part au projet. Ajoutez maintenant ses structures."
        messages.success(self.request, french.typography(sentence))
        return redirect("og_edit", self.project.slug, og.pk)


class EsmsAddView(AddView):
    permission_required = MANAGES
    template = "organisations/esms_add.html"

    def form(self, data: Any = None) -> NewEsmsForm:
        return NewEsmsForm(data, project=self.project, initial={"og": self.request.GET.get("og", "")})

    def add(self, given: dict[str, Any]) -> HttpResponse:
        profile = {"finess_et": given.pop("finess_et")}
        esms = services.add_esms(profile=profile, **given)
        sentence = f"{esms.name} est dans l’annuaire. Complétez sa fiche et nommez sa direction."
        messages.success(self.request, french.typography(sentence))
        return redirect("structure_team", self.project.slug, esms.slug)
