from django.urls import include, path, register_converter

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
    governance,
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

# Below one action, in the order of its page.
one_action = [
    path("", action.ActionDetailView.as_view(), name="checklist_action"),
    path("etat/", status.StatusView.as_view(), name="checklist_status"),
    path("etat/annuler/", status.UndoView.as_view(), name="checklist_undo"),
    path("etat/decision/", status.DecideView.as_view(), name="checklist_decide"),
    path("ordre-du-jour/", governance.AgendaView.as_view(), name="checklist_agenda"),
    path("ordre-du-jour/retirer/", governance.WithdrawView.as_view(), name="checklist_agenda_withdraw"),
    path("alerte/", governance.RaiseAlertView.as_view(), name="checklist_alert"),
    path("blocage/", status.CardView.as_view(), name="checklist_card"),
    path("champs/<slug:field>/", fields.FieldView.as_view(), name="checklist_field"),
    path("dates/", dates.TakeDatesView.as_view(), name="checklist_take_dates"),
    path("personnes/", people.PeopleView.as_view(), name="checklist_people"),
    path("personnes/<uuid:person_id>/retirer/", people.UnnameView.as_view(), name="checklist_unname"),
    path("responsable/", people.ResponsibleView.as_view(), name="checklist_responsible"),
    path(
        "responsable/<uuid:given_id>/retirer/", people.UndoResponsibleView.as_view(), name="checklist_responsible_undo"
    ),
    path("avis/", opinions.OpinionsView.as_view(), name="checklist_opinions"),
    path("avis/<uuid:request_id>/", opinions.OpinionView.as_view(), name="checklist_opinion"),
    path("avis/<uuid:request_id>/retirer/", opinions.WithdrawView.as_view(), name="checklist_opinion_withdraw"),
    path("messages/", exchanges.CommentView.as_view(), name="checklist_comment"),
    path("messages/<uuid:comment_id>/traite/", exchanges.HandledView.as_view(), name="checklist_handled"),
    path("documents/", documents.AddDocumentView.as_view(), name="checklist_action_documents"),
    path("documents/<uuid:document_id>/", documents.ActionDocumentView.as_view(), name="checklist_action_document"),
    path(
        "documents/<uuid:document_id>/retirer/",
        documents.RemoveDocumentView.as_view(),
        name="checklist_action_document_remove",
    ),
    path("modifier/", own_actions.EditView.as_view(), name="checklist_own_edit"),
    path("deplacer/", own_actions.MoveView.as_view(), name="checklist_own_move"),
    path("retirer/", own_actions.RetireView.as_view(), name="checklist_own_retire"),
    path("remettre/", own_actions.RestoreView.as_view(), name="checklist_own_restore"),
]

urlpatterns = [
    path("", page.ChecklistView.as_view(), name="checklist"),
    path("lot/", bulk.SelectionView.as_view(), name="checklist_selection"),
    path("lot/<uuid:request_id>/annuler/", bulk.UndoSelectionView.as_view(), name="checklist_selection_undo"),
    path("vues/", saved.SaveViewView.as_view(), name="checklist_save_view"),
    path("vues/<uuid:view_id>/retirer/", saved.RemoveViewView.as_view(), name="checklist_remove_view"),
    path("tableau/", board.BoardView.as_view(), name="checklist_board"),
    path(
        "tableau/actions/<action_number:number>/etat/", board.BoardStatusView.as_view(), name="checklist_board_status"
    ),
    path("calendrier/", calendar.CalendarView.as_view(), name="checklist_calendar"),
    path("raci/", raci.RaciMatrixView.as_view(), name="checklist_raci"),
    path("raci/<action_number:number>/", raci.RaciActionView.as_view(), name="checklist_raci_action"),
    path("dates/", dates.DatesView.as_view(), name="checklist_dates"),
    path("dates/annuler/", dates.UndoDatesView.as_view(), name="checklist_dates_undo"),
    path("actions-propres/", own_actions.OwnActionsView.as_view(), name="checklist_own"),
    path("actions-propres/ajouter/<action_number:group>/", own_actions.AddView.as_view(), name="checklist_own_add"),
    path("resultats/<uuid:deliverable_id>/", deliverables.DepositView.as_view(), name="checklist_deposit"),
    path(
        "resultats/<uuid:deliverable_id>/<uuid:deposit_id>/",
        deliverables.DocumentView.as_view(),
        name="checklist_document",
    ),
    path("export/", spreadsheets.ExportView.as_view(), name="checklist_export"),
    path("import/", spreadsheets.ImportView.as_view(), name="checklist_import"),
    path("import/<uuid:import_id>/", spreadsheets.ImportPreviewView.as_view(), name="checklist_import_preview"),
    path(
        "import/<uuid:import_id>/a-corriger/",
        spreadsheets.ImportAnnotatedView.as_view(),
        name="checklist_import_annotated",
    ),
    path("catalogue/", versions.VersionsView.as_view(), name="checklist_versions"),
    path("catalogue/instantanes/<uuid:snapshot_id>/", versions.RestoreView.as_view(), name="checklist_restore"),
    path("actions/<action_number:number>/", include(one_action)),
]
