"""One indicator of a structure in words: its value, its terms, its target, what moved."""

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from common import french
from indicators.distribution import Distance, distance
from indicators.enums import Kind, Origin
from indicators.periods import Period
from indicators.presentation import said
from indicators.presentation.dashboards_words import Mark, difference, improves, moved
from indicators.presentation.sparkline import Spark, spark
from indicators.presentation.words import MASKED, terms_in_words, value_in, written_value
from indicators.selectors.structure import Line
from indicators.selectors.told import Told

SPAN = 12
BETTER = Mark("ok", "s-ok", "en progrès")
WORSE = Mark("late", "s-watch", "en recul")
SAME = Mark("none", "s-na", "stable")
NEITHER = Mark("none", "s-na", "a changé")
SHORT_DISTANCES = {
    Distance.REACHED: Mark("ok", "s-ok", "Cible atteinte"),
    Distance.NEAR: Mark("progress", "s-progress", "Proche de la cible"),
    Distance.FAR: Mark("late", "s-watch", "Loin de la cible"),
}


@dataclass(frozen=True)
class Change:
    """« +3 points depuis septembre 2026 », and whether that is better."""

    words: str
    mark: Mark
    worse: bool


@dataclass(frozen=True)
class Shown:
    """One line as it reads. `when`: its period, where it is not that of the page; `how_url`: how it was computed."""

    label: str
    url: str
    value: str
    terms: str
    target: str
    reached: Mark | None
    change: Change | None
    when: str
    origin: str
    how_url: str
    curve: Spark | None


def shown(line: Line, page: Period) -> Shown:
    """For a page about a period."""
    definition, told = line.one.definition, line.told
    computed = told is not None and told.origin == Origin.COMPUTED
    where = [line.esms.project.slug, line.esms.slug, line.one.code]
    return Shown(
        label=definition.label,
        url=reverse("structure_indicator", args=where),
        value=value_words(line, told),
        terms=terms_words(line, told),
        target=target_words(line),
        reached=reached(line),
        change=change(line),
        when="" if line.period == page else period_words(line.period),
        origin=Origin(told.origin).label if told else "",
        how_url=reverse("indicator_computed", args=[*where, line.period.code]) if computed else "",
        curve=curve(line),
    )


def value_words(line: Line, told: Told | None) -> str:
    """« 93 % », « masqué », « Non disponible : panne », « À surveiller : lenteurs »; « – » for nothing."""
    if told is None:
        return "–"
    if told.withheld:
        return MASKED
    definition = line.definition_of(told)
    if told.absence or definition.kind == Kind.TEXT:
        return said.of_terms(definition, told.terms, told.text, told.absence, told.why)
    value = value_in(definition, told.terms)
    return "–" if value is None else written_value(definition, value)


def terms_words(line: Line, told: Told | None) -> str:
    """« 67 sur 72 », « 18 réponses »; nothing for what has one term."""
    if told is None or told.terms is None:
        return ""
    definition = line.definition_of(told)
    if definition.kind == Kind.SCORE and told.terms.base:
        return french.plural(told.terms.base, "réponse", "réponses")
    return terms_in_words(definition, told.terms)


def target_words(line: Line) -> str:
    """« 80 % »; nothing without a target."""
    return "" if line.target is None else written_value(line.one.definition, line.target)


def gap(line: Line) -> Distance | None:
    """How far it is from its target; None without one, or without a value."""
    return None if line.value is None else distance(line.value, line.target, line.one.definition.direction)


def reached(line: Line) -> Mark | None:
    found = gap(line)
    return SHORT_DISTANCES[found] if found else None


def change(line: Line) -> Change | None:
    """What moved since what it is compared to; None when there is nothing to compare."""
    if line.value is None or line.before is None:
        return None
    since, before = line.before
    if line.one.definition.kind == Kind.LEVEL:
        return _level_change(line, before, since)
    amount = moved(line.one, before, line.value)
    if amount is None:
        return None
    better = improves(line.one, amount)
    mark = SAME if not amount else NEITHER if better is None else BETTER if better else WORSE
    words = difference(line.one, amount) if amount else "Sans changement"
    return Change(f"{words} {since_words(since)}", mark, worse=better is False)


def _level_change(line: Line, before: Decimal, since: Period) -> Change:
    assert line.value is not None  # noqa: S101  the caller has one
    if line.value == before:
        return Change(f"Sans changement {since_words(since)}", SAME, worse=False)
    worse = line.value > before  # ranks go from the best to the worst
    words = f"« {written_value(line.one.definition, before)} » en {since.label}"
    return Change(french.typography(words), WORSE if worse else BETTER, worse)


def since_words(period: Period) -> str:
    """« depuis septembre 2026 », « depuis la semaine du 5 octobre 2026 », « depuis le 3e trimestre 2026 »."""
    return f"depuis {period.named}"


def period_words(period: Period) -> str:
    return french.capital(period.label)


def top_of(line: Line) -> Decimal | None:
    """What closes the scale of its curve; None lets the values close it."""
    definition = line.one.definition
    if definition.kind == Kind.RATIO and definition.percent:
        return Decimal(100)
    return Decimal(len(definition.levels)) if definition.kind == Kind.LEVEL else definition.maximum


def curve(line: Line) -> Spark | None:
    values = line.series(SPAN)
    told = " ; ".join(
        f"{period.short} : {written_value(line.one.definition, value)}" for period, value in values if value is not None
    )
    label = french.typography(f"{line.one.definition.label}, dernières valeurs. {told}.")
    return spark([value for _, value in values], line.target, top=top_of(line), label=label)
