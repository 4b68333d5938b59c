"""Addresses: alerts."""

from django.urls import path

from governance.views import alerts as views

urlpatterns = [
    path("alertes/", views.AlertsView.as_view(), name="alerts"),
    path("alertes/nouvelle/", views.RaiseView.as_view(), name="alert_raise"),
    path("alertes/<int:number>/", views.AlertView.as_view(), name="alert"),
    path("alertes/<int:number>/en-main/", views.OwnerView.as_view(), name="alert_owner"),
    path("alertes/<int:number>/porter/", views.EscalateView.as_view(), name="alert_escalate"),
    path("alertes/<int:number>/lue/", views.ReadView.as_view(), name="alert_read"),
]
