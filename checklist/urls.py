from django.urls import path, register_converter

from checklist.views import (
    action,
    board,
    bulk,
    calendar,
    dates,
    deliverables,
    documents,
    exchanges,
    fields,
    governed,
    opinions,
    own_actions,
    page,
    people,
    raci,
    saved,
    spreadsheets,
    status,
    versions,
)


class ActionNumber:
    """« 2.4.3 »; « 2.4.P1 » for an action of the project's own; « 2.4 » for a group."""

    regex = r"\d{1,2}\.\d{1,3}(?:\.P?\d{1,3})?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ActionNumber, "action_number")

urlpatterns = [
    path("", page.ChecklistView.as_view(), name="checklist"),
    path("lot/", bulk.SelectionView.as_view(), name="checklist_selection"),
    path("lot/<uuid:request_id>/annuler/", bulk.UndoSelectionView.as_view(), name="checklist_selection_undo"),
    path("vues/", saved.SaveViewView.as_view(), name="checklist_save_view"),
    path("vues/<uuid:view_id>/retirer/", saved.RemoveViewView.as_view(), name="checklist_remove_view"),
    path("tableau/", board.BoardView.as_view(), name="checklist_board"),
    path(
        "tableau/actions/<action_number:number>/etat/",
        board.BoardStatusView.as_view(),
        name="checklist_board_status",
    ),
    path("calendrier/", calendar.CalendarView.as_view(), name="checklist_calendar"),
    path("actions-propres/", own_actions.OwnActionsView.as_view(), name="checklist_own"),
    path("actions-propres/ajouter/<action_number:group>/", own_actions.AddView.as_view(), name="checklist_own_add"),
    path("actions/<action_number:number>/modifier/", own_actions.EditView.as_view(), name="checklist_own_edit"),
    path("actions/<action_number:number>/deplacer/", own_actions.MoveView.as_view(), name="checklist_own_move"),
    path("actions/<action_number:number>/retirer/", own_actions.RetireView.as_view(), name="checklist_own_retire"),
    path("actions/<action_number:number>/remettre/", own_actions.RestoreView.as_view(), name="checklist_own_restore"),
    path("catalogue/", versions.VersionsView.as_view(), name="checklist_versions"),
    path("catalogue/instantanes/<uuid:snapshot_id>/", versions.RestoreView.as_view(), name="checklist_restore"),
    path("dates/", dates.DatesView.as_view(), name="checklist_dates"),
    path("dates/annuler/", dates.UndoDatesView.as_view(), name="checklist_dates_undo"),
    path("actions/<action_number:number>/dates/", dates.TakeDatesView.as_view(), name="checklist_take_dates"),
    path("export/", spreadsheets.ExportView.as_view(), name="checklist_export"),
    path("import/", spreadsheets.ImportView.as_view(), name="checklist_import"),
    path("import/<uuid:import_id>/", spreadsheets.ImportPreviewView.as_view(), name="checklist_import_preview"),
    path(
        "import/<uuid:import_id>/a-corriger/",
        spreadsheets.ImportAnnotatedView.as_view(),
        name="checklist_import_annotated",
    ),
    path("actions/<action_number:number>/", action.ActionDetailView.as_view(), name="checklist_action"),
    path("actions/<action_number:number>/etat/", status.StatusView.as_view(), name="checklist_status"),
    path("actions/<action_number:number>/etat/annuler/", status.UndoView.as_view(), name="checklist_undo"),
    path("actions/<action_number:number>/etat/decision/", status.DecideView.as_view(), name="checklist_decide"),
    path("actions/<action_number:number>/ordre-du-jour/", governed.AgendaView.as_view(), name="checklist_agenda"),
    path(
        "actions/<action_number:number>/ordre-du-jour/retirer/",
        governed.WithdrawView.as_view(),
        name="checklist_agenda_withdraw",
    ),
    path("actions/<action_number:number>/alerte/", governed.RaiseAlertView.as_view(), name="checklist_alert"),
    path("actions/<action_number:number>/blocage/", status.CardView.as_view(), name="checklist_card"),
    path("actions/<action_number:number>/champs/<slug:field>/", fields.FieldView.as_view(), name="checklist_field"),
    path("actions/<action_number:number>/personnes/", people.PeopleView.as_view(), name="checklist_people"),
    path(
        "actions/<action_number:number>/personnes/<uuid:person_id>/retirer/",
        people.UnnameView.as_view(),
        name="checklist_unname",
    ),
    path(
        "actions/<action_number:number>/responsable/", people.ResponsibleView.as_view(), name="checklist_responsible"
    ),
    path(
        "actions/<action_number:number>/responsable/<uuid:given_id>/retirer/",
        people.UndoResponsibleView.as_view(),
        name="checklist_responsible_undo",
    ),
    path("actions/<action_number:number>/avis/", opinions.OpinionsView.as_view(), name="checklist_opinions"),
    path(
        "actions/<action_number:number>/avis/<uuid:request_id>/",
        opinions.OpinionView.as_view(),
        name="checklist_opinion",
    ),
    path(
        "actions/<action_number:number>/avis/<uuid:request_id>/retirer/",
        opinions.WithdrawView.as_view(),
        name="checklist_opinion_withdraw",
    ),
    path("actions/<action_number:number>/messages/", exchanges.CommentView.as_view(), name="checklist_comment"),
    path(
        "actions/<action_number:number>/messages/<uuid:comment_id>/traite/",
        exchanges.HandledView.as_view(),
        name="checklist_handled",
    ),
    path(
        "actions/<action_number:number>/documents/",
        documents.AddDocumentView.as_view(),
        name="checklist_action_documents",
    ),
    path(
        "actions/<action_number:number>/documents/<uuid:document_id>/",
        documents.ActionDocumentView.as_view(),
        name="checklist_action_document",
    ),
    path(
        "actions/<action_number:number>/documents/<uuid:document_id>/retirer/",
        documents.RemoveDocumentView.as_view(),
        name="checklist_action_document_remove",
    ),
    path("raci/", raci.RaciMatrixView.as_view(), name="checklist_raci"),
    path("raci/<action_number:number>/", raci.RaciActionView.as_view(), name="checklist_raci_action"),
    path("resultats/<uuid:deliverable_id>/", deliverables.DepositView.as_view(), name="checklist_deposit"),
    path(
        "resultats/<uuid:deliverable_id>/<uuid:deposit_id>/",
        deliverables.DocumentView.as_view(),
        name="checklist_document",
    ),
]
