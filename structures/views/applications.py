"""The people whom a structure proposes: said part by part, agreed to, transmitted, answered."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from common import french, history
from common.errors import Conflict, DomainError
from common.ids import new_id
from organisations.enums import Permission
from structures.enums.people import ApplicationStatus
from structures.forms.people import NO_CALL, DecisionForm, PersonSheetForm, ProposeForm, ReleaseForm, SkillsForm
from structures.models import Application
from structures.presentation import applications as presentation
from structures.presentation.differences import Difference, differences
from structures.presentation.people import crumbs, in_words
from structures.selectors.people import applications_in, open_calls, transmitted_in
from structures.services import applications as services
from structures.views.people import FILL, READ, TOO_OLD, VALIDATE, PeopleView

# The parts that save themselves: which form, and the prefix of its fields' ids.
PARTS: dict[str, type[forms.Form]] = {"personne": PersonSheetForm, "competences": SkillsForm}


class ProposeView(PeopleView):
    """Begin an application: who."""

    permission_required = FILL

    def form(self, data: Any = None) -> ProposeForm:
        calls = list(open_calls(self.project, timezone.localdate()))
        asked = self.request.GET.get("appel", "")
        initial = {"token": new_id(), "call": asked if any(str(call.pk) == asked for call in calls) else NO_CALL}
        return ProposeForm(data, calls=calls, initial=initial)

    def get(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        form = self.form(request.POST)
        if form.is_valid():
            given = {**form.cleaned_data, "call": form.calls.get(form.cleaned_data["call"])}
            try:
                application = services.propose(esms=self.esms, user=request.user, **given)
            except DomainError as error:
                form.add_error(error.field, french.typography(str(error)))
            else:
                self.tell(f"{application.name} est inscrit ici. Dites maintenant ses compétences et sa disponibilité.")
                return redirect("people_application", slug, esms_slug, application.pk)
        return self.show(form, status=422)

    def show(self, form: ProposeForm, *, status: int = 200) -> HttpResponse:
        context = {"form": form, "crumbs": crumbs(self.esms, "Proposer une personne")}
        return self.page("structures/people/propose.html", context, status=status)


class OneApplicationView(PeopleView, abstract=True):
    """A view of one application, from `application_id` in the URL. A draft is the structure's alone."""

    def find(self) -> Application:
        rows = applications_in([self.esms]) if self.rights.fills else transmitted_in([self.esms])
        return get_object_or_404(rows, pk=self.kwargs["application_id"])

    def here(self, anchor: str = "") -> HttpResponse:
        return redirect(self.address("people_application", self.kwargs["application_id"]) + anchor)

    def show(
        self,
        *,
        part: str = "",
        form: forms.Form | None = None,
        changed: list[Difference] | None = None,
        refused: str = "",
        status: int = 200,
    ) -> HttpResponse:
        """The page. `form`: that of `part` (personne, competences, direction, reponse) with what was refused."""
        application = self.find()
        entries = history.entries(application, list(presentation.LABELS))
        view = presentation.application(application, self.esms, entries)
        values = {name: getattr(application, name) for name in presentation.LABELS} | {"version": application.version}

        def of(name: str, kind: type[forms.Form]) -> forms.Form:
            return form if part == name and form else kind(initial=values, auto_id=f"{name}-%s")

        fills, validates = self.rights.fills and view.draft, self.rights.validates and view.draft
        context = {
            "application": application,
            "view": view,
            "part": part,
            "person_form": of("personne", PersonSheetForm) if fills else None,
            "skills_form": of("competences", SkillsForm) if fills else None,
            "release_form": of("direction", ReleaseForm) if validates else None,
            "decision_form": of("reponse", DecisionForm) if self.rights.coordinates and view.transmitted else None,
            "differences": changed or [],
            "refused": refused,
        }
        return self.page("structures/people/application.html", context, status=status)

    def conflict(self, part: str, kind: type[forms.Form], typed: dict[str, Any]) -> HttpResponse:
        """Somebody wrote meanwhile: both texts, and what was typed still in its fields."""
        current = self.find()
        mine = kind(initial={**typed, "version": current.version}, auto_id=f"{part}-%s")
        changed = differences(kind, lambda name: getattr(current, name), typed, in_words)
        return self.show(part=part, form=mine, changed=changed, status=409)


class ApplicationView(OneApplicationView):
    """One application; its first two parts are written here (`part` in the form)."""

    permission_required = READ

    def has_permission(self) -> bool:
        if not super().has_permission() or (self.request.method == "POST" and not self.rights.fills):
            return False
        return bool(self.find())

    def get(self, request: HttpRequest, slug: str, esms_slug: str, application_id: uuid.UUID) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest, slug: str, esms_slug: str, application_id: uuid.UUID) -> HttpResponse:
        if not self.rights.fills:
            raise PermissionDenied
        part = request.POST.get("part", "")
        if part not in PARTS:
            return HttpResponseBadRequest(TOO_OLD)
        form = PARTS[part](request.POST, auto_id=f"{part}-%s")
        if not form.is_valid():
            if "version" in form.errors:
                return HttpResponseBadRequest(TOO_OLD)
            return self.show(part=part, form=form, status=422)
        try:
            validates = self.rights.validates
            services.edit_application(application=self.find(), validates=validates, **form.cleaned_data)
        except Conflict:
            return self.conflict(part, PARTS[part], form.cleaned_data)
        except DomainError as error:
            if error.field is None:
                return self.show(refused=str(error), status=422)
            form.add_error(error.field, french.typography(str(error)))
            return self.show(part=part, form=form, status=422)
        self.tell("C’est enregistré.")
        return self.here("#accord" if part == "competences" else "")


class AgreementView(OneApplicationView):
    """The person agrees or, with `undo`, no longer."""

    permission_required = FILL

    def post(self, request: HttpRequest, slug: str, esms_slug: str, application_id: uuid.UUID) -> HttpResponse:
        application, agreed = self.find(), "undo" not in request.POST
        try:
            services.note_agreement(application=application, agreed=agreed)
        except DomainError as error:
            return self.show(refused=str(error), status=422)
        undo = self.address("people_application_agreement", application_id) if agreed else ""
        self.tell(f"L’accord de {application.name} est noté." if agreed else "L’accord n’est plus noté.", undo)
        return self.here()


class ReleaseView(OneApplicationView):
    """The direction agrees and releases time or, with `undo`, takes its agreement back."""

    permission_required = VALIDATE

    def post(self, request: HttpRequest, slug: str, esms_slug: str, application_id: uuid.UUID) -> HttpResponse:
        application = self.find()
        if "undo" in request.POST:
            try:
                services.withdraw_release(application=application)
            except DomainError as error:
                return self.show(refused=str(error), status=422)
            self.tell("L’accord de la direction est repris.")
            return self.here()
        form = ReleaseForm(request.POST, auto_id="direction-%s")
        if not form.is_valid():
            if "version" in form.errors:
                return HttpResponseBadRequest(TOO_OLD)
            return self.show(part="direction", form=form, status=422)
        try:
            services.release_time(application=application, user=request.user, **form.cleaned_data)
        except Conflict:
            return self.conflict("direction", ReleaseForm, form.cleaned_data)
        except DomainError as error:
            return self.show(refused=str(error), status=422)
        undo = self.address("people_application_release", application_id)
        self.tell("L’accord de la direction est donné, avec le temps dégagé.", undo)
        return self.here()


class SubmitView(OneApplicationView):
    """Transmit to the project lead or, with `undo`, take it back to change it."""

    permission_required = FILL

    def post(self, request: HttpRequest, slug: str, esms_slug: str, application_id: uuid.UUID) -> HttpResponse:
        application = self.find()
        try:
            if "undo" in request.POST:
                services.take_back(application=application)
                self.tell("La candidature est reprise : elle n’est plus transmise.")
            else:
                services.submit_application(application=application)
                undo = self.address("people_application_submit", application_id)
                self.tell(f"La candidature de {application.name} est transmise au chef de projet.", undo)
        except DomainError as error:
            return self.show(refused=str(error), status=422)
        return self.here()


class RemoveView(OneApplicationView):
    """Take a person out or, with `undo`, put them back."""

    permission_required = FILL

    def post(self, request: HttpRequest, slug: str, esms_slug: str, application_id: uuid.UUID) -> HttpResponse:
        if "undo" in request.POST:
            try:
                application = services.restore_application(esms=self.esms, application_id=application_id)
            except DomainError as error:
                self.tell(str(error))
            else:
                self.tell(f"{application.name} est de nouveau inscrit ici.")
            return self.home()
        application = self.find()
        services.remove_application(application=application)
        self.tell(f"{application.name} n’est plus proposé.", self.address("people_application_remove", application_id))
        return self.home()


class DecideView(OneApplicationView):
    """The project lead retains the person or not, with a word; with `undo`, takes the answer back."""

    permission_required = (Permission.COORDINATE_STRUCTURES,)

    def post(self, request: HttpRequest, slug: str, esms_slug: str, application_id: uuid.UUID) -> HttpResponse:
        application = get_object_or_404(applications_in([self.esms]), pk=application_id)
        if application.status == ApplicationStatus.DRAFT:
            messages.error(request, "La structure vient de reprendre cette candidature : elle n’est plus transmise.")
            return redirect("people_follow_up", slug)
        if "undo" in request.POST:
            services.reopen(application=application)
            self.tell("La réponse est reprise.")
            return self.here()
        form = DecisionForm(request.POST, auto_id="reponse-%s")
        if not form.is_valid():
            if "version" in form.errors:
                return HttpResponseBadRequest(TOO_OLD)
            return self.show(part="reponse", form=form, status=422)
        given = form.cleaned_data
        status, word, version = ApplicationStatus(given["answer"]), given["word"], given["version"]
        try:
            services.decide(application=application, version=version, status=status, word=word, user=request.user)
        except Conflict as conflict:
            mine = DecisionForm(initial={"word": word, "version": conflict.current.version}, auto_id="reponse-%s")
            refused = "Cette candidature vient de changer : relisez-la avant de répondre. Votre mot est gardé."
            return self.show(part="reponse", form=mine, refused=refused, status=409)
        except DomainError as error:
            if error.field is None:
                return self.show(refused=str(error), status=422)
            form.add_error(error.field, french.typography(str(error)))
            return self.show(part="reponse", form=form, status=422)
        told = "est retenue" if status == ApplicationStatus.RETAINED else "n’est pas retenue"
        undo = self.address("people_application_decide", application_id)
        self.tell(f"La candidature de {application.name} {told}. La structure le voit.", undo)
        return self.here()
