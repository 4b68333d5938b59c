"""One question across the structures: who answered what."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any

from common import french
from common.charts import Bars
from common.ui import Link
from structures.catalogue.inventory import UNKNOWN, Field
from structures.enums.inventory import FieldType
from structures.forms.inventory_follow_up import Filters
from structures.inventory_figures import NO_ANSWER, answer_key
from structures.presentation.inventory_follow_up import words
from structures.presentation.inventory_follow_up.places import crumbs, field_url, page_url, section_url
from structures.presentation.inventory_follow_up.rules import message_of, rule_of
from structures.selectors.inventory_follow_up import Followed, FollowUp

NUMBERS = (FieldType.INTEGER, FieldType.DECIMAL)


@dataclass(frozen=True)
class Answered:
    """What one structure says. `why`: what is signalled, if anything; `details`: the lines of a table."""

    name: str
    og: str
    url: str
    answer: str
    tone: str
    icon: str
    why: str
    state: str
    details: list[str]


@dataclass(frozen=True)
class Comparison:
    title: str
    lede: str
    crumbs: list[Link]
    rule: str
    note: str
    chart: Bars | None
    caption: str


@dataclass(frozen=True)
class Question:
    label: str
    url: str
    detail: str


@dataclass(frozen=True)
class Questions:
    title: str
    lede: str
    crumbs: list[Link]
    sections: list[tuple[str, list[Question]]]


def questions(follow: FollowUp, filters: Filters) -> Questions:
    """All the questions, to choose the one to compare."""
    sections = [
        (
            section.label,
            [
                Question(field.label, field_url(follow.project, field.code, filters), _signalled_detail(field, follow))
                for field in section.fields
            ],
        )
        for section in follow.form.sections
    ]
    return Questions(
        title="Choisissez une question pour comparer les réponses",
        lede=french.typography(
            "« Qui n’a pas de lien de secours ? », « Qui a déjà un dossier informatisé ? » : une question, toutes les "
            "structures."
        ),
        crumbs=crumbs(follow.project, Link("Comparer")),
        sections=sections,
    )


def _signalled_detail(field: Field, follow: FollowUp) -> str:
    count = sum(1 for one in follow.evaluations if one.signal(field.code))
    return french.plural(count, "structure signalée", "structures signalées") if count else ""


def comparison(field: Field, follow: FollowUp, filters: Filters) -> Comparison:
    begun = [one for one in follow.structures if one.evaluation]
    return Comparison(
        title=_title(field, begun),
        lede=_lede(field, begun),
        crumbs=crumbs(
            follow.project, Link("Comparer", page_url("inventory_fields", follow.project, filters)), Link(field.label)
        ),
        rule=rule_of(field, follow.thresholds) if field.prerequisite else "",
        note=_note(begun),
        chart=_chart(field, begun),
        caption=f"« {field.label} », structure par structure",
    )


def lines(field: Field, follow: FollowUp) -> list[Followed]:
    """The structures in the order in which they are read: signalled first, then by answer; last who says nothing."""
    return sorted(follow.structures, key=lambda one: _rank(field, one))


def answered(field: Field, found: Sequence[Followed], follow: FollowUp) -> list[Answered]:
    return [_answered(field, one, follow) for one in found]


def _answered(field: Field, one: Followed, follow: FollowUp) -> Answered:
    signal = one.evaluation.signal(field.code) if one.evaluation else None
    said = words.answer_to(field, one)
    tone, icon, why = "none", "", ""
    if signal:
        _, tone, icon = words.SEVERITY[signal.severity]
        why = message_of(field, follow.thresholds)
    return Answered(
        name=words.name_of(one),
        og=french.typography(one.esms.og.short_name),
        url=section_url(follow.project, one.esms, field.section),
        answer=said,
        tone=tone,
        icon=icon,
        why=why,
        state="" if one.received else words.state_of(one)[0],
        details=_details(field, one),
    )


def _details(field: Field, one: Followed) -> list[str]:
    """The lines of a table, each in a sentence."""
    held = one.evaluation.values.get(field.code) if one.evaluation else None
    if not field.is_table or not isinstance(held, list):
        return []
    return [
        french.typography(
            ", ".join(words.answer(column, line[column.code]) for column in field.columns if line.get(column.code))
        )
        for line in held
    ]


def _rank(field: Field, one: Followed) -> tuple[Any, ...]:
    values = one.evaluation.values if one.evaluation else {}
    value = values.get(field.code, UNKNOWN)
    silent = field.code not in values
    signalled = bool(one.evaluation and one.evaluation.signal(field.code))
    if value is None or value is UNKNOWN:
        order: Any = (1, 0, "")
    elif isinstance(value, int | Decimal):
        order = (0, value, "")
    elif isinstance(value, date):
        order = (0, value.toordinal(), "")
    elif isinstance(value, list):
        order = (0, -len(value), "")
    else:
        codes = [choice.code for choice in field.choices]
        order = (0, codes.index(value) if value in codes else 0, str(value))
    return (silent, not signalled, order, one.esms.og.name, one.esms.name)


def _title(field: Field, begun: Sequence[Followed]) -> str:
    if not any(one.evaluation and field.code in one.evaluation.values for one in begun):
        return french.typography(f"{field.label} : aucune structure n’a encore répondu")
    if field.prerequisite:
        count = sum(1 for one in begun if one.evaluation and one.evaluation.signal(field.code))
        told = words.said_of(count, len(begun), "est signalée", "sont signalées")
        return french.typography(f"{field.label} : {told}")
    if field.choices or field.type == FieldType.BOOLEAN:
        said, count = _most(field, begun)
        where = f"{words.structures(count)} sur {french.in_words(len(begun))}"
        return french.typography(f"{field.label} : « {said} » pour {where}")
    count = sum(1 for one in begun if one.evaluation and field.code in one.evaluation.values)
    answers = french.agree(count, "a répondu", "ont répondu")
    return french.typography(f"{field.label} : {words.structures(count)} {answers}")


def _note(begun: Sequence[Followed]) -> str:
    """That some answers are not yet transmitted: other pages count without them."""
    count = sum(1 for one in begun if not one.received)
    if not count:
        return ""
    comes = french.agree(count, "réponse vient d’un état des lieux", "réponses viennent d’états des lieux")
    return words.begin(f"{french.in_words(count, feminine=True)} {comes} pas encore transmis.")


def _most(field: Field, begun: Sequence[Followed]) -> tuple[str, int]:
    counts = Counter(words.answer_to(field, one) for one in begun)
    return counts.most_common(1)[0]


def _lede(field: Field, begun: Sequence[Followed]) -> str:
    values = [
        one.evaluation.values[field.code]
        for one in begun
        if one.evaluation and isinstance(one.evaluation.values.get(field.code), int | Decimal)
    ]
    numbers = [value for value in values if not isinstance(value, bool) and Decimal(value).is_finite()]
    if field.type not in NUMBERS or len(numbers) < 2:
        return field.help
    lowest, highest = (words.quantity(value, field.unit) for value in (min(numbers), max(numbers)))
    middle = words.quantity(Decimal(str(median(numbers))), field.unit)
    return french.typography(f"De {lowest} à {highest} ; une structure sur deux a {middle} ou plus.")


def _chart(field: Field, begun: Sequence[Followed]) -> Bars | None:
    if not field.choices and field.type != FieldType.BOOLEAN:
        return None
    counts = Counter(answer_key(one.evaluation.values.get(field.code)) for one in begun if one.evaluation)
    options: list[tuple[Any, str]] = [(choice.code, choice.label) for choice in field.choices]
    if not options:
        options = [(True, "Oui"), (False, "Non")]
    found = [(label, counts[value]) for value, label in options]
    if counts[NO_ANSWER]:
        found.append((words.UNSAID, counts[NO_ANSWER]))
    return words.shares(
        found,
        len(begun),
        title="Les réponses, en nombre de structures",
        context=f"{len(begun)} structures ont commencé leur état des lieux" if len(begun) > 1 else "",
        empty="Aucune structure n’a commencé.",
    )
