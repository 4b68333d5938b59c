"""What is followed is the project's; a figure is of one place: a structure, or the project itself (`PlacedRow`)."""

from indicators.models.alerts import RaisedAlert
from indicators.models.campaigns import CONCERNED, Campaign, Collection, IndicatorCampaignQuerySet, Statement
from indicators.models.definitions import AlertRule, Definition, Indicator, IndicatorQuerySet, Target
from indicators.models.figures import Cell, Figure
from indicators.models.keys import Push, PushKey

__all__ = [
    "CONCERNED",
    "AlertRule",
    "Campaign",
    "Cell",
    "Collection",
    "Definition",
    "Figure",
    "Indicator",
    "IndicatorCampaignQuerySet",
    "IndicatorQuerySet",
    "Push",
    "PushKey",
    "RaisedAlert",
    "Statement",
    "Target",
]
