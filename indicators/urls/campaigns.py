from django.urls import URLPattern, path

from indicators.views import campaign_reminders, campaign_statements, campaigns

ONE = "campagnes/<str:period>/"
project_patterns: list[URLPattern] = [
    path("campagnes/", campaigns.CampaignsView.as_view(), name="indicator_campaigns"),
    path("campagnes/ouvrir/", campaigns.OpenView.as_view(), name="indicator_campaign_open"),
    path(ONE, campaigns.CampaignView.as_view(), name="indicator_campaign"),
    path(f"{ONE}export/", campaigns.ExportView.as_view(), name="indicator_campaign_export"),
    path(f"{ONE}delai/", campaigns.ExtendView.as_view(), name="indicator_campaign_extend"),
    path(f"{ONE}structures/", campaigns.AddView.as_view(), name="indicator_campaign_add"),
    path(f"{ONE}clore/", campaigns.CloseView.as_view(), name="indicator_campaign_close"),
    path(f"{ONE}rouvrir/", campaigns.ReopenView.as_view(), name="indicator_campaign_reopen"),
    path(f"{ONE}relancer/", campaign_reminders.RemindView.as_view(), name="indicator_campaign_remind"),
    path(
        f"{ONE}<slug:esms_slug>/rouvrir/",
        campaign_statements.StatementReopenView.as_view(),
        name="indicator_campaign_statement_reopen",
    ),
    path(
        f"{ONE}<slug:esms_slug>/renvoyer/",
        campaign_statements.StatementReturnView.as_view(),
        name="indicator_campaign_statement_return",
    ),
]
