"""The campaign of risks that a consolidated analysis is of, kept with the report as the filter of the page it shows."""

from django.http import QueryDict

from organisations.models import Project
from risks.models import RiskCampaign


def campaign_filter(number: int) -> str:
    """« campagne=2 »."""
    return f"campagne={number}"


def filtered_campaign(project: Project, filters: str) -> RiskCampaign | None:
    """The one that `filters` name, if the project has it. One query."""
    number = QueryDict(filters).get("campagne", "")
    return RiskCampaign.objects.filter(project=project, number=int(number)).first() if number.isdecimal() else None
