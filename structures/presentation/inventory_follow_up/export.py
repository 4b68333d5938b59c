"""The inventories as files: a row a structure, the software, what is signalled."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from common import french
from common.spreadsheets.tables import Column, Row, Sheet, Value
from organisations.catalogue import esms_categories
from organisations.enums import Phase
from organisations.models import Project, Wave
from structures.catalogue.inventory import UNKNOWN, Field
from structures.inventory_figures import SOFTWARE, rows
from structures.presentation.inventory_follow_up import words
from structures.selectors.inventory_follow_up import Followed, FollowUp

STRUCTURES, LANDSCAPE, FLAGS = "structures", "logiciels", "points-signales"
SHEETS = {STRUCTURES: "États des lieux", LANDSCAPE: "Logiciels", FLAGS: "Points signalés"}
FROZEN = 1


def sheets(follow: FollowUp, waves: Sequence[Wave]) -> dict[str, Sheet]:
    """The three sheets, by the name that the address gives them."""
    return {STRUCTURES: _structures(follow, waves), LANDSCAPE: _software(follow), FLAGS: _flags(follow)}


def file_name(project: Project, extension: str, sheet: str = "") -> str:
    """« etats-des-lieux-trois-rivages-2026-11-22.xlsx »; a CSV names its sheet."""
    what = f"etats-des-lieux-{sheet}" if sheet else "etats-des-lieux"
    return f"{what}-{project.slug}-{french.today().isoformat()}.{extension}"


def _structures(follow: FollowUp, waves: Sequence[Wave]) -> Sheet:
    fields = list(follow.form.fields)
    names = {wave.pk: wave.name for wave in waves}
    columns = [
        Column("Structure", 34),
        Column("OG", 24),
        Column("Catégorie", 12),
        Column("Vague", 16),
        Column("Phase", 16),
        Column("État", 24),
        Column("Transmis le", 12),
        Column("Préparation", 20),
        *(Column(_head(field), 18) for field in fields),
    ]
    found = [
        Row([*_place(one), _category(one), _wave(one, names), *_state(one), *(_cell(field, one) for field in fields)])
        for one in follow.structures
    ]
    return _sheet(STRUCTURES, columns, found, follow)


def _head(field: Field) -> str:
    """« Débit descendant mesuré (Mbit/s) »."""
    return f"{field.label} ({field.unit})" if field.unit else field.label


def _software(follow: FollowUp) -> Sheet:
    table = follow.form.by_code[SOFTWARE]
    columns = [Column("Structure", 34), Column("OG", 24), *(Column(column.label, 20) for column in table.columns)]
    found = [
        Row([*_place(one), *(_value(column, line.get(column.code)) for column in table.columns)])
        for one in follow.structures
        if one.evaluation
        for line in rows(one.evaluation.values, SOFTWARE)
    ]
    return _sheet(LANDSCAPE, columns, found, follow)


def _flags(follow: FollowUp) -> Sheet:
    columns = [
        Column("Structure", 34),
        Column("OG", 24),
        Column("Section", 26),
        Column("Question", 36),
        Column("Réponse", 18),
        Column("Gravité", 14),
        Column("Ce qui est signalé", 60),
    ]
    sections = {section.code: section.label for section in follow.form.sections}
    found = []
    for one in follow.structures:
        if not one.evaluation:
            continue
        for signal in one.evaluation.signals:
            said = _cell(signal.field, one)
            place = [*_place(one), sections[signal.field.section], signal.field.label, said]
            found.append(Row([*place, words.SEVERITY[signal.severity][0], signal.message]))
        for field in one.evaluation.missing:
            if not one.evaluation.signal(field.code):
                place = [*_place(one), sections[field.section], field.label, _cell(field, one)]
                found.append(Row([*place, "À renseigner", "Ce prérequis n’est pas renseigné."]))
    return _sheet(FLAGS, columns, found, follow)


def _sheet(name: str, columns: Sequence[Column], found: Sequence[Row], follow: FollowUp) -> Sheet:
    title = f"{SHEETS[name]}, {follow.project.name}, le {french.long_date(follow.today)}"
    return Sheet(SHEETS[name], columns, found, title=title, frozen=FROZEN)


def _place(one: Followed) -> list[Value]:
    return [words.name_of(one), french.typography(one.esms.og.short_name)]


def _category(one: Followed) -> str:
    category = esms_categories().get(one.esms.category)
    return (category.acronym or category.label) if category else one.esms.category


def _wave(one: Followed, names: dict[Any, str]) -> str:
    return names.get(one.esms.wave_id, "") if one.esms.wave_id else ""


def _state(one: Followed) -> list[Value]:
    day = french.day(one.received.transmitted_at) if one.received and one.received.transmitted_at else None
    ready = words.READINESS[one.evaluation.readiness][0] if one.evaluation else ""
    return [Phase(one.esms.phase).label, words.state_of(one)[0], day, ready]


def _cell(field: Field, one: Followed) -> Value:
    values = one.evaluation.values if one.evaluation else {}
    return _value(field, values[field.code]) if field.code in values else ""


def _value(column: Any, value: Any) -> Value:
    """An answer in a cell: a date stays one, a number is written without its unit, a table as its lines counted."""
    if value is None and isinstance(column, Field):
        return words.NONE_SAID
    if value is None:
        return ""
    if isinstance(value, date):
        return value
    if value is not UNKNOWN and isinstance(value, int | Decimal) and not isinstance(value, bool):
        return words.quantity(value)
    return words.answer(column, value)
