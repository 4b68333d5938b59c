"""The waves of a project: added, renamed, dated, removed while no structure is in them."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from common import french
from common.errors import DomainError
from organisations import selectors, services
from organisations.enums import Permission
from organisations.forms import NewWaveForm
from organisations.models import Wave
from organisations.presentation import sheets, waves
from organisations.tenancy import ProjectView
from organisations.views.fields import FieldMixin

MANAGES = (Permission.MANAGE_PROJECT,)


class WavesView(ProjectView):
    """The waves, and the form that adds one."""

    permission_required = MANAGES

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(NewWaveForm())

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = NewWaveForm(request.POST)
        if form.is_valid():
            try:
                wave = services.add_wave(project=self.project, **form.cleaned_data)
            except DomainError as error:
                form.add_error(error.field, str(error))
            else:
                told = (
                    f"{wave.name} est ajoutée. Chaque structure se place dans sa vague sur sa page « Équipe et accès »."
                )
                messages.success(request, french.typography(told))
                return redirect("project_waves", slug)
        return self.show(form, status=422)

    def show(self, form: NewWaveForm, *, status: int = 200) -> HttpResponse:
        view = waves.waves(self.project, list(selectors.waves_of(self.project)))
        return render(self.request, "organisations/waves.html", {"view": view, "form": form}, status=status)


class WaveMixin:
    """Finds the wave that `wave_id` names in the URL."""

    project: Any
    kwargs: dict[str, Any]

    def row(self) -> Wave:
        return get_object_or_404(Wave, project=self.project, pk=self.kwargs["wave_id"])


class WaveFieldView(WaveMixin, FieldMixin, ProjectView):
    """The name or a date of one wave."""

    permission_required = MANAGES

    @property
    def sheet(self) -> sheets.Sheet:
        return sheets.wave_sheet(self.kwargs["wave_id"])

    def write(self, row: Wave, version: int, values: dict[str, Any]) -> Wave:
        return services.update_wave(row, version=version, **values)

    def page_url(self) -> str:
        return reverse("project_waves", args=[self.project.slug])

    def heads(self, row: Wave) -> dict[str, str]:
        return {"titre": waves.waves_title(list(selectors.waves_of(self.project)))}


class WaveRemoveView(WaveMixin, ProjectView):
    """Remove a wave that no structure is in."""

    permission_required = MANAGES

    def post(self, request: HttpRequest, slug: str, wave_id: uuid.UUID) -> HttpResponse:
        wave = self.row()
        try:
            services.remove_wave(wave=wave)
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, french.typography(f"{wave.name} est retirée."))
        return redirect("project_waves", slug)
