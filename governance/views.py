"""The pages of governance: what waits, decisions, alerts."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from common.errors import Conflict, DomainError
from common.french import typography
from common.ids import new_id
from governance import presentation, selectors, services
from governance.forms import AnswerForm, RecordForm
from governance.models import AgendaRequest, Alert
from governance.sources import link_to
from organisations.enums import Permission
from organisations.tenancy import ProjectView

READ = (Permission.VIEW_DECISIONS, Permission.VIEW_ALERTS)
PREPARE = (Permission.PREPARE_MEETINGS,)
QUESTIONS = (Permission.VIEW_CHECKLIST,)  # a question words an action: who reads only theirs reads what is decided


class GovernanceView(ProjectView):
    """What waits for an answer or a meeting, and what was decided; each part for who may read it."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        decisions = alerts = None
        requests: list[AgendaRequest] = []
        if request.access.in_project(self.project, Permission.VIEW_ALERTS):
            alerts = list(selectors.alerts_of(self.project))
        if request.access.in_project(self.project, Permission.VIEW_DECISIONS):
            decisions = list(selectors.decisions_of(self.project))
        reads_questions = decisions is not None and request.access.in_project(self.project, *QUESTIONS)
        if reads_questions:
            requests = list(selectors.open_requests(self.project))
        context = {
            "view": presentation.page(self.project, alerts, requests, decisions, timezone.localdate()),
            "decisions": decisions,
            "reads_alerts": alerts is not None,
            "reads_questions": reads_questions,
            "reads_decisions": decisions is not None,
            "prepares": request.access.in_project(self.project, *PREPARE),
        }
        return render(request, "governance/page.html", context)


class RecordView(ProjectView):
    """Record what a body decided. `?question=…` comes from a question that waits: it is filled in already."""

    permission_required = PREPARE

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        initial: dict[str, Any] = {"token": new_id()}
        asked = next(
            (item for item in selectors.open_requests(self.project) if str(item.pk) == request.GET.get("question")),
            None,
        )
        if asked:
            initial |= {"body": asked.body_id, "title": asked.question[:200], "settles": [asked.pk]}
        return self.show(RecordForm(project=self.project, initial=initial))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = RecordForm(request.POST, project=self.project)
        if form.is_valid():
            values = {name: form.cleaned_data[name] for name in ("body", "decided_on", "title", "text", "token")}
            try:
                decision = services.record_decision(
                    **values, user=request.user, settles=form.cleaned_data.get("settles", ())
                )
            except DomainError as error:
                form.add_error(error.field, str(error))
            else:
                messages.success(request, typography(f"La décision {decision.reference} est enregistrée."))
                return redirect("decision", slug, decision.year, decision.number)
        return self.show(form, status=422)

    def show(self, form: RecordForm, *, status: int = 200) -> HttpResponse:
        context = {"form": form, "view": presentation.record_sheet(self.project)}
        return render(self.request, "governance/record.html", context, status=status)


class DecisionView(ProjectView):
    """One decision, as it was recorded."""

    permission_required = (Permission.VIEW_DECISIONS,)

    def get(self, request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
        found = selectors.decisions_of(self.project).select_related("recorded_by")
        decision = get_object_or_404(found, year=year, number=number)
        context = {
            "decision": decision,
            "questions": list(decision.settles.order_by("asked_at")),
            "view": presentation.decision_sheet(decision, self.project),
        }
        return render(request, "governance/decision.html", context)


class WithdrawView(ProjectView):
    """Take a question off the agenda."""

    permission_required = PREPARE

    def post(self, request: HttpRequest, slug: str, request_id: uuid.UUID) -> HttpResponse:
        asked = get_object_or_404(selectors.open_requests(self.project), pk=request_id)
        services.withdraw_request(asked)
        messages.success(request, typography(f"La question « {asked.question} » est retirée de l’ordre du jour."))
        return redirect("governance", slug)


class AlertView(ProjectView):
    """One alert, its answer, and the form that answers it."""

    permission_required = (Permission.VIEW_ALERTS,)
    alert: Alert

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        self.alert = get_object_or_404(selectors.alerts_of(self.project), number=self.kwargs["number"])
        return True

    def get(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        return self.show(AnswerForm())

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        self.require(Permission.ANSWER_ALERTS)
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            services.answer_alert(self.alert, answer=form.cleaned_data["answer"], user=request.user)
        except Conflict as conflict:
            self.alert = conflict.current
            return self.show(form, unsent=form.cleaned_data["answer"], status=409)
        messages.success(request, typography("Votre réponse est enregistrée : l’alerte est fermée."))
        return redirect("alert", slug, number)

    def show(self, form: AnswerForm, *, unsent: str = "", status: int = 200) -> HttpResponse:
        context = {
            "alert": self.alert,
            "form": form,
            "unsent": unsent,
            "about": link_to(self.project, self.alert.source, self.alert.source_id),
            "may_answer": self.request.access.in_project(self.project, Permission.ANSWER_ALERTS),
            "view": presentation.alert_sheet(self.alert, self.project, timezone.localdate()),
        }
        return render(self.request, "governance/alert.html", context, status=status)
