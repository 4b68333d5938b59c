"""A meeting in session: its page, its quorum as it is now; opened, closed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils import timezone

from common import french
from common.errors import Conflict, DomainError
from governance.enums import MeetingStatus
from governance.forms.sessions import SummaryForm
from governance.models import Minutes
from governance.presentation import attendance, sessions
from governance.presentation.fields import text_conflict
from governance.selectors.sessions import session_of
from governance.services.minutes import write_summary
from governance.services.sessions import close_session, open_session
from governance.views.room import PREPARE, TAKES_PART, TOO_OLD, RoomView, summary_form

ELSEWHERE = (MeetingStatus.DRAFT, MeetingStatus.CANCELLED)


class DoorView(RoomView, abstract=True):
    """A view that shows a meeting before it is open."""

    def waiting(self, *, refused: str = "", status: int = 200) -> HttpResponse:
        now = timezone.now()
        context = {
            "meeting": self.meeting,
            "leads": self.rights.prepares,
            "may_open": french.day(self.meeting.starts_at) <= french.day(now),
            "refused": refused,
            "view": sessions.waiting_view(self.meeting, self.project, now),
        }
        return self.page("governance/sessions/waiting.html", context, status=status)


class SessionView(DoorView):
    """The meeting in session: a working page for who leads it, followed by who may read it."""

    permission_required = TAKES_PART

    def get(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        if self.meeting.status in ELSEWHERE:
            return redirect("meeting", slug, number)
        if self.meeting.status == MeetingStatus.CLOSED:
            return redirect("minutes", slug, number)
        if self.meeting.status == MeetingStatus.CONVENED:
            return self.waiting()
        return self.whole()


class OpenView(DoorView):
    """Begin it."""

    permission_required = PREPARE

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        try:
            open_session(meeting=self.meeting)
        except DomainError as error:
            return self.waiting(refused=str(error), status=422)
        return redirect("session", slug, number)


class QuorumView(RoomView):
    """The quorum as it is now, that the page asks for again and again. Once the meeting is closed, it says so."""

    permission_required = TAKES_PART

    def get(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        if not request.htmx:
            return redirect("session", slug, number)
        room = self.room_now()
        if request.GET.get("vu") == room["quorum"].signature:
            return HttpResponse(status=204)
        return self.fragment("quorum.html", room)


class SummaryView(RoomView):
    """What to remember of the meeting, written while it lasts."""

    permission_required = PREPARE

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        form = summary_form(self.meeting, request.POST)
        if not form.is_valid():
            if "version" in form.errors:
                return HttpResponseBadRequest(TOO_OLD)
            return self.answer(form, status=422)
        try:
            written = write_summary(meeting=self.meeting, **form.cleaned_data)
        except Conflict as conflict:
            return self.conflict(conflict, form.cleaned_data["summary"])
        except DomainError as error:
            form.add_error("summary", str(error))
            return self.answer(form, status=422)
        if not request.htmx:
            messages.success(request, "C’est enregistré.")
            return redirect(self.address(place="retenir"))
        self.meeting.minutes = written
        return self.answer(summary_form(self.meeting), saved=True)

    def answer(self, form: SummaryForm, *, saved: bool = False, status: int = 200) -> HttpResponse:
        if not self.request.htmx:
            return self.whole(summary=form, status=status)
        context = {"summary": form, "meeting": self.meeting, "at": timezone.now() if saved else None}
        return self.fragment("_summary.html", context, status=status)

    def conflict(self, conflict: Conflict, mine: str) -> HttpResponse:
        view = text_conflict(conflict.current, "summary", mine, url=self.request.path, keep_url=self.address())
        if self.request.htmx:
            return self.fragment("_conflict.html", {"view": view}, status=409)
        return self.whole(summary=view, status=409)


class CloseView(RoomView):
    """What closing will do, then closing."""

    permission_required = PREPARE

    def get(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        if self.meeting.status != MeetingStatus.IN_SESSION:
            return redirect("session", slug, number)
        return self.checks(summary_form(self.meeting))

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        form = summary_form(self.meeting, request.POST)
        if not form.is_valid():
            return self.checks(form, status=422)
        try:
            close_session(meeting=self.meeting, user=request.user, **form.cleaned_data)
        except Conflict as conflict:
            # What was typed stays in the form, which is now about the version that stands, shown beside it.
            form.data = {**form.data.dict(), "version": str(conflict.current.version)}
            return self.checks(form, theirs=conflict.current, status=409)
        except DomainError as error:
            messages.warning(request, str(error))
            return redirect("session", slug, number)
        told = french.typography("La séance est close : son compte rendu est prêt à être envoyé.")
        messages.success(request, told)
        return redirect("minutes", slug, number)

    def checks(self, form: SummaryForm, *, theirs: Minutes | None = None, status: int = 200) -> HttpResponse:
        found = session_of(self.meeting)
        quorum = attendance.quorum_view(found.assembly)
        context = {
            "meeting": self.meeting,
            "form": form,
            "theirs": theirs,
            "view": sessions.closing_view(found, quorum, self.project),
        }
        return self.page("governance/sessions/close.html", context, status=status)
