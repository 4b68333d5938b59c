"""The lead fixes what an indicator should reach."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from common import french
from common.errors import Conflict, DomainError
from indicators.forms.targets import ChangeTargetForm, TargetForm, VersionForm
from indicators.models import Target
from indicators.presentation import targets as presentation
from indicators.services import targets as services
from indicators.views.definitions import OnePage
from organisations.models import ESMS
from organisations.selectors import waves_of


class AddView(OnePage):
    """Fix one more: of the project, a wave or a structure."""

    def form(self, data: Any = None, **initial: Any) -> TargetForm:
        structures = ESMS.objects.filter(project=self.project).order_by("name", "pk")
        return TargetForm(
            data, definition=self.current, waves=waves_of(self.project), structures=structures, initial=initial
        )

    def get(self, request: HttpRequest, slug: str, code: str) -> HttpResponse:
        return self.ask(self.form(from_on=french.today()))

    def post(self, request: HttpRequest, slug: str, code: str) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.ask(form, status=422)
        try:
            target = services.set_target(indicator=self.indicator, **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            return self.ask(form, status=422)
        return self.told(presentation.fixed(self.current, target), f"{self.home}#cibles")

    def ask(self, form: TargetForm, *, status: int = 200) -> HttpResponse:
        view = presentation.add_page(self.project, self.current)
        return self.show("form", {"view": view, "form": form}, status=status)


class OneTarget(OnePage, abstract=True):
    @cached_property
    def target(self) -> Target:
        rows = Target.objects.filter(project=self.project, indicator=self.indicator).select_related("wave", "esms")
        target = rows.filter(pk=self.kwargs["target_id"]).first()
        if target is None:
            raise Http404
        target.indicator = self.indicator
        return target


class TargetView(OneTarget):
    """Change a target, or take it away."""

    def get(self, request: HttpRequest, slug: str, code: str, target_id: object) -> HttpResponse:
        return self.ask(self.form_of(self.target))

    def form_of(self, target: Target) -> ChangeTargetForm:
        initial = {"value": target.value, "from_on": target.from_on, "version": target.version}
        return ChangeTargetForm(definition=self.current, initial=initial)

    def post(self, request: HttpRequest, slug: str, code: str, target_id: object) -> HttpResponse:
        form = ChangeTargetForm(request.POST, definition=self.current)
        if not form.is_valid():
            return self.ask(form, status=422)
        try:
            target = services.change_target(target=self.target, **form.cleaned_data)
        except Conflict as conflict:
            typed = {**form.cleaned_data, "version": conflict.current.version}
            again = ChangeTargetForm(definition=self.current, initial=typed)
            return self.ask(again, theirs=conflict.current, status=409)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            return self.ask(form, status=422)
        return self.told(presentation.fixed(self.current, target), f"{self.home}#cibles")

    def ask(self, form: ChangeTargetForm, *, theirs: Target | None = None, status: int = 200) -> HttpResponse:
        view = presentation.change_page(self.project, self.current, self.target, theirs)
        context = {"view": view, "form": form, "target": theirs or self.target}
        return self.show("target", context, status=status)


class RemoveView(OneTarget):
    """Asked for on the page of the target."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str, code: str, target_id: object) -> HttpResponse:
        form = VersionForm(request.POST)
        if not form.is_valid():
            return self.back(status=422)
        try:
            services.remove_target(target=self.target, version=form.cleaned_data["version"])
        except Conflict as conflict:
            return self.back(theirs=conflict.current, status=409)
        return self.told(presentation.REMOVED, f"{self.home}#cibles")

    def back(self, *, theirs: Target | None = None, status: int) -> HttpResponse:
        """The page of the target, as it stands."""
        page = TargetView()
        page.setup(self.request, *self.args, **self.kwargs)
        page.project, page.current, page.target = self.project, self.current, theirs or self.target
        return page.ask(page.form_of(page.target), theirs=theirs, status=status)
