"""`project_patterns` go under a project's address, `urlpatterns` at the root: they are open to all."""

from django.urls import path

from organisations import views

project_patterns = [
    path("structures/", views.StructuresView.as_view(), name="structures"),
    path("structures/<slug:esms_slug>/", views.StructureView.as_view(), name="structure"),
    path("structures/<slug:esms_slug>/annuaire/<slug:field>/", views.DirectoryFieldView.as_view(), name="esms_field"),
    path("structures/<slug:esms_slug>/fiche/<slug:field>/", views.ProfileFieldView.as_view(), name="profile_field"),
    path("acces/", views.PeopleView.as_view(), name="people"),
    path("acces/export/", views.PeopleExportView.as_view(), name="people_export"),
    path("acces/inviter/", views.InviteView.as_view(), name="invite"),
    path("acces/roles/<uuid:membership_id>/terminer/", views.MembershipEndView.as_view(), name="membership_end"),
    path(
        "acces/invitations/<uuid:invitation_id>/retirer/",
        views.InvitationRevokeView.as_view(),
        name="invitation_revoke",
    ),
    path(
        "acces/invitations/<uuid:invitation_id>/renvoyer/",
        views.InvitationResendView.as_view(),
        name="invitation_resend",
    ),
    path("reglages/", views.SettingsView.as_view(), name="project_settings"),
    path("reglages/champs/<slug:field>/", views.ProjectFieldView.as_view(), name="project_field"),
    path("reglages/og/ajouter/", views.OGAddView.as_view(), name="og_add"),
    path("reglages/og/<uuid:og_id>/", views.OGView.as_view(), name="og_edit"),
    path("reglages/og/<uuid:og_id>/champs/<slug:field>/", views.OGFieldView.as_view(), name="og_field"),
    path("reglages/structures/ajouter/", views.EsmsAddView.as_view(), name="esms_add"),
]

urlpatterns = [
    path("invitation/<str:token>/", views.InvitationView.as_view(), name="invitation"),
]
