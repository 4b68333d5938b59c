"""Who is here, and who votes for whom: one tap each."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect

from common.errors import Conflict, DomainError
from common.french import typography
from governance.forms.follow_ups import VersionForm
from governance.forms.sessions import PersonForm, PresenceForm, ProxyForm
from governance.models import Attendance
from governance.presentation import attendance
from governance.selectors.voices import assembly_of
from governance.services.attendance import add_attendee, give_proxy, mark_presence, take_back_proxy
from governance.views.room import PREPARE, TOO_OLD, RoomView


class RollView(RoomView, abstract=True):
    """A view that changes who is here."""

    def rows(self) -> Any:
        return Attendance.objects.filter(meeting=self.meeting).select_related("user", "og", "stands_in_for")

    def find(self, attendance_id: UUID) -> Attendance:
        row = get_object_or_404(self.rows(), pk=attendance_id)
        row.meeting = self.meeting
        return row

    def roll(self, *, told: str = "", refused: str = "", status: int = 200, **forms: Any) -> HttpResponse:
        """Who is here, the voices given and the quorum, as they are now."""
        if not self.request.htmx:
            if status == 200:
                messages.success(self.request, told)
                return redirect(self.address(place="qui"))
            return self.whole(refused=refused, status=status, **forms)
        assembly = assembly_of(self.meeting)
        context = {
            **self.room_now(),
            "people": [attendance.person_line(row) for row in assembly.attendances],
            "person_form": PersonForm(meeting=self.meeting),
            "told": told,
            "refused": refused,
            **forms,
        }
        return self.fragment("roll.html", context, status=status)


class PresenceView(RollView):
    """One tap says how one person attends."""

    permission_required = PREPARE

    def post(self, request: HttpRequest, slug: str, number: int, attendance_id: UUID) -> HttpResponse:
        row = self.find(attendance_id)
        form = PresenceForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest(TOO_OLD)
        try:
            mark_presence(attendance=row, **form.cleaned_data)
        except Conflict as conflict:
            return self.line(self.find(row.pk), refused=attendance.tapped_meanwhile(conflict.current), status=409)
        except DomainError as error:
            return self.line(row, refused=str(error), status=422)
        return self.line(self.find(row.pk))

    def line(self, row: Attendance, *, refused: str = "", status: int = 200) -> HttpResponse:
        """The line of this person, and what a tap changes beside it."""
        if not self.request.htmx:
            return self.roll(told=attendance.tapped(row), refused=refused, status=status)
        context = {**self.room_now(), "line": attendance.person_line(row), "refused": refused}
        return self.fragment("tap.html", context, status=status)


class ProxyView(RollView):
    """An absent person gives their voice to one who is here."""

    permission_required = PREPARE

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        form = ProxyForm(request.POST, assembly=assembly_of(self.meeting))
        if not form.is_valid():
            return self.roll(proxy_form=form, status=422)
        giver, bearer = form.cleaned_data["giver"], form.cleaned_data["to"]
        giver.meeting = self.meeting
        try:
            give_proxy(attendance=giver, version=giver.version, to=bearer.user)
        except DomainError as error:
            form.add_error(error.field, str(error))
            return self.roll(proxy_form=form, status=422)
        return self.roll(told=typography(f"{giver.user} donne pouvoir à {bearer.user}."))


class TakeBackProxyView(RollView):
    """A voice that was given is given no more."""

    permission_required = PREPARE

    def post(self, request: HttpRequest, slug: str, number: int, attendance_id: UUID) -> HttpResponse:
        row = self.find(attendance_id)
        form = VersionForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest(TOO_OLD)
        try:
            take_back_proxy(attendance=row, version=form.cleaned_data["version"])
        except Conflict:
            return self.roll(refused="Ce pouvoir vient de changer : le voici comme il est.", status=409)
        except DomainError as error:
            return self.roll(refused=str(error), status=422)
        return self.roll(told=f"{row.user} ne donne plus pouvoir.")


class PersonView(RollView):
    """Somebody came without being called."""

    permission_required = PREPARE

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        form = PersonForm(request.POST, meeting=self.meeting)
        if not form.is_valid():
            return self.roll(person_form=form, status=422)
        try:
            row = add_attendee(meeting=self.meeting, person=form.cleaned_data["person"])
        except DomainError as error:
            form.add_error(None, str(error))
            return self.roll(person_form=form, status=422)
        return self.roll(told=attendance.added(row))
