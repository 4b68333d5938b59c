"""The lead opens a campaign, follows it, gives more time, asks more structures, closes it."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from common.errors import Conflict, DomainError
from common.ids import new_id
from organisations.forms.follow_up import PutOffForm
from organisations.models import ESMS
from organisations.presentation.asking import Who, ticked
from organisations.selectors import waves_of
from risks.enums import CampaignKind
from risks.forms.campaigns import AddForm, CampaignForm, VersionForm
from risks.models import RiskCampaign
from risks.presentation import campaign_acts as acts
from risks.presentation import campaigns as presentation
from risks.presentation import campaigns_who as who
from risks.presentation.tabs import tabs
from risks.selectors import campaigns as selectors
from risks.services import campaigns as services
from risks.views.base import LEAD, InProject


class CampaignsPage(InProject, abstract=True):
    permission_required = LEAD

    def show(self, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        shared = {"tabs": tabs(self.place, self.rights, "risk_campaigns")}
        return self.page(f"risks/campaigns/{name}.html", {**shared, **context}, status=status)


class CampaignsView(CampaignsPage):
    """All of them."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        found = selectors.counted_campaigns(self.project)
        return self.show("list", {"view": presentation.campaigns_page(found, self.project)})


class AskingPage(CampaignsPage, abstract=True):
    """A page where places to ask are ticked. `tick`: a button that ticks several boxes, and changes nothing else."""

    @cached_property
    def structures(self) -> list[ESMS]:
        return selectors.structures_of(self.project)

    @cached_property
    def busy(self) -> dict[UUID, RiskCampaign]:
        return dict(selectors.busy_places(self.project))

    @cached_property
    def asked(self) -> frozenset[UUID]:
        """The places that need not be asked any more."""
        return frozenset()

    @cached_property
    def listed(self) -> list[ESMS]:
        """Those that the page is about."""
        return [esms for esms in self.structures if esms.pk not in self.asked]

    @property
    def project_busy(self) -> bool:
        return self.project.pk in self.busy

    def free(self) -> list[ESMS]:
        return [esms for esms in self.listed if esms.pk not in self.busy]

    def offered(self, checked: set[str]) -> Who:
        waves = list(waves_of(self.project))
        return who.who_may_be(
            self.listed,
            self.busy,
            checked,
            waves,
            with_project=not self.project_busy and self.project.pk not in self.asked,
            project_busy=self.project_busy and self.project.pk not in self.asked,
        )

    def typed(self) -> set[str]:
        """The boxes as they were posted, or as a button ticks them."""
        if tick := self.request.POST.get("tick"):
            return ticked(self.free(), tick)
        return set(self.request.POST.getlist("structures"))


class OpenView(AskingPage):
    """Ask places where risk is: by default, those of the phase that the project is in; all of them at its start."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        phase, begun = self.project.phase, bool(selectors.campaigns_of(self.project))
        free = self.free()
        of_phase = [esms for esms in free if esms.phase == phase]
        chosen = of_phase if begun and of_phase else free
        initial = {
            "kind": CampaignKind.PHASE_END if begun else CampaignKind.START,
            "phase": phase,
            "with_project": not self.project_busy,
            "token": new_id(),
        }
        form = CampaignForm(initial=initial, structures=self.structures)
        return self.ask(form, {str(esms.pk) for esms in chosen})

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        if "tick" in request.POST:
            form = CampaignForm(initial=request.POST.dict(), structures=self.structures)
            return self.ask(form, self.typed())
        form = CampaignForm(request.POST, structures=self.structures)
        if form.is_valid():
            try:
                campaign = services.open_campaign(project=self.project, by=request.user, **form.cleaned_data)
            except DomainError as error:
                form.add_error(error.field, str(error))
            else:
                said = acts.opened(campaign, campaign.assessments.count())
                return self.told(said, self.place.url("risk_campaign", campaign.number))
        return self.ask(form, self.typed(), status=422)

    def ask(self, form: CampaignForm, checked: set[str], *, status: int = 200) -> HttpResponse:
        view = who.open_page(self.project, self.offered(checked))
        return self.show("open", {"view": view, "form": form}, status=status)


class OneView(CampaignsPage, abstract=True):
    """A view of one campaign: `self.campaign`, from `number` in the URL."""

    @cached_property
    def campaign(self) -> RiskCampaign:
        campaign = RiskCampaign.objects.filter(project=self.project, number=self.kwargs["number"]).first()
        if campaign is None:
            raise Http404
        campaign.project = self.project
        return campaign

    @property
    def campaign_url(self) -> str:
        return self.place.url("risk_campaign", self.kwargs["number"])

    def current(self, conflict: Conflict) -> RiskCampaign:
        """The campaign as somebody else left it."""
        self.campaign = conflict.current
        self.campaign.project = self.project
        return self.campaign


class CampaignView(OneView):
    """Who transmitted, who is where, who is late."""

    def get(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        view = presentation.campaign_page(selectors.follow_up(self.campaign))
        return self.show("campaign", {"view": view, "campaign": self.campaign})


class ExtendView(OneView):
    """Give the places another day, and say why."""

    def get(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        if self.campaign.closed_at:
            return redirect(self.campaign_url)
        return self.act(PutOffForm(initial={"due_on": self.campaign.due_on, "version": self.campaign.version}))

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        form = PutOffForm(request.POST)
        if not form.is_valid():
            return self.act(form, status=422)
        try:
            campaign = services.extend(campaign=self.campaign, **form.cleaned_data)
        except Conflict as conflict:
            current = self.current(conflict)
            again = PutOffForm(initial={**form.cleaned_data, "version": current.version})
            return self.act(again, moved=True, status=409)
        except DomainError as error:
            form.add_error(error.field, str(error))
            return self.act(form, status=422)
        return self.told(acts.extended(campaign), self.campaign_url)

    def act(self, form: PutOffForm, *, moved: bool = False, status: int = 200) -> HttpResponse:
        view = acts.extend_page(self.campaign, moved=moved)
        return self.show("extend", {"view": view, "form": form, "campaign": self.campaign}, status=status)


class AddView(OneView, AskingPage):
    """Ask structures that came since."""

    @cached_property
    def asked(self) -> frozenset[UUID]:
        return selectors.asked_places(self.campaign)

    def get(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        if self.campaign.closed_at:
            return redirect(self.campaign_url)
        form = AddForm(initial={"version": self.campaign.version}, structures=self.structures)
        return self.ask(form, set())

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        if "tick" in request.POST:
            form = AddForm(initial=request.POST.dict(), structures=self.structures)
            return self.ask(form, self.typed())
        form = AddForm(request.POST, structures=self.structures)
        if not form.is_valid():
            return self.ask(form, self.typed(), status=422)
        try:
            count = services.add_structures(campaign=self.campaign, **form.cleaned_data)
        except Conflict as conflict:
            current = self.current(conflict)
            again = AddForm(initial={**form.cleaned_data, "version": current.version}, structures=self.structures)
            return self.ask(again, self.typed(), moved=True, status=409)
        except DomainError as error:
            form.add_error(error.field, str(error))
            return self.ask(form, self.typed(), status=422)
        return self.told(acts.added(count), self.campaign_url) if count else redirect(self.campaign_url)

    def ask(self, form: AddForm, checked: set[str], *, moved: bool = False, status: int = 200) -> HttpResponse:
        view = acts.add_page(self.campaign, moved=moved)
        context = {"view": view, "who": self.offered(checked), "form": form, "campaign": self.campaign}
        return self.show("add", context, status=status)


class CloseView(OneView):
    """Wait no longer; says first what becomes of what was not transmitted."""

    def get(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        return redirect(self.campaign_url) if self.campaign.closed_at else self.act()

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        form = VersionForm(request.POST)
        if not form.is_valid():
            return self.act(status=422)
        try:
            stopped = services.close(campaign=self.campaign, version=form.cleaned_data["version"], by=request.user)
        except Conflict as conflict:
            if not self.current(conflict).closed_at:
                return self.act(moved=True, status=409)
            return redirect(self.campaign_url)
        except DomainError as error:
            messages.error(request, str(error))
            return redirect(self.campaign_url)
        undo = self.place.url("risk_campaign_reopen", number)
        return self.told(acts.closed(self.campaign, stopped), self.campaign_url, undo_url=undo)

    def act(self, *, moved: bool = False, status: int = 200) -> HttpResponse:
        view = acts.close_page(selectors.follow_up(self.campaign), moved=moved)
        return self.show("close", {"view": view, "campaign": self.campaign}, status=status)


class ReopenView(OneView):
    """Wait again for what closing had stopped."""

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        try:
            count = services.reopen(campaign=self.campaign)
        except DomainError as error:
            messages.error(request, str(error))
            return redirect(self.campaign_url)
        return self.told(acts.reopened(self.campaign, count), self.campaign_url)
