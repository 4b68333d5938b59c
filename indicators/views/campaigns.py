"""The lead opens a campaign, follows it, gives more time, asks more structures, closes it."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from common import french
from common.errors import Conflict, DomainError
from common.ids import new_id
from common.spreadsheets.answers import csv_file, xlsx_file
from indicators.enums import Frequency
from indicators.forms.campaigns import AddForm, OpenForm, VersionForm, periods_offered, read_standings
from indicators.models import Campaign, Collection
from indicators.periods import Period
from indicators.presentation import campaign as one_campaign
from indicators.presentation import campaign_acts as acts
from indicators.presentation import campaign_export as export
from indicators.presentation import campaigns as presentation
from indicators.presentation.tabs import of_project as tabs
from indicators.selectors import campaigns as selectors
from indicators.selectors.asked import asked_of
from indicators.selectors.definitions import Followed, followed
from indicators.services import campaigns as services
from indicators.views.base import DEFINE, IndicatorPage, period_at
from organisations.forms.follow_up import Filters, PutOffForm
from organisations.models import ESMS, Project
from organisations.presentation import asking
from organisations.selectors import waves_of

PAGE_SIZE = 50
NOT_MADE = "Le classeur n’a pas pu être fait. Réessayez dans un instant."


class CampaignsPage(IndicatorPage, abstract=True):
    permission_required = DEFINE

    def show(self, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        shared = {"tabs": tabs(self.project, self.rights, "indicator_campaigns")}
        return self.page(f"indicators/campaigns/{name}.html", {**shared, **context}, status=status)

    def url(self, name: str, *more: str) -> str:
        return reverse(name, args=[self.project.slug, *more])

    @cached_property
    def structures(self) -> list[ESMS]:
        return selectors.structures_of(self.project)

    @cached_property
    def followed(self) -> list[Followed]:
        return followed(self.project)


class CampaignsView(CampaignsPage):
    """All of them."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        found = selectors.campaign_list(self.project)
        asked = any(one.entered for one in self.followed)
        return self.show("list", {"view": presentation.campaigns_page(found, self.project), "asked": asked})


class OpenView(CampaignsPage):
    """Ask structures for a period: days and structures are proposed as the project collects, then are the lead's."""

    @cached_property
    def collections(self) -> Mapping[str, Collection]:
        return selectors.collections_of(self.project)

    @cached_property
    def periods(self) -> list[Period]:
        frequencies = {Frequency(one.definition.frequency) for one in self.followed if one.entered}
        wanted = [frequency for frequency in Frequency if frequency in frequencies]
        return periods_offered(wanted, selectors.taken_periods(self.project))

    def chosen(self, code: str | None) -> Period | None:
        """The period that is named; otherwise the last one that is over, or the one that goes on, of a month first."""
        today = Period.of(Frequency.MONTHLY, french.today())
        wished = [today.previous, today, *self.periods]
        found = [period for period in self.periods if period.code == code]
        return next((period for period in [*found, *wished] if period in self.periods), None)

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.proposed(self.chosen(request.GET.get("periode")), {"token": new_id()})

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        if "propose" in request.POST:
            kept = {name: request.POST.get(name, "") for name in ("message", "token")}
            return self.proposed(self.chosen(request.POST.get("period")), kept)
        period = self.chosen(request.POST.get("period"))
        if "tick" in request.POST:
            form = OpenForm(initial=request.POST.dict(), structures=self.structures, periods=self.periods)
            return self.ask(form, period, asking.ticked(self.able(period), request.POST["tick"]))
        form = OpenForm(request.POST, structures=self.structures, periods=self.offered(request))
        if form.is_valid():
            try:
                campaign = services.open_campaign(project=self.project, by=request.user, **form.cleaned_data)
            except DomainError as error:
                form.add_error(error.field, str(error))
            else:
                said = acts.opened(campaign, campaign.statements.count())
                return self.told(said, self.url("indicator_campaign", campaign.period.code))
        return self.ask(form, period, set(request.POST.getlist("structures")), status=422)

    def offered(self, request: HttpRequest) -> list[Period]:
        """Those that may be chosen, and that of this very form when it was posted before."""
        known = Campaign.objects.filter(project=self.project, token=_uuid(request.POST.get("token"))).first()
        return [*self.periods, known.period] if known else self.periods

    def proposed(self, period: Period | None, kept: dict[str, Any]) -> HttpResponse:
        collection = self.collections.get(period.frequency) if period else None
        days = services.days_proposed(collection, period, french.today()) if period else (None, None, None)
        initial = dict(zip(("opens_on", "due_on", "closes_on"), days, strict=True))
        initial |= {"period": period.code if period else "", **kept}
        form = OpenForm(initial=initial, structures=self.structures, periods=self.periods)
        chosen = selectors.concerned(self.structures, period, collection, self.followed) if period else []
        return self.ask(form, period, {str(esms.pk) for esms in chosen})

    def able(self, period: Period | None) -> list[ESMS]:
        """Those that have something to enter for a period."""
        return [esms for esms in self.structures if period and asked_of(esms, period, self.followed)]

    def ask(self, form: OpenForm, period: Period | None, checked: set[str], *, status: int = 200) -> HttpResponse:
        if period is None:
            return self.show(
                "nothing", {"view": acts.open_page(self.project, None, None), "asked": bool(self.followed)}
            )
        collection = self.collections.get(period.frequency)
        able = self.able(period)
        context = {
            "view": acts.open_page(self.project, period, collection),
            "who": offer(able, [esms for esms in self.structures if esms not in able], checked, self.project),
            "form": form,
        }
        return self.show("open", context, status=status)


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def offer(able: list[ESMS], idle: list[ESMS], checked: set[str], project: Project) -> asking.Who:
    """Boxes of the structures that may be asked, by wave; in words, those that have nothing to enter."""
    return asking.who_may_be(able, checked, list(waves_of(project)), busy=acts.idle_in_words(idle))


class OneView(CampaignsPage, abstract=True):
    """A view of one campaign: `self.campaign`, from `period` in the URL."""

    @cached_property
    def campaign(self) -> Campaign:
        period = period_at(self.kwargs["period"])
        rows = Campaign.objects.filter(project=self.project, frequency=period.frequency, period_start=period.start)
        campaign = rows.first()
        if campaign is None:
            raise Http404
        campaign.project = self.project
        return campaign

    @property
    def campaign_url(self) -> str:
        return self.url("indicator_campaign", self.kwargs["period"])

    def current(self, conflict: Conflict) -> Campaign:
        """The campaign as somebody else left it."""
        self.campaign = conflict.current
        self.campaign.project = self.project
        return self.campaign

    @cached_property
    def follow(self) -> selectors.FollowUp:
        return selectors.follow_up(self.campaign)

    @cached_property
    def filters(self) -> Filters[selectors.Standing]:
        found = read_standings(self.request.GET.dict(), self.follow.standings, list(waves_of(self.project)))
        if not found.known:
            raise Http404
        return found

    @property
    def shown(self) -> list[selectors.Standing]:
        return one_campaign.in_order([one for one in self.follow.standings if self.filters.keeps(one)])


class CampaignView(OneView):
    """Who gave, who is where, who is late."""

    def get(self, request: HttpRequest, slug: str, period: str) -> HttpResponse:
        shown = self.shown
        page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
        context = {
            "view": one_campaign.campaign_page(self.follow),
            "campaign": self.campaign,
            "code": period,
            "filters": self.filters,
            "narrowed": one_campaign.shown_in_words(shown, self.follow, self.filters),
            "lines": one_campaign.lines_of(list(page.object_list)),
            "page": page,
        }
        return self.show("campaign", context)


class ExportView(OneView):
    """What the page shows, narrowed as it is; `?format=csv` gives it as CSV."""

    def get(self, request: HttpRequest, slug: str, period: str) -> HttpResponse:
        sheet = export.sheet(self.campaign, self.shown)
        if request.GET.get("format") == "csv":
            return csv_file(sheet, export.file_name(self.campaign, "csv"))
        try:
            return xlsx_file([sheet], export.file_name(self.campaign, "xlsx"))
        except DomainError:
            messages.error(request, NOT_MADE)
            return redirect(self.campaign_url)


class ExtendView(OneView):
    """Give the structures another day, and say why."""

    def get(self, request: HttpRequest, slug: str, period: str) -> HttpResponse:
        if self.campaign.closed_at:
            return redirect(self.campaign_url)
        return self.act(PutOffForm(initial={"due_on": self.campaign.due_on, "version": self.campaign.version}))

    def post(self, request: HttpRequest, slug: str, period: str) -> HttpResponse:
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
        return self.show("extend", {"view": view, "form": form, "code": self.kwargs["period"]}, status=status)


class AddView(OneView):
    """Ask structures that came since, or that opened the record."""

    def get(self, request: HttpRequest, slug: str, period: str) -> HttpResponse:
        if self.campaign.closed_at:
            return redirect(self.campaign_url)
        form = AddForm(initial={"version": self.campaign.version}, structures=self.structures)
        return self.ask(form, set())

    def post(self, request: HttpRequest, slug: str, period: str) -> HttpResponse:
        if "tick" in request.POST:
            form = AddForm(initial=request.POST.dict(), structures=self.structures)
            return self.ask(form, asking.ticked(self.follow.others, request.POST["tick"]))
        form = AddForm(request.POST, structures=self.structures)
        typed = set(request.POST.getlist("structures"))
        if not form.is_valid():
            return self.ask(form, typed, status=422)
        try:
            count = services.add_structures(campaign=self.campaign, **form.cleaned_data)
        except Conflict as conflict:
            current = self.current(conflict)
            again = AddForm(initial={**form.cleaned_data, "version": current.version}, structures=self.structures)
            return self.ask(again, typed, moved=True, status=409)
        except DomainError as error:
            form.add_error(error.field, str(error))
            return self.ask(form, typed, status=422)
        return self.told(acts.added(count), self.campaign_url) if count else redirect(self.campaign_url)

    def ask(self, form: AddForm, checked: set[str], *, moved: bool = False, status: int = 200) -> HttpResponse:
        found = self.follow
        context = {
            "view": acts.add_page(found, moved=moved),
            "who": offer(list(found.others), list(found.idle), checked, self.project),
            "form": form,
            "code": self.kwargs["period"],
        }
        return self.show("add", context, status=status)


class CloseView(OneView):
    """Wait no longer; says first what becomes of what was not given."""

    def get(self, request: HttpRequest, slug: str, period: str) -> HttpResponse:
        return redirect(self.campaign_url) if self.campaign.closed_at else self.act()

    def post(self, request: HttpRequest, slug: str, period: str) -> HttpResponse:
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
        undo = self.url("indicator_campaign_reopen", period)
        return self.told(acts.closed(self.campaign, stopped), self.campaign_url, undo_url=undo)

    def act(self, *, moved: bool = False, status: int = 200) -> HttpResponse:
        view = acts.close_page(self.follow, moved=moved)
        context = {"view": view, "campaign": self.campaign, "code": self.kwargs["period"]}
        return self.show("close", context, status=status)


class ReopenView(OneView):
    """Wait again for what closing had stopped."""

    def post(self, request: HttpRequest, slug: str, period: str) -> HttpResponse:
        running = services.reopen(campaign=self.campaign)
        return self.told(acts.reopened(self.campaign, running=running), self.campaign_url)
