"""Start and due dates from the project's phases: proposed, chosen, taken back."""

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils import timezone

from checklist import presentation, selectors, services
from checklist.forms import read_dates, write_dates
from checklist.services import Dates
from checklist.views.action import ActionDetailView
from common import french
from common.errors import Conflict, DomainError
from organisations.enums import Permission
from organisations.tenancy import ProjectView

MANAGES = (Permission.CHANGE_CHECKLIST,)


class DatesView(ProjectView):
    """What the phases propose, action by action; what is ticked is written, all of it or nothing."""

    permission_required = MANAGES

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        try:
            given = read_dates(request.POST.getlist("action"))
        except ValueError:
            return HttpResponseBadRequest("Cette page est trop ancienne : rechargez-la.")
        if not given:
            return self.show(chosen=set(), refused="Cochez au moins une action.", status=422)
        numbers = {item.number for item in given}
        try:
            before = services.set_dates(project=self.project, given=given)
        except Conflict as conflict:
            return self.show(chosen=numbers, refused=_changed(conflict), status=409)
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
        self.request.session[self.key] = [write_dates(item) for item in before]

    def kept(self) -> list[Dates]:
        return read_dates(self.request.session.get(self.key, []))


class UndoDatesView(DatesView):
    """Give the actions of the last choice the dates they had before it."""

    permission_required = MANAGES
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        try:
            services.set_dates(project=self.project, given=self.kept())
        except DomainError as error:
            return self.show(refused=_changed(error) if isinstance(error, Conflict) else str(error), status=409)
        self.keep([])
        return redirect("checklist_dates", slug)


class TakeDatesView(ActionDetailView):
    """Take the dates proposed for one action."""

    permission_required = MANAGES
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, slug: str, number: str) -> HttpResponse:
        try:
            (given,) = read_dates(request.POST.getlist("action"))
        except ValueError:
            return HttpResponseBadRequest("Cette page est trop ancienne : rechargez-la.")
        if given.number != number:
            return HttpResponseBadRequest("Ces dates sont celles d’une autre action.")
        try:
            services.set_dates(project=self.project, given=[given])
        except Conflict as conflict:
            self.action.refresh_from_db(fields=["start_on", "due_on", "version"])
            self.dates_refused = _changed(conflict)
            return self.show(status=409)
        return redirect("checklist_action", slug, number)


def _changed(conflict: Conflict) -> str:
    action = conflict.current
    stands = french.long_date(action.due_on) if action.due_on else "aucune"
    return french.typography(
        f"Les dates de l’action {action.number} ont changé entre-temps (échéance : {stands}). Rien n’est enregistré : "
        "vérifiez-la ci-dessous, puis enregistrez à nouveau."
    )
