from django.urls import path, register_converter

from checklist.views import action, deliverables, fields, page, people, status


class ActionNumber:
    """« 2.4.3 »."""

    regex = r"\d{1,2}(?:\.\d{1,3}){1,2}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ActionNumber, "action_number")

urlpatterns = [
    path("", page.ChecklistView.as_view(), name="checklist"),
    path("actions/<action_number:number>/", action.ActionDetailView.as_view(), name="checklist_action"),
    path("actions/<action_number:number>/etat/", status.StatusView.as_view(), name="checklist_status"),
    path("actions/<action_number:number>/blocage/", status.CardView.as_view(), name="checklist_card"),
    path("actions/<action_number:number>/champs/<slug:field>/", fields.FieldView.as_view(), name="checklist_field"),
    path("actions/<action_number:number>/personnes/", people.PeopleView.as_view(), name="checklist_people"),
    path(
        "actions/<action_number:number>/personnes/<uuid:person_id>/retirer/",
        people.UnnameView.as_view(),
        name="checklist_unname",
    ),
    path("actions/<action_number:number>/messages/", action.CommentView.as_view(), name="checklist_comment"),
    path("resultats/<uuid:deliverable_id>/", deliverables.DepositView.as_view(), name="checklist_deposit"),
    path(
        "resultats/<uuid:deliverable_id>/<uuid:deposit_id>/",
        deliverables.DocumentView.as_view(),
        name="checklist_document",
    ),
]
