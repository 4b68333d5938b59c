"""Which structures to look at, by OG, wave, phase and level; as of which campaign."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from common import french
from organisations.enums import Phase
from organisations.models import Wave
from risks.enums import Level
from risks.models import RiskCampaign
from risks.selectors.overview import Followed

NO_WAVE, NO_LEVEL = "aucune", "sans"


@dataclass(frozen=True)
class Choice:
    """One filter: its name in the address, its label, what may be chosen, what is."""

    name: str
    label: str
    every: str
    options: Sequence[tuple[str, str]]
    chosen: str = ""


@dataclass(frozen=True)
class Filters:
    """What the address asks for. `known` is False when it asks for what isn't there."""

    choices: Sequence[Choice]
    known: bool = True

    @property
    def parameters(self) -> dict[str, str]:
        return {choice.name: choice.chosen for choice in self.choices if choice.chosen}

    def keeps(self, one: Followed) -> bool:
        asked, has = self.parameters, _traits(one)
        return all(has[name] == value for name, value in asked.items())


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
    """The filters of an address. Only what some of these structures have may be chosen."""
    traits = [_traits(one) for one in structures]
    ogs = {str(one.esms.og_id): french.typography(one.esms.og.short_name) for one in structures}
    options = {
        "og": sorted(ogs.items(), key=lambda item: item[1]),
        "vague": [*((str(wave.pk), french.typography(wave.name)) for wave in waves), (NO_WAVE, "Sans vague")],
        "phase": [(phase.value, phase.label) for phase in Phase],
        "niveau": [*((level.value, level.label) for level in reversed(Level)), (NO_LEVEL, "Rien de transmis")],
    }
    labels = {
        "og": ("OG", "Tous"),
        "vague": ("Vague", "Toutes"),
        "phase": ("Phase", "Toutes"),
        "niveau": ("Niveau de risque", "Tous"),
    }
    choices, known = [], True
    for name, found in options.items():
        there = {one[name] for one in traits}
        offered = [option for option in found if option[0] in there]
        chosen = given.get(name, "")
        known = known and (not chosen or chosen in {value for value, _ in offered})
        choices.append(Choice(name, *labels[name], offered, chosen))
    return Filters(choices, known)


def _traits(one: Followed) -> dict[str, str]:
    esms = one.esms
    return {
        "og": str(esms.og_id),
        "vague": str(esms.wave_id) if esms.wave_id else NO_WAVE,
        "phase": esms.phase,
        "niveau": one.level or NO_LEVEL,
    }
