from django.urls import URLPattern, URLResolver, path

from structures.views import inventory_collections as asking
from structures.views import inventory_follow_up as views
from structures.views import inventory_thresholds as thresholds

HERE = "etats-des-lieux/"

project_patterns: list[URLPattern | URLResolver] = [
    path(HERE, views.OverviewView.as_view(), name="inventory_follow_up"),
    path(f"{HERE}logiciels/", views.SoftwareView.as_view(), name="inventory_software"),
    path(f"{HERE}moyens/", views.MeansView.as_view(), name="inventory_means"),
    path(f"{HERE}autres-projets/", views.CompetingView.as_view(), name="inventory_competing"),
    path(f"{HERE}champs/", views.FieldsView.as_view(), name="inventory_fields"),
    path(f"{HERE}champs/<slug:code>/", views.FieldView.as_view(), name="inventory_field"),
    path(f"{HERE}export/", views.ExportView.as_view(), name="inventory_export"),
    path(f"{HERE}chiffres/", views.FiguresView.as_view(), name="inventory_figures"),
    path(f"{HERE}seuils/", thresholds.ThresholdsView.as_view(), name="inventory_thresholds"),
    path(f"{HERE}seuils/<slug:code>/", thresholds.ThresholdView.as_view(), name="inventory_threshold"),
    path(f"{HERE}seuils/<slug:code>/effet/", thresholds.EffectView.as_view(), name="inventory_threshold_effect"),
    path(f"{HERE}seuils/<slug:code>/proposition/", thresholds.ResetView.as_view(), name="inventory_threshold_reset"),
    path(
        f"{HERE}seuils/<slug:code>/<slug:field>/",
        thresholds.ThresholdFieldView.as_view(),
        name="inventory_threshold_field",
    ),
    path(f"{HERE}demander/", asking.AskView.as_view(), name="inventory_ask"),
    path(f"{HERE}reporter/", asking.PutOffView.as_view(), name="inventory_put_off"),
]
