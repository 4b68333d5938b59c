"""The rules that signal an answer, in words, with the threshold that counts in a project."""

from decimal import Decimal

from common import french
from structures.catalogue.inventory import Field, Flag, questionnaire
from structures.enums.inventory import Operator
from structures.presentation.inventory_follow_up import words
from structures.readiness import Threshold, Thresholds, in_force

FOR_EACH = {"peak_users": "par utilisateur simultané"}
# The rules whose threshold is a number that somebody may set. « Égal à 0 » asks for an estimate, whatever it is.
WITH_THRESHOLD = (Operator.LT, Operator.GT, Operator.BEFORE_MONTHS)


def has_threshold(field: Field) -> bool:
    return field.flag is not None and field.flag.operator in WITH_THRESHOLD


def rule_of(field: Field, thresholds: Thresholds) -> str:
    """« Bloquant en dessous de 8 Mbit/s. »: when an answer is signalled, in a sentence."""
    flag = in_force(field, thresholds)
    severity = words.SEVERITY[flag.severity][0]
    condition = f"{severity} {condition_of(field, flag)}."
    if flag.unless:
        other = questionnaire().by_code[flag.unless.field]
        value = words.answer(other, flag.unless.value)
        condition += f" Ne compte pas quand « {other.label} » vaut {value}."
    return french.typography(condition)


def condition_of(field: Field, flag: Flag) -> str:
    """« en dessous de 0,5 Mbit/s par utilisateur simultané, et toujours en dessous de 8 Mbit/s »."""
    match flag.operator:
        case Operator.IN:
            labels = [f"« {field.choice_label(code)} »" for code in flag.values]
            return f"si la réponse est {' ou '.join(labels)}"
        case Operator.EMPTY:
            return "sans réponse"
        case Operator.IS_TRUE:
            return "si la réponse est « Oui »"
        case Operator.IS_FALSE:
            return "si la réponse est « Non »"
        case Operator.BEFORE_MONTHS:
            return f"sans date, ou si elle remonte à plus de {limit_in_words(field, flag.threshold)}"
        case Operator.EQ:
            return f"si la réponse est {limit_in_words(field, flag.threshold)}"
    side = "en dessous de" if flag.operator == Operator.LT else "au-dessus de"
    said = f"{side} {limit_in_words(field, flag.threshold)}"
    if flag.times_field:
        said += f" {FOR_EACH.get(flag.times_field, flag.times_field)}"
    if flag.minimum is not None:
        said += f", ou de {words.quantity(flag.minimum, field.unit)} au total"
    return said


def limit_in_words(field: Field, threshold: Decimal | None) -> str:
    if field.flag and field.flag.operator == Operator.BEFORE_MONTHS:
        return french.plural(int(threshold or 0), "mois", "mois")
    return words.quantity(threshold or Decimal(0), field.unit)


def message_of(field: Field, thresholds: Thresholds) -> str:
    """What is signalled: the proposal's own words, or the rule when its threshold was replaced."""
    if field.flag is None or is_own(thresholds.get(field.code)):
        return rule_of(field, thresholds)
    return field.flag.message


def is_own(own: Threshold | None) -> bool:
    """Whether the project has a threshold of its own."""
    return own is not None and (own.threshold is not None or own.minimum is not None)
