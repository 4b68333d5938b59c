"""What figures are split by, value by value."""

from functools import cache

from indicators.catalogue import Choice, catalogue
from indicators.enums import Breakdown
from structures.catalogue import habilitations

GROUPED = "other_profiles_grouped"  # profiles too small to be told apart
# Splits without which the figure says nothing: it is the split that is asked for.
REQUIRED = frozenset({Breakdown.TIME_SLOT, Breakdown.CONNECTION_PLACE, Breakdown.HANDLING_MODE})
# A severity classes the whole text: it is no part of it.
WHOLE = frozenset({Breakdown.ATTENTION_LEVEL})


@cache
def choices_of(breakdown: Breakdown) -> tuple[Choice, ...]:
    """Its values, in order."""
    if breakdown == Breakdown.USER_PROFILE:
        profiles = habilitations.catalogue().profiles.values()
        return (
            *(Choice(profile.code, profile.label) for profile in profiles),
            Choice(GROUPED, "Autres profils regroupés"),
        )
    return catalogue().breakdowns[breakdown]
