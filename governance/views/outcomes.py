"""What is noted beside a point: what is said, what became of it, decisions, actions."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils import timezone

from common.errors import Conflict, DomainError
from common.french import typography
from common.ids import new_id
from common.ui import Link
from governance.enums import ARBITRATION_SOURCE, MINUTES_SOURCE, ItemState
from governance.forms.sessions import ItemStateForm, NotesForm, PointActionForm, PointDecisionForm
from governance.presentation.fields import text_conflict
from governance.presentation.sheets import unbroken
from governance.services.minutes import approve_minutes
from governance.services.outcomes import decide, note_action, set_item_state, why_undecided, write_notes
from governance.sources import link_to
from governance.views.room import PREPARE, TAKES_PART, TOO_OLD, PointView


class SourceView(PointView):
    """To the thing of another app that a point is about: that app says where it is read."""

    permission_required = TAKES_PART
    link: Link

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        found = link_to(self.project, self.item.source, self.item.source_id)
        if found is None:
            raise Http404
        self.link = found
        return True

    def get(self, request: HttpRequest, slug: str, number: int, item_id: UUID) -> HttpResponse:
        return redirect(self.link.url)


class NotesView(PointView):
    """What is said of a point, saved as one goes."""

    permission_required = PREPARE

    def post(self, request: HttpRequest, slug: str, number: int, item_id: UUID) -> HttpResponse:
        form = NotesForm(request.POST, item=self.item)
        if not form.is_valid():
            if "version" in form.errors:
                return HttpResponseBadRequest(TOO_OLD)
            return self.answer(form, status=422)
        try:
            self.item = write_notes(item=self.item, **form.cleaned_data)
        except Conflict as conflict:
            return self.conflict(conflict, form.cleaned_data["notes"])
        except DomainError as error:
            form.add_error("notes", str(error))
            return self.answer(form, status=422)
        if not request.htmx:
            messages.success(request, "C’est enregistré.")
            return redirect(self.address(place=self.place))
        return self.answer(NotesForm(item=self.item), saved=True)

    def answer(self, form: NotesForm, *, saved: bool = False, status: int = 200) -> HttpResponse:
        if not self.request.htmx:
            return self.point(notes=form, status=status)
        context = {"item": self.item, "meeting": self.meeting, "notes": form, "at": timezone.now() if saved else None}
        return self.fragment("notes.html", context, status=status)

    def conflict(self, conflict: Conflict, mine: str) -> HttpResponse:
        keep_url = self.address(place=self.place)
        view = text_conflict(conflict.current, "notes", mine, url=self.request.path, keep_url=keep_url)
        if self.request.htmx:
            return self.fragment("_conflict.html", {"view": view}, status=409)
        return self.point(notes_conflict=view, status=409)


class ItemStateView(PointView):
    """Treated, postponed, or to be treated again."""

    permission_required = PREPARE

    def post(self, request: HttpRequest, slug: str, number: int, item_id: UUID) -> HttpResponse:
        form = ItemStateForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest(TOO_OLD)
        try:
            set_item_state(item=self.item, **form.cleaned_data)
        except Conflict as conflict:
            state = ItemState(conflict.current.state).label
            return self.point(refused=typography(f"Quelqu’un a noté « {state} » entre-temps."), status=409)
        except DomainError as error:
            return self.point(refused=str(error), status=422)
        return self.point() if request.htmx else redirect(self.address(place=self.place))


class OutcomeView(PointView, abstract=True):
    """A form that notes something that came out of a point: asked for by GET, beside the point or alone."""

    permission_required = PREPARE
    form_name: str
    kind: str

    def form(self, data: Any = None) -> Any:
        raise NotImplementedError

    def note(self, given: dict[str, Any]) -> str:
        """Write it, and say so. Raises DomainError."""
        raise NotImplementedError

    def why_not(self) -> str:
        """Why it can't be noted at this moment."""
        return ""

    def get(self, request: HttpRequest, slug: str, number: int, item_id: UUID) -> HttpResponse:
        if not request.htmx:
            return self.point(**{self.form_name: self.form(), "refused": self.why_not()})
        context = {
            "form": self.form(),
            "item": self.item,
            "meeting": self.meeting,
            "refused": self.why_not(),
        }
        return self.fragment(f"_{self.kind}.html", context)

    def post(self, request: HttpRequest, slug: str, number: int, item_id: UUID) -> HttpResponse:
        form = self.form(request.POST)
        if form.is_valid():
            try:
                told = self.note(form.cleaned_data)
            except DomainError as error:
                form.add_error(error.field, str(error))
            else:
                if request.htmx:
                    return self.point(told=told)
                messages.success(request, told)
                return redirect(self.address(place=self.place))
        return self.point(**{self.form_name: form}, status=422)


class DecisionView(OutcomeView):
    """A decision taken on a point. An arbitration is decided on its own page."""

    permission_required = PREPARE
    form_name, kind = "decision_form", "decision"

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        if self.item.source in {ARBITRATION_SOURCE, MINUTES_SOURCE}:
            raise Http404
        return True

    def form(self, data: Any = None) -> PointDecisionForm:
        initial = {"title": self.item.label[:200], "token": new_id()}
        return PointDecisionForm(data, item=self.item, initial=initial)

    def note(self, given: dict[str, Any]) -> str:
        decision = decide(item=self.item, user=self.request.user, **given)
        return f"Décision {unbroken(decision.reference)} enregistrée."

    def why_not(self) -> str:
        return why_undecided(self.meeting)


class ActionView(OutcomeView):
    """Something to do that came out of a point."""

    permission_required = PREPARE
    form_name, kind = "action_form", "action"

    def form(self, data: Any = None) -> PointActionForm:
        return PointActionForm(data, item=self.item, initial={"token": new_id()})

    def note(self, given: dict[str, Any]) -> str:
        follow_up = note_action(item=self.item, user=self.request.user, **given)
        return typography(f"Action n° {follow_up.number} notée, pour {follow_up.owner}.")


class ApproveView(PointView):
    """The minutes of an earlier meeting are approved in this one."""

    permission_required = PREPARE

    def post(self, request: HttpRequest, slug: str, number: int, item_id: UUID) -> HttpResponse:
        if self.item.source != MINUTES_SOURCE:
            raise Http404
        try:
            approve_minutes(item=self.item)
        except DomainError as error:
            return self.point(refused=str(error), status=422)
        return self.point() if request.htmx else redirect(self.address(place=self.place))
