"""The first page of a structure: where it stands, and what is asked of it."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from organisations.enums import Permission
from structures.asks import asks_of
from structures.models import Reminder
from structures.presentation.pathway.home import home_view
from structures.selectors.inventory import readiness_of
from structures.selectors.pathway import board_of
from structures.selectors.reminders import open_reminders
from structures.selectors.waiting import for_person
from structures.services.reminders import mark_seen
from structures.views.base import WorkView


class HomeView(WorkView):
    permission_required = (Permission.VIEW_STRUCTURES,)

    def get(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        esms, rights = self.esms, self.rights
        asks = asks_of([esms])
        # Whoever only reads sees all that waits, the direction's share too.
        directs = {esms.pk} if rights.validates or not rights.fills else set()
        view = home_view(
            board_of(esms),
            for_person(asks, directs, request.access.user_id),
            open_reminders([esms]) if rights.fills or rights.coordinates else [],
            readiness_of([esms]).get(esms.pk),
            rights,
            request.access.user_id,
        )
        return self.page("structures/home.html", {"view": view})


class ReminderSeenView(WorkView):
    """Somebody of the structure has read a reminder."""

    permission_required = (Permission.FILL_STRUCTURES,)

    def has_permission(self) -> bool:
        return super().has_permission() and self.rights.fills

    def post(self, request: HttpRequest, slug: str, esms_slug: str, reminder_id: uuid.UUID) -> HttpResponse:
        reminder = get_object_or_404(Reminder, esms=self.esms, pk=reminder_id)
        mark_seen(reminder=reminder, user=request.user)
        return redirect("structure", slug, esms_slug)
