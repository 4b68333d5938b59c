"""Minutes: read, sent, mended by amendments."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from common.errors import DomainError
from common.french import plural, typography
from common.ids import new_id
from governance.enums import MeetingStatus
from governance.forms.minutes import AmendmentForm, SendForm
from governance.presentation import minutes
from governance.selectors import meetings
from governance.selectors.minutes import last_sending, minutes_draft
from governance.services.minutes import amend, may_send, send_minutes
from governance.views.room import PREPARE, TAKES_PART, MeetingView

HELD = (MeetingStatus.IN_SESSION, MeetingStatus.CLOSED)


class MinutesPage(MeetingView, abstract=True):
    """Shows the minutes, and to who leads what may be done with them."""

    def show(
        self,
        *,
        send_form: SendForm | None = None,
        amendment_form: AmendmentForm | None = None,
        refused: str = "",
        status: int = 200,
    ) -> HttpResponse:
        closed, leads = self.meeting.status == MeetingStatus.CLOSED, self.rights.prepares
        sending = last_sending(self.meeting) if closed and leads and self.meeting.minutes_sent_at else None
        context: dict[str, Any] = {
            "meeting": self.meeting,
            "leads": leads,
            "view": minutes.minutes_view(minutes_draft(self.meeting), self.project),
            "may_send": closed and leads and may_send(self.meeting),
            "sending": minutes.sending_sentence(sending) if sending else "",
            "send_form": send_form or SendForm(),
            "amendment_form": amendment_form or AmendmentForm(initial={"token": new_id()}),
            "second_call": leads and not self.meeting.quorum_reached and self.missed(),
            "refused": refused,
        }
        return self.page("governance/sessions/minutes.html", context, status=status)

    def missed(self) -> bool:
        """Whether it was a COSTRAT without quorum that no second call followed yet."""
        return meetings.missed(self.project, self.meeting.number) is not None


class MinutesView(MinutesPage):
    """The minutes of a meeting, drafted from it; while it lasts, as they stand."""

    permission_required = TAKES_PART

    def get(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        return self.show() if self.meeting.status in HELD else redirect("meeting", slug, number)


class SendView(MinutesPage):
    """Send them, once; and again after an amendment."""

    permission_required = PREPARE

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        form = SendForm(request.POST)
        if not form.is_valid():
            return self.show(send_form=form, status=422)
        try:
            sent = send_minutes(meeting=self.meeting, user=request.user, **form.cleaned_data)
        except DomainError as error:
            messages.warning(request, str(error))
        else:
            who = plural(len(sent), "personne", "personnes")
            messages.success(request, typography(f"Le compte rendu part à {who}, chacune avec ses propres actions."))
        return redirect("minutes", slug, number)


class AmendmentsView(MinutesPage):
    """The only correction of a closed meeting: written beside what it corrects, dated and signed."""

    permission_required = PREPARE

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        form = AmendmentForm(request.POST)
        if not form.is_valid():
            return self.show(amendment_form=form, status=422)
        try:
            amend(meeting=self.meeting, user=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field, str(error))
            return self.show(amendment_form=form, status=422)
        messages.success(request, "Le rectificatif est ajouté. Renvoyez le compte rendu pour le faire connaître.")
        return redirect("minutes", slug, number)
