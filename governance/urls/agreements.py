"""Addresses: the convention de coopération."""

from django.urls import path

from governance.views import agreements as views

ONE = "convention/<int:number>/"
PARTY = f"{ONE}parties/<uuid:party_id>/"

urlpatterns = [
    path("convention/", views.ConventionView.as_view(), name="agreement"),
    path("convention/commencer/", views.StartView.as_view(), name="agreement_start"),
    path("convention/nouvelle/", views.OpenVersionView.as_view(), name="agreement_open"),
    path(ONE, views.VersionView.as_view(), name="agreement_version"),
    path(f"{ONE}articles/<slug:code>/", views.ArticleView.as_view(), name="agreement_article"),
    path(f"{ONE}parties/", views.PartyAddView.as_view(), name="agreement_party_add"),
    path(f"{PARTY}retirer/", views.PartyRemoveView.as_view(), name="agreement_party_remove"),
    path(f"{PARTY}signature/", views.SignView.as_view(), name="agreement_sign"),
    path(f"{PARTY}signature/retirer/", views.UnsignView.as_view(), name="agreement_unsign"),
    path(f"{PARTY}document/", views.DocumentView.as_view(), name="agreement_document"),
    path(f"{ONE}signature/", views.SigningView.as_view(), name="agreement_signing"),
    path(f"{ONE}redaction/", views.DraftingView.as_view(), name="agreement_drafting"),
    path(f"{ONE}abandonner/", views.AbandonView.as_view(), name="agreement_abandon"),
]
