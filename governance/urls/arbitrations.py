"""Addresses: arbitrations, their options, votes, documents."""

from django.urls import path

from governance.views import acts, options, votes
from governance.views import arbitration_documents as documents
from governance.views import arbitrations as views

ONE = "arbitrages/<int:year>/<int:number>/"
OPTION = f"{ONE}options/<uuid:option_id>/"
DOCUMENT = f"{ONE}documents/<uuid:document_id>/"

urlpatterns = [
    path("arbitrages/", views.RegisterView.as_view(), name="arbitrations"),
    path("arbitrages/nouveau/", views.OpenView.as_view(), name="arbitration_open"),
    path(ONE, views.FileView.as_view(), name="arbitration"),
    path(f"{ONE}dossier/", views.EditView.as_view(), name="arbitration_edit"),
    path(f"{ONE}dossier/structures/", views.StructuresView.as_view(), name="arbitration_structures"),
    path(f"{ONE}dossier/<slug:field>/", views.FieldView.as_view(), name="arbitration_field"),
    path(f"{ONE}options/", options.AddOptionView.as_view(), name="arbitration_options"),
    path(OPTION, options.OptionView.as_view(), name="arbitration_option"),
    path(f"{OPTION}deplacer/", options.MoveOptionView.as_view(), name="arbitration_option_move"),
    path(f"{OPTION}recommander/", options.RecommendView.as_view(), name="arbitration_option_recommend"),
    path(f"{OPTION}retirer/", options.RemoveOptionView.as_view(), name="arbitration_option_remove"),
    path(f"{OPTION}remettre/", options.RestoreOptionView.as_view(), name="arbitration_option_restore"),
    path(f"{OPTION}champs/<slug:field>/", options.OptionFieldView.as_view(), name="arbitration_option_field"),
    path(f"{ONE}documents/", documents.AddDocumentView.as_view(), name="arbitration_documents"),
    path(DOCUMENT, documents.DocumentView.as_view(), name="arbitration_document"),
    path(f"{DOCUMENT}retirer/", documents.RemoveDocumentView.as_view(), name="arbitration_document_remove"),
    path(f"{ONE}seance/", acts.PutView.as_view(), name="arbitration_put"),
    path(f"{ONE}seance/retirer/", acts.TakeOffView.as_view(), name="arbitration_take_off"),
    path(f"{ONE}reporter/", acts.PostponeView.as_view(), name="arbitration_postpone"),
    path(f"{ONE}retirer/", acts.WithdrawView.as_view(), name="arbitration_withdraw"),
    path(f"{ONE}consulter/", acts.ConsultationView.as_view(), name="arbitration_consult"),
    path(f"{ONE}consulter/envois/", acts.ConsultationResendView.as_view(), name="arbitration_resend"),
    path(f"{ONE}scrutin/", votes.TallyView.as_view(), name="arbitration_tally"),
    path(f"{ONE}votes/<uuid:unit_id>/", votes.VoteView.as_view(), name="arbitration_vote"),
    path(f"{ONE}decision/", votes.DecideView.as_view(), name="arbitration_decide"),
    path(f"{ONE}suites/", votes.FollowUpView.as_view(), name="arbitration_follow_up"),
    path(f"{ONE}appliquee/", acts.AppliedView.as_view(), name="arbitration_applied"),
]
