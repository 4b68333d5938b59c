from django.urls import URLPattern, path

from structures.views import habilitation_exports, habilitation_follow_up

structure_patterns: list[URLPattern] = [
    path("habilitations/export/", habilitation_exports.StructureExportView.as_view(), name="habilitation_export"),
]
project_patterns: list[URLPattern] = [
    path("habilitations/", habilitation_follow_up.FollowUpView.as_view(), name="habilitation_follow_up"),
    path("habilitations/export/", habilitation_exports.ProjectExportView.as_view(), name="habilitation_export_all"),
    path("habilitations/ecarts/", habilitation_follow_up.GapsView.as_view(), name="habilitation_gaps"),
    path(
        "habilitations/ecarts/<slug:profile>/<slug:domain>/",
        habilitation_follow_up.GapView.as_view(),
        name="habilitation_gap",
    ),
    path(
        "habilitations/<slug:esms_slug>/<int:number>/",
        habilitation_follow_up.ReviewView.as_view(),
        name="habilitation_review",
    ),
    path(
        "habilitations/<slug:esms_slug>/<int:number>/consolider/",
        habilitation_follow_up.ConsolidateView.as_view(),
        name="habilitation_consolidate",
    ),
    path(
        "habilitations/<slug:esms_slug>/<int:number>/renvoyer/",
        habilitation_follow_up.SendBackView.as_view(),
        name="habilitation_send_back",
    ),
]
