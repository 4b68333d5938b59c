"""One change of a selection, and taking it back."""

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.urls import reverse

from checklist import selectors
from checklist.enums import Letter, Status
from checklist.forms import Change, SelectionForm, read_filters, read_selection
from checklist.models import Action
from checklist.presentation import bulk as presentation
from checklist.presentation.links import page_url
from checklist.selectors import ActionLine
from checklist.services import bulk
from checklist.views.base import CHANGE
from checklist.views.page import PageView
from common.errors import Conflict, DomainError, Forbidden


class SelectionView(PageView):
    """Change the actions chosen, all of them or none. The filters of the page stay in the URL."""

    permission_required = CHANGE

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        try:
            versions = read_selection(request.POST.getlist("action"))
        except ValueError:
            return HttpResponseBadRequest("Cette page est trop ancienne : rechargez-la.")
        reading = selectors.read_checklist(self.project, request.user, request.access)
        lines = [line for line in reading.lines if line.action.pk in versions]
        if len(lines) != len(versions):
            raise Http404
        form, chosen = self.selection_form(request.POST), frozenset(versions)
        if not lines:
            return self.refuse(form, chosen, presentation.refused("Choisissez au moins une action."))
        if not form.is_valid():
            return self.refuse(form, chosen, presentation.refused("Dites ce qu’il faut changer."))
        try:
            changed = self.change(form, lines, versions)
        except bulk.SelectionRefused as error:
            return self.refuse(form, chosen, presentation.refused_selection(error), status=_status(error))
        except DomainError as error:
            if error.field in form.fields:
                form.add_error(error.field, str(error))
            return self.refuse(form, chosen, presentation.refused(str(error)))
        messages.success(request, presentation.changed(form.cleaned_data, changed), extra_tags=self.undo_url())
        return redirect(self.page_url())

    def change(self, form: SelectionForm, lines: list[ActionLine], versions: dict[uuid.UUID, int]) -> list[Action]:
        locked = [line.action for line in lines if line.locked]
        if locked:
            raise bulk.SelectionRefused([bulk.Refusal(action, Forbidden("")) for action in locked])
        chosen = [bulk.Chosen(line.action, versions[line.action.pk]) for line in lines]
        given = form.cleaned_data
        match given["change"]:
            case Change.STATUS:
                status = Status(given["status"])
                return bulk.set_statuses(chosen=chosen, status=status, user=self.request.user, reason=given["reason"])
            case Change.PERSON:
                letter = Letter(given["letter"])
                return bulk.name_on(project=self.project, chosen=chosen, user=given["user"], letter=letter)
            case field:
                return bulk.set_date(chosen=chosen, field=field, value=given[field])

    def refuse(
        self, form: SelectionForm, chosen: frozenset[uuid.UUID], refused: presentation.Refused, *, status: int = 422
    ) -> HttpResponse:
        return self.show(selection=form, chosen=chosen, refused=refused, status=status)

    def page_url(self) -> str:
        filters, _ = read_filters(self.request.GET)
        return page_url(self.project, filters)

    def undo_url(self) -> str:
        filters, _ = read_filters(self.request.GET)
        address = reverse("checklist_selection_undo", args=[self.project.slug, self.request.id])
        return f"{address}?{urlencode(filters.parameters())}"


class UndoSelectionView(SelectionView):
    """Take back what one request changed."""

    permission_required = CHANGE

    def post(self, request: HttpRequest, slug: str, request_id: uuid.UUID) -> HttpResponse:
        reading = selectors.read_checklist(self.project, request.user, request.access)
        changeable = {line.action.pk for line in reading.lines if line.may_change}
        try:
            restored = bulk.undo(
                project=self.project,
                user=request.user,
                request_id=request_id,
                may_change=lambda action: action.pk in changeable,
            )
        except bulk.SelectionRefused as error:
            return self.show(refused=presentation.refused_undo(error), status=_status(error))
        except DomainError:
            return self.show(refused=presentation.refused("Il n’y a plus rien à annuler."), status=409)
        messages.success(request, presentation.restored(restored))
        return redirect(self.page_url())


def _status(error: bulk.SelectionRefused) -> int:
    """Why, as an answer: no right, somebody else's change, or a rule."""
    if any(isinstance(refusal.error, Forbidden) for refusal in error.refusals):
        return 403
    return 409 if any(isinstance(refusal.error, Conflict) for refusal in error.refusals) else 422
