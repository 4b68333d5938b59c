"""The lead chooses what is followed, and says what it means."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from common import french
from common.errors import Conflict, DomainError
from common.ids import new_id
from indicators.forms.definitions import AdoptForm, ChangeForm, OwnForm, initial_of
from indicators.models import Definition, Indicator
from indicators.presentation import definition as one_presentation
from indicators.presentation import definition_acts as acts
from indicators.presentation import definitions as presentation
from indicators.presentation.tabs import of_project
from indicators.selectors import defining as selectors
from indicators.services import defining as services
from indicators.services.definitions import adopt_catalogue
from indicators.views.base import DEFINE, IndicatorPage
from organisations.enums import Permission


class DefiningPage(IndicatorPage, abstract=True):
    """A page of what is followed, for its lead."""

    permission_required: tuple[Permission, ...] = DEFINE

    def show(self, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        tabs = of_project(self.project, self.rights, "indicator_definitions")
        return self.page(f"indicators/definitions/{name}.html", {"tabs": tabs, **context}, status=status)

    def url(self, name: str, *args: object) -> str:
        return reverse(name, args=[self.project.slug, *args])


class OnePage(DefiningPage, abstract=True):
    """A page of one indicator: `self.current` is its definition, from `code` in the URL."""

    @cached_property
    def current(self) -> Definition:
        rows = Definition.objects.filter(project=self.project, indicator__code=self.kwargs["code"])
        found = rows.select_related("indicator").order_by("-number").first()
        if found is None:
            raise Http404
        return found

    @property
    def indicator(self) -> Indicator:
        return self.current.indicator

    @property
    def home(self) -> str:
        return self.url("indicator_definition", self.indicator.code)

    def refused(self, error: DomainError) -> HttpResponse:
        messages.error(self.request, french.typography(str(error)))
        return redirect(self.home)


class DefinitionsView(DefiningPage):
    """All that is followed, and what the catalogue has besides. `voir`: some of it."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        shown = request.GET.get("voir", "")
        if shown not in presentation.FILTERS:
            raise Http404
        return self.listed(shown)

    def listed(self, shown: str = "", form: AdoptForm | None = None, *, status: int = 200) -> HttpResponse:
        ticked = set(self.request.POST.getlist("codes")) if form else None
        view = presentation.page(selectors.all_defined(self.project), shown, french.today(), ticked)
        return self.show("list", {"view": view, "form": form}, status=status)


class AdoptView(DefinitionsView):
    """Follow those of the catalogue that are ticked."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = AdoptForm(request.POST, proposed=presentation.proposed([]))
        if not form.is_valid():
            return self.listed(form=form, status=422)
        new = adopt_catalogue(project=self.project, codes=form.cleaned_data["codes"], user=request.user)
        return self.told(presentation.adopted(len(new)), self.url("indicator_definitions"))


class AddView(DefiningPage):
    """One more, of the project's own."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.ask(OwnForm(initial={"token": new_id()}))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = OwnForm(request.POST)
        if not form.is_valid():
            return self.ask(form, status=422)
        try:
            added = services.add_own(project=self.project, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            return self.ask(form, status=422)
        return self.told(acts.ADDED, self.url("indicator_definition", added.code))

    def ask(self, form: OwnForm, *, status: int = 200) -> HttpResponse:
        return self.show("form", {"view": acts.add_page(self.project), "form": form}, status=status)


class DefinitionView(DefiningPage):
    """What one means, meant, aims at, and when it alerts."""

    def get(self, request: HttpRequest, slug: str, code: str) -> HttpResponse:
        found = selectors.one_defined(self.project, code)
        if found is None:
            raise Http404
        return self.show("one", {"view": one_presentation.page(self.project, found, french.today())})


class ChangeView(OnePage):
    """The next version of a definition."""

    def get(self, request: HttpRequest, slug: str, code: str) -> HttpResponse:
        return self.ask(ChangeForm(current=self.current, initial={**initial_of(self.current), "token": new_id()}))

    def post(self, request: HttpRequest, slug: str, code: str) -> HttpResponse:
        form = ChangeForm(request.POST, current=self.current)
        if not form.is_valid():
            return self.ask(form, status=422)
        before = self.current
        try:
            written = services.change_definition(indicator=self.indicator, by=request.user, **form.cleaned_data)
        except Conflict as conflict:
            typed = {**request.POST.dict(), "number": conflict.current.number, "token": new_id()}
            return self.ask(ChangeForm(current=conflict.current, initial=typed), theirs=conflict.current, status=409)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            return self.ask(form, status=422)
        return self.told(acts.changed(before, written), self.home)

    def ask(self, form: ChangeForm, *, theirs: Definition | None = None, status: int = 200) -> HttpResponse:
        view = acts.change_page(self.project, self.current, theirs)
        return self.show("form", {"view": view, "form": form}, status=status)


class FollowView(OnePage):
    """Give an indicator up, or take it up again."""

    active = True
    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str, code: str) -> HttpResponse:
        services.follow(indicator=self.indicator, active=self.active)
        undo = "indicator_definition_give_up" if self.active else "indicator_definition_resume"
        return self.told(acts.FOLLOWED[self.active], self.home, undo_url=self.url(undo, code))


class AskView(OnePage):
    """Have structures enter it in place of the application, or not."""

    asked = True
    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str, code: str) -> HttpResponse:
        try:
            services.ask(indicator=self.indicator, asked=self.asked)
        except DomainError as error:
            return self.refused(error)
        undo = "indicator_definition_computed" if self.asked else "indicator_definition_entered"
        return self.told(acts.ASKED[self.asked], self.home, undo_url=self.url(undo, code))
