"""The first page of a structure, its pathway, and the follow-up of all pathways."""

from django.urls import URLPattern, path

from structures.views import delegation, follow_up, home
from structures.views import pathway as views

structure_patterns: list[URLPattern] = [
    path("", home.HomeView.as_view(), name="structure"),
    path("relances/<uuid:reminder_id>/lue/", home.ReminderSeenView.as_view(), name="pathway_reminder_seen"),
    path("parcours/", views.PathwayView.as_view(), name="pathway"),
    path("parcours/confier/", delegation.DelegationView.as_view(), name="pathway_delegation"),
    path("parcours/<slug:line>/", views.OneLineView.as_view(), name="pathway_line"),
    path("parcours/<slug:line>/faite/", views.DoneView.as_view(), name="pathway_done"),
    path("parcours/<slug:line>/etat/", views.OtherStateView.as_view(), name="pathway_state"),
    path("parcours/<slug:line>/valider/", views.ValidateView.as_view(), name="pathway_validate"),
    path("parcours/<slug:line>/rendre/", views.ReturnView.as_view(), name="pathway_return"),
    path("parcours/<slug:line>/annuler/<int:version>/", views.UndoView.as_view(), name="pathway_undo"),
    path("parcours/<slug:line>/document/", views.EvidenceView.as_view(), name="pathway_evidence"),
]
project_patterns: list[URLPattern] = [
    path("parcours/", follow_up.FollowUpView.as_view(), name="pathway_follow_up"),
    path("parcours/relancer/", follow_up.RemindView.as_view(), name="pathway_remind"),
    path("parcours/relances/<uuid:token>/annuler/", follow_up.RemindUndoView.as_view(), name="pathway_remind_undo"),
]
