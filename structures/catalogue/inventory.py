"""The form of the inventory as reference data: sections, fields, the rules that flag them.

A value is an int, a Decimal, a bool, a code, a text, a date; `UNKNOWN` for « ne sait pas »; None for « aucun ».
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from common.french import typography
from common.yaml_files import read_yaml
from structures.enums.inventory import FieldType, InventoryStatus, Operator, Readiness, Severity

PATH = Path(__file__).parent / "inventory.yaml"
CODE = "inventory"
UNKNOWN_CODE = "unknown"  # of the choices that hold « Ne sait pas » themselves


class Unknown:
    """« Ne sait pas », where the form accepts it."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN = Unknown()


@dataclass(frozen=True)
class Choice:
    code: str
    label: str


@dataclass(frozen=True)
class Column:
    """What a value is: a field, or a column of a table. `minimum` and `maximum`: of a number."""

    code: str
    label: str
    type: FieldType
    required: bool
    choices: tuple[Choice, ...] = ()
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    allow_unknown: bool = False

    def choice_label(self, code: str) -> str:
        return next((choice.label for choice in self.choices if choice.code == code), code)

    def stored(self, value: Any) -> Any:
        """A value as JSON keeps it: decimals and dates are texts."""
        if isinstance(value, Decimal):
            return f"{value.normalize():f}"
        return value.isoformat() if isinstance(value, date) else value

    def value(self, stored: Any) -> Any:
        """A value that JSON kept."""
        if stored is None:
            return None
        if self.type == FieldType.DECIMAL:
            return Decimal(str(stored))
        return date.fromisoformat(stored) if self.type == FieldType.DATE else stored


@dataclass(frozen=True)
class Condition:
    """Something about the answer to another field."""

    field: str
    operator: Operator
    value: Any


@dataclass(frozen=True)
class Flag:
    """When an answer is signalled. `threshold` × the answer to `times_field`, never under `minimum`; a number of months
    for `before_months`; `unless` lifts the rule."""

    severity: Severity
    operator: Operator
    message: str
    threshold: Decimal | None = None
    times_field: str = ""
    minimum: Decimal | None = None
    values: tuple[str, ...] = ()
    unless: Condition | None = None


@dataclass(frozen=True)
class Field(Column):
    """A question. `computed`: a formula over other fields, never asked. `depends_on`: asked only when it holds.
    `min_rows`: how many lines a table needs."""

    help: str = ""
    section: str = ""
    quantitative: bool = True
    prerequisite: bool = False
    flag: Flag | None = None
    computed: str = ""
    depends_on: Condition | None = None
    attachment: bool = False
    min_rows: int = 0
    columns: tuple[Column, ...] = ()

    @property
    def is_table(self) -> bool:
        return self.type == FieldType.TABLE

    @property
    def takes_none(self) -> bool:
        """Whether « aucun » is an answer: a date that may not have been, a table that may have no line."""
        if self.is_table:
            return self.min_rows == 0
        return self.type == FieldType.DATE and self.flag is not None and self.flag.operator == Operator.BEFORE_MONTHS

    def column(self, code: str) -> Column:
        return next(column for column in self.columns if column.code == code)


@dataclass(frozen=True)
class Section:
    code: str
    label: str
    help: str
    fields: tuple[Field, ...]

    @property
    def asked(self) -> tuple[Field, ...]:
        """The questions that people answer."""
        return tuple(item for item in self.fields if not item.computed)


@dataclass(frozen=True)
class Level:
    """A level of readiness and the rule that gives it, in words."""

    readiness: Readiness
    label: str
    rule: str


@dataclass(frozen=True)
class Questionnaire:
    title: str
    confidentiality: str
    review_months: int
    sections: tuple[Section, ...]
    levels: tuple[Level, ...]
    by_code: Mapping[str, Field] = field(compare=False)

    @property
    def fields(self) -> Iterator[Field]:
        return (item for section in self.sections for item in section.fields)

    @property
    def asked(self) -> tuple[Field, ...]:
        return tuple(item for item in self.fields if not item.computed)

    @property
    def tables(self) -> tuple[Field, ...]:
        return tuple(item for item in self.fields if item.is_table)

    @property
    def flagged(self) -> tuple[Field, ...]:
        """The technical prerequisites, in the order of the form."""
        return tuple(item for item in self.fields if item.prerequisite)

    def section(self, code: str) -> Section:
        """Raises KeyError."""
        found = next((section for section in self.sections if section.code == code), None)
        if found is None:
            raise KeyError(code)
        return found


def parse(content: dict[str, Any]) -> Questionnaire:
    """The form. Raises KeyError or ValueError when it doesn't hold together."""
    sets = {code: _choices(items) for code, items in content["choice_sets"].items()}
    sections = tuple(_section(item, sets) for item in content["sections"])
    fields = [item for section in sections for item in section.fields]
    statuses = [item["code"] for item in content["statuses"]]
    if statuses != InventoryStatus.values:
        raise ValueError(f"les états {statuses} ne sont pas ceux de l’application.")
    form = Questionnaire(
        title=typography(content["title"]),
        confidentiality=typography(content["confidentiality"]),
        review_months=content["review_months"],
        sections=sections,
        levels=tuple(
            Level(Readiness(item["code"]), typography(item["label"]), typography(item["rule"]))
            for item in content["readiness"]["levels"]
        ),
        by_code={item.code: item for item in fields},
    )
    _check(form, fields)
    return form


def _section(item: dict[str, Any], sets: dict[str, tuple[Choice, ...]]) -> Section:
    return Section(
        code=item["code"],
        label=typography(item["label"]),
        help=typography(item["help"]),
        fields=tuple(_field(field, item["code"], sets) for field in item["fields"]),
    )


def _field(item: dict[str, Any], section: str, sets: dict[str, tuple[Choice, ...]]) -> Field:
    depends = item.get("depends_on")
    return Field(
        **_column(item, sets),
        help=typography(item["help"]),
        section=section,
        quantitative=item["nature"] == "quantitative",
        prerequisite=item.get("prerequisite", False),
        flag=_flag(item["flag"]) if "flag" in item else None,
        computed=item.get("computed", ""),
        depends_on=Condition(depends["field"], Operator.EQ, depends["value"]) if depends else None,
        attachment=item.get("attachment", False),
        min_rows=item.get("min_rows", 0),
        columns=tuple(Column(**_column(column, sets)) for column in item.get("columns", ())),
    )


def _column(item: dict[str, Any], sets: dict[str, tuple[Choice, ...]]) -> dict[str, Any]:
    listed = sets[item["choices_from"]] if "choices_from" in item else _choices(item.get("choices", ()))
    return {
        "code": item["code"],
        "label": typography(item["label"]),
        "type": FieldType(item["type"]),
        "required": item["required"],
        "choices": listed,
        "unit": typography(item.get("unit", "")),
        # Nothing that is counted here goes below zero.
        "minimum": Decimal(str(item.get("min", 0))) if item["type"] in _NUMBERS else None,
        "maximum": _number(item.get("max")),
        "allow_unknown": item.get("allow_unknown", False),
    }


def _flag(item: dict[str, Any]) -> Flag:
    unless = item.get("unless_field")
    return Flag(
        severity=Severity(item["severity"]),
        operator=Operator(item["operator"]),
        message=typography(item["message"]),
        threshold=_number(item.get("threshold")),
        times_field=item.get("times_field", ""),
        minimum=_number(item.get("minimum")),
        values=tuple(item.get("values", ())),
        unless=Condition(unless["field"], Operator(unless["operator"]), unless["value"]) if unless else None,
    )


_NUMBERS = {FieldType.INTEGER, FieldType.DECIMAL}
_WITH_THRESHOLD = {Operator.EQ, Operator.LT, Operator.GT, Operator.BEFORE_MONTHS}
_WITHOUT = {Operator.EMPTY, Operator.IS_TRUE, Operator.IS_FALSE}


def _choices(items: Iterable[dict[str, str]]) -> tuple[Choice, ...]:
    return tuple(Choice(item["code"], typography(item["label"])) for item in items)


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _check(form: Questionnaire, fields: list[Field]) -> None:
    """Raises ValueError for what the form would say of nothing, or twice."""
    if len(form.by_code) != len(fields):
        raise ValueError("un champ est écrit deux fois.")
    if [level.readiness for level in form.levels] != list(Readiness):
        raise ValueError("les niveaux de préparation ne sont pas ceux de l’application.")
    for item in fields:
        columns = {column.code for column in item.columns}
        if item.is_table != bool(columns) or len(columns) != len(item.columns):
            raise ValueError(f"{item.code} : les colonnes d’un tableau sont uniques, un autre champ n’en a pas.")
        for column in (item, *item.columns):
            if (column.type == FieldType.CHOICE) != bool(column.choices):
                raise ValueError(f"{item.code} : un choix a une liste, un autre champ n’en a pas.")
        if item.prerequisite != (item.flag is not None):
            raise ValueError(f"{item.code} : un prérequis a sa règle, et lui seul.")
        for condition in (item.depends_on, item.flag.unless if item.flag else None):
            if condition and condition.field not in form.by_code:
                raise ValueError(f"{item.code} : {condition.field} n’est pas un champ.")
        if item.flag:
            _check_flag(form, item, item.flag)
        if item.computed and not formula_fields(item.computed) <= {
            other.code for other in fields if other.type in _NUMBERS
        }:
            raise ValueError(f"{item.code} : la formule ne porte pas sur des nombres.")


def _check_flag(form: Questionnaire, item: Field, flag: Flag) -> None:
    if flag.times_field and form.by_code[flag.times_field].type not in _NUMBERS:
        raise ValueError(f"{item.code} : {flag.times_field} n’est pas un nombre.")
    if (flag.threshold is not None) != (flag.operator in _WITH_THRESHOLD):
        raise ValueError(f"{item.code} : la règle « {flag.operator} » et son seuil ne vont pas ensemble.")
    codes = {choice.code for choice in item.choices}
    if (flag.operator == Operator.IN) != bool(flag.values) or not set(flag.values) <= codes:
        raise ValueError(f"{item.code} : la règle cite des réponses que le champ n’a pas.")


_OPERATIONS = {
    ast.Add: lambda one, two: one + two,
    ast.Sub: lambda one, two: one - two,
    ast.Mult: lambda one, two: one * two,
    # More users than no device at all.
    ast.Div: lambda one, two: one / two if two else (Decimal("Infinity") if one else Decimal(0)),
}


def formula_fields(formula: str) -> set[str]:
    """The fields that a formula reads. Raises ValueError when it is more than a sum, product or quotient of fields."""
    try:
        tree = ast.parse(formula, mode="eval")
    except SyntaxError as error:
        raise ValueError(f"la formule « {formula} » ne se lit pas.") from error
    allowed = (ast.Expression, ast.BinOp, ast.Name, ast.Load, *_OPERATIONS)
    if not all(isinstance(node, allowed) for node in ast.walk(tree)):
        raise ValueError(f"la formule « {formula} » fait autre chose qu’un calcul.")
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def compute(formula: str, values: Mapping[str, Any]) -> Decimal | None:
    """What a formula gives; None while one of its fields has no number; infinite when something is shared among
    nothing."""
    numbers = {code: values.get(code) for code in formula_fields(formula)}
    if any(isinstance(number, bool) or not isinstance(number, int | Decimal) for number in numbers.values()):
        return None

    def worth(node: Any) -> Decimal:
        if isinstance(node, ast.Name):
            return Decimal(numbers[node.id])  # type: ignore[arg-type]
        return _OPERATIONS[type(node.op)](worth(node.left), worth(node.right))

    return worth(ast.parse(formula, mode="eval").body)


@cache
def questionnaire() -> Questionnaire:
    """The form as it is in this version of the application."""
    return parse(read_yaml(PATH))
