"""One tap, what it opens, and taking it back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from checklist import presentation, selectors, services
from checklist.enums import Status
from checklist.forms import CiteForm, FieldForm, StatusForm, VersionForm
from checklist.models import Action
from checklist.rights import may_change
from checklist.views.base import CHANGE, READ, ActionView
from common.errors import Conflict, DomainError
from common.french import clock, typography
from common.ids import new_id
from governance.forms.decisions import DecisionForm
from governance.models import Decision
from governance.selectors import decisions_of
from organisations.enums import Permission

UNDO_BUTTON = '{} <button class="button" type="submit" form="s{}" formaction="{}">Annuler ce changement</button>'


class TickView(ActionView, abstract=True):
    """A view that changes the status of an action, and what it answers."""

    def saved(self, action: Action) -> HttpResponse:
        """The change is written: say so, and offer to take it back."""
        if self.request.htmx:
            return self.answer(action, saved=True)
        # The button belongs to the switch of the action, on the page that shows this message.
        sentence = typography(f"C’est enregistré. Action {action.number} : {action.get_status_display()}.")
        undo_url = reverse("checklist_undo", args=[self.project.slug, action.number])
        messages.success(self.request, format_html(UNDO_BUTTON, sentence, action.pk, undo_url))
        return self.back()

    def answer(
        self,
        action: Action,
        *,
        attempted: Status | None = None,
        error: str = "",
        status: int = 200,
        saved: bool = False,
        told: str = "",
        decision_form: DecisionForm | None = None,
    ) -> HttpResponse:
        """What changes on the page: the switch, what it opens, the progress; `told` is said beside the switch."""
        action.group, action.project = self.action.group, self.project
        days_late = action.days_late(timezone.localdate())
        opened = self.request.POST.get("opened") == action.number  # its history is on the screen
        changes = selectors.action_history(action) if opened else []
        progress = selectors.progress(self.project)
        complete = selectors.is_complete(action.group, progress.groups[action.group.number])
        context = {
            "action": action,
            "late": days_late > 0,
            "days_late": days_late,
            "reads_all": self.rights.reads_all,
            "reads_decisions": self.rights.reads_decisions,
            "attempted": attempted,
            "error": error,
            "conflict": status == 409 and attempted is not None,
            "saved_at": timezone.now() if saved else None,
            "told": told,
            "refused": status == 409,
            "shown": self.request.POST.get("shown", "step"),  # the page that asks: step, filter or action
            "opened": opened,
            "may_change": True,
            "just": True,  # a KO opens its card at once
            "view": presentation.tick(action, days_late, changes, progress, self.project, complete=complete),
            **self.choice(action, attempted, error, decision_form),
        }
        template = "checklist/tick.html#fragment" if self.request.htmx else "checklist/tick.html"
        response = render(self.request, template, context, status=status)
        if (saved or told) and context["shown"] == "filter":
            response["HX-Trigger"] = "ticked"  # what the page says of its filter is asked again
        return response

    def choice(
        self, action: Action, attempted: Status | None, error: str, decision_form: DecisionForm | None
    ) -> dict[str, Any]:
        """What a tap on OK opens, when a body decides: the decisions to cite, or the form that records one."""
        if attempted != Status.OK or not action.decided_by:
            return {}
        found = selectors.governed(action, self.rights)
        citable = selectors.citable(action) if self.rights.reads_decisions else selectors.Citable([], [], [])
        form = CiteForm(
            {"decision": self.request.POST["decision"]} if error and "decision" in self.request.POST else None,
            action=action,
            choices=presentation.citable_choices(citable),
            initial={"decision": citable.suggested.pk if citable.suggested else None},
        )
        if form.is_bound:
            form.add_error("decision", error)
        return {
            "cite_form": form if citable else None,
            "decision_form": decision_form or decision_form_for(action),
            "decided": presentation.decided_view(action, found.request, self.rights),
        }


def decision_form_for(action: Action, data: Any = None) -> DecisionForm:
    """The form that records the decision on one action: a page may show it for several."""
    today = timezone.localdate()
    return DecisionForm(data, initial={"token": new_id(), "decided_on": today}, auto_id=f"id_{action.pk}_%s")


class StatusView(TickView):
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
            written = services.set_status(
                action=self.action,
                version=form.cleaned_data["version"],
                status=status,
                user=request.user,
                reason=form.cleaned_data["reason"],
                decision=self.cited(form.cleaned_data["decision"]),
            )
        except Conflict as conflict:
            return self.answer(conflict.current, attempted=status, status=409)
        except DomainError as error:
            # A tap on « sans objet », or on an OK that a body decides, is answered by a question; only an empty
            # answer to it is an error.
            answered = error.field in request.POST
            return self.answer(
                self.action, attempted=status, error=str(error) if answered else "", status=422 if answered else 200
            )
        return self.saved(written)

    def is_as_it_stands(self, status: Status, version: int) -> bool:
        return (status, version) == (self.action.status, self.action.version) and status != Status.NOT_APPLICABLE

    def cited(self, decision_id: UUID | None) -> Decision | None:
        """The decision of this project that is cited, by who may read decisions."""
        if decision_id is None or not self.rights.reads_decisions:
            return None
        return decisions_of(self.project).filter(pk=decision_id).first()


class DecideView(TickView):
    """Record the decision that makes an action OK, in the same gesture."""

    permission_required = (Permission.PREPARE_MEETINGS,)

    def post(self, request: HttpRequest, slug: str, number: str) -> HttpResponse:
        self.check_may_change()
        form, version = decision_form_for(self.action, request.POST), VersionForm(request.POST)
        if not version.is_valid():
            return HttpResponseBadRequest("La version manque.")
        if not form.is_valid():
            return self.answer(self.action, attempted=Status.OK, decision_form=form, status=422)
        try:
            written = services.decide(
                action=self.action, user=request.user, **form.cleaned_data, **version.cleaned_data
            )
        except Conflict as conflict:
            return self.answer(conflict.current, attempted=Status.OK, status=409)
        except DomainError as error:
            form.add_error(error.field, str(error))
            return self.answer(self.action, attempted=Status.OK, decision_form=form, status=422)
        return self.saved(written)


class UndoView(TickView):
    """Take the latest change of status back."""

    permission_required = CHANGE

    def post(self, request: HttpRequest, slug: str, number: str) -> HttpResponse:
        self.check_may_change()
        form = VersionForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest("La version manque.")
        try:
            written = services.undo_status(action=self.action, version=form.cleaned_data["version"], user=request.user)
        except Conflict as conflict:
            told = self.refusal(conflict.current)
            return self.answer(conflict.current, told=told, error=told, status=409)
        told = typography(f"Annulé à {clock(timezone.now())} : {written.get_status_display()}.")
        if request.htmx:
            return self.answer(written, told=told)
        messages.success(request, told)
        return self.back()

    def refusal(self, action: Action) -> str:
        other = action.status_by and action.status_by_id != self.request.user.pk
        what = f"{action.status_by.get_full_name()} a changé son état" if other else "cette action a changé"
        return typography(f"Annulation impossible : {what} depuis. Elle reste « {action.get_status_display()} ».")


class CardView(ActionView):
    """The card that a KO opens, loaded after the tap."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str, number: str) -> HttpResponse:
        form = FieldForm(project=self.project, instance=self.action)
        alert = selectors.alert_about(self.action, self.rights)
        context = {
            "action": self.action,
            "form": form,
            "may_change": may_change(self.rights, self.action),
            "alert": presentation.alert_view(alert, self.action, self.project, self.rights),
            "alert_form": None,
        }
        return render(request, "checklist/ko_card.html", context)
