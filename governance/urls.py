from django.urls import path

from governance import views

urlpatterns = [
    path("", views.GovernanceView.as_view(), name="governance"),
    path("decisions/nouvelle/", views.RecordView.as_view(), name="decision_record"),
    path("decisions/<int:year>/<int:number>/", views.DecisionView.as_view(), name="decision"),
    path("questions/<uuid:request_id>/retirer/", views.WithdrawView.as_view(), name="question_withdraw"),
    path("alertes/<int:number>/", views.AlertView.as_view(), name="alert"),
]
