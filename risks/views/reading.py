"""The scores of one place: where risk is, what is strongest, what changed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from risks.presentation import reading
from risks.selectors.reading import read
from risks.views.base import LEAD, READ, InProject, InStructure, PlaceView


class ScoresPage(PlaceView, abstract=True):
    """`?campagne=` reads an older one, `?repere=` chooses what the radar is drawn over."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        number = self.campaign_number
        found = read(self.place, number)
        if found is None and number is not None:
            raise Http404
        view = reading.page(self.place, found, self.rights, request.GET.get("repere", ""))
        return self.page("risks/reading/scores.html", {"view": view})


class StructureScores(ScoresPage, InStructure):
    permission_required = READ


class ProjectScores(ScoresPage, InProject):
    permission_required = LEAD
