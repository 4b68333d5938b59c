"""Addresses: bodies, seats, working groups."""

from django.urls import path

from governance.views import bodies as views
from governance.views import seats

urlpatterns = [
    path("instances/", views.BodiesView.as_view(), name="bodies"),
    path("instances/creer/", views.SetUpView.as_view(), name="bodies_set_up"),
    path("instances/nouveau-groupe/", views.GroupAddView.as_view(), name="group_add"),
    path("instances/sieges/<uuid:seat_id>/", seats.SeatView.as_view(), name="seat"),
    path("instances/sieges/<uuid:seat_id>/fin/", seats.SeatEndView.as_view(), name="seat_end"),
    path("instances/sieges/<uuid:seat_id>/reponse/", seats.SeatAnswerView.as_view(), name="seat_answer"),
    path("instances/<slug:code>/", views.BodyView.as_view(), name="body"),
    path("instances/<slug:code>/nommer/", seats.AppointView.as_view(), name="seat_add"),
    path("instances/<slug:code>/dissoudre/", views.GroupCloseView.as_view(), name="group_close"),
    path("instances/<slug:code>/reglages/<slug:field>/", views.BodyFieldView.as_view(), name="body_field"),
]
