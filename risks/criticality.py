"""How critical a risk of the register is: pure, from its probability and impact, 1 to 4 each. The bounds are ours."""

from risks.enums import Criticality

MODERATE_FROM, HIGH_FROM, CRITICAL_FROM = 4, 8, 12


def product(probability: int, impact: int) -> int:
    """From 1 to 16."""
    return probability * impact


def criticality(probability: int, impact: int) -> Criticality:
    """The level of a cell of the matrix."""
    value = product(probability, impact)
    if value >= CRITICAL_FROM:
        return Criticality.CRITICAL
    if value >= HIGH_FROM:
        return Criticality.HIGH
    return Criticality.MODERATE if value >= MODERATE_FROM else Criticality.LOW


def aggravated(before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether a risk became critical: a change within critical ones, or short of them, alerts nobody."""
    return criticality(*after) == Criticality.CRITICAL and criticality(*before) != Criticality.CRITICAL
