"""The risks of a project: structures side by side, or figures alone, according to who reads."""

from functools import cached_property
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse

from organisations.enums import Level, Permission
from organisations.models import ESMS, Wave
from organisations.selectors import follows, structures_followed, waves_of
from risks.aggregates import project_figures
from risks.forms.overview import Filters, read_campaign, read_filters
from risks.models import RiskCampaign
from risks.presentation import overview as presentation
from risks.presentation.overview_figures import FiguresPage, figures_page
from risks.presentation.tabs import tabs
from risks.selectors.assessments import thresholds_of
from risks.selectors.campaigns import campaigns_of
from risks.selectors.overview import Overview, overview, register_summary
from risks.views.base import InProject

PAGE_SIZE = 30


class OverviewView(InProject):
    """The lead reads all structures, the direction of an OG its own: what they transmitted. Bodies of the project read
    figures over all of them, and its register."""

    permission_required = (Permission.VIEW_PROJECT,)

    def has_permission(self) -> bool:
        return super().has_permission() and (self.rights.register or self.follows)

    @cached_property
    def follows(self) -> bool:
        return follows(self.project, self.request.access)

    @cached_property
    def campaigns(self) -> list[RiskCampaign]:
        return campaigns_of(self.project)

    @cached_property
    def waves(self) -> list[Wave]:
        return list(waves_of(self.project))

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        register = presentation.register(register_summary(self.project), self.place) if self.rights.register else None
        shared = {"tabs": tabs(self.place, self.rights, "risks"), "register": register}
        if not self.follows:
            return self.page("risks/overview/figures.html", {**shared, "view": self.figures()})
        found, filters = self.narrowed()
        page = Paginator(found.structures, PAGE_SIZE).get_page(request.GET.get("page"))
        view = presentation.page(
            found, list(page.object_list), self.waves, filtered=bool(filters.parameters), leads=self.rights.leads
        )
        context = {
            "view": view,
            "page": page,
            "filters": filters,
            "campaigns": self.campaigns,
            "campaign": found.campaign,
            "this_page": request.path,
            "whole": self.figures() if self.rights.register and not self.rights.leads else None,
        }
        return self.page("risks/overview/overview.html", {**shared, **context})

    def narrowed(self) -> tuple[Overview, Filters]:
        """What the address asks for."""
        try:
            campaign = read_campaign(self.request.GET, self.campaigns)
        except LookupError:
            raise Http404 from None
        everything = overview(self.project, self.in_order(), campaign)
        filters = read_filters(self.request.GET, everything.structures, self.waves)
        if not filters.known:
            raise Http404
        return everything.narrowed([one for one in everything.structures if filters.keeps(one)]), filters

    def in_order(self) -> list[ESMS]:
        """The structures that this person follows, in the order of their waves, then by OG and name."""
        ranks = {wave.pk: rank for rank, wave in enumerate(self.waves)}
        found = structures_followed(self.project, self.request.access)
        return sorted(found, key=lambda esms: ranks.get(esms.wave_id, len(ranks)))

    def figures(self) -> FiguresPage:
        """Of all structures together, as of the last campaign."""
        access = self.request.access
        followed = structures_followed(self.project, access) if self.follows else []
        own = access.ids_with(Level.ESMS, Permission.VIEW_STRUCTURES)
        known = {*(esms.pk for esms in followed), *(UUID(key) for key in own)}
        latest = self.campaigns[0] if self.campaigns else None
        found = project_figures(self.project, latest, known)
        return figures_page(found, self.project, thresholds_of(self.project))
