from django.urls import URLPattern, path

from indicators.views import collections, definitions, rules, targets

# Words before codes: `services.defining.TAKEN` keeps indicators off them.
project_patterns: list[URLPattern] = [
    path("definitions/", definitions.DefinitionsView.as_view(), name="indicator_definitions"),
    path("definitions/adopter/", definitions.AdoptView.as_view(), name="indicator_definition_adopt"),
    path("definitions/ajouter/", definitions.AddView.as_view(), name="indicator_definition_add"),
    path("definitions/collecte/", collections.CollectionsView.as_view(), name="indicator_collections"),
    path("definitions/collecte/<str:frequency>/", collections.CollectionView.as_view(), name="indicator_collection"),
    path("definitions/regles/", rules.RulesView.as_view(), name="indicator_rules"),
    path("definitions/regles/verifier/", rules.CheckView.as_view(), name="indicator_rules_check"),
    path("definitions/regles/<uuid:rule_id>/", rules.RuleView.as_view(), name="indicator_rule"),
    path(
        "definitions/regles/<uuid:rule_id>/en-service/",
        rules.SwitchView.as_view(active=True),
        name="indicator_rule_on",
    ),
    path(
        "definitions/regles/<uuid:rule_id>/hors-service/",
        rules.SwitchView.as_view(active=False),
        name="indicator_rule_off",
    ),
    path("definitions/<slug:code>/", definitions.DefinitionView.as_view(), name="indicator_definition"),
    path("definitions/<slug:code>/changer/", definitions.ChangeView.as_view(), name="indicator_definition_change"),
    path(
        "definitions/<slug:code>/abandonner/",
        definitions.FollowView.as_view(active=False),
        name="indicator_definition_give_up",
    ),
    path(
        "definitions/<slug:code>/reprendre/",
        definitions.FollowView.as_view(active=True),
        name="indicator_definition_resume",
    ),
    path(
        "definitions/<slug:code>/saisir/", definitions.AskView.as_view(asked=True), name="indicator_definition_entered"
    ),
    path(
        "definitions/<slug:code>/calculer/",
        definitions.AskView.as_view(asked=False),
        name="indicator_definition_computed",
    ),
    path("definitions/<slug:code>/cibles/", targets.AddView.as_view(), name="indicator_target_add"),
    path("definitions/<slug:code>/cibles/<uuid:target_id>/", targets.TargetView.as_view(), name="indicator_target"),
    path(
        "definitions/<slug:code>/cibles/<uuid:target_id>/retirer/",
        targets.RemoveView.as_view(),
        name="indicator_target_remove",
    ),
    path("definitions/<slug:code>/regles/", rules.AddView.as_view(), name="indicator_rule_add"),
]
