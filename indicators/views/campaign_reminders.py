"""The lead reminds structures of the statements that are late."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from common.errors import DomainError
from common.ids import new_id
from indicators.presentation import campaign_acts as acts
from indicators.views.campaigns import OneView
from structures.forms.pathway import RemindForm
from structures.services.reminders import remind


class RemindView(OneView):
    """All those that are late at once, with one word."""

    def get(self, request: HttpRequest, slug: str, period: str) -> HttpResponse:
        if not self.follow.late:
            return redirect(self.campaign_url)
        return self.act(RemindForm(initial={"token": new_id()}))

    def post(self, request: HttpRequest, slug: str, period: str) -> HttpResponse:
        late = self.follow.late
        if not late:
            return redirect(self.campaign_url)
        form = RemindForm(request.POST)
        if not form.is_valid():
            return self.act(form, status=422)
        try:
            sent = remind(about={one.esms: acts.about(one) for one in late}, user=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field, str(error))
            return self.act(form, status=422)
        undo = reverse("pathway_remind_undo", args=[slug, form.cleaned_data["token"]]) if sent.reminded else ""
        return self.told(acts.reminded(sent), self.campaign_url, undo_url=undo)

    def act(self, form: RemindForm, *, status: int = 200) -> HttpResponse:
        context = {"view": acts.remind_page(self.follow.late), "form": form, "code": self.kwargs["period"]}
        return self.show("remind", context, status=status)
