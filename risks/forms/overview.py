"""Which structures to look at, by OG, wave, phase and level; as of which campaign."""

from collections.abc import Mapping, Sequence

from organisations.forms import follow_up
from organisations.models import Wave
from risks.enums import Level
from risks.models import RiskCampaign
from risks.selectors.overview import Followed

NO_LEVEL = "sans"
Filters = follow_up.Filters[Followed]


def read_campaign(given: Mapping[str, str], campaigns: Sequence[RiskCampaign]) -> RiskCampaign | None:
    """The campaign of an address, the latest by default. Raises LookupError for one that isn't there."""
    number = given.get("campagne", "")
    if not number:
        return campaigns[0] if campaigns else None
    found = [campaign for campaign in campaigns if str(campaign.number) == number]
    if not found:
        raise LookupError(number)
    return found[0]


def read_filters(given: Mapping[str, str], structures: Sequence[Followed], waves: Sequence[Wave]) -> Filters:
    """The filters of an address: by OG, wave, phase and level."""
    levels = [*((level.value, level.label) for level in reversed(Level)), (NO_LEVEL, "Rien de transmis")]
    by_level: follow_up.Facet[Followed] = follow_up.Facet(
        "niveau", "Niveau de risque", "Tous", levels, lambda one: one.level or NO_LEVEL
    )
    return follow_up.read_filters(given, structures, waves, by_level, structure=lambda one: one.esms)
