"""Addresses: the weights of OG."""

from django.urls import path

from governance.views import weights as views

urlpatterns = [
    path("poids/", views.WeightsView.as_view(), name="weights"),
    path("poids/nouveaux/", views.WeightsNewView.as_view(), name="weights_new"),
]
