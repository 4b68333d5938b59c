"""The address that a person's calendar reads: opened, closed, read."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View

from common.errors import DomainError
from common.french import typography
from governance.calendars import feed
from governance.presentation.feeds import calendar_page
from governance.selectors.feeds import find_reader, meetings_in_calendar, open_feed_of
from governance.services.feeds import open_feed, revoke_feed
from organisations.access import acting_as


class CalendarView(View):
    """Follow my meetings from a calendar; the address is told once, when it is opened."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            token = open_feed(user=request.user)
        except DomainError as error:
            return self.show(refused=str(error), status=422)
        return self.show(address=settings.SITE_URL + reverse("calendar_feed", args=[token]))

    def show(self, *, address: str = "", refused: str = "", status: int = 200) -> HttpResponse:
        context: dict[str, Any] = {
            "view": calendar_page(open_feed_of(self.request.user), address),
            "refused": refused,
        }
        return render(self.request, "governance/meetings/calendar.html", context, status=status)


class RevokeView(View):
    """Calendars that read my address find nothing there any more."""

    def post(self, request: HttpRequest) -> HttpResponse:
        revoke_feed(user=request.user)
        messages.success(request, typography("L’abonnement est fermé : son adresse ne répond plus."))
        return redirect("calendar")


@method_decorator(login_not_required, name="dispatch")
class FeedView(View):
    """The meetings of one person, for their calendar: whoever holds the address reads what they may read today."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        reader = find_reader(token)
        if reader is None:
            raise Http404
        with acting_as(reader.pk, request_id=request.id) as access:
            if not access.grants:  # every role of theirs is over
                raise Http404
            content = feed(meetings_in_calendar(reader, access))
        headers = {
            "Cache-Control": "private, no-store",
            "Content-Disposition": 'inline; filename="seances.ics"',
            "X-Robots-Tag": "noindex",
        }
        return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
