"""What a software sends, read and judged before anything is written: every fault is told at once, with its place in the
body (RFC 6901) and a sentence. Pure: knows no table's rows. `openapi` describes the same to who writes that software.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from common import french
from common.errors import DomainError
from indicators.entry import HIGHEST, UNWRITABLE, Given, checked, is_writable
from indicators.enums import Absence, Aggregation, Breakdown, Kind
from indicators.models import Definition
from indicators.periods import Period
from indicators.splits import REQUIRED, WHOLE, choices_of
from indicators.values import Terms

MOST_BYTES = 64 * 1024
MOST_VALUES = 100
LONGEST_TEXT, LONGEST_WHY, LONGEST_CODE = 1000, 300, 60
REFERENCE = re.compile(r"[\x21-\x7e]{1,80}\Z")
SLUG = re.compile(r"[-a-zA-Z0-9_]{1,60}\Z")
SEVERITIES = {choice.code: Decimal(choice.rank) for choice in choices_of(Breakdown.ATTENTION_LEVEL)}

_OF_BODY = ("structure", "period", "values")
_OF_VALUE = ("indicator", "value", "numerator", "denominator", "breakdown", "absence", "text", "severity")
_OF_RATIO = ("numerator", "denominator")
_OF_ABSENCE = ("kind", "why")


@dataclass(frozen=True)
class Fault:
    """What is wrong at one place of the body, about which indicator if it is about one."""

    pointer: str
    message: str
    indicator: str = ""


class Faulty(DomainError):
    """A body that can't be taken in: all that is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(
            f"Rien n’a été enregistré : {french.plural(len(faults), 'point est à corriger', 'points sont à corriger')}."
        )
        self.faults = faults


class Unreadable(DomainError):
    """Not JSON at all."""


@dataclass(frozen=True)
class Line:
    """What is given for one indicator, not judged by its definition yet."""

    pointer: str
    indicator: str
    given: Mapping[str, Any]

    def fault(self, message: str, *names: str) -> Fault:
        return Fault("/".join((self.pointer, *names)), message, self.indicator)


@dataclass(frozen=True)
class Sending:
    """`structure`: empty when the key says it."""

    structure: str
    period: Period
    lines: list[Line] = field(default_factory=list)


# --- The body ---------------------------------------------------------------------------------------------------------


def read(body: bytes) -> Sending:
    """Raises Unreadable for what is no JSON, Faulty for what isn't shaped as the documentation says."""
    found = _json(body)
    faults: list[Fault] = []
    if not isinstance(found, dict):
        raise Faulty([Fault("", 'Le corps est un objet JSON : { "period": …, "values": [ … ] }.')])
    _known(found, _OF_BODY, "", faults)
    structure = found.get("structure", "")
    if not isinstance(structure, str) or (structure and not SLUG.match(structure)):
        faults.append(Fault("/structure", "Le nom court de la structure, tel qu’il est dans l’adresse de ses pages."))
    lines = _lines(found.get("values"), faults)
    period = _period(found.get("period"), faults)
    if faults or period is None:
        raise Faulty(faults)
    return Sending(structure, period, lines)


def _json(body: bytes) -> Any:
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise Unreadable("Le corps n’est pas en UTF-8.") from error
    try:
        return json.loads(
            text, parse_float=_decimal, parse_int=_decimal, parse_constant=_refused, object_pairs_hook=_once
        )
    except json.JSONDecodeError as error:
        raise Unreadable(
            f"Le corps n’est pas du JSON : ligne {error.lineno}, colonne {error.colno}, rien de lisible."
        ) from error
    except RecursionError as error:
        raise Unreadable("Trop de crochets ou d’accolades les uns dans les autres.") from error


def _decimal(text: str) -> Decimal:
    """A number; one whose size makes no sense is said to be too great, without being computed."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return HIGHEST * 10
    if value and not -20 < value.adjusted() < 20:
        return HIGHEST * 10 if value > 0 else -HIGHEST
    return value


def _refused(text: str) -> Any:
    raise Unreadable(f"« {text} » n’est pas un nombre en JSON.")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise Unreadable(f"« {_short(name)} » est écrit deux fois dans le même objet.")
        found[name] = value
    return found


def _period(code: Any, faults: list[Fault]) -> Period | None:
    try:
        return Period.at(code)
    except (TypeError, ValueError):
        said = "La période : « 2026-10 » pour un mois, « 2026-S41 » pour une semaine, « 2026-T4 » pour un trimestre."
        faults.append(Fault("/period", said))
        return None


def _lines(values: Any, faults: list[Fault]) -> list[Line]:
    if not isinstance(values, list) or not values:
        faults.append(Fault("/values", "La liste des valeurs, une au moins."))
        return []
    if len(values) > MOST_VALUES:
        faults.append(Fault("/values", f"{MOST_VALUES} valeurs au plus en un envoi."))
        return []
    lines: list[Line] = []
    seen: set[str] = set()
    for index, value in enumerate(values):
        pointer = f"/values/{index}"
        if not isinstance(value, dict):
            faults.append(Fault(pointer, 'Chaque valeur est un objet : { "indicator": …, "value": … }.'))
            continue
        code = value.get("indicator")
        if not isinstance(code, str) or not 0 < len(code) <= LONGEST_CODE:
            faults.append(Fault(f"{pointer}/indicator", "Le code de l’indicateur."))
            continue
        if code in seen:
            faults.append(Fault(f"{pointer}/indicator", "Cet indicateur est donné deux fois.", code))
        seen.add(code)
        before = len(faults)
        _known(value, _OF_VALUE, pointer, faults, code)
        _shapes(value, pointer, faults, code)
        if len(faults) == before:
            lines.append(Line(pointer, code, value))
    return lines


def _shapes(value: Mapping[str, Any], pointer: str, faults: list[Fault], code: str) -> None:
    wrong = {name: _wrong_number(value[name]) for name in ("value", "numerator", "denominator") if name in value}
    longest = {"text": LONGEST_TEXT, "severity": LONGEST_CODE}
    wrong |= {name: _wrong_text(value[name], longest[name]) for name in longest if name in value}
    faults.extend(Fault(f"{pointer}/{name}", said, code) for name, said in wrong.items() if said)
    if "absence" in value:
        _absence(value["absence"], f"{pointer}/absence", faults, code)
    if "breakdown" in value:
        _breakdown(value["breakdown"], f"{pointer}/breakdown", faults, code)


def _absence(value: Any, pointer: str, faults: list[Fault], code: str) -> None:
    kinds = french.listed([f"« {kind.value} » ({kind.label.lower()})" for kind in Absence])
    if not isinstance(value, dict):
        faults.append(Fault(pointer, f"Un objet : son « kind », {kinds}, et son « why ».", code))
        return
    _known(value, _OF_ABSENCE, pointer, faults, code)
    if value.get("kind") not in Absence.values:
        faults.append(Fault(f"{pointer}/kind", f"L’un de : {kinds}.", code))
    if said := _wrong_text(value.get("why", ""), LONGEST_WHY):
        faults.append(Fault(f"{pointer}/why", said, code))


def _breakdown(value: Any, pointer: str, faults: list[Fault], code: str) -> None:
    if not isinstance(value, dict) or not value:
        faults.append(Fault(pointer, "Un objet : un nombre, ou ses deux termes, par code de case.", code))
        return
    for case, part in value.items():
        place = f"{pointer}/{_escaped(case)}"
        if not isinstance(part, dict):
            if said := _wrong_number(part):
                faults.append(Fault(place, said, code))
            continue
        _known(part, _OF_RATIO, place, faults, code)
        for name in _OF_RATIO:
            if name not in part:
                faults.append(Fault(f"{place}/{name}", "Il manque.", code))
            elif said := _wrong_number(part[name]):
                faults.append(Fault(f"{place}/{name}", said, code))


def _known(value: Mapping[str, Any], names: tuple[str, ...], pointer: str, faults: list[Fault], code: str = "") -> None:
    for name in value:
        if name not in names:
            said = f"« {_short(name)} » n’est pas attendu ici ; les champs sont : {', '.join(names)}."
            faults.append(Fault(f"{pointer}/{_escaped(name)}", said, code))


def _wrong_number(value: Any) -> str:
    if not isinstance(value, Decimal):
        return "Un nombre, sans guillemets."
    if value < 0:
        return "Une valeur n’est pas négative."
    if value > HIGHEST:
        return "Ce nombre est trop grand."
    return "" if value == round(value, 2) else "Deux décimales au plus."


def _wrong_text(value: Any, longest: int) -> str:
    if not isinstance(value, str):
        return "Un texte, entre guillemets."
    if len(value) > longest:
        return f"{longest} signes au plus ; il y en a {len(value)}."
    return "" if is_writable(value) else UNWRITABLE


# --- One value under its definition -----------------------------------------------------------------------------------


def given_of(line: Line, definition: Definition, faults: list[Fault]) -> Given | None:
    """What a line gives, as its definition takes it; None when it adds a fault."""
    before = len(faults)
    given = _given(line, definition, faults)
    if given is None or len(faults) > before:
        return None
    try:
        return checked(given, definition)
    except DomainError as error:
        faults.append(line.fault(str(error), *_blamed(error.field, line, definition)))
        return None


def _given(line: Line, definition: Definition, faults: list[Fault]) -> Given | None:
    value = line.given
    if "absence" in value:
        _only(line, ("absence",), "Une valeur qui manque n’a rien d’autre à dire.", faults)
        return Given(absence=value["absence"]["kind"], why=value["absence"].get("why", "").strip())
    if definition.kind == Kind.TEXT:
        _only(line, ("text", "severity"), "Cet indicateur est un texte : « text », et « severity » au besoin.", faults)
        severity = value.get("severity", "info")
        if severity not in SEVERITIES:
            faults.append(line.fault(f"L’une de : {', '.join(SEVERITIES)}.", "severity"))
            return None
        if not value.get("text", "").strip():
            faults.append(line.fault("Écrivez ce point d’attention, ou « Rien à signaler ».", "text"))
            return None
        return Given(amount=SEVERITIES[severity], text=value["text"].strip())
    if definition.kind == Kind.RATIO:
        _only(line, ("numerator", "denominator", "breakdown"), "Un taux se donne par ses deux termes.", faults)
        if missing := [name for name in _OF_RATIO if name not in value]:
            faults.extend(line.fault("Un taux se donne par ses deux termes : il manque.", name) for name in missing)
            return None
        return Given(value["numerator"], value["denominator"], cells=_cells(line, definition, faults))
    weighed = ("denominator",) if is_weighed(definition) else ()
    _only(line, ("value", "breakdown", *weighed), "Cet indicateur se donne par sa valeur, « value ».", faults)
    cells = _cells(line, definition, faults)
    amount = value.get("value")
    if amount is None and cells and definition.breakdown in REQUIRED:
        amount = sum((terms.amount for terms in cells.values()), Decimal())
    if amount is None:
        faults.append(line.fault("La valeur manque.", "value"))
        return None
    return Given(amount, value.get("denominator"), cells=cells)


def _cells(line: Line, definition: Definition, faults: list[Fault]) -> dict[str, Terms]:
    """`checked` says which codes are known and what the parts add up to."""
    found: dict[str, Terms] = {}
    ratio = definition.kind == Kind.RATIO
    for code, part in line.given.get("breakdown", {}).items():
        if ratio != isinstance(part, dict):
            said = 'Les deux termes : { "numerator": …, "denominator": … }.' if ratio else "Un seul nombre."
            faults.append(line.fault(said, "breakdown", _escaped(code)))
        elif ratio:
            found[code] = Terms(part["numerator"], part["denominator"])
        else:
            found[code] = Terms(part)
    return found


def _only(line: Line, names: tuple[str, ...], why: str, faults: list[Fault]) -> None:
    faults.extend(line.fault(why, name) for name in line.given if name not in (*names, "indicator"))


def _blamed(name: str | None, line: Line, definition: Definition) -> tuple[str, ...]:
    """The field of a line that a refusal is about."""
    if name == "why":
        return ("absence", "why")
    names = {
        "amount": "numerator" if definition.kind == Kind.RATIO else "value",
        "base": "denominator",
        "cells": "breakdown",
        "text": "text",
    }
    blamed = names.get(name or "", "")
    return (blamed,) if blamed in line.given or blamed == "breakdown" else ()


def is_weighed(definition: Definition) -> bool:
    """Whether how many answers are behind a mean may be told."""
    return definition.aggregation == Aggregation.WEIGHTED_MEAN and not definition.weighted_by


def is_split(definition: Definition) -> bool:
    """Whether a breakdown may be sent."""
    return bool(definition.breakdown) and definition.breakdown not in WHOLE


def _escaped(name: str) -> str:
    """A name within a JSON pointer."""
    return _short(name).replace("~", "~0").replace("/", "~1")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_CODE else f"{text[: LONGEST_CODE - 1]}…"
