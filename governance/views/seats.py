"""Seats: given, changed, ended, accepted or declined."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils import timezone

from common.errors import Conflict, DomainError
from common.french import typography
from common.ids import new_id
from governance import services
from governance.forms.seats import AppointForm, SeatAnswerForm, SeatForm, VersionForm
from governance.models import Mandate
from governance.presentation import seats as presentation
from governance.selectors import bodies as selectors
from governance.views.base import GovernanceView
from governance.views.bodies import PREPARE, READ, BodyMixin
from organisations.models import User


class AppointView(BodyMixin, GovernanceView):
    """Give a seat on a body. `?og=…&categorie=…` come from the map of who speaks for whom."""

    permission_required = PREPARE
    tab = "bodies"

    def get(self, request: HttpRequest, slug: str, code: str) -> HttpResponse:
        initial = {
            **presentation.usual_seat(self.body),
            "og": request.GET.get("og", ""),
            "categories": request.GET.getlist("categorie"),
            "starts_on": timezone.localdate(),
            "token": new_id(),
        }
        return self.show(AppointForm(body=self.body, initial=initial))

    def post(self, request: HttpRequest, slug: str, code: str) -> HttpResponse:
        form = AppointForm(request.POST, body=self.body)
        if not form.is_valid():
            return self.show(form, status=422)
        given = {name: value for name, value in form.cleaned_data.items() if name != "place"}
        try:
            services.appoint_member(body=self.body, appointed_by=request.user, **given)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            return self.show(form, status=422)
        messages.success(request, presentation.appointed(given["user"], self.body, by=request.user))
        return redirect(presentation.body_url(self.body, self.project))

    def show(self, form: AppointForm, *, status: int = 200) -> HttpResponse:
        view = presentation.appointing(self.body, self.project)
        return self.page("governance/bodies/appoint.html", {"form": form, "view": view}, status=status)


class SeatPage:
    """Finds the seat that `seat_id` names, for who prepares meetings and for the person who holds it; shows it. For a
    GovernanceView."""

    permission_required = READ
    tab = "bodies"
    seat: Mandate
    kwargs: dict[str, Any]

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        seat = selectors.seat_of(self.project, self.kwargs["seat_id"])
        if seat is None:
            raise Http404
        self.seat = seat
        return self.may_open()

    @property
    def is_mine(self) -> bool:
        return self.seat.user_id == self.request.user.pk

    def may_open(self) -> bool:
        return self.rights.prepares or self.is_mine

    def show(
        self,
        *,
        form: SeatForm | None = None,
        answer: SeatAnswerForm | None = None,
        refused: str = "",
        status: int = 200,
    ) -> HttpResponse:
        manages = self.rights.prepares
        view = presentation.seat_page(
            self.seat,
            self.project,
            self.request.user,
            selectors.other_roles(self.seat) if manages else None,
            manages=manages,
            today=timezone.localdate(),
        )
        context = {
            "view": view,
            "seat": self.seat,
            "form": form or SeatForm(seat=self.seat, initial=self._values()),
            "answer": answer or SeatAnswerForm(),
            "refused": refused,
        }
        return self.page("governance/bodies/seat.html", context, status=status)

    def _values(self) -> dict[str, Any]:
        return {
            "substitute": self.seat.substitute_id,
            "ends_on": self.seat.ends_on,
            "version": self.seat.version,
        }

    def conflicted(self, conflict: Conflict, form: SeatForm | None = None) -> HttpResponse:
        """Somebody changed the seat: as it stands, and what was typed beside it."""
        found = selectors.seat_of(self.project, conflict.current.pk)
        self.seat = found if found is not None else self.seat
        sentence = "Quelqu’un vient de changer ce siège. Le voici comme il est ; ce que vous aviez choisi est resté."
        return self.show(form=form, refused=typography(sentence), status=409)


class SeatView(SeatPage, GovernanceView):
    """One seat: read by who holds it and by the lead, who changes its end and who stands in."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str, seat_id: uuid.UUID) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest, slug: str, seat_id: uuid.UUID) -> HttpResponse:
        if not self.rights.prepares:
            raise PermissionDenied
        form = SeatForm(request.POST, seat=self.seat)
        if not form.is_valid():
            return self.show(form=form, status=422)
        try:
            services.change_seat(seat=self.seat, changed_by=request.user, **form.cleaned_data)
        except Conflict as conflict:
            form.data = {**form.data.dict(), "version": str(conflict.current.version)}
            return self.conflicted(conflict, form)
        except DomainError as error:
            form.add_error(error.field, str(error))
            return self.show(form=form, status=422)
        messages.success(request, "C’est enregistré.")
        return redirect("seat", slug, seat_id)


class SeatEndView(SeatPage, GovernanceView):
    """End a seat at once."""

    permission_required = PREPARE

    def may_open(self) -> bool:
        return self.rights.prepares

    def post(self, request: HttpRequest, slug: str, seat_id: uuid.UUID) -> HttpResponse:
        form = VersionForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest("Cette page est trop ancienne : rechargez-la.")
        try:
            services.end_seat(seat=self.seat, version=form.cleaned_data["version"], ended_by=request.user)
        except Conflict as conflict:
            return self.conflicted(conflict)
        except DomainError as error:
            return self.show(refused=str(error), status=422)
        _stay_signed_in(request, self.seat.user)
        messages.success(request, presentation.ended(self.seat))
        return redirect(presentation.body_url(self.seat.body, self.project))


class SeatAnswerView(SeatPage, GovernanceView):
    """The answer of the person to whom a seat was given, and of nobody else."""

    permission_required = READ

    def may_open(self) -> bool:
        return self.is_mine

    def post(self, request: HttpRequest, slug: str, seat_id: uuid.UUID) -> HttpResponse:
        form = SeatAnswerForm(request.POST)
        if not form.is_valid():
            return self.show(answer=form, status=422)
        try:
            services.answer_seat(seat=self.seat, accepts=form.accepts, reason=form.cleaned_data["reason"])
        except DomainError as error:
            if error.field is None:
                return self.show(refused=str(error), status=422)
            form.add_error(error.field, str(error))
            return self.show(answer=form, status=422)
        _stay_signed_in(request, self.seat.user)
        messages.success(request, presentation.answered(self.seat, accepts=form.accepts))
        if selectors.takes_part(request.user, self.project):
            return redirect(presentation.body_url(self.seat.body, self.project))
        return redirect("home")  # the seat was all that this person had in the project


def _stay_signed_in(request: HttpRequest, user: User) -> None:
    """A role that ends closes the sessions of who held it: all but the one in which they just gave it up."""
    if user == request.user:
        request.user.refresh_from_db(fields=["session_epoch"])
        update_session_auth_hash(request, request.user)
