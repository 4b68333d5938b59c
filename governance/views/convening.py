"""Calling the members of a body to a meeting; e-mails that have not left."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from common.errors import Conflict, DomainError
from common.french import typography
from governance.forms.agendas import ConveneForm
from governance.presentation import convening as words
from governance.presentation.told_agendas import told_agenda
from governance.selectors.agendas import agenda_of
from governance.selectors.convening import convocation_of
from governance.services.convening import convene, tell_agenda
from governance.services.outbox import try_again
from governance.views.meeting import PREPARE, OneMeeting, ShowsMeeting


class ConveneView(OneMeeting):
    """Who will be written to and with what delay, then the call itself."""

    permission_required = PREPARE

    def get(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        return self.show(ConveneForm(initial={"version": self.meeting.version}))

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        form = ConveneForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            rows = convene(meeting=self.meeting, user=request.user, **form.cleaned_data)
        except Conflict as conflict:
            form.data = {**form.data.dict(), "version": str(conflict.current.version)}
            form.add_error(None, "Cette séance a changé pendant que vous la relisiez : vérifiez, puis convoquez.")
            return self.show(form, status=409)
        except DomainError as error:
            form.add_error(error.field, str(error))
            return self.show(form, status=422)
        messages.success(request, words.told(len(rows), self.meeting))
        return redirect("meeting", slug, number)

    def show(self, form: ConveneForm, *, status: int = 200) -> HttpResponse:
        view = words.convene_page(
            self.meeting,
            self.project,
            convocation_of(self.meeting),
            points=len(agenda_of(self.meeting, self.rights).items),
            today=timezone.localdate(),
        )
        context = {"form": form, "view": view, "meeting": self.meeting}
        return self.page("governance/meetings/convene.html", context, status=status)


class TellAgendaView(ShowsMeeting):
    """Tell all who are called of the agenda as it is now."""

    permission_required = PREPARE

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        try:
            count = tell_agenda(meeting=self.meeting, user=request.user)
        except DomainError as error:
            return self.show(refused=str(error), status=422)
        messages.success(request, told_agenda(count, self.meeting))
        return redirect("meeting", slug, number)


class ResendView(OneMeeting):
    """Try again for the e-mails that have not left."""

    permission_required = PREPARE

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        if try_again(meeting=self.meeting):
            messages.success(request, typography("Un nouvel essai part : l’envoi se suit ici."))
        else:
            messages.success(request, "Tout est déjà parti.")
        return redirect("meeting", slug, number)
