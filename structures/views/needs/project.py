"""The needs of all structures: read, merged, decided; their common expression."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from common.errors import Conflict, DomainError
from common.french import typography
from common.ids import new_id
from organisations.enums import Permission
from organisations.selectors import follows, structures_followed
from organisations.tenancy import ProjectView
from structures.enums.needs import CommonStatus, NeedDomain, Outcome, Priority
from structures.forms.needs import (
    CallForm,
    DecisionForm,
    MergeForm,
    VersionForm,
    read_filters,
    read_ids,
    read_versions,
)
from structures.models import CommonNeed, Need
from structures.presentation.needs import progress as progressed
from structures.presentation.needs import project as presentation
from structures.presentation.needs.words import own_url, project_crumbs
from structures.rights import coordinates
from structures.selectors.needs import project as selectors
from structures.selectors.needs.own import call_of, standings
from structures.services.needs import common as services

READ = (Permission.VIEW_COMMON_NEEDS,)
COORDINATE = (Permission.COORDINATE_STRUCTURES,)
PAGE_SIZE = 50
TOO_OLD = "Cette page est trop ancienne : rechargez-la."


class NeedsView(ProjectView, abstract=True):
    """A page of the needs of all structures."""

    @property
    def coordinates(self) -> bool:
        return coordinates(self.project, self.request.access)

    def page(self, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        return render(self.request, template, {"coordinates": self.coordinates, **context}, status=status)

    def to(self, name: str, *more: object) -> HttpResponse:
        return redirect(name, self.project.slug, *more)


class FollowUpView(NeedsView):
    """What structures transmitted: all of it for the lead, their own for an OG; others read the common expression."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        if not follows(self.project, request.access):
            return self.to("need_expression")
        filters = read_filters(request.GET)
        needs = selectors.transmitted_to(self.project, request.access)
        page = Paginator(selectors.narrowed(needs, filters), PAGE_SIZE).get_page(request.GET.get("page"))
        shown = list(page.object_list)
        structures = structures_followed(self.project, request.access)
        likes = []
        if self.coordinates:
            likes = selectors.suggestions(shown, list(CommonNeed.objects.filter(project=self.project)))
        view = presentation.follow_up(
            self.project,
            selectors.figures(needs),
            shown,
            filters,
            structures,
            needs.order_by().values("esms").distinct().count(),
            likes,
            call_of(self.project),
        )
        return self.page("structures/needs/follow_up.html", {"view": view, "page": page})


class MergeView(NeedsView):
    """Chosen needs become one common need, or join one."""

    permission_required = COORDINATE

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        needs = selectors.chosen_among(self.project, read_ids(request.GET))
        into = request.GET.get("dans", "")
        initial = {"token": new_id(), "into": into or MergeForm.NEW, **presentation.first_words(needs)}
        return self.show(self.form(initial=initial), needs)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        chosen, form = read_versions(request.POST), self.form(request.POST)
        if not form.is_valid():
            return self.show(form, selectors.chosen_among(self.project, list(chosen)), status=422)
        given = form.cleaned_data
        try:
            if form.common:
                services.attach_needs(common=form.common, chosen=chosen, user=request.user)
                common = form.common
            else:
                common = services.merge_needs(
                    project=self.project,
                    chosen=chosen,
                    title=given["title"],
                    domain=NeedDomain(given["domain"]),
                    priority=Priority(given["priority"]),
                    description=given["description"],
                    user=request.user,
                    token=given["token"],
                )
        except services.AlreadyDecided as conflict:
            needs = selectors.chosen_among(self.project, list(chosen))
            return self.show(form, needs, taken=conflict.needs, status=409)
        except DomainError as error:
            form.add_error(error.field, str(error))
            return self.show(form, selectors.chosen_among(self.project, list(chosen)), status=422)
        count = len(chosen)
        told = "Un besoin est porté" if count == 1 else f"{count} besoins sont portés"
        messages.success(request, typography(f"{told} par le besoin commun n° {common.number}."))
        return self.to("need_common", common.number)

    def form(self, data: Any = None, **options: Any) -> MergeForm:
        commons = CommonNeed.objects.filter(project=self.project).exclude(status=CommonStatus.DISMISSED)
        return MergeForm(data, commons=list(commons.order_by("number")), **options)

    def show(
        self, form: MergeForm, needs: list[Need], *, taken: list[Need] | None = None, status: int = 200
    ) -> HttpResponse:
        context = {"form": form, "view": presentation.merge(self.project, needs, taken or [])}
        return self.page("structures/needs/merge.html", context, status=status)


class DecideView(NeedsView):
    """A need stays local or is dismissed; `back`: it is to be decided again."""

    permission_required = COORDINATE

    def post(self, request: HttpRequest, slug: str, need_id: uuid.UUID) -> HttpResponse:
        rows = Need.objects.transmitted().filter(project=self.project).select_related("esms")
        need = get_object_or_404(rows, pk=need_id)
        need.esms.project = self.project
        back = "back" in request.POST
        form = VersionForm(request.POST) if back else DecisionForm(request.POST)
        if not form.is_valid():
            if "version" in form.errors:
                return HttpResponseBadRequest(TOO_OLD)
            return self.again(need, form, status=422)
        given = form.cleaned_data
        try:
            if back:
                services.take_back(need=need, version=given["version"])
                told = "Ce besoin attend de nouveau une suite."
            else:
                services.decide_alone(
                    need=need,
                    version=given["version"],
                    outcome=Outcome(given["outcome"]),
                    reason=given["reason"],
                    user=request.user,
                )
                told = "C’est noté : la structure le lira avec votre motif."
        except Conflict:
            return self.again(get_object_or_404(rows, pk=need_id), form, conflict=True, status=409)
        except DomainError as error:
            form.add_error(error.field, str(error))
            return self.again(need, form, status=422)
        messages.success(request, typography(told))
        return redirect(own_url("need", need.esms, need.number))

    def again(self, need: Need, form: Any, *, conflict: bool = False, status: int) -> HttpResponse:
        context = {
            "line": presentation.line(need, self.project),
            "form": form,
            "need": need,
            "conflict": conflict,
            "crumbs": project_crumbs(self.project, "Décider"),
        }
        return self.page("structures/needs/decide.html", context, status=status)


class ProgressView(NeedsView):
    """Where each structure is with its needs."""

    permission_required = READ

    def has_permission(self) -> bool:
        return super().has_permission() and follows(self.project, self.request.access)

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        found = standings(structures_followed(self.project, request.access))
        page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
        view = progressed.progress(self.project, found, page.object_list, call_of(self.project), timezone.localdate())
        return self.page("structures/needs/progress.html", {"view": view, "page": page})


class CallView(NeedsView):
    """Ask the needs of all structures by a date."""

    permission_required = COORDINATE

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        call = call_of(self.project)
        initial = {name: getattr(call, name) for name in ("due_on", "message", "version")} if call else {}
        return self.show(CallForm(initial=initial))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = CallForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            services.call_structures(project=self.project, user=request.user, **form.cleaned_data)
        except Conflict as conflict:
            form.data = {**form.data.dict(), "version": str(conflict.current.version)}
            return self.show(form, theirs=conflict.current, status=409)
        messages.success(request, "Votre demande est sur la page de chaque structure.")
        return self.to("need_follow_up")

    def show(self, form: CallForm, *, theirs: Any = None, status: int = 200) -> HttpResponse:
        context = {"form": form, "theirs": theirs, "crumbs": project_crumbs(self.project, "Demander les besoins")}
        return self.page("structures/needs/call.html", context, status=status)
