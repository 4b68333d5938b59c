"""Each table is of one place: a structure, or the project itself (`PlacedRow`); campaigns are the project's."""

from risks.models.answers import AgreedMark, Mark, Respondent
from risks.models.campaigns import Assessment, AssessmentQuerySet, CampaignQuerySet, RiskCampaign, RiskThresholds
from risks.models.register import Risk, RiskAction, RiskActionQuerySet, RiskLink, RiskQuerySet

__all__ = [
    "AgreedMark",
    "Assessment",
    "AssessmentQuerySet",
    "CampaignQuerySet",
    "Mark",
    "Respondent",
    "Risk",
    "RiskAction",
    "RiskActionQuerySet",
    "RiskCampaign",
    "RiskLink",
    "RiskQuerySet",
    "RiskThresholds",
]
