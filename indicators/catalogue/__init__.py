"""The indicators that a project may follow: reference data, read from the file beside this module."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from common.french import typography
from common.yaml_files import read_yaml
from governance.enums import Severity
from indicators.enums import (
    Aggregation,
    Breakdown,
    CollectedAt,
    Condition,
    Direction,
    Frequency,
    IndicatorPhase,
    Kind,
    Metric,
    Operator,
    Source,
)

PATH = Path(__file__).parent / "indicators.yaml"
CODE = "indicators"


@dataclass(frozen=True)
class Choice:
    """A value of a breakdown, or a level. `rank`: of a level, the worst last; `rule`: when it is given."""

    code: str
    label: str
    rank: int = 0
    rule: str = ""


@dataclass(frozen=True)
class Only:
    """Some structures only: those of which a field has one of these values."""

    field: Condition
    values: tuple[str, ...]


@dataclass(frozen=True)
class Unless:
    """But where another indicator says so."""

    indicator: str
    operator: Operator
    threshold: Decimal


@dataclass(frozen=True)
class Rule:
    """When an indicator alerts. `indicator` empty: about what is not entered. A threshold of a level is its rank.
    `breakdown_value`: of one cell rather than of the figure; `other`: the indicator that the gap is to."""

    code: str
    indicator: str
    severity: Severity
    metric: Metric
    operator: Operator
    threshold: Decimal
    message: str
    periods: int = 1
    breakdown_value: str = ""
    other: str = ""
    only: Only | None = None
    unless: Unless | None = None


@dataclass(frozen=True)
class Indicator:
    """One indicator as the catalogue proposes it. `percent`: a ratio read as a percentage. `entry_fallback`: structures
    may enter it where the application doesn't know; `weighted_by`: the indicator whose figure weighs this one."""

    code: str
    label: str
    phase: IndicatorPhase
    kind: Kind
    unit: str
    direction: Direction
    frequency: Frequency
    source: Source
    collected_at: CollectedAt
    aggregation: Aggregation
    help: str
    item: str
    numerator: str = ""
    denominator: str = ""
    percent: bool = True
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    max_length: int | None = None
    breakdown: Breakdown | None = None
    levels: tuple[Choice, ...] = ()
    masked: bool = False
    entry_fallback: bool = False
    applies: Only | None = None
    weighted_by: str = ""
    about_tickets: bool = False


@dataclass(frozen=True)
class Consistency:
    code: str
    message: str
    excepted: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Catalogue:
    version: int
    indicators: tuple[Indicator, ...]
    rules: tuple[Rule, ...]
    breakdowns: Mapping[Breakdown, tuple[Choice, ...]]  # empty where another catalogue has the values
    consistency: Mapping[str, Consistency]
    deadlines: Mapping[Frequency, int]  # days after the end of a period
    privacy: Mapping[str, Any]

    def by_code(self) -> dict[str, Indicator]:
        return {indicator.code: indicator for indicator in self.indicators}


def parse(content: dict[str, Any]) -> Catalogue:
    """The catalogue. Raises KeyError or ValueError when it doesn't hold together."""
    indicators = tuple(_indicator(item) for item in content["indicators"])
    codes = {indicator.code for indicator in indicators}
    if len(codes) != len(indicators):
        raise ValueError("deux indicateurs ont le même code.")
    levels = {indicator.code: {level.code: level.rank for level in indicator.levels} for indicator in indicators}
    attention = {value["code"]: rank for rank, value in enumerate(_values(content, "attention_level"), start=1)}
    rules = (
        *(_rule(item, item["code"], "", {}) for item in content["global_alerts"]),
        *(
            _rule(item["alert"], item["code"], item["code"], levels[item["code"]] or attention)
            for item in content["indicators"]
            if item.get("alert")
        ),
    )
    named = {rule.other for rule in rules} | {rule.unless.indicator for rule in rules if rule.unless}
    named |= {indicator.weighted_by for indicator in indicators}
    if missing := named - codes - {""}:
        raise ValueError(f"indicateurs inconnus : {', '.join(sorted(missing))}.")
    return Catalogue(
        version=int(content["version"]),
        indicators=indicators,
        rules=rules,
        breakdowns={
            Breakdown(item["code"]): tuple(
                Choice(value["code"], typography(value["label"]), rank)
                for rank, value in enumerate(item.get("values", ()), start=1)
            )
            for item in content["breakdowns"]
        },
        consistency={
            item["code"]: Consistency(item["code"], typography(item["message"]), frozenset(item.get("except", ())))
            for item in content["consistency_rules"]
        },
        deadlines={Frequency(item["code"]): int(item["entry_deadline_days"]) for item in content["frequencies"]},
        privacy=content["privacy"],
    )


def _values(content: dict[str, Any], code: str) -> list[dict[str, Any]]:
    return next(item["values"] for item in content["breakdowns"] if item["code"] == code)


def _indicator(item: dict[str, Any]) -> Indicator:
    breakdown = item["breakdown"]
    if len(breakdown) > 1:
        raise ValueError(f"{item['code']} : une seule ventilation.")
    kind = Kind(item["kind"])
    if kind == Kind.RATIO and not (item["numerator"] and item["denominator"]):
        raise ValueError(f"{item['code']} : un taux a un numérateur et un dénominateur.")
    return Indicator(
        code=item["code"],
        label=typography(item["label"]),
        phase=IndicatorPhase(item["phase"]),
        kind=kind,
        unit=item["unit"],
        direction=Direction(item["direction"]),
        frequency=Frequency(item["frequency"]),
        source=Source(item["source"]),
        # A unit of deployment is counted where it is: in its structure.
        collected_at=CollectedAt.PROJECT if item["collected_at"] == "project" else CollectedAt.ESMS,
        aggregation=Aggregation(item["aggregation"]),
        help=typography(item["help"]),
        item=item["seed_item"],
        numerator=typography(item.get("numerator", "")),
        denominator=typography(item.get("denominator", "")),
        percent=kind == Kind.RATIO and item.get("display") != "decimal",
        minimum=_decimal(item.get("min")),
        maximum=_decimal(item.get("max")),
        max_length=item.get("max_length"),
        breakdown=Breakdown(breakdown[0]) if breakdown else None,
        levels=tuple(
            Choice(level["code"], typography(level["label"]), int(level["rank"]), typography(level["rule"]))
            for level in item.get("levels", ())
        ),
        masked=bool(item.get("masking")),
        entry_fallback=bool(item.get("entry_fallback")),
        applies=Only(Condition(item["applies_to"]["category_field"]), tuple(item["applies_to"]["in"]))
        if "applies_to" in item
        else None,
        weighted_by=item.get("weighted_by", ""),
        about_tickets=item["seed_item"] == "U5",
    )


def _rule(item: dict[str, Any], code: str, indicator: str, ranks: Mapping[str, int]) -> Rule:
    when, only, unless = item["when"], item.get("only_if"), item.get("unless")
    threshold = when["threshold"]
    return Rule(
        code=code,
        indicator=indicator,
        severity=Severity(item["level"]),
        metric=Metric(when["metric"]),
        operator=Operator(when["operator"]),
        threshold=Decimal(ranks[threshold] if isinstance(threshold, str) else str(threshold)),
        message=typography(item["message"]),
        periods=int(when.get("periods", 1)),
        breakdown_value=when.get("breakdown_value", ""),
        other=when.get("other", ""),
        only=Only(Condition(only.get("esms_field") or only["category_field"]), tuple(only["in"])) if only else None,
        unless=Unless(unless["indicator"], Operator(unless["operator"]), Decimal(str(unless["threshold"])))
        if unless
        else None,
    )


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


@cache
def catalogue() -> Catalogue:
    """The one that this version of the application proposes."""
    return parse(read_yaml(PATH))
