from django.urls import URLPattern, path

from structures.views import document_follow_up, documents

structure_patterns: list[URLPattern] = [
    path("documents/", documents.BaseView.as_view(), name="document_base"),
    path("documents/deposer/", documents.AddView.as_view(), name="document_add"),
    path("documents/absents/", documents.AbsenceView.as_view(), name="document_absence"),
    path("documents/<uuid:document_id>/", documents.DocumentView.as_view(), name="document"),
    path("documents/<uuid:document_id>/version/", documents.NewVersionView.as_view(), name="document_version"),
    path("documents/<uuid:document_id>/retirer/", documents.RemoveView.as_view(), name="document_remove"),
    path(
        "documents/<uuid:document_id>/versions/<uuid:version_id>/", documents.FileView.as_view(), name="document_file"
    ),
    path(
        "documents/<uuid:document_id>/versions/<uuid:version_id>/retirer/",
        documents.RemoveVersionView.as_view(),
        name="document_version_remove",
    ),
]
project_patterns: list[URLPattern] = [
    path("documents/", document_follow_up.FollowUpView.as_view(), name="document_follow_up"),
    path("documents/demander/", document_follow_up.AskView.as_view(), name="document_ask"),
    path(
        "documents/demandes/<uuid:request_id>/retirer/",
        document_follow_up.WithdrawView.as_view(),
        name="document_request_withdraw",
    ),
]
