"""One line of a statement that is being entered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.urls import reverse

from common import french
from common.sensitive import names_somebody, warning
from indicators.consistency import Problem
from indicators.enums import Absence, Kind, Source
from indicators.forms.entry import (
    PART,
    PART_BASE,
    LineForm,
    has_base,
    is_sum,
    parts_of,
    ranks_of,
    written_values,
)
from indicators.models import Definition, Figure
from indicators.presentation import said, words
from indicators.presentation.sparkline import Spark, spark
from indicators.selectors.definitions import Followed
from indicators.selectors.entry import LAST, Sheet, problems_by_code

NAMED = "Un nom de personne semble écrit ici. Une fonction suffit : ce texte est lu au-dessus de la structure."


@dataclass(frozen=True)
class Input:
    """`asked`: the line is not whole without it. `same`: what it counts, where another line counts the same."""

    name: str
    id: str
    label: str
    value: str
    error: str = ""
    placeholder: str = ""
    keyboard: str = "decimal"
    asked: bool = True
    same: str = ""


@dataclass(frozen=True)
class Part:
    label: str
    inputs: Sequence[Input]


@dataclass(frozen=True)
class Rank:
    id: str
    value: str
    label: str
    rule: str
    checked: bool


@dataclass(frozen=True)
class Again:
    """What was said the last time, said again in one tap."""

    label: str
    posted: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Line:
    id: str
    label: str
    help: str
    url: str
    history_url: str
    version: int
    inputs: Sequence[Input]
    parts: Sequence[Part]
    parts_open: bool
    parts_said: str
    sums: bool
    split_url: str
    ranks: Sequence[Rank]
    ranks_label: str
    asks_text: bool
    max_length: int
    values: Mapping[str, str]
    errors: Mapping[str, str]
    opened: frozenset[str]
    kept: str
    now: str
    last: str
    target: str
    curve: Spark | None
    again: Again | None
    problems: Sequence[Problem]
    warning: str
    whole: bool
    saved_at: datetime | None = None
    absences: Sequence[tuple[str, str]] = field(default_factory=lambda: list(Absence.choices))


def anchor(code: str) -> str:
    return f"v-{code}"


def lines(sheet: Sheet, *, split: str = "") -> list[Line]:
    """`split`: code of the one whose parts one asked to see."""
    found = problems_by_code(sheet)
    return [line(sheet, one, found.get(one.code, ()), split=one.code == split) for one in sheet.asked]


def line(
    sheet: Sheet,
    one: Followed,
    problems: Sequence[Problem],
    *,
    form: LineForm | None = None,
    split: bool = False,
    whole: bool = False,
    saved_at: datetime | None = None,
) -> Line:
    """`form`: what was typed and refused, in place of what is written. Parts that nobody must give are there once they
    are asked for (`split`), or given."""
    definition, figure = one.definition, sheet.figure_of(one)
    written = written_values(figure, sheet.split_of(figure))
    values = {name: str(form[name].value() or "") for name in form.fields} if form else written
    errors = {name or "cells": " ".join(texts) for name, texts in form.errors.items()} if form else {}
    if "__all__" in errors:
        errors["cells"] = errors.pop("__all__")
    last = sheet.last_of(one)
    shown = split or is_sum(definition) or any(name.startswith(PART) for name in (form.data if form else written))
    placeholders = _placeholders(sheet, one)
    choices = parts_of(definition)
    parts = [_part(one, choice.code, choice.label, values, errors, placeholders) for choice in choices if shown]
    chosen = values.get("amount") or ("1" if definition.kind == Kind.TEXT else "")
    arguments = [sheet.esms.project.slug, sheet.esms.slug, sheet.period.code, one.code]
    return Line(
        id=anchor(one.code),
        label=definition.label,
        help=french.typography(definition.help),
        url=reverse("statement_figure", args=arguments),
        history_url=reverse("statement_history", args=arguments) if figure else "",
        version=int(values.get("version") or 0) if form else (figure.version if figure else 0),
        inputs=_inputs(sheet, one, values, errors),
        parts=parts,
        parts_open=split or any(entry.error for part in parts for entry in part.inputs),
        parts_said=_parts_said(parts),
        sums=is_sum(definition),
        split_url="" if shown or not choices else f"?ventiler={one.code}#{anchor(one.code)}",
        ranks=[
            Rank(f"{anchor(one.code)}-n{rank.rank}", str(rank.rank), rank.label, rank.rule, str(rank.rank) == chosen)
            for rank in ranks_of(definition)
        ],
        ranks_label="Gravité" if definition.kind == Kind.TEXT else definition.label,
        asks_text=definition.kind == Kind.TEXT,
        max_length=min(definition.max_length or 1000, 1000),
        values={name: values.get(name, "") for name in ("text", "why", "comment")},
        errors={name: errors.get(name, "") for name in ("amount", "text", "why", "comment", "cells")},
        opened=_opened(values, errors),
        kept=figure.absence if figure else "",
        now=now(definition, figure),
        last=_last(definition, last),
        target=_target(sheet, one),
        curve=_curve(sheet, one),
        again=_again(sheet, one, last) if not (figure and figure.is_there) and not form else None,
        problems=problems,
        warning=warned(values),
        whole=whole or form is not None,
        saved_at=saved_at,
    )


def _inputs(sheet: Sheet, one: Followed, values: Mapping[str, str], errors: Mapping[str, str]) -> list[Input]:
    definition = one.definition
    if ranks_of(definition) or definition.kind == Kind.TEXT or is_sum(definition):
        return []
    at = anchor(one.code)
    placeholders = _placeholders(sheet, one)
    keyboard = "decimal" if definition.kind in {Kind.AMOUNT, Kind.SCORE} else "numeric"
    unit = definition.unit if definition.kind != Kind.SCORE else f"Note {definition.unit}"
    first = definition.numerator if definition.kind == Kind.RATIO else french.capital(unit)
    found = [
        Input(
            "amount",
            f"{at}-amount",
            first,
            values.get("amount", ""),
            errors.get("amount", ""),
            placeholders.get("amount", ""),
            keyboard,
        )
    ]
    if has_base(definition):
        ratio = definition.kind == Kind.RATIO
        label = definition.denominator if ratio else "Nombre de réponses"
        same = definition.denominator if ratio and _shared(sheet, definition.denominator) else ""
        found.append(
            Input("base", f"{at}-base", label, values.get("base", ""), errors.get("base", ""), "", "numeric", same=same)
        )
    return found


def _parts_said(parts: Sequence[Part]) -> str:
    """« quatre renseignés », beside what opens them."""
    given = sum(any(entry.value for entry in part.inputs) for part in parts)
    return french.counted(given, "renseigné", "renseignés") if given else ""


def _shared(sheet: Sheet, denominator: str) -> bool:
    return sum(one.definition.denominator == denominator for one in sheet.asked) > 1


def _part(
    one: Followed,
    code: str,
    label: str,
    values: Mapping[str, str],
    errors: Mapping[str, str],
    placeholders: Mapping[str, str],
) -> Part:
    definition, at = one.definition, anchor(one.code)
    names = [f"{PART}{code}", *([f"{PART_BASE}{code}"] if has_base(definition) else [])]
    labels = [label]
    if has_base(definition):
        labels = (
            [definition.numerator, definition.denominator]
            if definition.kind == Kind.RATIO
            else ["Note", "Nombre de réponses"]
        )
        labels = [f"{label} : {term.lower()}" for term in labels]
    return Part(
        french.typography(label),
        [
            Input(
                name,
                f"{at}-{name}",
                french.typography(shown),
                values.get(name, ""),
                errors.get(name, ""),
                placeholders.get(name, ""),
                "decimal" if definition.kind == Kind.SCORE else "numeric",
                asked=is_sum(definition),
            )
            for name, shown in zip(names, labels, strict=True)
        ],
    )


def _placeholders(sheet: Sheet, one: Followed) -> Mapping[str, str]:
    """What is counted since the beginning is shown as it was the last time, never written in its place."""
    if one.definition.source != Source.ACCOUNTS:
        return {}
    last = sheet.last_of(one)
    return written_values(last, sheet.split_of(last))


def _opened(values: Mapping[str, str], errors: Mapping[str, str]) -> frozenset[str]:
    """What stands unfolded: a comment that is there, what is refused."""
    found = {name for name in ("comment", "why") if errors.get(name)}
    return frozenset({*found, *(["comment"] if values.get("comment") else [])})


def now(definition: Definition, figure: Figure | None) -> str:
    """What is written, in words: « 93 % », « Total : 360 connexions », « Non disponible : panne »."""
    if figure is None or not figure.is_there:
        return ""
    if figure.absence:
        return said.absent(figure.absence, figure.why)
    if definition.kind == Kind.RATIO:
        return f"Soit {words.written(definition, figure.terms)}"
    if is_sum(definition):
        return french.typography(f"Total : {words.written(definition, figure.terms)}")
    return ""


def _last(definition: Definition, figure: Figure | None) -> str:
    if figure is None:
        return ""
    return french.typography(f"Dernière fois, {figure.period.short} : {said.of_figure(definition, figure)}")


def _target(sheet: Sheet, one: Followed) -> str:
    target = sheet.target_of(one)
    return "" if target is None else french.typography(f"Cible : {words.written_value(one.definition, target)}")


def _curve(sheet: Sheet, one: Followed) -> Spark | None:
    definition = one.definition
    if definition.kind == Kind.TEXT:
        return None
    rows = {row.period_start: row for row in sheet.before.get(one.indicator.pk, ())}
    periods = sheet.period.previous.last(LAST)
    values = [words.value_in(definition, row.terms) if (row := rows.get(period.start)) else None for period in periods]
    told = [
        f"{period.short} : {words.written_value(definition, value)}"
        for period, value in zip(periods, values, strict=True)
        if value is not None
    ]
    aim = f" {_target(sheet, one)}." if _target(sheet, one) else ""
    label = french.typography(f"{definition.label}, dernières valeurs. {' ; '.join(told)}.{aim}")
    top = Decimal(100) if definition.kind == Kind.RATIO and definition.percent else definition.maximum
    if definition.kind == Kind.LEVEL:
        top = Decimal(len(definition.levels))
    return spark(values, sheet.target_of(one), top=top, label=label)


def _again(sheet: Sheet, one: Followed, last: Figure | None) -> Again | None:
    if last is None:
        return None
    figure = sheet.figure_of(one)  # a comment alone, if anything
    posted = [("version", str(figure.version if figure else 0)), ("whole", "on")]
    posted += [("comment", figure.comment)] if figure and figure.comment else []
    if last.absence and last.period == sheet.period.previous:
        label = f"Toujours « {said.absent(last.absence, last.why).lower()} »"
        return Again(french.typography(label), [*posted, ("absence", last.absence), ("why", last.why)])
    if one.definition.source == Source.ACCOUNTS and last.amount is not None:
        values = written_values(last, sheet.split_of(last))
        given = [(name, value) for name, value in values.items() if name not in {"text", "why", "comment"}]
        return Again(french.typography(f"Inchangé : {said.of_figure(one.definition, last)}"), [*posted, *given])
    return None


def warned(values: Mapping[str, str]) -> str:
    """What these texts seem to hold and should not."""
    for name in ("text", "comment", "why"):
        text = values.get(name, "")
        if found := warning(text):
            return found
        if names_somebody(text):
            return french.typography(NAMED)
    return ""
