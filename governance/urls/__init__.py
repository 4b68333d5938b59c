"""Addresses of governance, a module a concern."""

from django.urls import path

from governance.urls import agreements, alerts, arbitrations, bodies, decisions, meetings, sessions, weights
from governance.views.home import HomeView

urlpatterns = [
    path("", HomeView.as_view(), name="governance"),
    *bodies.urlpatterns,
    *weights.urlpatterns,
    *agreements.urlpatterns,
    *meetings.urlpatterns,
    *sessions.urlpatterns,
    *arbitrations.urlpatterns,
    *decisions.urlpatterns,
    *alerts.urlpatterns,
]
