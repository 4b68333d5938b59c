"""Words that the dashboards share: how far from a target, what moved, how a value stands in a cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from common import french
from indicators.computing import waits_for
from indicators.distribution import Distance, Quartiles, distance
from indicators.enums import Absence, Breakdown, Direction, Kind
from indicators.periods import Period
from indicators.presentation.words import MASKED, written_value
from indicators.selectors.dashboards import Board, value
from indicators.selectors.definitions import Followed
from indicators.selectors.told import Told
from indicators.splits import choices_of

NOTHING = "–"
ABSENCES = {Absence.UNAVAILABLE.value: "n. d.", Absence.NOT_CONCERNED.value: "n. c."}
ABBREVIATED = (
    "n. d. : non disponible ; n. c. : non concerné ; masqué : groupe de moins de cinq personnes ; – : pas de valeur."
)


@dataclass(frozen=True)
class Mark:
    tone: str
    icon: str
    word: str


DISTANCES = {
    Distance.REACHED: Mark("ok", "s-ok", "Cible atteinte"),
    Distance.NEAR: Mark("progress", "s-progress", "Proche : au moins 80 % de la cible"),
    Distance.FAR: Mark("late", "s-watch", "Plus loin de la cible"),
}
SHORT = {Distance.REACHED: "atteinte", Distance.NEAR: "proche", Distance.FAR: "plus loin"}


def mark_of(one: Followed, amount: Decimal | None, target: Decimal | None) -> Mark | None:
    """None without a value or a target, or where there is no better way."""
    found = None if amount is None else distance(amount, target, one.definition.direction)
    return DISTANCES[found] if found else None


def waiting(one: Followed) -> str:
    """What a computed indicator waits for, in a sentence; nothing where somebody may give it, or it is computed."""
    return "" if one.indicator.asked else french.typography(waits_for(one.definition.source))


def out_of(count: int, total: int) -> tuple[str, str]:
    """A count and what it is out of, both in words or both in figures: « deux » and « quatre », « 2 » and « 38 »."""
    one, other = french.in_words(count, feminine=True), french.in_words(total, feminine=True)
    return (french.number(count), other) if other.isdigit() else (one, other)


def short(one: Followed, told: Told | None) -> str:
    """A figure in a cell under the name of its indicator: « 72 % », « 12 », « Retard », « masqué », « n. d. »."""
    if told is None:
        return NOTHING
    if told.withheld:
        return MASKED
    if told.absence:
        return ABSENCES[told.absence]
    if one.definition.kind == Kind.TEXT:
        return severity(one, told)
    amount = value(one, told)
    return NOTHING if amount is None else short_value(one, amount)


def severity(one: Followed, told: Told) -> str:
    """What a text is classed under, when it is; « écrit » otherwise."""
    breakdown = one.definition.breakdown
    choices = choices_of(Breakdown(breakdown)) if breakdown else ()
    rank = int(told.terms.amount) if told.terms else 0
    return next((choice.label for choice in choices if choice.rank == rank), "écrit")


def short_value(one: Followed, amount: Decimal) -> str:
    """Without its unit, unless it is a sign or a word."""
    definition = one.definition
    if definition.kind == Kind.LEVEL or (definition.kind == Kind.RATIO and definition.percent):
        return written_value(definition, amount)
    return french.number(round(amount, 1))


def full(one: Followed, amount: Decimal | None) -> str:
    """In its unit; « – » for nothing."""
    return NOTHING if amount is None else written_value(one.definition, amount)


def moved(one: Followed, before: Decimal | None, now: Decimal | None) -> Decimal | None:
    """The difference, when there is one to tell: a level is not subtracted."""
    if before is None or now is None or one.definition.kind in {Kind.LEVEL, Kind.TEXT}:
        return None
    return round(now, 1) - round(before, 1)


def difference(one: Followed, change: Decimal | None) -> str:
    """« +4 points », « −12 », « = »."""
    if change is None:
        return NOTHING
    if not change:
        return "="
    sign = "+" if change > 0 else ""
    unit = ""
    if one.definition.kind == Kind.RATIO and one.definition.percent:
        unit = f"{french.NBSP}{french.agree(change, 'point', 'points')}"
    return f"{sign}{french.number(change)}{unit}"


def improves(one: Followed, change: Decimal | None) -> bool | None:
    """Whether a change goes the better way; None when it doesn't move or no way is better."""
    if not change or one.definition.direction == Direction.NEUTRAL:
        return None
    return (change > 0) == (one.definition.direction == Direction.HIGHER)


def spread_words(one: Followed, found: Quartiles | None) -> str:
    """« médiane 72 %, la moitié entre 61 % et 80 % »."""
    if found is None or one.definition.kind == Kind.LEVEL:
        return ""
    whole = one.definition.kind == Kind.COUNT  # between two counts there is none
    amounts = (round(amount) if whole else amount for amount in (found.low, found.median, found.high))
    low, middle, high = (short_value(one, Decimal(amount)) for amount in amounts)
    return f"médiane {middle}, une structure sur deux entre {low} et {high}"


def direction_words(one: Followed) -> str:
    return {
        Direction.HIGHER: "Plus c’est haut, mieux c’est.",
        Direction.LOWER: "Plus c’est bas, mieux c’est.",
        Direction.NEUTRAL: "Ni haut ni bas n’est mieux : il se lit avec les autres.",
    }[Direction(one.definition.direction)]


def moves_words(better: int, worse: int) -> str:
    """« six indicateurs progressent et quatre reculent »."""
    parts = []
    if better:
        parts.append(french.counted(better, "indicateur progresse", "indicateurs progressent"))
    if worse and better:
        parts.append(f"{french.in_words(worse)} {french.agree(worse, 'recule', 'reculent')}")
    elif worse:
        parts.append(french.counted(worse, "indicateur recule", "indicateurs reculent"))
    return " et ".join(parts)


def since(compared: Period | None) -> str:
    """« depuis septembre 2026 »."""
    return f"depuis {compared.named}" if compared else ""


def structures(count: int) -> str:
    """« trois structures »."""
    return french.counted(count, "structure", "structures", feminine=True)


def reached(board: Board, found: Sequence[Followed]) -> tuple[int, int]:
    """How many of these indicators reach the project's target, of how many that have a value and one."""
    pairs = [(one, board.whole(one, board.period), board.target(one)) for one in found]
    distances = [
        distance(amount, target, one.definition.direction) for one, amount, target in pairs if amount is not None
    ]
    judged = [one for one in distances if one]
    return sum(one is Distance.REACHED for one in judged), len(judged)
