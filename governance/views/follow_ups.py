"""The actions decided: listed, moved, taken back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from common.errors import Conflict, DomainError
from governance.forms.follow_ups import MoveForm, VersionForm, read_filters
from governance.models import FollowUp
from governance.presentation import follow_ups
from governance.selectors import bodies
from governance.selectors.follow_ups import Which, follow_ups_of, narrowed, owners_among, read_by, waiting_among
from governance.services.follow_ups import move_follow_up, take_back_move
from governance.views.base import GovernanceView
from organisations.enums import Permission

TAKES_PART = (Permission.VIEW_PROJECT,)
TOO_OLD = "Cette page est trop ancienne : rechargez-la."


class FollowUpsPage(GovernanceView, abstract=True):
    """Shows the list, or one line of it."""

    tab = "follow_ups"

    def readable(self) -> Any:
        return read_by(follow_ups_of(self.project), self.request.user, self.rights)

    def may_move(self, row: FollowUp) -> bool:
        return self.rights.prepares or row.owner_id == self.request.user.pk

    def show(self, *, refused: str = "", typed: tuple[FollowUp, str] | None = None, status: int = 200) -> HttpResponse:
        """`typed`: words about one of them that could not be written."""
        today, filters = timezone.localdate(), read_filters(self.request.GET)
        if refused:  # the one that it is about may be over meanwhile
            filters = filters.with_(which=Which.ALL)
        readable = self.readable()
        everybody = self.rights.reads_council
        unwritten = {typed[0].pk: typed[1]} if typed else {}
        lines = [
            follow_ups.follow_up_line(
                row, self.project, today, may_move=self.may_move(row), typed=unwritten.get(row.pk)
            )
            for row in narrowed(readable, filters, today)
        ]
        context = {
            "view": follow_ups.follow_ups_view(
                lines, waiting_among(readable, today), self.project, mine_only=not everybody
            ),
            "which": follow_ups.which_links(filters),
            "choices": follow_ups.choices(filters, bodies.bodies_of(self.project), owners_among(readable))
            if everybody
            else None,
            "filters": filters,
            "states": follow_ups.STATES,
            "refused": refused,
        }
        return self.page("governance/follow_ups/list.html", context, status=status)


class FollowUpsView(FollowUpsPage):
    """Those of the meetings and arbitrations that the reader reads, and their own."""

    permission_required = TAKES_PART

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.show()


class FollowUpView(FollowUpsPage, abstract=True):
    """A view of one action, from `number` in the URL, for its owner or who leads."""

    follow_up: FollowUp

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        self.follow_up = get_object_or_404(self.readable(), number=self.kwargs["number"])
        return self.may_move(self.follow_up)

    def line(
        self,
        *,
        told: str = "",
        refused: str = "",
        comment: str | None = None,
        undo: bool = False,
        status: int = 200,
    ) -> HttpResponse:
        if not self.request.htmx:
            typed = None if comment is None else (self.follow_up, comment)
            return self.show(refused=refused, typed=typed, status=status)
        row, today = self.readable().get(pk=self.follow_up.pk), timezone.localdate()
        context = {
            "line": follow_ups.follow_up_line(row, self.project, today, may_move=True, typed=comment),
            "states": follow_ups.STATES,
            "told": told,
            "refused": refused,
            "undo": undo,
        }
        return self.page("governance/follow_ups/_line.html", context, status=status)

    def moved(self, told: str, *, undoable: bool) -> HttpResponse:
        if self.request.htmx:
            return self.line(told=told, undo=undoable)
        undo = reverse("follow_up_undo", args=[self.project.slug, self.follow_up.number])
        messages.success(self.request, told, extra_tags=undo if undoable else "")
        return redirect(f"{reverse('follow_ups', args=[self.project.slug])}?etat=toutes#action-{self.follow_up.number}")


class MoveView(FollowUpView):
    """One tap says how far it is, with the words typed beside it."""

    permission_required = TAKES_PART

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        form = MoveForm(request.POST)
        if not form.is_valid():
            if "comment" in form.errors:
                return self.line(refused=form.errors["comment"][0], comment=request.POST["comment"], status=422)
            return HttpResponseBadRequest(TOO_OLD)
        try:
            row = move_follow_up(follow_up=self.follow_up, **form.cleaned_data)
        except Conflict as conflict:
            refused = follow_ups.moved_meanwhile(conflict.current)
            return self.line(refused=refused, comment=form.cleaned_data["comment"], status=409)
        return self.moved(follow_ups.moved_sentence(row), undoable=True)


class UndoView(FollowUpView):
    """Back to what it was before the last tap."""

    permission_required = TAKES_PART

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        form = VersionForm(request.POST)
        version = form.cleaned_data["version"] if form.is_valid() else self.follow_up.version
        try:
            row = take_back_move(follow_up=self.follow_up, version=version)
        except Conflict as conflict:
            return self.line(refused=follow_ups.moved_meanwhile(conflict.current), status=409)
        except DomainError as error:
            return self.line(refused=str(error), status=422)
        return self.moved(follow_ups.moved_sentence(row), undoable=False)
