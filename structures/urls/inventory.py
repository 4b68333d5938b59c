from django.urls import URLPattern, path

from structures.views.inventory import acts, answers, lines, pages, remarks

structure_patterns: list[URLPattern] = [
    path("etat-des-lieux/", pages.OverviewView.as_view(), name="inventory"),
    path("etat-des-lieux/commencer/", acts.StartView.as_view(), name="inventory_start"),
    path("etat-des-lieux/soumettre/", acts.SubmitView.as_view(), name="inventory_submit"),
    path("etat-des-lieux/valider/", acts.ValidateView.as_view(), name="inventory_validate"),
    path("etat-des-lieux/transmettre/", acts.TransmitView.as_view(), name="inventory_transmit"),
    path("etat-des-lieux/rouvrir/", acts.ReopenView.as_view(), name="inventory_reopen"),
    path("etat-des-lieux/renvoyer/", acts.SendBackView.as_view(), name="inventory_send_back"),
    path("etat-des-lieux/sections/<slug:section>/", pages.SectionView.as_view(), name="inventory_section"),
    path("etat-des-lieux/sections/<slug:section>/remarques/", remarks.AddRemarkView.as_view(), name="inventory_remark"),
    path(
        "etat-des-lieux/remarques/<uuid:remark_id>/retirer/",
        remarks.WithdrawRemarkView.as_view(),
        name="inventory_remark_withdraw",
    ),
    path(
        "etat-des-lieux/remarques/<uuid:remark_id>/completee/",
        remarks.ResolveRemarkView.as_view(),
        name="inventory_remark_resolve",
    ),
    path("etat-des-lieux/reponses/<slug:field>/", answers.AnswerView.as_view(), name="inventory_answer"),
    path("etat-des-lieux/tableaux/<slug:field>/ajouter/", lines.AddLineView.as_view(), name="inventory_line_add"),
    path("etat-des-lieux/tableaux/<slug:field>/<uuid:line_id>/", lines.LineView.as_view(), name="inventory_line"),
    path(
        "etat-des-lieux/tableaux/<slug:field>/<uuid:line_id>/retirer/",
        lines.RemoveLineView.as_view(),
        name="inventory_line_remove",
    ),
    path(
        "etat-des-lieux/tableaux/<slug:field>/<uuid:line_id>/remettre/",
        lines.RestoreLineView.as_view(),
        name="inventory_line_restore",
    ),
    path("etat-des-lieux/<int:number>/", pages.WholeView.as_view(), name="inventory_whole"),
    path("etat-des-lieux/<int:number>/differences/", pages.DifferencesView.as_view(), name="inventory_differences"),
]
