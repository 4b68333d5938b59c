"""The plan of action of a place."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from common import french
from risks.presentation import plan as presentation
from risks.selectors import register as selectors
from risks.views.base import READ, REGISTER, InProject, InStructure, PlaceView


class PlanPage(PlaceView, abstract=True):
    """All that is done about its risks, by date."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        found = selectors.plan(self.place, self.rights)
        mine = request.GET.get("vue") == "miennes"
        view = presentation.plan(self.place, self.rights, found, request.user, french.today(), mine=mine)
        return self.page("risks/register/plan.html", {"view": view})


class StructurePlan(PlanPage, InStructure):
    permission_required = READ


class ProjectPlan(PlanPage, InProject):
    permission_required = REGISTER
