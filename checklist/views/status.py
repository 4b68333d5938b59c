"""One tap, and what it opens."""

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.utils import timezone

from checklist import presentation, selectors, services
from checklist.enums import Status
from checklist.forms import FieldForm, StatusForm
from checklist.models import Action
from checklist.rights import may_change
from checklist.selectors.action import TRACKED_FIELDS
from checklist.views.base import CHANGE, READ, ActionView
from common.errors import Conflict, DomainError
from common.history import entries


class StatusView(ActionView):
    """One tap."""

    permission_required = CHANGE

    def post(self, request: HttpRequest, slug: str, number: str) -> HttpResponse:
        self.check_may_change()
        form = StatusForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest("Cet état n’existe pas.")
        status = Status(form.cleaned_data["status"])
        if self.is_as_it_stands(status, form.cleaned_data["version"]):
            return self.answer(self.action) if request.htmx else self.back()  # as it is: nothing to write
        try:
            services.set_status(
                action=self.action,
                version=form.cleaned_data["version"],
                status=status,
                user=request.user,
                reason=form.cleaned_data["reason"],
            )
        except Conflict as conflict:
            return self.answer(conflict.current, attempted=status, status=409)
        except DomainError as error:
            # A tap on « sans objet » is answered by a question; only an empty answer to it is an error.
            return self.answer(
                self.action,
                attempted=status,
                error=str(error) if "reason" in request.POST else "",
                status=422 if "reason" in request.POST else 200,
            )
        return self.answer(self.action, saved=True) if request.htmx else self.back()

    def is_as_it_stands(self, status: Status, version: int) -> bool:
        return (status, version) == (self.action.status, self.action.version) and status != Status.NOT_APPLICABLE

    def answer(
        self,
        action: Action,
        *,
        attempted: Status | None = None,
        error: str = "",
        status: int = 200,
        saved: bool = False,
    ) -> HttpResponse:
        """What changes on the page: the switch, what it opens, and the progress."""
        action.group, action.project = self.action.group, self.project
        days_late = action.days_late(timezone.localdate())
        opened = self.request.POST.get("opened") == action.number  # its history is on the screen
        changes = entries(action, TRACKED_FIELDS) if opened else []
        context = {
            "action": action,
            "late": days_late > 0,
            "days_late": days_late,
            "reads_all": self.rights.reads_all,
            "attempted": attempted,
            "error": error,
            "conflict": status == 409,
            "saved_at": timezone.now() if saved else None,
            "shown": self.request.POST.get("shown", "step"),  # the page that asks: step, filter or action
            "opened": opened,
            "may_change": True,
            "just": True,  # a KO opens its card at once
            "view": presentation.tick(action, days_late, changes, selectors.progress(self.project), self.project),
        }
        template = "checklist/tick.html#fragment" if self.request.htmx else "checklist/tick.html"
        return render(self.request, template, context, status=status)


class CardView(ActionView):
    """The card that a KO opens, loaded after the tap."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str, number: str) -> HttpResponse:
        form = FieldForm(project=self.project, instance=self.action)
        context = {"action": self.action, "form": form, "may_change": may_change(self.rights, self.action)}
        return render(request, "checklist/ko_card.html", context)
