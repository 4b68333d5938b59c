from django.urls import path

from checklist import views

urlpatterns = [
    path("", views.ChecklistView.as_view(), name="checklist"),
    path("actions/<str:number>/", views.ActionDetailView.as_view(), name="checklist_action"),
    path("actions/<str:number>/etat/", views.StatusView.as_view(), name="checklist_status"),
    path("actions/<str:number>/blocage/", views.CardView.as_view(), name="checklist_card"),
    path("actions/<str:number>/champs/<slug:field>/", views.FieldView.as_view(), name="checklist_field"),
    path("actions/<str:number>/personnes/", views.PeopleView.as_view(), name="checklist_people"),
    path(
        "actions/<str:number>/personnes/<uuid:person_id>/retirer/", views.UnnameView.as_view(), name="checklist_unname"
    ),
    path("actions/<str:number>/messages/", views.CommentView.as_view(), name="checklist_comment"),
    path("resultats/<uuid:deliverable_id>/", views.DepositView.as_view(), name="checklist_deposit"),
    path("resultats/<uuid:deliverable_id>/<uuid:deposit_id>/", views.DocumentView.as_view(), name="checklist_document"),
]
