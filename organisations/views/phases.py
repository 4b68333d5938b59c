"""The dates of the phases of a project."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from organisations import selectors, services
from organisations.enums import Permission, Phase
from organisations.models import PhasePeriod
from organisations.presentation import phases, sheets
from organisations.tenancy import ProjectView
from organisations.views.fields import FieldMixin

MANAGES = (Permission.MANAGE_PROJECT,)


class PhasesView(ProjectView):
    """When each phase takes place."""

    permission_required = MANAGES

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        view = phases.phases(self.project, selectors.periods_of(self.project))
        return render(request, "organisations/phases.html", {"view": view})


class PeriodFieldView(FieldMixin, ProjectView):
    """One date of one phase."""

    permission_required = MANAGES

    @property
    def sheet(self) -> sheets.Sheet:
        return sheets.PERIOD_SHEETS[Phase(self.row().phase)]

    def row(self) -> PhasePeriod:
        return get_object_or_404(PhasePeriod, project=self.project, phase=self.kwargs["phase"])

    def write(self, row: PhasePeriod, version: int, values: dict[str, Any]) -> PhasePeriod:
        return services.update_period(row, version=version, **values)

    def page_url(self) -> str:
        return reverse("project_phases", args=[self.project.slug])

    def heads(self, row: PhasePeriod) -> dict[str, str]:
        return {"titre": phases.phases_title(selectors.periods_of(self.project))}
