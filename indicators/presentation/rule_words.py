"""An alert rule as a sentence: « Critique quand la valeur est inférieure à 50 % deux périodes de suite »."""

import uuid
from collections.abc import Mapping
from decimal import Decimal

from common import french
from governance.enums import Severity
from indicators.enums import Breakdown, Condition, Kind, Metric, Operator
from indicators.models import AlertRule, Definition
from indicators.presentation.words import written_value
from indicators.selectors.definitions import Followed
from indicators.splits import choices_of
from organisations.enums import Phase

FEMININE = {
    Operator.LT: "est inférieure à",
    Operator.LTE: "est inférieure ou égale à",
    Operator.EQ: "est égale à",
    Operator.GTE: "est supérieure ou égale à",
    Operator.GT: "est supérieure à",
}
MASCULINE = {
    how: words.replace("inférieure", "inférieur").replace("supérieure", "supérieur").replace("égale", "égal")
    for how, words in FEMININE.items()
}
LASTS = {
    Operator.LT: "depuis moins de",
    Operator.LTE: "depuis au plus",
    Operator.EQ: "depuis exactement",
    Operator.GTE: "depuis au moins",
    Operator.GT: "depuis plus de",
}
_WHERE = {
    Condition.PHASE: {phase.value: phase.label for phase in Phase},
    Condition.OPERATING_MODE: {
        "residential": "hébergement",
        "mixed": "accueil de jour et hébergement",
        "day": "accueil de jour",
        "work": "travail ou formation",
        "outpatient": "consultation ou milieu ordinaire",
        "home": "domicile",
        "measure": "mesure d’accompagnement ou de protection",
    },
    Condition.MEDICALISED: {
        "full": "dossier médical",
        "partial": "dossier médical selon l’autorisation",
        "none": "sans dossier médical",
    },
}
_NARROWED = {
    Condition.PHASE: "en phase",
    Condition.OPERATING_MODE: "dont le mode d’accueil est",
    Condition.MEDICALISED: "avec",
}
# What is on which side of a threshold is a matter of points, for what is read as a percentage.
POINTS = "points"

Known = Mapping[uuid.UUID, Followed]


def sentence(rule: AlertRule, known: Known) -> str:
    """`known`: the indicators of the project, given up too. No query."""
    severity = Severity(rule.severity).label
    one = known[rule.indicator_id] if rule.indicator_id else None
    words = f"{severity} quand {_condition(rule, one, known)}{_in_a_row(rule)}{_only(rule)}{_unless(rule, known)}."
    return french.typography(words)


def _condition(rule: AlertRule, one: Followed | None, known: Known) -> str:
    how = Operator(rule.operator)
    if one is None or (rule.metric == Metric.PERIODS_OPEN and one.entered):
        return f"rien n’est rendu à la date limite {LASTS[how]} {_periods(rule.threshold)}"
    definition, value = one.definition, rule.threshold
    if rule.metric == Metric.PERIODS_OPEN:
        return f"la valeur n’est pas revenue à zéro {LASTS[how]} {_periods(value)}"
    if rule.metric == Metric.LEVEL_AT_LEAST:
        what = "la gravité est au moins" if definition.kind == Kind.TEXT else "le niveau est au moins"
        return f"{what} « {level_label(definition, int(value))} »"
    if rule.metric == Metric.SHARE_OF_TARGET:
        return f"la part de la cible atteinte {FEMININE[how]} {french.percent(value)}"
    if rule.metric == Metric.CHANGE:
        if how == Operator.EQ and not value:
            return f"{_what(rule, definition)} n’a pas changé depuis la période précédente"
        return f"l’écart avec la période précédente {MASCULINE[how]} {difference(definition, value)}"
    if rule.metric == Metric.GAP_TO and rule.other_id:
        other = known[rule.other_id].definition.label
        return f"l’écart avec « {other} » {MASCULINE[how]} {difference(definition, value)}"
    if how == Operator.EQ and not value:
        return f"{_what(rule, definition)} est nulle"
    return f"{_what(rule, definition)} {FEMININE[how]} {_bound(definition, value)}"


def _what(rule: AlertRule, definition: Definition) -> str:
    if not rule.breakdown_value:
        return "la valeur"
    parts = {choice.code: choice.label for choice in choices_of(Breakdown(definition.breakdown))}
    return f"la part « {parts.get(rule.breakdown_value, rule.breakdown_value)} »"


def _bound(definition: Definition, value: Decimal) -> str:
    """In its unit, which is a plural: « 1 » alone."""
    counted = definition.kind == Kind.COUNT and abs(value) < 2
    return french.number(value) if counted else written_value(definition, value)


def difference(definition: Definition, value: Decimal) -> str:
    """Between two values: in points for a percentage."""
    unit = POINTS if definition.kind == Kind.RATIO and definition.percent else definition.unit
    return f"{french.number(value)}{french.NBSP}{unit}"


def level_label(definition: Definition, rank: int) -> str:
    if definition.kind == Kind.TEXT:
        levels = {choice.rank: choice.label for choice in choices_of(Breakdown(definition.breakdown))}
        return levels.get(rank, "")
    return next((level["label"] for level in definition.levels if level["rank"] == rank), "")


def _periods(count: Decimal) -> str:
    return french.counted(int(count), "période", "périodes", feminine=True)


def _in_a_row(rule: AlertRule) -> str:
    return f" {french.in_words(rule.periods, feminine=True)} périodes de suite" if rule.periods > 1 else ""


def _only(rule: AlertRule) -> str:
    if not rule.only_field:
        return ""
    field = Condition(rule.only_field)
    values = [f"« {_WHERE[field].get(value, value)} »" for value in rule.only_values]
    *before, last = values
    listed = f"{', '.join(before)} ou {last}" if before else last
    return f", dans les structures {_NARROWED[field]} {listed} seulement"


def _unless(rule: AlertRule, known: Known) -> str:
    if rule.unless_indicator_id is None or rule.unless_threshold is None:
        return ""
    other = known[rule.unless_indicator_id].definition
    value = written_value(other, rule.unless_threshold)
    return f", sauf si « {other.label} » {MASCULINE[Operator(rule.unless_operator)]} {value}"
