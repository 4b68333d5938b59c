"""The risks of a place as spreadsheets: what their pages show, to who reads these pages. `?format=csv` gives the first
sheet as CSV."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from common import french
from common.errors import DomainError
from common.spreadsheets.answers import csv_file, xlsx_file
from common.spreadsheets.tables import Sheet
from risks.forms.overview import read_campaign
from risks.forms.register import read_filters
from risks.presentation import exports
from risks.presentation.register import belongs
from risks.selectors import campaigns
from risks.selectors import register as registers
from risks.selectors.exports import og_names
from risks.selectors.overview import overview
from risks.selectors.reading import read
from risks.views.base import LEAD, READ, REGISTER, InProject, InStructure, PlaceView

NOT_MADE = "Le classeur n’a pas pu être fait. Réessayez dans un instant."


class ExportView(PlaceView, abstract=True):
    """`what`: what the file is called after; `page_name`: the name of the address where its rows are read."""

    what: str
    page_name: str

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        sheets = self.sheets()
        if request.GET.get("format") == "csv":
            return csv_file(sheets[0], exports.file_name(self.what, self.place, "csv"))
        try:
            return xlsx_file(sheets, exports.file_name(self.what, self.place, "xlsx"))
        except DomainError:
            messages.error(request, NOT_MADE)
            return redirect(self.place.url(self.page_name))

    def sheets(self) -> Sequence[Sheet]:
        raise NotImplementedError

    @property
    def ogs(self) -> Mapping[uuid.UUID, str]:
        """Named in the project only."""
        return {} if self.place.esms else og_names(self.project)


class AnswersExport(ExportView, abstract=True):
    """The marks of an analysis, of `?campagne=` or the latest that the reader may read."""

    what, page_name = "notes", "risk_scores"

    def sheets(self) -> Sequence[Sheet]:
        found = read(self.place, self.campaign_number)
        if found is None or not found.reading.marks:
            raise Http404
        return exports.answers(self.place, found)


class StructureAnswersExport(AnswersExport, InStructure):
    permission_required = READ


class ProjectAnswersExport(AnswersExport, InProject):
    permission_required = LEAD


class RegisterExport(ExportView, abstract=True):
    """The register, narrowed as its page is."""

    what, page_name = "registre", "risk_register"

    def sheets(self) -> Sequence[Sheet]:
        today = french.today()
        filters = read_filters(self.request.GET, leads=self.rights.leads)
        risks = registers.register(self.place, self.rights)
        shown = [risk for risk in risks if belongs(risk, self.place, filters.whose) and filters.keeps(risk, today)]
        return exports.register(self.place, shown, self.ogs, today)


class StructureRegisterExport(RegisterExport, InStructure):
    permission_required = READ


class ProjectRegisterExport(RegisterExport, InProject):
    permission_required = REGISTER


class PlanExport(ExportView, abstract=True):
    """The plan of action; `?vue=miennes` keeps the reader's own actions, as its page does."""

    what, page_name = "plan-d-action", "risk_plan"

    def sheets(self) -> Sequence[Sheet]:
        actions = registers.plan(self.place, self.rights)
        if self.request.GET.get("vue") == "miennes":
            actions = [action for action in actions if action.owner_id == self.request.user.pk]
        return exports.plan(self.place, actions, self.ogs, french.today())


class StructurePlanExport(PlanExport, InStructure):
    permission_required = READ


class ProjectPlanExport(PlanExport, InProject):
    permission_required = REGISTER


class ScoresExport(ExportView, InProject):
    """Structures × sections as of a campaign, what they transmitted only."""

    permission_required = LEAD
    what, page_name = "scores", "risks"

    def sheets(self) -> Sequence[Sheet]:
        try:
            campaign = read_campaign(self.request.GET.dict(), campaigns.campaigns_of(self.project))
        except LookupError:
            raise Http404 from None
        found = overview(self.project, campaigns.structures_of(self.project), campaign)
        return exports.scores(self.place, found)
