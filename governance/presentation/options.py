"""The options of an arbitration in French, and what each does to cost, delay, quality and risk."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from common import french
from governance.enums import Impact
from governance.models import Arbitration, ArbitrationOption

# Tone and shape of each degree.
OF_IMPACTS = {
    Impact.FAVOURABLE: ("ok", "s-ok"),
    Impact.NONE: ("none", "s-na"),
    Impact.LOW: ("progress", "s-progress"),
    Impact.MEDIUM: ("late", "s-watch"),
    Impact.HIGH: ("ko", "s-ko"),
}


@dataclass(frozen=True)
class ImpactLine:
    """« Coût », « Faible », « 6 000 € »."""

    label: str
    word: str
    tone: str
    icon: str
    amount: str


@dataclass(frozen=True)
class OptionView:
    id: UUID
    version: int
    letter: str
    name: str  # « Option A »
    label: str
    description: str
    impacts: list[ImpactLine]
    comment: str
    chosen: bool
    recommended: bool
    first: bool
    last: bool


def option_views(arbitration: Arbitration, options: Sequence[ArbitrationOption]) -> list[OptionView]:
    return [
        OptionView(
            id=option.pk,
            version=option.version,
            letter=option.letter,
            name=name_of(option),
            label=french.typography(option.label),
            description=french.typography(option.description),
            impacts=impacts(option),
            comment=french.typography(option.comment),
            chosen=option.pk == arbitration.chosen_id,
            recommended=option.pk == arbitration.recommended_id,
            first=option is options[0],
            last=option is options[-1],
        )
        for option in options
    ]


def name_of(option: ArbitrationOption) -> str:
    """« Option A »."""
    return f"Option{french.NBSP}{option.letter}"


def impacts(option: ArbitrationOption) -> list[ImpactLine]:
    return [
        _impact("Coût", option.cost_impact, _cost(option)),
        _impact("Délai", option.delay_impact, _delay(option)),
        _impact("Qualité", option.quality_impact, ""),
        _impact("Risque", option.risk_impact, ""),
    ]


def _impact(label: str, value: str, amount: str) -> ImpactLine:
    impact = Impact(value)
    tone, icon = OF_IMPACTS[impact]
    return ImpactLine(label, str(impact.label), tone, icon, amount)


def _cost(option: ArbitrationOption) -> str:
    """« 6 000 € », « gain de 6 000 € », whatever the sign it was typed with."""
    amount: Decimal | None = option.cost_amount
    if amount is None:
        return ""
    if amount and option.cost_impact == Impact.FAVOURABLE:
        return f"gain de {french.euros(abs(amount))}"
    return french.euros(amount)


def _delay(option: ArbitrationOption) -> str:
    """« 45 jours », « gain de 10 jours »."""
    days = option.delay_days
    if days is None:
        return ""
    gained = bool(days) and option.delay_impact == Impact.FAVOURABLE
    words = french.plural(abs(days) if gained else days, "jour", "jours").replace(" ", french.NBSP)
    return f"gain de {words}" if gained else words


def options_title(count: int) -> str:
    """« Les trois options »."""
    if count < 2:
        return "Les options" if not count else "Une seule option"
    return f"Les {french.in_words(count)} options"
