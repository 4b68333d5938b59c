"""Alerts: listed, raised, read, handled, answered."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from common.errors import Conflict, DomainError
from common.french import typography
from common.ids import new_id
from governance import services
from governance.enums import ArbitrationKind, Severity
from governance.forms.alerts import AnswerForm, EscalateForm, OwnerForm, RaiseForm, read_filters
from governance.models import Alert
from governance.presentation import alerts as presentation
from governance.presentation.arbitrations import url_of
from governance.selectors import alerts as selectors
from governance.selectors.arbitrations import read_by
from governance.services.alerts import mark_answer_read, take_alert, waits_for_costrat
from governance.services.escalations import escalate_alert
from governance.sources import link_to
from governance.views.base import GovernanceView
from organisations.enums import Permission

TAKES_PART = (Permission.VIEW_PROJECT,)  # what more is needed, `rights` says
ANSWERS = (Permission.ANSWER_ALERTS,)
PAGE_SIZE = 50


class AlertsView(GovernanceView):
    """The alerts that the reader may read, and how long they wait."""

    permission_required = TAKES_PART
    tab = "alerts"

    def has_permission(self) -> bool:
        return super().has_permission() and (self.rights.reads_alerts or self.rights.reads_some_alerts)

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        filters, today = read_filters(request.GET), timezone.localdate()
        found = selectors.narrowed(selectors.alerts_read_by(self.project, request.access), filters, request.user)
        page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
        to_read = list(selectors.answers_to_read(request.user, request.access, self.project))
        view = presentation.alerts(
            self.project,
            selectors.overview(self.project, request.access, request.user, today),
            page.object_list,
            filters,
            selectors.structures_with_alerts(self.project, request.access),
            to_read,
            today,
            arbitrations=self.arbitrations(to_read),
        )
        raises = self.rights.raises_alerts or self.rights.raises_own_alerts
        return self.page("governance/alerts/list.html", {"view": view, "page": page, "raises": raises})

    def arbitrations(self, alerts: list[Alert]) -> dict[UUID, str]:
        """Where the arbitrations that answer these alerts are read, those that the reader may read."""
        ids = [alert.arbitration_id for alert in alerts if alert.escalated_at]
        found = read_by(self.project, self.rights, self.request.access).filter(pk__in=ids) if ids else []
        return {row.pk: url_of(row, self.project) for row in found}


class RaiseView(GovernanceView):
    """Tell the COMOP of something."""

    permission_required = TAKES_PART
    tab = "alerts"

    def has_permission(self) -> bool:
        if not super().has_permission() or not (self.rights.raises_alerts or self.rights.raises_own_alerts):
            return False
        access = self.request.access
        self.structures = list(selectors.structures_to_alert_about(self.project, access))
        self.on_project = access.in_project(self.project, Permission.RAISE_ALERTS, Permission.RAISE_OWN_ALERTS)
        return self.on_project or bool(self.structures)

    def form(self, data: Any = None) -> RaiseForm:
        initial = {"about": self.request.GET.get("structure", ""), "token": new_id()}
        label = presentation.about_project(self.rights.raises_alerts)
        return RaiseForm(
            data, structures=self.structures, on_project=self.on_project, project_label=label, initial=initial
        )

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = self.form(request.POST)
        if form.is_valid():
            given = form.cleaned_data
            try:
                alert = services.raise_alert(
                    project=self.project,
                    subject=given["subject"],
                    text=given["text"],
                    severity=Severity(given["severity"]),
                    user=request.user,
                    token=given["token"],
                    esms=form.esms,
                )
            except DomainError as error:
                form.add_error(error.field, str(error))
            else:
                messages.success(request, typography("Votre alerte est donnée : le COMOP la voit dès maintenant."))
                return redirect("alert", slug, alert.number)
        return self.show(form, status=422)

    def show(self, form: RaiseForm, *, status: int = 200) -> HttpResponse:
        context = {"form": form, "view": presentation.raise_sheet(self.project)}
        return self.page("governance/alerts/raise.html", context, status=status)


class OneAlertView(GovernanceView, abstract=True):
    """A view of one alert, from `number` in the URL; 404 for one that the reader may not read."""

    tab = "alerts"
    alert: Alert

    def has_permission(self) -> bool:
        if not super().has_permission() or not (self.rights.reads_alerts or self.rights.reads_some_alerts):
            return False
        self.find()
        return True

    def find(self) -> None:
        found = selectors.alerts_read_by(self.project, self.request.access)
        self.alert = get_object_or_404(found, number=self.kwargs["number"])

    def show(
        self, form: AnswerForm | None = None, *, unsent: str = "", refused: str = "", status: int = 200
    ) -> HttpResponse:
        """The page of the alert. `unsent`: an answer that came second; `refused`: what was not done, and why."""
        alert, access = self.alert, self.request.access
        opens_structure = alert.esms is not None and access.in_esms(alert.esms, Permission.VIEW_STRUCTURES)
        view = presentation.alert_sheet(
            alert,
            self.project,
            timezone.localdate(),
            structure_url=reverse("structure", args=[self.project.slug, alert.esms.slug]) if opens_structure else "",
            arbitration_url=self.arbitration_url(),
            source=self.source(),
            happened=selectors.happened(alert),
        )
        answers = self.rights.answers_alerts and alert.answered_at is None
        context = {
            "alert": alert,
            "view": view,
            "form": form or AnswerForm(),
            "owner_form": OwnerForm(alert=alert, initial={"version": alert.version}) if answers else None,
            "unsent": unsent,
            "refused": refused,
            "answers": answers,
            "waits_for_costrat": waits_for_costrat(alert),
            "reads_answer": alert.raised_by_id == self.rights.user_id and alert.answered_by_id != self.rights.user_id,
        }
        return self.page("governance/alerts/alert.html", context, status=status)

    def arbitration_url(self) -> str:
        """Where the arbitration that answers it is read, for who may read that."""
        if self.alert.escalated_at is None:
            return ""
        arbitrations = read_by(self.project, self.rights, self.request.access)
        found = arbitrations.filter(pk=self.alert.arbitration_id).first()
        return url_of(found, self.project) if found else ""

    def source(self) -> Any:
        """Where what it is about is read: a thing of the checklist, for who reads that."""
        if not self.request.access.in_project(self.project, Permission.VIEW_CHECKLIST):
            return None
        return link_to(self.project, self.alert.source, self.alert.source_id)


class AlertView(OneAlertView):
    """One alert, its answer, and the form that answers it."""

    permission_required = TAKES_PART

    def get(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        self.require(*ANSWERS)
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            services.answer_alert(self.alert, answer=form.cleaned_data["answer"], user=request.user)
        except Conflict:
            self.find()
            return self.show(form, unsent=form.cleaned_data["answer"], status=409)
        except DomainError as error:
            form.add_error(error.field, str(error))
            self.find()
            return self.show(form, status=422)
        messages.success(request, typography("Votre réponse est enregistrée : l’alerte est fermée."))
        return redirect("alert", slug, number)


class OwnerView(OneAlertView):
    """Take an alert in hand, give it to somebody, or back."""

    permission_required = ANSWERS

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        form = OwnerForm(request.POST, alert=self.alert)
        if not form.is_valid():
            if "version" in form.errors:
                return HttpResponseBadRequest("Cette page est trop ancienne : rechargez-la.")
            return self.show(refused="Choisissez une personne de la liste.", status=422)
        owner = form.cleaned_data["owner"]
        try:
            take_alert(alert=self.alert, version=form.cleaned_data["version"], owner=owner)
        except Conflict:
            self.find()
            refused = f"{self.alert.owner or 'Personne'} l’a en main depuis un instant. Voici l’alerte comme elle est."
            return self.show(refused=refused, status=409)
        except DomainError as error:
            self.find()
            return self.show(refused=str(error), status=422)
        told = f"{owner} a maintenant cette alerte en main." if owner else "Plus personne n’a cette alerte en main."
        messages.success(request, "Vous avez cette alerte en main." if owner == request.user else told)
        return redirect("alert", slug, number)


class EscalateView(OneAlertView):
    """Put the question of an alert to the COSTRAT."""

    permission_required = ANSWERS

    def get(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        if self.alert.answered_at is not None or waits_for_costrat(self.alert):
            return redirect("alert", slug, number)
        initial = {
            "question": presentation.first_question(self.alert),
            "context": presentation.first_context(self.alert),
            "token": new_id(),
        }
        return self.ask(EscalateForm(initial=initial))

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        form = EscalateForm(request.POST)
        if form.is_valid():
            given = form.cleaned_data
            try:
                escalate_alert(alert=self.alert, user=request.user, **{**given, "kind": ArbitrationKind(given["kind"])})
            except DomainError as error:
                form.add_error(error.field, str(error))
            else:
                self.find()
                reference = presentation.reference_of(self.alert)
                told = (
                    f"L’alerte est portée au COSTRAT : l’arbitrage {reference} est ouvert, à compléter avant sa séance."
                )
                messages.success(request, typography(told))
                return redirect("alert", slug, number)
        return self.ask(form, status=422)

    def ask(self, form: EscalateForm, *, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "alert": self.alert,
            "view": presentation.escalate_sheet(self.alert, self.project),
        }
        return self.page("governance/alerts/escalate.html", context, status=status)


class ReadView(OneAlertView):
    """Who raised it has read the answer."""

    permission_required = TAKES_PART

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        try:
            mark_answer_read(alert=self.alert, user=request.user)
        except DomainError as error:
            return self.show(refused=str(error), status=422)
        messages.success(request, typography("C’est noté : cette réponse quitte « Réponses à vos alertes »."))
        return redirect("alerts", slug)
