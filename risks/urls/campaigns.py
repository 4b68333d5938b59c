from django.urls import URLPattern, path

from risks.views import campaigns, overview, thresholds

project_patterns: list[URLPattern] = [
    path("", overview.OverviewView.as_view(), name="project_risks"),
    path("campagnes/", campaigns.CampaignsView.as_view(), name="project_risk_campaigns"),
    path("campagnes/ouvrir/", campaigns.OpenView.as_view(), name="project_risk_campaign_open"),
    path("campagnes/<int:number>/", campaigns.CampaignView.as_view(), name="project_risk_campaign"),
    path("campagnes/<int:number>/delai/", campaigns.ExtendView.as_view(), name="project_risk_campaign_extend"),
    path("campagnes/<int:number>/structures/", campaigns.AddView.as_view(), name="project_risk_campaign_add"),
    path("campagnes/<int:number>/clore/", campaigns.CloseView.as_view(), name="project_risk_campaign_close"),
    path("campagnes/<int:number>/rouvrir/", campaigns.ReopenView.as_view(), name="project_risk_campaign_reopen"),
    path("seuils/", thresholds.ThresholdsView.as_view(), name="project_risk_thresholds"),
]
