"""Weights of OG: read, and fixed anew."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from common.errors import DomainError
from common.ids import new_id
from governance import services
from governance.forms.weights import WeightsForm, initial_of
from governance.presentation import weights as presentation
from governance.selectors import weights as selectors
from governance.views.base import GovernanceView
from organisations.enums import Permission, ProjectKind

READ = (Permission.VIEW_DECISIONS,)
PREPARE = (Permission.PREPARE_MEETINGS,)


class WeightsView(GovernanceView):
    """What each OG weighs today, and weighed before."""

    permission_required = READ
    tab = "weights"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        if self.project.kind != ProjectKind.MULTI_OG:
            return self.page("governance/weights/single.html", {"crumbs": presentation.crumbs(self.project)})
        view = presentation.weights_page(selectors.weights_of(self.project), self.project, timezone.localdate())
        return self.page("governance/weights/page.html", {"view": view})


class WeightsNewView(GovernanceView):
    """Fix new weights: see what a method would give, then record it with the decision that adopts it."""

    permission_required = PREPARE
    tab = "weights"

    def form(self, data: Any = None, *, recording: bool = True, **options: Any) -> WeightsForm:
        return WeightsForm(
            data,
            figures=self.figures,
            decisions=selectors.council_decisions(self.project),
            recording=recording,
            **options,
        )

    def read(self) -> None:
        self.weights = selectors.weights_of(self.project)
        self.figures = selectors.figures_of(self.project, self.weights.ogs)

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        if self.project.kind != ProjectKind.MULTI_OG:
            return redirect("weights", slug)  # which says why there are none
        self.read()
        initial = {
            **initial_of(self.weights.current),
            "effective_on": selectors.next_session(self.project),
            "token": new_id(),
        }
        return self.show(self.form(initial=initial), self.proposed(self.form(initial, recording=False)))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        if self.project.kind != ProjectKind.MULTI_OG:
            return redirect("weights", slug)
        self.read()
        if "apercu" in request.POST:
            form = self.form(request.POST, recording=False)
            proposal = self.proposed(form)
            return self.show(form, proposal, status=422 if form.errors or proposal.refusal else 200)
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, self.proposed(self.form(request.POST, recording=False)), status=422)
        given = form.cleaned_data
        try:
            weighting = services.record_weighting(
                project=self.project,
                method=given["method"],
                bases=form.bases(),
                decision=given["decision"],
                decided_on=given["decided_on"],
                text=given["text"],
                effective_on=given["effective_on"],
                rule=given["rule"],
                user=request.user,
                token=given["token"],
                **form.bounds,
            )
        except DomainError as error:
            form.add_error(error.field, str(error))
            return self.show(form, self.proposed(self.form(request.POST, recording=False)), status=422)
        messages.success(request, presentation.fixed(weighting, timezone.localdate()))
        return redirect("weights", slug)

    def proposed(self, form: WeightsForm) -> presentation.Proposal:
        """What the figures of a form would give, or why they give nothing."""
        if not form.is_valid():
            return presentation.Proposal(refusal="Corrigez les chiffres : le résultat se calculera ici.")
        try:
            shares = form.weights()
        except DomainError as error:
            return presentation.Proposal(refusal=str(error))
        return presentation.proposal(form.cleaned_data["method"], form.bases(), shares, self.weights, self.figures)

    def show(self, form: WeightsForm, proposal: presentation.Proposal, *, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "proposal": proposal,
            "view": presentation.fixing_page(self.project, selectors.last_session(self.project)),
        }
        template = "governance/weights/new.html#preview" if self.request.htmx else "governance/weights/new.html"
        return self.page(template, context, status=status)
