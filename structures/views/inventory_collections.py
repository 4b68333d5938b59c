"""The project lead asks the structures for their inventory, by a day."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from common import french
from common.errors import Conflict, DomainError
from common.ids import new_id
from organisations.enums import Permission
from organisations.forms.follow_up import PutOffForm
from organisations.tenancy import ProjectView
from structures.catalogue.inventory import questionnaire
from structures.forms.inventory_follow_up import CollectionForm
from structures.models import InventoryCollection
from structures.presentation.inventory_follow_up import asking
from structures.readiness import months_before
from structures.selectors.inventory_follow_up import current_collection, read_follow_up
from structures.services import inventory_collections as services

LEAD = (Permission.COORDINATE_STRUCTURES,)


class AskView(ProjectView):
    """Ask every structure that has not transmitted lately."""

    permission_required = LEAD

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        since = months_before(timezone.localdate(), questionnaire().review_months)
        return self.show(CollectionForm(initial={"counts_from": since, "token": new_id()}))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = CollectionForm(request.POST)
        if form.is_valid():
            try:
                asked = services.open_collection(project=self.project, user=request.user, **form.cleaned_data)
            except DomainError as error:
                form.add_error(error.field, str(error))
            else:
                messages.success(request, asking.asked(asked))
                return redirect("inventory_follow_up", slug)
        return self.show(form, status=422)

    def show(self, form: CollectionForm, *, status: int = 200) -> HttpResponse:
        view = asking.ask_page(read_follow_up(self.project, self.request.access))
        return render(
            self.request, "structures/inventory_follow_up/ask.html", {"view": view, "form": form}, status=status
        )


class PutOffView(ProjectView):
    """Give them another day, and say why."""

    permission_required = LEAD

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        collection = current_collection(self.project)
        if collection is None:
            return redirect("inventory_ask", slug)
        return self.show(collection, PutOffForm(initial={"due_on": collection.due_on, "version": collection.version}))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        collection = current_collection(self.project)
        if collection is None:
            return redirect("inventory_ask", slug)
        form = PutOffForm(request.POST)
        if not form.is_valid():
            return self.show(collection, form, status=422)
        try:
            services.put_off(collection=collection, **form.cleaned_data)
        except Conflict as conflict:
            return self.show(conflict.current, self.again(form, conflict.current), moved=True, status=409)
        except DomainError as error:
            form.add_error(error.field, str(error))
            return self.show(collection, form, status=422)
        messages.success(request, f"La nouvelle date est le {french.long_date(collection.due_on)}.")
        return redirect("inventory_follow_up", slug)

    def again(self, form: PutOffForm, current: InventoryCollection) -> PutOffForm:
        """What was typed, under the version that has just been shown."""
        return PutOffForm(initial={**form.cleaned_data, "version": current.version})

    def show(
        self, collection: InventoryCollection, form: Any, *, moved: bool = False, status: int = 200
    ) -> HttpResponse:
        view = asking.put_off_page(collection, self.project, moved=moved)
        return render(
            self.request, "structures/inventory_follow_up/put_off.html", {"view": view, "form": form}, status=status
        )
