"""The arithmetic of weights: shares in percent, to the hundredth, that add up to 100 exactly (governance.yaml,
weighting_rules). No row is read or written here."""

from collections.abc import Hashable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from common import french
from common.errors import DomainError
from governance.enums import WeightingMethod

WHOLE = Decimal(100)
HUNDREDTH = Decimal("0.01")
# Methods that share in proportion to a figure of each OG: the only ones that a cap or a floor bounds.
PROPORTIONAL = frozenset({WeightingMethod.ESMS_COUNT, WeightingMethod.CAPACITY, WeightingMethod.CONTRIBUTION})
_CENTS = 100 * 100  # hundredths of a percent in the whole
Key = TypeVar("Key", bound=Hashable)


def shares(
    bases: Mapping[Key, Decimal | int], *, cap: Decimal | None = None, floor: Decimal | None = None
) -> dict[Key, Decimal]:
    """What each weighs, in percent, in proportion to its basis; the sum is 100.00 exactly.

    `cap` and `floor` (percent, to the hundredth) bound each share: what is cut from one goes to the others in
    proportion to their weight. Rounded to the hundredth by the largest remainder; on equal remainders the larger share,
    then the order given, is served first, so that the same bases always give the same weights.
    Raises DomainError for a negative basis, bases that are all zero, or bounds that no shares can keep.
    """
    if not bases:
        return {}
    if any(basis < 0 for basis in bases.values()):
        raise DomainError("Une base de calcul ne peut pas être négative.")
    if not sum(bases.values()):
        raise _refused("Aucun OG n’a de base de calcul : donnez au moins un chiffre qui ne soit pas nul.")
    low, high = Fraction(floor or 0), Fraction(100 if cap is None else cap)
    if low > high:
        raise DomainError("Le plancher dépasse le plafond.", field="floor")
    if high * len(bases) < 100:
        raise _refused("Ce plafond est trop bas : tous les OG au plafond ne feraient pas 100 %.", field="cap")
    if low * len(bases) > 100:
        raise _refused("Ce plancher est trop haut : tous les OG au plancher dépasseraient 100 %.", field="floor")
    return _rounded(_bounded({key: Fraction(basis) for key, basis in bases.items()}, low, high))


def _bounded(bases: dict[Key, Fraction], low: Fraction, high: Fraction) -> dict[Key, Fraction]:
    """Shares in proportion to the bases, each between `low` and `high`: those that would leave the bounds are held
    there, and the rest is shared again among the others, until none leaves them."""
    held: dict[Key, Fraction] = {}
    while True:
        free = {key: basis for key, basis in bases.items() if key not in held}
        left, total = 100 - sum(held.values(), Fraction(0)), sum(free.values(), Fraction(0))
        found = {key: left * basis / total if total else left / len(free) for key, basis in free.items()}
        over = {key: high for key, share in found.items() if share > high}
        under = {key: low for key, share in found.items() if share < low}
        # What one side gives and the other needs: the larger of the two is settled first, the other may then be none.
        excess = sum(found[key] - high for key in over)
        lack = sum(low - found[key] for key in under)
        settled = over if excess >= lack else under
        if not settled:
            return held | found
        held |= settled


def _rounded(exact: dict[Key, Fraction]) -> dict[Key, Decimal]:
    cents = {key: share * 100 for key, share in exact.items()}
    whole = {key: int(value) for key, value in cents.items()}
    missing = _CENTS - sum(whole.values())
    by_remainder = sorted(cents, key=lambda key: (whole[key] - cents[key], -cents[key]))
    for key in by_remainder[:missing]:
        whole[key] += 1
    return {key: (Decimal(value) / 100).quantize(HUNDREDTH) for key, value in whole.items()}


def one_each(keys: list[Key]) -> dict[Key, Decimal]:
    """The same share for each."""
    return shares(dict.fromkeys(keys, 1))


def agreed(percents: Mapping[Key, Decimal]) -> dict[Key, Decimal]:
    """Weights as the OG agreed on them, in percent to the hundredth.

    Raises DomainError for a negative one, a finer one, or a sum that isn't 100 exactly: it says by how much.
    """
    if any(percent < 0 for percent in percents.values()):
        raise DomainError("Un poids ne peut pas être négatif.")
    if any(percent != percent.quantize(HUNDREDTH) for percent in percents.values()):
        raise DomainError("Un poids s’écrit au centième près.")
    missing = WHOLE - sum(percents.values(), Decimal(0))
    if missing > 0:
        raise _refused(f"Il manque {french.percent(missing)} : la somme des poids doit faire 100 % exactement.")
    if missing < 0:
        raise _refused(f"Il y a {french.percent(-missing)} de trop : la somme des poids doit faire 100 % exactement.")
    return {key: percent.quantize(HUNDREDTH) for key, percent in percents.items()}


def weigh(
    method: WeightingMethod,
    bases: Mapping[Key, Decimal | int],
    *,
    cap: Decimal | None = None,
    floor: Decimal | None = None,
) -> dict[Key, Decimal]:
    """What each weighs by a method. `bases`: its ESMS, its places, its euros, or the percentage agreed; nothing that
    counts with one voice each. Raises DomainError, as `shares` and `agreed` do."""
    if method is WeightingMethod.EQUAL:
        return one_each(list(bases))
    if method is WeightingMethod.CUSTOM:
        return agreed({key: Decimal(basis) for key, basis in bases.items()})
    return shares(bases, cap=cap, floor=floor)


def _refused(sentence: str, *, field: str | None = None) -> DomainError:
    return DomainError(french.typography(sentence), field=field)
