"""The RACI matrix, and the letters of one action."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from checklist import selectors, services
from checklist.enums import Actor
from checklist.forms import RaciForm, read_raci_filters
from checklist.people import people_of_actors
from checklist.presentation import raci as presentation
from checklist.raci import Letters
from checklist.selectors import RaciFilters
from checklist.views.base import MANAGE, READ, ActionView
from common import french
from common.errors import Conflict
from organisations.tenancy import ProjectView


class RaciMatrixView(ProjectView):
    """Actions × actors, filtered by the URL."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        filters, known = read_raci_filters(request.GET)
        found = selectors.raci_matrix(self.project, request.user, request.access, filters)
        if filters.step is not None and all(step.number != filters.step for step in found.steps):
            known = False
            found = selectors.raci_matrix(self.project, request.user, request.access, RaciFilters())
        view = presentation.matrix(found, self.project, request.GET if known else QueryDict())
        context = {"found": found, "view": view, "unknown": not known}
        return render(request, "checklist/raci/matrix.html", context)


class RaciActionView(ActionView):
    """The letters of one action: a page of boxes, and what the cells of the matrix post."""

    permission_required = MANAGE

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        if self.action.retired_at:
            raise Http404
        return True

    def get(self, request: HttpRequest, slug: str, number: str) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest, slug: str, number: str) -> HttpResponse:
        form = RaciForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest("Cette lettre ou cet acteur n’existe pas.")
        wanted, expected = form.letters("held"), form.letters("expected")
        cell = Actor(form.cleaned_data["actor"]) if form.cleaned_data["actor"] and request.htmx else None
        try:
            held = services.set_letters(action=self.action, wanted=wanted, expected=expected)
        except Conflict as conflict:
            return self.conflict(conflict.current, wanted, expected, cell)
        if cell:
            return self.answer(cell, saved=presentation.saved(self.action, cell, held))
        messages.success(request, french.typography(f"Les rôles de l’action {number} sont enregistrés."))
        return redirect(f"{reverse('checklist_raci', args=[slug])}#r{number}")

    def conflict(self, held: Letters, wanted: Letters, expected: Letters, cell: Actor | None) -> HttpResponse:
        """Both texts; the page, or the cell, now shows what the other person left, and what one ticked stays."""
        writers = {change.holder: change.who for change in reversed(selectors.letter_changes(self.action))}
        told = [
            presentation.conflict(actor, writers.get(actor, "Quelqu’un"), held, wanted)
            for actor in Actor
            if wanted[actor] != expected[actor] and held[actor] not in (wanted[actor], expected[actor])
        ]
        if cell:
            return self.answer(cell, conflict=told[0], status=409)
        # What one did not touch is as the other person left it.
        ticked = {actor: held[actor] if wanted[actor] == expected[actor] else wanted[actor] for actor in Actor}
        return self.show(ticked=ticked, told=told, status=409)

    def answer(self, cell: Actor, *, saved: str = "", conflict: str = "", status: int = 200) -> HttpResponse:
        """The cell, and what its letters change around it."""
        filters, _ = read_raci_filters(self.request.GET)
        found = selectors.raci_matrix(self.project, self.request.user, self.request.access, filters)
        row = presentation.row(next(row for row in found.readable if row.action.pk == self.action.pk))
        context = {
            "row": row,
            "cell": next(item for item in row.cells if item.actor == cell),
            "view": presentation.counted(found),
            "saved_at": timezone.now(),
            "saved": saved,
            "conflict": conflict,
        }
        return render(self.request, "checklist/raci/cell.html", context, status=status)

    def show(self, *, ticked: Letters | None = None, told: list[str] | None = None, status: int = 200) -> HttpResponse:
        members = people_of_actors(self.project)
        view = presentation.raci_action(selectors.raci_row(self.action), members, self.project, ticked=ticked)
        context = {"action": self.action, "view": view, "told": told or []}
        return render(self.request, "checklist/raci/action.html", context, status=status)
