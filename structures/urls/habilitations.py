from django.urls import path

from structures.views import habilitation_cells as cells
from structures.views import habilitations as views

structure_patterns = [
    path("habilitations/", views.MatrixPageView.as_view(), name="habilitation_matrix"),
    path("habilitations/versions/<int:number>/", views.VersionView.as_view(), name="habilitation_version"),
    path("habilitations/comparer/", views.CompareView.as_view(), name="habilitation_compare"),
    path("habilitations/partager/", views.ShareView.as_view(), name="habilitation_share"),
    path("habilitations/valider/", views.ApproveView.as_view(), name="habilitation_approve"),
    path("habilitations/remarques/", views.CommentsView.as_view(), name="habilitation_comments"),
    path("habilitations/remarques/<uuid:pk>/", views.CommentView.as_view(), name="habilitation_comment"),
    path("habilitations/coller/", cells.PasteView.as_view(), name="habilitation_paste"),
    path("habilitations/acces/<slug:profile>/<slug:domain>/", cells.CellView.as_view(), name="habilitation_cell"),
    path("habilitations/profils/<slug:profile>/", cells.ProfileView.as_view(), name="habilitation_profile"),
    path(
        "habilitations/profils/<slug:profile>/<slug:field>/",
        cells.ProfileFieldView.as_view(),
        name="habilitation_profile_field",
    ),
    path("habilitations/declarations/<slug:field>/", cells.DeclarationView.as_view(), name="habilitation_declaration"),
]
