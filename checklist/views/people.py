"""The people named on an action."""

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect

from checklist import services
from checklist.enums import Letter
from checklist.forms import PersonForm
from checklist.models import ActionPerson
from checklist.views.base import ActionView
from organisations.enums import Permission


class PeopleView(ActionView):
    """Name a person beside the bodies."""

    permission_required = (Permission.CHANGE_CHECKLIST,)

    def post(self, request: HttpRequest, slug: str, number: str) -> HttpResponse:
        form = PersonForm(request.POST, project=self.project)
        if not form.is_valid():
            return HttpResponseBadRequest("Choisissez une personne qui participe au projet.")
        letter = Letter(form.cleaned_data["letter"])
        services.name_person(action=self.action, user=form.cleaned_data["user"], letter=letter)
        return redirect("checklist_action", slug, number)


class UnnameView(ActionView):
    permission_required = (Permission.CHANGE_CHECKLIST,)

    def post(self, request: HttpRequest, slug: str, number: str, person_id: uuid.UUID) -> HttpResponse:
        services.unname_person(person=get_object_or_404(ActionPerson, action=self.action, pk=person_id))
        return redirect("checklist_action", slug, number)
