"""Addresses: decisions and questions."""

from django.urls import path

from governance.views import decisions as views

urlpatterns = [
    path("decisions/", views.DecisionsView.as_view(), name="decisions"),
    path("decisions/nouvelle/", views.RecordView.as_view(), name="decision_record"),
    path("decisions/<int:year>/<int:number>/", views.DecisionView.as_view(), name="decision"),
    path("questions/<uuid:request_id>/retirer/", views.WithdrawView.as_view(), name="question_withdraw"),
]
