"""Decisions: recorded, read; questions taken off the agenda."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from common.errors import DomainError
from common.french import typography
from common.ids import new_id
from governance import presentation, selectors, services
from governance.enums import DECIDING
from governance.forms.decisions import RecordForm
from governance.views.base import GovernanceView
from organisations.enums import Permission

PREPARE = (Permission.PREPARE_MEETINGS,)


class RecordView(GovernanceView):
    """Record what a body decided. `?question=…` comes from a question that waits: it is filled in already."""

    permission_required = PREPARE
    tab = "decisions"

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
        return self.page("governance/decisions/record.html", context, status=status)


class DecisionsView(GovernanceView):
    """All that was decided, the newest first; `?instance=…` keeps one body's."""

    permission_required = (Permission.VIEW_DECISIONS,)
    tab = "decisions"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        asked = request.GET.get("instance", "")
        kind = next((item for item in DECIDING if item.value == asked), None)
        found = selectors.decisions_of(self.project)
        decisions = list(found.filter(body__kind=kind) if kind else found)
        return self.page(
            "governance/decisions/list.html", {"view": presentation.decision_register(self.project, decisions, kind)}
        )


class DecisionView(GovernanceView):
    """One decision, as it was recorded."""

    permission_required = (Permission.VIEW_DECISIONS,)
    tab = "decisions"

    def get(self, request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
        found = selectors.decisions_of(self.project).select_related("recorded_by", "meeting__body", "arbitration")
        decision = get_object_or_404(found, year=year, number=number)
        context = {
            "decision": decision,
            "questions": list(decision.settles.order_by("asked_at")),
            "view": presentation.decision_view(decision, self.project, self.rights),
        }
        return self.page("governance/decisions/decision.html", context)


class WithdrawView(GovernanceView):
    """Take a question off the agenda."""

    permission_required = PREPARE

    def post(self, request: HttpRequest, slug: str, request_id: uuid.UUID) -> HttpResponse:
        asked = get_object_or_404(selectors.open_requests(self.project), pk=request_id)
        services.withdraw_request(asked)
        messages.success(request, typography(f"La question « {asked.question} » est retirée de l’ordre du jour."))
        return redirect("governance", slug)
