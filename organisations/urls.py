"""`project_patterns` go under a project's address, `urlpatterns` at the root: they are open to all."""

from django.urls import path

from organisations.views import invitations, people, phases, settings, structures, waves

project_patterns = [
    path("structures/", structures.StructuresView.as_view(), name="structures"),
    path("structures/<slug:esms_slug>/equipe/", structures.StructureView.as_view(), name="structure_team"),
    path(
        "structures/<slug:esms_slug>/annuaire/<slug:field>/", structures.DirectoryFieldView.as_view(), name="esms_field"
    ),
    path(
        "structures/<slug:esms_slug>/fiche/<slug:field>/", structures.ProfileFieldView.as_view(), name="profile_field"
    ),
    path("acces/", people.PeopleView.as_view(), name="people"),
    path("acces/export/", people.PeopleExportView.as_view(), name="people_export"),
    path("acces/revue/", people.PeopleReviewView.as_view(), name="people_review"),
    path("acces/inviter/", people.InviteView.as_view(), name="invite"),
    path("acces/roles/<uuid:membership_id>/terminer/", people.MembershipEndView.as_view(), name="membership_end"),
    path(
        "acces/invitations/<uuid:invitation_id>/retirer/",
        people.InvitationRevokeView.as_view(),
        name="invitation_revoke",
    ),
    path(
        "acces/invitations/<uuid:invitation_id>/renvoyer/",
        people.InvitationResendView.as_view(),
        name="invitation_resend",
    ),
    path("reglages/", settings.SettingsView.as_view(), name="project_settings"),
    path("reglages/champs/<slug:field>/", settings.ProjectFieldView.as_view(), name="project_field"),
    path("reglages/phases/", phases.PhasesView.as_view(), name="project_phases"),
    path("reglages/phases/<slug:phase>/champs/<slug:field>/", phases.PeriodFieldView.as_view(), name="period_field"),
    path("reglages/vagues/", waves.WavesView.as_view(), name="project_waves"),
    path("reglages/vagues/<uuid:wave_id>/champs/<slug:field>/", waves.WaveFieldView.as_view(), name="wave_field"),
    path("reglages/vagues/<uuid:wave_id>/retirer/", waves.WaveRemoveView.as_view(), name="wave_remove"),
    path("reglages/og/ajouter/", settings.OGAddView.as_view(), name="og_add"),
    path("reglages/og/<uuid:og_id>/", settings.OGView.as_view(), name="og_edit"),
    path("reglages/og/<uuid:og_id>/champs/<slug:field>/", settings.OGFieldView.as_view(), name="og_field"),
    path("reglages/structures/ajouter/", settings.EsmsAddView.as_view(), name="esms_add"),
]

urlpatterns = [
    path("invitation/<str:token>/", invitations.InvitationView.as_view(), name="invitation"),
]
