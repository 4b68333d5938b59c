"""The calendar: what the actions ask for, month by month."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from checklist import presentation, selectors
from checklist.forms import read_filters, read_month
from checklist.views.base import READ
from organisations.tenancy import ProjectView


class CalendarView(ProjectView):
    """One month of the actions, filtered by the URL."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        filters, known = read_filters(request.GET)
        month, month_known = read_month(request.GET)
        reading = selectors.read_checklist(self.project, request.user, request.access, since=filters.since)
        found = selectors.events(self.project, reading.matching(filters))
        context = {
            "view": presentation.month(found, month, reading, filters, self.project, request.GET),
            "unknown": not (known and month_known),
            "exists": bool(reading.lines),
        }
        return render(request, "checklist/calendar.html", context)
