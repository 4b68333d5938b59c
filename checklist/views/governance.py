"""Where an action meets the bodies: put to the agenda, told to the COMOP."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from checklist import presentation, selectors, services
from checklist.views.base import ActionView
from common.errors import DomainError
from common.ids import new_id
from governance.forms.alerts import AlertForm
from governance.models import AgendaRequest
from governance.services import withdraw_request
from organisations.enums import Permission


class AgendaView(ActionView):
    """Put an action on the agenda of the body that decides it."""

    permission_required = (Permission.PREPARE_MEETINGS,)

    def post(self, request: HttpRequest, slug: str, number: str) -> HttpResponse:
        with suppress(DomainError):  # on the agenda already, or no body decides: the answer shows how things are
            services.ask_body(action=self.action, user=request.user)
        return self.answer()

    def answer(self) -> HttpResponse:
        if not self.request.htmx or not self.action.decided_by:
            return self.back()
        asked = self.waiting()
        context = {
            "action": self.action,
            "decided": presentation.decided_view(self.action, asked, self.rights),
            "just": True,
        }
        return render(self.request, "checklist/_agenda.html", context)

    def waiting(self) -> AgendaRequest | None:
        return selectors.governed(self.action, self.rights).request


class WithdrawView(AgendaView):
    """Take it off the agenda."""

    permission_required = (Permission.PREPARE_MEETINGS,)

    def post(self, request: HttpRequest, slug: str, number: str) -> HttpResponse:
        if asked := self.waiting():
            withdraw_request(asked)
        return self.answer()


class RaiseAlertView(ActionView):
    """Tell the COMOP of a blocked action, in the words of its card."""

    permission_required = (Permission.RAISE_ALERTS,)

    def get(self, request: HttpRequest, slug: str, number: str) -> HttpResponse:
        initial = {"text": presentation.told_to_the_comop(self.action), "token": new_id()}
        return self.show(AlertForm(initial=initial, auto_id=self.auto_id()))

    def post(self, request: HttpRequest, slug: str, number: str) -> HttpResponse:
        form = AlertForm(request.POST, auto_id=self.auto_id())
        if form.is_valid():
            try:
                services.alert_comop(action=self.action, user=request.user, **form.cleaned_data)
            except DomainError as error:
                form.add_error("text", str(error))
            else:
                return self.show(None) if request.htmx else self.back()
        return self.show(form, status=422)

    def auto_id(self) -> str:
        return f"id_{self.action.pk}_alert_%s"  # a page shows this form for several actions

    def show(self, form: AlertForm | None, *, status: int = 200) -> HttpResponse:
        alert = selectors.alert_about(self.action, self.rights)
        context = {
            "action": self.action,
            "alert": presentation.alert_view(alert, self.action, self.project, self.rights),
            "alert_form": form,
            "just": True,
        }
        template = "checklist/_alert.html" if self.request.htmx else "checklist/alert.html"
        return render(self.request, template, context, status=status)
