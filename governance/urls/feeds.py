"""Addresses of no project: following one's meetings from a calendar."""

from django.urls import path

from governance.views import feeds

urlpatterns = [
    path("compte/calendrier/", feeds.CalendarView.as_view(), name="calendar"),
    path("compte/calendrier/fermer/", feeds.RevokeView.as_view(), name="calendar_revoke"),
    path("calendrier/<str:token>.ics", feeds.FeedView.as_view(), name="calendar_feed"),
]
