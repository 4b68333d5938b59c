"""Start and due dates from the project's phases: proposed, chosen, taken back."""

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils import timezone

from checklist import presentation, selectors, services
from checklist.services import Dates
from checklist.views.action import ActionDetailView
from checklist.views.base import MANAGE
from common.errors import Conflict, DomainError
from organisations.tenancy import ProjectView


class DatesView(ProjectView):
    """What the phases propose, action by action; what is ticked is written, all of it or nothing."""

    permission_required = MANAGE

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        try:
            given = [Dates.from_text(text) for text in request.POST.getlist("action")]
        except ValueError:
            return HttpResponseBadRequest("Cette page est trop ancienne : rechargez-la.")
        if not given:
            return self.show(chosen=set(), refused="Cochez au moins une action.", status=422)
        numbers = {item.number for item in given}
        try:
            before = services.set_dates(project=self.project, given=given)
        except Conflict as conflict:
            return self.show(chosen=numbers, refused=presentation.dates_changed_meanwhile(conflict), status=409)
        except DomainError as error:
            return self.show(chosen=numbers, refused=str(error), status=422)
        self.keep(before)
        return redirect("checklist_dates", slug)

    def show(self, *, chosen: set[str] | None = None, refused: str = "", status: int = 200) -> HttpResponse:
        today = timezone.localdate()
        view = presentation.dates(
            selectors.proposed_dates(self.project, today),
            self.project,
            today,
            chosen=chosen,
            undo=len(self.kept()) if not refused else 0,
        )
        context = {"view": view, "refused": refused}
        return render(self.request, "checklist/dates.html", context, status=status)

    # What the last choice replaced, in the session of the person who may take it back.

    @property
    def key(self) -> str:
        return f"dates-{self.project.pk}"

    def keep(self, before: list[Dates]) -> None:
        self.request.session[self.key] = [item.as_text() for item in before]

    def kept(self) -> list[Dates]:
        return [Dates.from_text(text) for text in self.request.session.get(self.key, [])]


class UndoDatesView(DatesView):
    """Give the actions of the last choice the dates they had before it."""

    permission_required = MANAGE
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        try:
            services.set_dates(project=self.project, given=self.kept())
        except DomainError as error:
            return self.show(
                refused=presentation.dates_changed_meanwhile(error) if isinstance(error, Conflict) else str(error),
                status=409,
            )
        self.keep([])
        return redirect("checklist_dates", slug)


class TakeDatesView(ActionDetailView):
    """Take the dates proposed for one action."""

    permission_required = MANAGE
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, slug: str, number: str) -> HttpResponse:
        try:
            given = Dates.from_text(request.POST.get("action", ""))
        except ValueError:
            return HttpResponseBadRequest("Cette page est trop ancienne : rechargez-la.")
        if given.number != number:
            return HttpResponseBadRequest("Ces dates sont celles d’une autre action.")
        try:
            services.set_dates(project=self.project, given=[given])
        except Conflict as conflict:
            self.action.refresh_from_db(fields=["start_on", "due_on", "version"])
            self.dates_refused = presentation.dates_changed_meanwhile(conflict)
            return self.show(status=409)
        except DomainError as error:
            self.dates_refused = str(error)
            return self.show(status=422)
        return redirect("checklist_action", slug, number)
