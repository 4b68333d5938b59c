"""The board: the actions by state, and moving one of them."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from checklist import presentation, selectors, services
from checklist.enums import Status
from checklist.forms import StatusForm, read_filters
from checklist.models import Action
from checklist.views.base import CHANGE, READ, ActionView
from common.errors import Conflict, DomainError
from organisations.models import Project
from organisations.tenancy import ProjectView


@dataclass(frozen=True)
class Move:
    """A card that somebody wanted to put in another column, and what came of it.

    `error` is empty for a question that is merely asked; `field` names the input that is wanted.
    """

    action: Action
    wanted: Status
    done: bool = False
    conflict: bool = False
    field: str = ""
    error: str = ""


class BoardView(ProjectView):
    """The actions by state, filtered by the URL."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return show(request, self.project)


class BoardStatusView(ActionView):
    """Move a card to another column. The filters of the board are in the URL."""

    permission_required = CHANGE

    def post(self, request: HttpRequest, slug: str, number: str) -> HttpResponse:
        self.check_may_change()
        form = StatusForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest("Cet état n’existe pas.")
        status, reason = Status(form.cleaned_data["status"]), form.cleaned_data["reason"]
        try:
            services.set_status(
                action=self.action,
                version=form.cleaned_data["version"],
                status=status,
                user=request.user,
                reason=reason,
            )
        except Conflict as conflict:
            return show(request, self.project, Move(conflict.current, status, conflict=True), status=409)
        except DomainError as error:
            asked = error.field == "reason" and "reason" not in request.POST  # a question, not yet a mistake
            move = Move(self.action, status, field=error.field or "", error="" if asked else str(error))
            return show(request, self.project, move, status=200 if asked else 422)
        if request.htmx:
            return show(request, self.project, Move(self.action, status, done=True))
        board = reverse("checklist_board", args=[slug])
        query = request.GET.urlencode()
        return redirect(f"{board}{'?' if query else ''}{query}#c{number}")


def show(request: HttpRequest, project: Project, move: Move | None = None, *, status: int = 200) -> HttpResponse:
    """The board, or under htmx the part of it that a move changes."""
    filters, known = read_filters(request.GET)
    reading = selectors.read_checklist(project, request.user, request.access, since=filters.since)
    context = {
        "view": presentation.board(reading, filters, project, request.GET),
        "unknown": not known,
        "exists": bool(reading.lines),
        "move": move,
        "saved_at": timezone.now() if move and move.done else None,
    }
    template = "checklist/board.html#board" if request.htmx else "checklist/board.html"
    return render(request, template, context, status=status)
