"""Addresses: planning and convening meetings."""

from django.urls import path

from governance.views import agendas, convening, meeting, meetings

urlpatterns = [
    path("seances/", meetings.MeetingsView.as_view(), name="meetings"),
    path("seances/planifier/", meetings.PlanView.as_view(), name="meeting_plan"),
    path("seances/<int:number>/", meeting.MeetingPage.as_view(), name="meeting"),
    path("seances/<int:number>/date-et-lieu/", meetings.ChangeView.as_view(), name="meeting_change"),
    path("seances/<int:number>/annuler/", meetings.CancelView.as_view(), name="meeting_cancel"),
    path("seances/<int:number>/convoquer/", convening.ConveneView.as_view(), name="meeting_convene"),
    path("seances/<int:number>/ordre-du-jour/prevenir/", convening.TellAgendaView.as_view(), name="meeting_tell"),
    path("seances/<int:number>/envois/reessayer/", convening.ResendView.as_view(), name="meeting_resend"),
    path("seances/<int:number>/points/ajouter/", agendas.AddView.as_view(), name="meeting_point_add"),
    path("seances/<int:number>/points/proposes/", agendas.OfferView.as_view(), name="meeting_offer"),
    path("seances/<int:number>/points/<uuid:item_id>/", agendas.PointView.as_view(), name="meeting_point"),
    path("seances/<int:number>/points/<uuid:item_id>/deplacer/", agendas.MoveView.as_view(), name="meeting_point_move"),
    path(
        "seances/<int:number>/points/<uuid:item_id>/retirer/", agendas.RemoveView.as_view(), name="meeting_point_remove"
    ),
    path(
        "seances/<int:number>/points/<uuid:item_id>/remettre/", agendas.PutBackView.as_view(), name="meeting_point_back"
    ),
]
