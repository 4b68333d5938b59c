"""Addresses: a meeting in session, its minutes, what came out of it."""

from django.urls import include, path

from governance.views import attendance, follow_ups, minutes, outcomes, sessions

POINT = "points/<uuid:item_id>/"

meeting_patterns = [
    path("en-seance/", sessions.SessionView.as_view(), name="session"),
    path("ouvrir/", sessions.OpenView.as_view(), name="session_open"),
    path("quorum/", sessions.QuorumView.as_view(), name="session_quorum"),
    path("retenir/", sessions.SummaryView.as_view(), name="session_summary"),
    path("clore/", sessions.CloseView.as_view(), name="session_close"),
    path("presences/<uuid:attendance_id>/", attendance.PresenceView.as_view(), name="session_presence"),
    path("presences/ajouter/", attendance.PersonView.as_view(), name="session_person"),
    path("pouvoirs/", attendance.ProxyView.as_view(), name="session_proxy"),
    path("pouvoirs/<uuid:attendance_id>/retirer/", attendance.TakeBackProxyView.as_view(), name="session_proxy_undo"),
    path(f"{POINT}objet/", outcomes.SourceView.as_view(), name="session_source"),
    path(f"{POINT}notes/", outcomes.NotesView.as_view(), name="session_notes"),
    path(f"{POINT}etat/", outcomes.ItemStateView.as_view(), name="session_state"),
    path(f"{POINT}decision/", outcomes.DecisionView.as_view(), name="session_decision"),
    path(f"{POINT}action/", outcomes.ActionView.as_view(), name="session_action"),
    path(f"{POINT}approuver/", outcomes.ApproveView.as_view(), name="session_approve"),
    path("compte-rendu/", minutes.MinutesView.as_view(), name="minutes"),
    path("compte-rendu/envoyer/", minutes.SendView.as_view(), name="minutes_send"),
    path("compte-rendu/rectifier/", minutes.AmendmentsView.as_view(), name="amend"),
]

urlpatterns = [
    path("seances/<int:number>/", include(meeting_patterns)),
    path("actions/", follow_ups.FollowUpsView.as_view(), name="follow_ups"),
    path("actions/<int:number>/etat/", follow_ups.MoveView.as_view(), name="follow_up_move"),
    path("actions/<int:number>/annuler/", follow_ups.UndoView.as_view(), name="follow_up_undo"),
]
