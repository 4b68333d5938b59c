from django.urls import URLPattern, path

from structures.views.needs import expression, fields, own, project

structure_patterns: list[URLPattern] = [
    path("besoins/", own.HomeView.as_view(), name="need_home"),
    path("besoins/ajouter/", own.AddView.as_view(), name="need_add"),
    path("besoins/coller/", own.PasteView.as_view(), name="need_paste"),
    path("besoins/transmettre/", own.SubmitView.as_view(), name="need_submit"),
    path("besoins/suites/", fields.SynthesisView.as_view(), name="need_synthesis"),
    path("besoins/recueil/", fields.CollectionView.as_view(), name="need_collection"),
    path("besoins/recueil/perimetre/", fields.ScopeView.as_view(), name="need_scope"),
    path("besoins/recueil/champs/<slug:field>/", fields.CollectionFieldView.as_view(), name="need_collection_field"),
    path("besoins/<int:number>/", own.NeedView.as_view(), name="need"),
    path("besoins/<int:number>/champs/<slug:field>/", fields.NeedFieldView.as_view(), name="need_field"),
    path("besoins/<int:number>/retirer/", own.RemoveView.as_view(), name="need_remove"),
    path("besoins/<int:number>/remettre/", own.RestoreView.as_view(), name="need_restore"),
    path("besoins/<int:number>/rouvrir/", own.ReopenView.as_view(), name="need_reopen"),
    path("besoins/<int:number>/messages/", own.MessageView.as_view(), name="need_message"),
]
project_patterns: list[URLPattern] = [
    path("besoins/", project.FollowUpView.as_view(), name="need_follow_up"),
    path("besoins/regrouper/", project.MergeView.as_view(), name="need_merge"),
    path("besoins/decider/<uuid:need_id>/", project.DecideView.as_view(), name="need_decide"),
    path("besoins/demander/", project.CallView.as_view(), name="need_call"),
    path("besoins/avancement/", project.ProgressView.as_view(), name="need_progress"),
    path("besoins/expression/", expression.ExpressionView.as_view(), name="need_expression"),
    path("besoins/expression/export/", expression.ExportView.as_view(), name="need_export"),
    path("besoins/communs/<int:number>/", expression.CommonView.as_view(), name="need_common"),
    path(
        "besoins/communs/<int:number>/champs/<slug:field>/",
        fields.CommonFieldView.as_view(),
        name="need_common_field",
    ),
    path("besoins/communs/<int:number>/suite/", expression.StatusView.as_view(), name="need_common_status"),
    path("besoins/communs/<int:number>/rattacher/", expression.AttachView.as_view(), name="need_attach"),
    path("besoins/communs/<int:number>/detacher/", expression.DetachView.as_view(), name="need_detach"),
    path("besoins/communs/<int:number>/retirer/", expression.RemoveCommonView.as_view(), name="need_common_remove"),
]
