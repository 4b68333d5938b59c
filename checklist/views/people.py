"""The people named on an action, and its Responsable."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from checklist import presentation, selectors, services
from checklist.enums import Actor, Letter, View
from checklist.forms import AppointForm, PersonForm
from checklist.models import ActionPerson
from checklist.selectors import Filters
from checklist.views.action import PostedView
from checklist.views.base import MANAGE, ActionView
from common.errors import DomainError


class PeopleView(PostedView):
    """Name a person beside the bodies."""

    permission_required = MANAGE

    def post(self, request: HttpRequest, slug: str, number: str) -> HttpResponse:
        form = PersonForm(request.POST, project=self.project)
        if not form.is_valid():
            return self.show(person_form=form, status=422)
        letter = Letter(form.cleaned_data["letter"])
        person = services.name_person(action=self.action, user=form.cleaned_data["user"], letter=letter)
        undo = reverse("checklist_unname", args=[slug, number, person.pk])
        messages.success(request, f"{person.user} est {letter.label} de l’action {number}.", extra_tags=undo)
        return redirect(self.address())


class UnnameView(ActionView):
    """Take a person's letter away or, with `undo`, give it back."""

    permission_required = MANAGE

    def post(self, request: HttpRequest, slug: str, number: str, person_id: uuid.UUID) -> HttpResponse:
        if "undo" in request.POST:
            self.restore(person_id)
        else:
            person = get_object_or_404(ActionPerson.objects.select_related("user"), action=self.action, pk=person_id)
            services.unname_person(person=person)
            said = f"{person.user} n’est plus {Letter(person.letter).label} de l’action {number}."
            messages.success(request, said, extra_tags=request.path)
        return redirect(self.address())

    def restore(self, person_id: uuid.UUID) -> None:
        try:
            person = services.restore_person(action=self.action, person_id=person_id)
        except ActionPerson.DoesNotExist as error:
            raise Http404 from error
        except DomainError as error:
            messages.warning(self.request, str(error))
        else:
            letter = Letter(person.letter).label
            messages.success(self.request, f"{person.user} est de nouveau {letter} de l’action {self.action.number}.")


class ResponsibleView(PostedView):
    """Give an action that has no Responsable one, in one choice, from its page or from the list « À désigner »."""

    permission_required = MANAGE

    def post(self, request: HttpRequest, slug: str, number: str) -> HttpResponse:
        form = AppointForm(request.POST, action=self.action, appointees=selectors.appointees(self.project))
        if not form.is_valid():
            return self.show(appoint_form=form, status=422)
        who = form.cleaned_data["who"]
        try:
            given = services.appoint_responsible(action=self.action, who=who)
        except DomainError as error:
            messages.warning(request, str(error))
        else:
            name = who.label if isinstance(who, Actor) else who.get_full_name()
            undo = reverse("checklist_responsible_undo", args=[slug, number, given.pk])
            messages.success(request, f"{name} est Responsable de l’action {number}.", extra_tags=undo)
        if "list" in request.POST:
            return redirect(presentation.page_url(self.project, Filters(view=View.TO_NAME)))
        return redirect(self.address())


class UndoResponsibleView(ActionView):
    """Take back the Responsable just given."""

    permission_required = MANAGE

    def post(self, request: HttpRequest, slug: str, number: str, given_id: uuid.UUID) -> HttpResponse:
        services.dismiss_responsible(action=self.action, given_id=given_id)
        messages.success(request, f"L’action {number} est de nouveau sans Responsable.")
        return redirect(self.address())
